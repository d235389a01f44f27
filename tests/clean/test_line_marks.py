"""Marks on lines: which lines a phrase names, and that a mark outranks every sign of the page."""

from __future__ import annotations

import pytest

from articles.clean import OutletRules, clean_page
from articles.clean.article import Label
from articles.clean.lexicons import line_key
from articles.clean.line_marks import line_marks, phrase_of
from articles.clean.outlet_phrases import phrase_key
from tests.clean.raw_pages import STORY as PARAGRAPHS
from tests.clean.raw_pages import text_page

STORY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("phrase", "line", "named"),
    [
        ("Most read (12)", "  MOST read (7)", True),
        ("Most read (12)", "Most read today", False),
        ("Our letter *", "Our letter of May 3", True),
        ("Our letter *", "In our letter of May 3", False),
        ("Five \\* hotels", "Five * hotels", True),
        ("Five \\* hotels", "Five good hotels", False),
        ("Most read", "***", False),
    ],
)
def test_which_lines_a_phrase_names(phrase: str, line: str, named: bool) -> None:  # noqa: FBT001  # a table
    found = line_marks("", chrome=[phrase]).on(line_key(line.strip()))
    assert (found is not None) is named


@pytest.mark.parametrize(
    "text", ["Most read (12)", "5* hotels, 3 stars", "“Ünder” 1,200.5 «x»", "a\\b * c", "Ещё 12 новостей"]
)
def test_a_stored_line_names_itself(text: str) -> None:
    phrase = phrase_of(text)
    assert line_marks("", chrome=[phrase]).on(line_key(text)) is not None
    assert phrase_of(phrase.replace("\\*", "*")) == phrase


def test_an_open_phrase_and_a_whole_one_are_two() -> None:
    assert phrase_key("Our letter *") != phrase_key("Our letter")
    assert phrase_key("*") == phrase_key("---") == ""


def test_marks_change_their_own_outlet_alone_and_name_none() -> None:
    line = "The council has not yet said what it thinks."
    page = text_page(f"{STORY}\n\n{line}\n\n© 2012 The Quay. All rights reserved.")
    rules = OutletRules([], marks=[line_marks("The Quay", chrome=[line])])
    assert clean_page(page, rules=rules).outlet == clean_page(page, rules=OutletRules([])).outlet


def test_the_pages_own_marks_come_before_its_outlets() -> None:
    url, first = "https://quay.example/1", PARAGRAPHS[-1]
    rules = OutletRules([], marks=[line_marks("The Quay", chrome=[first])])
    page = text_page(STORY, url=url)
    ruled = rules.for_page(None, outlet="The Quay")
    assert first not in clean_page(page, rules=ruled).body
    kept = rules.for_page(line_marks("", body=[first]), outlet="The Quay")
    article = clean_page(page, rules=kept)
    assert first in article.body
    assert [line.reason for line in article.lines if line.text == first] == [
        "A curator marked this line on this page."
    ]
    assert first in clean_page(page, rules=rules.for_page(None, outlet="")).body


def test_a_headline_may_be_marked_away() -> None:
    page = text_page(f"The envoys meet at the harbour again\n\n{STORY}")
    article = clean_page(
        page, rules=OutletRules([]).for_page(line_marks("", chrome=["The envoys meet at the harbour again"]))
    )
    assert article.headline.value != "The envoys meet at the harbour again"
    assert article.lines[0].label is Label.CHROME
