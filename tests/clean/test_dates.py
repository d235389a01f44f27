from __future__ import annotations

from datetime import date

import pytest

from articles.clean.dates import date_in_address, find_dates, find_issue_year


@pytest.mark.parametrize(
    "text",
    [
        "July 2, 2012",
        "By Correspondent / July 2, 2012",
        "Published: Jul. 2nd, 2012 at 10:04",
        "2 July 2012",
        "2nd of July 2012",
        "Monday, 2-Jul-2012",
        "2012-07-02T10:30:00Z",
        "2012/07/02",
        "02.07.2012",
        "Mon, 2 Jul 2012 14:05 GMT",
        "July 2, 20127:55 AM",
        "Montag, 2. Juli 2012",
        "lundi 2 juillet 2012",
        "2 de julio de 2012",
        "2 luglio 2012",
        "2 июля 2012",
        "2012年7月2日",
        "2012년 7월 2일",
    ],
)
def test_the_same_day_in_many_forms(text: str) -> None:
    (found,) = find_dates(text)

    assert found.day == date(2012, 7, 2)


def test_figures_above_twelve_decide_day_and_month() -> None:
    assert find_dates("7/23/2012")[0].day == date(2012, 7, 23)
    assert find_dates("23/7/2012")[0].day == date(2012, 7, 23)
    assert find_dates("23/7/2012")[0].other is None


def test_an_undecided_date_gives_both_readings() -> None:
    (found,) = find_dates("04/09/2012")

    assert found.day == date(2012, 9, 4)
    assert found.other == date(2012, 4, 9)


def test_the_outlets_order_decides() -> None:
    (found,) = find_dates("04/09/2012", order="mdy")

    assert found.day == date(2012, 4, 9)
    assert found.other is None


def test_a_month_is_an_interval() -> None:
    (found,) = find_dates("February 2012")

    assert found.day is None
    assert (found.interval.start, found.interval.end) == (date(2012, 2, 1), date(2012, 2, 29))
    assert found.interval.precision == "month"


@pytest.mark.parametrize(
    "text", ["31 February 2012", "45/13/2012", "call 2012-555-0199", "the 2012 election", "", "May I"]
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == ()


def test_several_dates_in_order() -> None:
    days = [found.day for found in find_dates("Published 5 March 2015 | Updated 6 March 2015")]

    assert days == [date(2015, 3, 5), date(2015, 3, 6)]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://x.example/news/2012/08/21/ferry.html", date(2012, 8, 21)),
        ("http://x.example/2012/aug/21/ferry", date(2012, 8, 21)),
        ("http://x.example/a-20120821-b", date(2012, 8, 21)),
        ("http://x.example/2012-08-21-ferry", date(2012, 8, 21)),
    ],
)
def test_a_day_in_an_address(url: str, day: date) -> None:
    found = date_in_address(url)

    assert found is not None
    assert found.start == found.end == day


def test_a_month_in_an_address_and_none() -> None:
    month = date_in_address("http://x.example/2012/08/ferry")

    assert month is not None
    assert month.precision == "month"
    assert date_in_address("http://x.example/article/123456789") is None


def test_the_year_of_an_issue() -> None:
    issue = find_issue_year("Summer double issue 2013")

    assert issue is not None
    assert issue.precision == "year"
    assert find_issue_year("In 2013 they met") is None
