"""Dates mentioned in a text, against its published date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clean.article import DateInterval
from articles.clean.dates import day_interval
from articles.clean.dating import mentioned_dates, to_edtf

# A Monday.
PUBLISHED = day_interval(date(2012, 7, 16))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("They met on Friday.", "2012-07-13"),
        ("They met on Monday.", "2012-07-16"),
        ("They met last Monday.", "2012-07-09"),
        ("They will meet on Friday.", "2012-07-20"),
        ("They met yesterday.", "2012-07-15"),
        ("They met on July 2.", "2012-07-02"),
        ("They met on 2 December.", "2011-12-02"),
        ("They met in March.", "2012-03"),
        ("They met in October last year.", "2011-10"),
        ("They met last month.", "2012-06"),
        ("They met earlier this year.", "2012"),
        ("They met three days ago.", "2012-07-13"),
        ("They met 16 months ago.", "2011-03"),
        ("They met two years ago.", "2010"),
        ("They met over the weekend.", "2012-07-14/2012-07-15"),
        ("They met last week.", "2012-07-09/2012-07-15"),
        ("They met on 3 May 2009.", "2009-05-03"),
        ("They met in May 2009.", "2009-05"),
        ("They met in 1987.", "1987"),
    ],
)
def test_resolved_against_the_published_date(said: str, meant: str):
    (mention,) = mentioned_dates([said], published=PUBLISHED)
    assert mention.interval is not None
    assert to_edtf(mention.interval) == meant
    assert said[mention.start : mention.end] == mention.text


def test_without_a_published_date_only_full_ones_are_known():
    relative, full = mentioned_dates(["They met on Friday, as on 3 May 2009."])
    assert relative.interval is None
    assert relative.relative
    assert full.interval == day_interval(date(2009, 5, 3))


def test_a_published_interval_joins_what_both_ends_mean():
    published = DateInterval(date(2012, 4, 12), date(2012, 5, 2), "interval")
    (mention,) = mentioned_dates(["They met last month."], published=published)
    assert mention.interval == DateInterval(date(2012, 3, 1), date(2012, 4, 30), "interval")


def test_words_that_look_like_months_are_none():
    assert mentioned_dates(["They may march on, and the sun sat low."], published=PUBLISHED) == ()


@given(st.text(max_size=200), st.dates())
def test_never_raises(text: str, day: date):
    for mention in mentioned_dates(
        [text, "They met two years ago, on 29 February."], published=day_interval(day)
    ):
        interval = mention.interval
        assert (
            interval is None
            or interval.start is None
            or interval.end is None
            or interval.start <= interval.end
        )
