"""Shingles, hashes and the keys made of them."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.resolve.copies import fingerprint, shingle_set, text_hash
from articles.resolve.copies.shingles import shingles_in_order, words
from articles.resolve.copies.sketch import WINDOW, passage_keys

SENTENCE = "The ferry to Selm left its berth at noon with forty goats and one customs officer aboard."


def test_equal_hashes_for_copies_that_differ_in_case_punctuation_and_space() -> None:
    assert text_hash(SENTENCE) == text_hash(
        "THE FERRY — to Selm left\n\nits berth at noon, with forty goats and one customs officer aboard"
    )
    assert text_hash(SENTENCE) != text_hash(SENTENCE.replace("forty", "fifty"))


@given(st.text())
def test_the_hash_is_over_letters_and_digits_of_any_script(text: str) -> None:
    letters = "".join(character for character in text.casefold() if character.isalnum())
    assert text_hash(text) == text_hash(letters)
    assert bool(letters) == (text_hash(text) != text_hash(""))


def test_a_shingle_for_each_five_words_in_a_row() -> None:
    assert len(shingles_in_order(SENTENCE)) == len(words(SENTENCE)) - 4
    assert len(shingles_in_order("one two three four")) == 0
    assert len(shingle_set("la " * 50)) == 1


def test_shingles_keep_the_order_of_their_words() -> None:
    assert not np.intersect1d(
        shingle_set("one two three four five"), shingle_set("five four three two one")
    ).size


def test_hashes_are_the_same_in_every_process() -> None:
    """Stored keys would be worthless otherwise; these figures may change only with a new reading of all texts."""
    assert shingle_set("the harbour talks resume today").tolist() == [9703864436966829402]


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert words("港口会谈 resume") == ["港", "口", "会", "谈", "resume"]
    assert len(shingle_set("双方在港口恢复会谈")) == 5


@given(st.text())
def test_no_text_is_too_odd_for_a_fingerprint(text: str) -> None:
    mark = fingerprint(text)
    assert len(mark.shingles) == len(set(mark.shingles.tolist()))
    assert bool(len(mark.keys)) == bool(len(mark.shingles))


def test_half_a_character_does_no_harm() -> None:
    assert len(fingerprint("the \ud800 left its berth at noon").shingles) == 2


def test_twenty_words_in_common_always_share_a_key() -> None:
    chance = random.Random(7)  # nothing here is secret
    for _ in range(50):
        passage = [f"p{chance.random()}" for _ in range(20)]
        texts = [
            " ".join(
                [
                    *(f"{side}{each}{chance.random()}" for each in range(chance.randint(0, 300))),
                    *passage,
                    *(f"{side}x{each}" for each in range(50)),
                ]
            )
            for side in "ab"
        ]
        left, right = (set(passage_keys(shingles_in_order(text)).tolist()) for text in texts)
        assert left & right


def test_a_long_text_has_two_keys_for_each_window_and_a_half() -> None:
    text = " ".join(f"w{each}" for each in range(5000))
    assert len(passage_keys(shingles_in_order(text))) < 2.5 / WINDOW * 5000


def test_a_very_long_text_is_read_in_pieces() -> None:
    text = " ".join(f"w{each % 9000}" for each in range(20_000))
    assert len(fingerprint(text).shingles) == 9000
