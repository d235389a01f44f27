"""EDTF, to and from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clean.article import UNKNOWN_DATE, DateInterval
from articles.clean.dating import EdtfError, from_edtf, to_edtf


@pytest.mark.parametrize(
    "text",
    ["2012-07-02", "2012-07", "2012", "2012-07-04/2012-07-20", "2016-07-28/..", "../2012-05-15", ""],
)
def test_there_and_back(text: str):
    assert to_edtf(from_edtf(text)) == text


def test_doubt_is_marked():
    interval = DateInterval(date(2012, 7, 4), date(2012, 7, 20), "interval")
    assert to_edtf(interval, uncertain=True) == "2012-07-04?/2012-07-20?"
    assert from_edtf("2012?") == from_edtf("2012")


@pytest.mark.parametrize("text", ["../..", "/"])
def test_open_on_both_sides_is_unknown(text: str):
    assert from_edtf(text) == UNKNOWN_DATE


@pytest.mark.parametrize("text", ["soon", "2012-13", "2012-02-30", "2012/2011", "12-07-2012", "0000"])
def test_anything_else_is_refused_with_a_cure(text: str):
    with pytest.raises(EdtfError):
        from_edtf(text)


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_any_interval_survives(one: date, other: date):
    interval = DateInterval(min(one, other), max(one, other), "interval")
    again = from_edtf(to_edtf(interval))
    assert (again.start, again.end) == (interval.start, interval.end)
