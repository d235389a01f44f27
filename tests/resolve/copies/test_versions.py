"""Two versions of a text, sentence by sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.resolve.copies import Change, Piece, SentencePair, compare_versions

FERRY = (
    "The ferry left at noon with forty goats aboard. The captain, Sten Aldo, saw no rock. Nobody was hurt."
)


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


def table(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(pair.change.value, marked(pair.old), marked(pair.new)) for pair in compare_versions(old, new)]


def test_the_same_text_is_the_same_throughout() -> None:
    assert [pair.change for pair in compare_versions(FERRY, FERRY)] == [Change.SAME] * 3


def test_case_punctuation_and_line_ends_are_no_change() -> None:
    assert [
        change for change, _, _ in table(FERRY, FERRY.upper().replace(", ", " — ").replace(". ", ".\n\n"))
    ] == ["same"] * 3


def test_words_that_changed_are_marked() -> None:
    new = FERRY.replace("forty", "fifty").replace("Nobody was hurt.", "Nobody was hurt.")
    assert table(FERRY, new)[0] == (
        "changed",
        "The ferry left at noon with [forty] goats aboard.",
        "The ferry left at noon with [fifty] goats aboard.",
    )


def test_added_and_removed_sentences_stand_where_they_stood() -> None:
    new = FERRY.replace(
        "The captain, Sten Aldo, saw no rock.", "Harbour pilots asked for a light on the reef."
    )
    assert [(change, old or new) for change, old, new in table(FERRY, new)] == [
        ("same", "The ferry left at noon with forty goats aboard."),
        ("removed", "The captain, Sten Aldo, saw no rock."),
        ("added", "Harbour pilots asked for a light on the reef."),
        ("same", "Nobody was hurt."),
    ]


def test_a_moved_sentence_is_removed_here_and_added_there() -> None:
    one, two, three = ("The ferry left at noon.", "Sten Aldo saw no rock.", "Nobody on board was hurt.")
    changes = [change for change, _, _ in table(f"{one} {two} {three}", f"{three} {one} {two}")]
    assert changes == ["added", "same", "same", "removed"]


def test_repeated_sentences_are_paired_in_order() -> None:
    assert [change for change, _, _ in table("Stay! Stay! Stay! We leave.", "Stay! Stay! We leave.")].count(
        "same"
    ) == 3


def test_a_text_without_punctuation_is_compared_as_a_whole() -> None:
    old = " ".join(f"w{each}" for each in range(600))
    [pair] = compare_versions(old, f"{old} more")
    assert (pair.change, pair.old, pair.new) == (
        Change.CHANGED,
        (Piece(old, changed=True),),
        (Piece(f"{old} more", changed=True),),
    )
    assert [each.change for each in compare_versions(old, old.replace("w", "x"))] == [
        Change.REMOVED,
        Change.ADDED,
    ]


def test_signs_without_words_are_the_same_when_they_are_equal() -> None:
    assert compare_versions("* * *", "* * *")[0].change is Change.SAME
    assert not compare_versions("", " \n ")
    assert [each.change for each in compare_versions("***", "---")] == [Change.REMOVED, Change.ADDED]


SENTENCES = st.lists(
    st.sampled_from(["One goat left.", "Two goats left.", "Nobody saw the rock.", "Why?", "We stay."]),
    max_size=8,
)


@given(SENTENCES, SENTENCES)
def test_every_sentence_of_either_version_comes_out_once_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = compare_versions("\n".join(old), "\n".join(new))
    assert [text_of(pair.old) for pair in pairs if pair.old] == old
    assert [text_of(pair.new) for pair in pairs if pair.new] == new
    assert all(has_its_sides(pair) for pair in pairs)


def text_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def has_its_sides(pair: SentencePair) -> bool:
    sides = {Change.ADDED: (False, True), Change.REMOVED: (True, False)}
    return (bool(pair.old), bool(pair.new)) == sides.get(pair.change, (True, True))


@pytest.mark.parametrize(
    "pattern", ["goat{} left the pier. ", "goat left the pier. ", "Goat {} left. Nobody saw it. ", "goat "]
)
def test_time_does_not_grow_with_the_square(pattern: str) -> None:
    """Four times the text takes at most ten times as long; the square would be sixteen."""

    def seconds(count: int) -> float:
        old = "".join(pattern.format(each) for each in range(count))
        new = "".join(pattern.format(each + count // 2) for each in range(count)) + "End."
        started = time.process_time()
        compare_versions(old, new)
        return time.process_time() - started

    small = min(seconds(2000) for _ in range(3))
    large = min(seconds(8000) for _ in range(3))
    assert large < 10 * max(small, 0.02)
