"""Addresses: read without raising, written back in one form, changed by verbs."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines.ask import Count, Order
from articles.search.facets import FACETS, PARAMETERS
from articles.search.partial_date import PartialDate
from articles.search.request import SearchRequest, Selection


def read(query_string: str) -> SearchRequest:
    return SearchRequest.from_query_string(query_string)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("", "?"),
        ("?q=annan", "?q=annan"),
        ("q=+annan++syria+", "?q=annan+syria"),
        ("outlet=3-the-moscow-times", "?outlet=3-the-moscow-times"),
        ("actor=12-kofi-annan&actor=-5", "?actor=-5&actor=12-kofi-annan"),
        ("actor=12&actor=12-kofi-annan", "?actor=12-kofi-annan"),
        ("actor=12&actor=-12", "?actor=-12"),
        ("speaker=12-kofi-annan&place=-new-york", "?speaker=12-kofi-annan&place=-new-york"),
        ("source=reuters&status=needs_review", "?source=reuters&status=needs_review"),
        ("month=2012-07&year=undated&outlet=none", "?outlet=none&year=undated&month=2012-07"),
        ("year=-doubtful&language=en", "?year=-doubtful&language=en"),
        ("from=2012&to=2012-6", "?from=2012&to=2012-06"),
        ("to=2012-02-29&from=", "?to=2012-02-29"),
        ("sort=newest&size=50&page=3", "?sort=newest&size=50&page=3"),
        ("sort=relevance&size=20&page=1", "?"),
        ("count=stories&sort=newest", "?sort=newest&count=stories"),
        ("count=Stories", "?count=stories"),
        ("count=articles", "?"),
        ("bars=years&show=shares&mode=any", "?mode=any&show=shares&bars=years"),
        ("bars=months&show=counts&mode=all", "?"),
        ("page=abc", "?"),
        ("page=-1", "?"),
        ("page=0", "?"),
        ("all=person&all=nothing", "?all=person"),
        ("other=1&utm_source=x", "?"),
        ("q=a%00b", "?q=a+b"),
    ],
)
def test_an_address_has_one_form(address: str, canonical: str) -> None:
    request = read(address)

    assert request.url == canonical
    assert request.diagnostics == ()
    assert read(canonical) == request


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("outlet=abc", "'abc' is no value of outlet"),
        ("actor=0", "'0' is no value of actor"),
        ("actor=999999999999999999999", "no value of actor"),
        ("actor=٣", "no value of actor"),
        ("place=New York", "'New York' is no value of place"),
        ("status=secret", "no value of status"),
        ("year=20x2", "no value of year"),
        ("month=2012-13", "no value of month"),
        ("month=2012", "no value of month"),
        ("language=klingon!", "no value of language"),
        ("from=yesterday", "'yesterday' is no date"),
        ("to=2012-02-30", "no date"),
        ("from=0000", "no date"),
        ("from=2013&to=2012", "ran backwards"),
        ("sort=best", "sorted by relevance, mentioned, newest or oldest; 'best' is none of these"),
        ("show=parts", "shown as counts or shares; 'parts' is none of these"),
        ("bars=weeks", "stand for months or years"),
        ("count=words", "counted by articles or stories; 'words' is none of these"),
        ("size=33", "10, 20, 50, 100 results; 20 were taken"),
        ("size=1000000", "100 were taken"),
        ("size=x", "20 were taken"),
        ("&".join(f"actor={number}" for number in range(1, 200)), "At most 100"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(address: str, says: str) -> None:
    request = read(address)

    assert says in request.diagnostics[0].message
    assert read(request.url).diagnostics == ()


def test_dates_that_run_backwards_are_turned_round() -> None:
    request = read("from=2013&to=2012-06")

    assert request.first is not None
    assert request.last is not None
    assert (request.first.text, request.last.text) == ("2012-06", "2013")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-2-3", date(2012, 2, 3), date(2012, 2, 3)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_partial_dates(text: str, first: date, last: date) -> None:
    read_date = PartialDate.read(text)

    assert read_date is not None
    assert (read_date.first, read_date.last) == (first, last)


ANNAN = Selection("actor", "12", tail="kofi-annan")


def test_verbs() -> None:
    request = read("q=peace&actor=5&month=2012-07&from=2012&page=4")

    assert request.selecting(ANNAN).url == "?q=peace&actor=5&actor=12-kofi-annan&month=2012-07&from=2012"
    assert (
        request.selecting(Selection("actor", "5", excluded=True)).url
        == "?q=peace&actor=-5&month=2012-07&from=2012"
    )
    assert request.without(Selection("actor", "5")).url == "?q=peace&month=2012-07&from=2012"
    assert request.only(Selection("month", "undated")).url == "?q=peace&actor=5&month=undated&from=2012"
    assert request.undated().url == "?q=peace&actor=5&month=undated"
    assert request.with_query("war").url == "?q=war&actor=5&month=2012-07&from=2012"
    assert request.with_page(2).url == "?q=peace&actor=5&month=2012-07&from=2012&page=2"
    assert request.with_order(Order.OLDEST).url == "?q=peace&actor=5&month=2012-07&from=2012&sort=oldest"
    assert request.counting(Count.STORIES).url == "?q=peace&actor=5&month=2012-07&from=2012&count=stories"
    assert request.counting(Count.STORIES).counting(Count.ARTICLES) == request.with_page(1)
    assert request.with_size(50).url == "?q=peace&actor=5&month=2012-07&from=2012&size=50"
    assert request.between(None, PartialDate.read("2013")).url == "?q=peace&actor=5&month=2012-07&to=2013"
    assert request.with_all_of("person").url == "?q=peace&actor=5&month=2012-07&from=2012&all=person&page=4"


def test_selecting_and_taking_away_leads_back() -> None:
    request = read("q=peace&actor=5")

    assert request.selecting(ANNAN).without(ANNAN) == request
    assert request.state_of("actor:5") is True
    assert request.selecting(Selection("actor", "5", excluded=True)).state_of("actor:5") is False
    assert request.state_of("actor:12") is None


def test_facets_are_read_by_their_parameters() -> None:
    assert PARAMETERS == (
        "outlet", "actor", "speaker", "place", "year", "month", "language", "source", "tag", "collection",
        "status",
    )  # fmt: skip
    assert len({facet.name for facet in FACETS}) == len(FACETS)


PARAMETER_NAMES = st.sampled_from(["q", "from", "to", "sort", "count", "page", "size", "all", *PARAMETERS])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "1",
            "-1",
            "12-kofi",
            "2012",
            "2012-07",
            "undated",
            "-doubtful",
            "none",
            "en",
            "newest",
            "50",
            "stories",
        ]
    ),
    st.integers().map(str),
)


@given(st.lists(st.tuples(PARAMETER_NAMES, VALUES), max_size=8))
def test_no_address_is_beyond_reading(pairs: list[tuple[str, str]]) -> None:
    parameters = QueryDict(mutable=True)
    for name, value in pairs:
        parameters.appendlist(name, value)
    request = SearchRequest.read(parameters)

    assert read(request.url) == request
    assert read(request.url).diagnostics == ()
    assert read(request.url).url == request.url
