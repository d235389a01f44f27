"""Quotes that repeat each other find each other, and no others."""

from __future__ import annotations

from articles.resolve import wordings
from articles.resolve.wordings import group_wordings

WHOLE = "We shall keep the harbour open for every ship that carries grain this winter"


def test_the_same_words_in_other_dress_are_one_wording() -> None:
    assert group_wordings([WHOLE, f"“{WHOLE.upper()},”"]) == [[0, 1]]


def test_a_cut_of_a_quote_joins_it() -> None:
    assert group_wordings([WHOLE, "keep the harbour open for every ship", "The grain is late"]) == [
        [0, 1],
        [2],
    ]


def test_one_word_changed_is_still_the_same_quote() -> None:
    assert group_wordings([WHOLE, WHOLE.replace("ship", "boat")]) == [[0, 1]]


def test_other_words_stay_apart() -> None:
    assert group_wordings([WHOLE, "Nobody asked us about the harbour before the vote was taken"]) == [
        [0],
        [1],
    ]


def test_short_quotes_are_compared_whole() -> None:
    assert group_wordings(["very serious", "Very serious.", "not very serious", ""]) == [[0, 1], [2], [3]]


def test_what_everybody_says_joins_nobody() -> None:
    quotes = [f"we want to number{at}" for at in range(wordings.MOST_WITH_STRETCH + 5)]
    assert len(group_wordings(quotes)) == len(quotes)


def test_every_quote_is_in_one_group() -> None:
    quotes = [WHOLE, "", "keep the harbour open", WHOLE, "another thing entirely was said"]
    assert sorted(at for group in group_wordings(quotes) for at in group) == list(range(len(quotes)))
