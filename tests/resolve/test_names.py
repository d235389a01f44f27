from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mentions.person_names import is_full_name, name_words, surnames_of
from articles.resolve.names import (
    is_acronym,
    is_bare_ministry,
    legal_form,
    looks_like_body,
    normalise,
    organisation_keys,
    organisation_tokens,
    person_keys,
    person_tokens,
    skeleton,
    two_given_names,
    vowels_agree,
)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Édouard  O’Brien-Łęcki", "edouard obrien lecki"),
        ("VladimirPutin", "vladimir putin"),
        ("Сергей Лавров", "sergey lavrov"),
        ("Procter & Gamble", "procter & gamble"),
    ],
)
def test_normalised(name: str, plain: str) -> None:
    assert normalise(name) == plain


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Mr. Bashar al-Assad", ("bashar", "assad")),
        ("Abd el-Harun Siedi", ("abd", "harun", "siedi")),
        ("Abdelharun Sidi", ("abd", "harun", "sidi")),
        ("Abdul Harun Seedy", ("abd", "harun", "seedy")),
        ("Abdullah Gul", ("abdallah", "gul")),
        ("NURISTANI, Abdul Aziz", ("abd", "aziz", "nuristani")),
        ("Ben Rhodes", ("ben", "rhodes")),
    ],
)
def test_the_telling_words_of_a_person(name: str, tokens: tuple[str, ...]) -> None:
    assert person_tokens(name) == tokens


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("siedi", "seedy"),
        ("dhoumi", "dumi"),
        ("tchulkan", "chulkan"),
        ("khatib", "hatib"),
        ("nasr", "nasser"),
    ],
)
def test_one_sound_has_one_skeleton(left: str, right: str) -> None:
    assert skeleton(left) == skeleton(right)


def test_other_sounds_have_others() -> None:
    assert skeleton("lavrov") != skeleton("markov")


def test_legal_forms_and_little_words_go() -> None:
    assert organisation_tokens("The Homs Refinery Company, Ltd.") == ("homs", "refinery")
    assert legal_form("OOO Baikal") == legal_form("Baikal LLC") == "llc"
    assert legal_form("Lake League") is None


def test_word_order_and_spelling_do_not_move_a_key() -> None:
    assert organisation_keys("Council of Free Vessa").exact == organisation_keys("Free Vessa Council").exact
    assert set(person_keys("Abdulbaset Sieda").blocks) & set(person_keys("Abdel Baset Seda").blocks)


@pytest.mark.parametrize(
    ("name", "words", "surnames"),
    [
        ("Staffan de Mistura", ("Staffan", "Mistura"), ("Mistura",)),
        ("Moaz al-Khatib", ("Moaz", "Khatib"), ("Khatib",)),
        ("Ban Ki-moon", ("Ban", "Ki-moon"), ("Ban",)),
        ("Kim Jong Un", ("Kim", "Jong", "Un"), ("Kim",)),
        ("Xi Jinping", ("Xi", "Jinping"), ("Xi", "Jinping")),
        ("Ben Rhodes", ("Ben", "Rhodes"), ("Rhodes",)),
        ("Assad", ("Assad",), ()),
    ],
)
def test_the_parts_of_a_name(name: str, words: tuple[str, ...], surnames: tuple[str, ...]) -> None:
    assert name_words(name) == words
    assert surnames_of(name) == surnames
    assert is_full_name(name) is (len(words) > 1)


def test_names_that_need_their_article() -> None:
    assert all(map(is_acronym, ("SNC", "U.N.", "OPCW")))
    assert not any(map(is_acronym, ("Sana", "Interfax", "A")))
    assert is_bare_ministry("the Foreign Ministry")
    assert is_bare_ministry("Ministry of Defence")
    assert not is_bare_ministry("Marovian Foreign Ministry")


def test_a_body_is_told_from_a_person() -> None:
    assert all(map(looks_like_body, ("Lake League", "Baikal LLC", "Bank of Vell", "Brigade 44")))
    assert not any(map(looks_like_body, ("Sergei Lavrov", "Abd el-Harun Siedi")))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("mohammed", "muhammad"),
        ("sieda", "seda"),
        ("moaz", "mouaz"),
        ("dmitry", "dimitri"),
        ("tull", "tavrov"),
    ],
)
def test_vowels_of_two_spellings(a: str, b: str) -> None:
    """Words with another number of consonants have no vowels to compare."""
    assert vowels_agree(a, b)
    assert vowels_agree(b, a)


@pytest.mark.parametrize(("a", "b"), [("hassan", "hussein"), ("danny", "don"), ("tamari", "tamiri")])
def test_vowels_of_two_names(a: str, b: str) -> None:
    assert not vowels_agree(a, b)
    assert not vowels_agree(b, a)


def test_two_given_names_are_two_rows_of_the_list() -> None:
    assert two_given_names("hassan", "hussein")
    assert not two_given_names("hassan", "hasan")
    assert not two_given_names("hassan", "brell")


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("JC Brell", ("j", "c", "brell")),
        ("JO BRELL", ("jo", "brell")),
        ("Jo Brell", ("jo", "brell")),
        ("Henrik II Brell", ("henrik", "ii", "brell")),
    ],
)
def test_initials_without_stops(name: str, tokens: tuple[str, ...]) -> None:
    assert person_tokens(name) == tokens


def test_a_short_given_name_is_looked_up_as_the_long_one() -> None:
    assert set(person_keys("Bill Brell").blocks) == set(person_keys("William Brell").blocks)
