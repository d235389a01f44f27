"""Which days a text speaks of, and which it is asked for: sets of keys that meet where the days do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.event_keys import keys_asked_for, keys_spoken_of


def meet(spoken: tuple[date, date], asked: tuple[date | None, date | None]) -> bool:
    return bool(keys_spoken_of(*spoken) & keys_asked_for(*asked))


@given(
    st.dates(date(1850, 1, 1), date(2150, 1, 1)),
    st.integers(0, 30),
    st.dates(date(1850, 1, 1), date(2150, 1, 1)),
    st.integers(0, 40_000),
)
def test_a_month_or_less_is_found_by_every_day_it_shares(
    start: date, length: int, first: date, more: int
) -> None:
    end, last = start + timedelta(days=length), first + timedelta(days=more)

    assert meet((start, end), (first, last)) == (start <= last and end >= first)
    assert meet((start, end), (first, None)) == (end >= first)
    assert meet((start, end), (None, last)) == (start <= last)


YEAR = (date(2012, 1, 1), date(2012, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (*YEAR, True),
        (date(2011, 6, 1), date(2013, 1, 1), True),
        (date(1900, 1, 1), None, True),
        (None, None, True),
        (date(2012, 6, 30), date(2012, 6, 30), False),
        (date(2012, 1, 1), date(2012, 12, 30), False),
        (date(2013, 1, 1), None, False),
    ],
)
def test_a_year_is_found_as_a_whole(first: date | None, last: date | None, found: bool) -> None:  # noqa: FBT001
    assert meet(YEAR, (first, last)) == found


def test_a_time_over_several_years_is_found_by_the_century_that_holds_it() -> None:
    years = (date(2003, 5, 1), date(2011, 8, 1))

    assert meet(years, (date(2000, 1, 1), None))
    assert not meet(years, (date(2003, 1, 1), date(2012, 1, 1)))
    assert keys_spoken_of(date(1999, 1, 1), date(2001, 1, 1)) == frozenset()


def test_no_stretch_of_days_asks_for_more_than_400_keys() -> None:
    longest = max(
        len(keys_asked_for(first, last))
        for first in (None, date(1, 1, 2), date(1901, 1, 2))
        for last in (None, date(9998, 12, 30), date(2098, 11, 29))
    )

    assert longest <= 400
