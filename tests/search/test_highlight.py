"""Marks are what was found; passages are escaped and show the most."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.highlight import PASSAGE_LENGTH, Seen, best_passage, find_marks, marks_in, wanted_by
from articles.search.syntax import parse

TEXT = "The cease-fire held. Kofi Annan's peace plan, said the U.N., is no peace without Annan."


def marked(query: str, text: str = TEXT) -> list[str]:
    return [text[mark.start : mark.end] for mark in find_marks(text, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("annan", ["Annan's", "Annan"]),
        ("peace plan", ["peace", "plan", "peace"]),
        ('"peace plan"', ["peace plan"]),
        ('"kofi annan" peace', ["Kofi Annan's", "peace", "peace"]),
        ("ceasefire", ["cease-fire"]),
        ("cease-fire", ["cease-fire"]),
        ('"fire held"', ["cease-fire held"]),
        ("UN", ["U.N."]),
        ("plans", ["plan"]),
        ('"plans"', []),
        ("hold*", []),
        ("hel*", ["held"]),
        ("an?an", ["Annan's", "Annan"]),
        ("cea*fire", ["cease-fire"]),
        ("anan~", ["Annan's", "Annan"]),
        ("anon~1", []),
        ("atleast2:annan", ["Annan's", "Annan"]),
        ("first9:annan date:2012 is:undated words:>5", ["Annan's", "Annan"]),
        ("sentence:(held fire)", ["cease-fire", "held"]),
        ("quote:peace", ["peace", "peace"]),
        ("annan -peace", ["Annan's", "Annan"]),
        ("title:annan", []),
        ("actor:annan", ["Annan's", "Annan"]),
        ('"annan plan"~3', ["Annan's", "plan", "Annan"]),
        ("", []),
        ("*", []),
    ],
)
def test_marks(query: str, expected: list[str]) -> None:
    assert marked(query) == expected


def test_each_mark_names_its_term() -> None:
    assert {mark.term for mark in find_marks(TEXT, 'annan "peace plan"')} == {"annan", "peace plan"}


class Forgetting(dict[str, Seen]):
    """What surface forms were found to be, when another thread clears it at once: they share it by query."""

    def __setitem__(self, surface: str, seen: Seen) -> None:
        """Keep nothing."""


def test_hits_are_marked_though_another_thread_clears_what_was_seen() -> None:
    wanted = replace(wanted_by(parse('"peace plan" cease-fire').tree), seen=Forgetting())
    marks = marks_in(TEXT, wanted)
    assert [TEXT[mark.start : mark.end] for mark in marks] == ["cease-fire", "peace plan"]


def test_the_passage_shows_most_terms() -> None:
    text = "plan " + "filler " * 100 + "The peace plan of Annan failed. " + "filler " * 100 + "Annan."
    passage = best_passage(text, parse("annan peace plan").tree)

    assert "<mark>peace</mark> <mark>plan</mark> of <mark>Annan</mark> failed" in passage
    assert passage.startswith("…")
    assert passage.endswith("…")


def test_without_a_hit_it_is_the_beginning() -> None:
    text = "One two three. " * 50
    passage = best_passage(text, parse("nothing").tree)

    assert passage.startswith("One two three.")
    assert passage.endswith("…")
    assert len(passage) <= PASSAGE_LENGTH + 1


def test_a_hit_longer_than_a_passage_is_still_a_passage() -> None:
    text = "word " * 400
    query = '"' + " ".join(["word"] * 60) + '"'

    assert best_passage(text, parse(query).tree)


def test_everything_but_the_marks_is_escaped() -> None:
    passage = best_passage('<script>annan</script> & "quotes"', parse("annan").tree)

    assert passage == "&lt;script&gt;<mark>annan</mark>&lt;/script&gt; &amp; &quot;quotes&quot;"


@given(st.text(max_size=700), st.sampled_from(["a", "a* b", '"a b"', "the OR of", "é -x"]))
def test_a_passage_without_its_marks_is_part_of_the_text(text: str, query: str) -> None:
    passage = best_passage(text, parse(query).tree)
    bare = html.unescape(re.sub(r"</?mark>", "", passage)).strip("…").split()

    assert " ".join(bare) in " ".join(text.split())
    assert passage.count("<mark>") == passage.count("</mark>")
    assert "<" not in passage.replace("<mark>", "").replace("</mark>", "")


BITS = (
    "cease-fire", "ceasefire", "Cease", "fire", "tit-for-tat", "U.N.", "US", "us", "who's", "O'Brien", "obrien", "1,500",
    "Köln", "KOLN", "AT&T", "a", "A.", "plan", "plans", "planning", "parties", "party", "dying", "İ", "“Who”", "x_plan",
    "\n\n", "\n", "\t", "Привет", "привет,", "p.m.", "plan\u00a0party",
)  # fmt: skip
QUERIES = (
    "plan", "party die", "us", "US", "UN", "ceasefire", "cease-fire", '"cease fire"', '"tit tat"', '"for tat plan"',
    '"titfortat plan"', '"us plan" OR pla*', "koln obrien", "1500", "at&t", "привет", "c*fire", "p?an", "kolm~", "plam~2 ua~1", "*n?", "?l*n p*s",
    '"a a a"',
)  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=20).map(" ".join), st.sampled_from(QUERIES))
def test_looking_only_where_a_hit_may_be_misses_none(text: str, query: str) -> None:
    wanted = wanted_by(parse(query).tree)
    everywhere = replace(wanted, starts=("",), seen={})

    assert marks_in(text, wanted) == marks_in(text, everywhere)
