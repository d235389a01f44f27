"""One analyser for index, query and highlight: what it makes equal, and that its two forms agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analysis import (
    PARAGRAPH_GAP,
    beginnings,
    fold,
    has_words,
    positions_by_term,
    query_terms,
    stem,
    stems,
    tokens,
)

ENDINGS = [
    "s",
    "es",
    "ed",
    "ied",
    "ies",
    "y",
    "ying",
    "ing",
    "ingly",
    "edly",
    "ational",
    "ization",
    "fulness",
    "iveness",
    "biliti",
    "ly",
    "ement",
    "ence",
    "ical",
    "ness",
]
INFLECTED = st.builds(
    str.__add__, st.text("abdeilnorsty", min_size=1, max_size=6), st.sampled_from(ENDINGS)
) | st.sampled_from(
    ["dying", "skies", "ability", "only", "parties", "hoping", "interval", "was", "1970s", "köln", "die"]
)
TEXT = st.text(alphabet=st.one_of(st.sampled_from("aB9.,-'’&\n  U.S.éøЯ中"), st.characters()), max_size=60)


def terms(text: str) -> list[str]:
    return sorted(positions_by_term(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Annan", ["annan"]),
        ("Müller MULLER muller", ["muller"]),
        ("Łódź Ørsted straße", ["lodz", "orsted", "strasse"]),
        ("Путин", ["путин"]),
        ("opposition's Annan’s", ["annan", "opposition"]),
        ("O'Brien don't", ["dont", "obrien"]),
        ("U.N. U.N UN un", ["un"]),
        ("U.N.'s", ["un"]),
        ("US U.S. us", ["US", "us"]),
        ("WHO who", ["WHO", "who"]),
        ("SYRIA", ["syria"]),
        ("cease-fire", ["cease", "ceasefire", "fire"]),
        ("al-Assad", ["al", "alassad", "assad"]),
        ("2012-07-02", ["02", "07", "2012"]),
        ("1,500 3.5 1,5", ["1,5", "1500", "3.5"]),
        ("AT&T", ["at&t"]),
        ("the end.", ["end", "the"]),
        ("end.Next", ["end", "next"]),
        ("_snake_case_", ["case", "snake"]),
        ("", []),
        (" — “…” 🙂 ", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_positions_count_words_and_leap_between_paragraphs() -> None:
    assert positions_by_term("a b-c\n\na") == {
        "a": [0, 3 + PARAGRAPH_GAP],
        "b": [1],
        "c": [2],
        "bc": [1, 2],
    }


def test_an_acronym_in_capitals_asks_for_itself_alone() -> None:
    assert [term.whole for term in query_terms("US us U.S.")] == [("US",), ("us",), ("US",)]


def test_a_hyphenated_word_asks_for_both_spellings() -> None:
    [term] = query_terms("cease-fire")

    assert (term.whole, term.joined) == (("cease", "fire"), "ceasefire")


@given(TEXT)
def test_both_forms_of_the_analyser_agree(text: str) -> None:
    walked: dict[str, list[int]] = {}
    for token in tokens(text):
        for piece in token.pieces.terms:
            walked.setdefault(piece.term, []).append(token.position + piece.offset)

    assert positions_by_term(text) == {term: sorted(places) for term, places in walked.items()}


@given(TEXT)
def test_what_has_words_has_terms_and_none_is_empty(text: str) -> None:
    found = terms(text)

    assert bool(found) == has_words(text)
    assert all(found)
    assert all(word for term in query_terms(text) for word in term.whole)


@given(TEXT)
def test_tokens_stand_in_the_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=8))
def test_folding_twice_changes_nothing_and_loses_no_word(word: str) -> None:
    assert fold(word)
    assert fold(fold(word)) == fold(word)


@given(st.lists(INFLECTED, max_size=8))
def test_all_words_of_a_stem_begin_as_is_said_of_it(words: list[str]) -> None:
    assert all(word.startswith(beginnings(stem(word))) for word in words)
    assert stems(words) == [stem(word) for word in words]


def test_short_words_and_those_with_digits_keep_their_endings() -> None:
    assert [stem(word) for word in ("its", "gas", "1970s", "plans", "interval", "internal")] == [
        "its", "gas", "1970s", "plan", "interval", "internal",
    ]  # fmt: skip
