"""Dates in words: as much as is known, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from articles.clean.article import UNKNOWN_DATE, DateInterval
from articles.templatetags.dates import day, in_time, in_words

JULY_2 = date(2012, 7, 2)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (UNKNOWN_DATE, "undated"),
        (DateInterval(JULY_2, JULY_2, "day"), "2 July 2012"),
        (DateInterval(date(2012, 7, 1), date(2012, 7, 31), "month"), "July 2012"),
        (DateInterval(date(2012, 1, 1), date(2012, 12, 31), "year"), "2012"),
        (DateInterval(date(2012, 3, 4), date(2012, 5, 7), "interval"), "between 4 March and 7 May 2012"),
        (DateInterval(date(2012, 5, 4), date(2012, 5, 7), "interval"), "between 4 and 7 May 2012"),
        (
            DateInterval(date(2011, 12, 30), date(2012, 1, 2), "interval"),
            "between 30 December 2011 and 2 January 2012",
        ),
        (DateInterval(JULY_2, JULY_2, "interval"), "2 July 2012"),
        (DateInterval(JULY_2, None, "interval"), "not before 2 July 2012"),
        (DateInterval(None, JULY_2, "interval"), "not after 2 July 2012"),
    ],
)
def test_in_words(interval: DateInterval, words: str) -> None:
    assert in_words(interval) == words


def test_what_html_has_a_form_for_is_machine_readable_and_the_rest_is_marked_as_doubtful() -> None:
    assert in_time(DateInterval(JULY_2, JULY_2, "day")) == '<time datetime="2012-07-02">2 July 2012</time>'
    month = DateInterval(date(2012, 7, 1), date(2012, 7, 31), "month")
    assert in_time(month) == '<time datetime="2012-07">July 2012</time>'
    assert in_time(UNKNOWN_DATE) == '<span class="doubt">undated</span>'


def test_a_day_that_is_missing_is_undated() -> None:
    assert day(JULY_2) == "2 July 2012"
    assert day(None) == "undated"
