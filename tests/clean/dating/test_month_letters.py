"""Months in letters that a pattern without case takes for one and casefold() for several."""

from datetime import date

import pytest

from articles.clean.dates import date_in_address, find_dates
from articles.clean.dating import mentioned_dates


@pytest.mark.parametrize("text", ["Aprİl 5, 2012", "Apr\u0131l 5, 2012", "APRİL 5, 2012", "5 Aprİl 2012"])
def test_an_i_with_and_without_its_dot_is_one_letter(text: str):
    (found,) = find_dates(text)
    assert found.day == date(2012, 4, 5)
    assert text[found.start : found.end] == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 KASIM 2012", date(2012, 11, 5)),
        ("5 kas\u0131m 2012", date(2012, 11, 5)),
        ("5 MAYIS 2012", date(2012, 5, 5)),
        ("5 AUGU\u017fT 2012", date(2012, 8, 5)),
        ("5 ΑΥΓΟΎΣΤΟΥ 2012", date(2012, 8, 5)),
    ],
)
def test_capitals_of_other_languages_are_read(text: str, day: date):
    assert [each.day for each in find_dates(text)] == [day]


def test_a_month_in_an_address_is_read():
    found = date_in_address("https://example.org/2012/jul/02/talks")
    assert found is not None
    assert found.start == date(2012, 7, 2)


def test_the_body_is_read_too():
    (mention,) = mentioned_dates(["They met on Aprİl 5, 2012."])
    assert mention.text == "Aprİl 5, 2012"
    assert mention.interval is not None
    assert mention.interval.start == date(2012, 4, 5)
