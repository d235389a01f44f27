"""What a page of results offers for a misspelled query: the whole query, nothing else of it changed."""

from __future__ import annotations

from datetime import date

import pytest

from articles.models import Actor, Status
from articles.search.page import SearchPage
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from tests.factories import make_actor, make_article, make_mentions

pytestmark = pytest.mark.usefixtures("index")


@pytest.fixture
def archive(index: None) -> Actor:
    """Ten articles on an envoy who is spelled in two ways, and one of the market."""
    envoy = make_actor("Abdulbaset Vashti", aliases=["Vashti", "Abdel Vaschty"])
    for number in range(10):
        article = make_article(
            headline=f"Truce {number}",
            body="Abdulbaset Vashti said that the ceasefire was the opposition's harbour.",
            outlet="The Meridian Post",
            authors=["Ada Lundquist"],
            published=date(2012, 7, 1 + number),
        )
        make_mentions(article, envoy)
    make_article(headline="Market", body="The harber of fish.", outlet="Vessa Herald")
    drain()
    return envoy


def see(address: str, *, curator: bool = False) -> SearchPage:
    return run(SearchRequest.from_query_string(address), curator=curator)


def offered(query: str, **parameters: str) -> str | None:
    page = see(SearchRequest(query=query).url + "".join(f"&{name}={one}" for name, one in parameters.items()))
    if page.did_you_mean is None:
        return None
    # The link is the same search with that query.
    assert SearchRequest.from_query_string(page.did_you_mean.url) == page.request.with_query(
        page.did_you_mean.query
    )
    return page.did_you_mean.query


@pytest.mark.usefixtures("archive")
class TestTheQuery:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("ceasfire", "ceasefire"),
            ("Ceasfire", "Ceasefire"),
            ("HARBUOR", "HARBOUR"),
            ("vasthi ceasfire", "vashti ceasefire"),
            ("Vasthi’s ceasefire", "Vashti’s ceasefire"),
            ('"the ceasfire was" harbour', '"the ceasefire was" harbour'),
            ('"harbuor ceasfire"~9', '"harbour ceasefire"~9'),
            ("ceasfire AND NOT (market OR fihs)", "ceasefire AND NOT (market OR fish)"),
            ("ceasefire -oppositoin", "ceasefire -opposition"),
            ("title:trucce ceasefire", "title:truce ceasefire"),
            ("outlet:meridain", "outlet:meridian"),
            ('outlet:"meridain post" truce', 'outlet:"meridian post" truce'),
            ("author:lundqist", "author:lundquist"),
            ("sentence:(vashti ceasfire)", "sentence:(vashti ceasefire)"),
            ("atleast1:ceasfire date:2012", "atleast1:ceasefire date:2012"),
            ("oppositions-harbuor", "oppositions-harbour"),
            ("ceasfire OR harbour", "ceasefire OR harbour"),
            ("harber", "harbour"),
        ],
    )
    def test_misspelled_words_alone_are_put_right(self, typed: str, expected: str) -> None:
        assert offered(typed) == expected
        if "-" not in typed:
            assert see(SearchRequest(query=expected).url).total >= see(SearchRequest(query=typed).url).total

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "*",
            "ceasefire",
            "harbour OR market",
            "vashti market",
            "ceasf*",
            "ceas?ire",
            "ceasfire~1",
            "quagmire",
            "xx",
            "2012",
            "брахими",
            "is:partial",
            "quagmire swamps bogs fenland marshes mires",
        ],
    )
    def test_nothing_is_offered_for_what_is_known_or_like_nothing(self, typed: str) -> None:
        assert offered(typed) is None

    def test_filters_and_all_else_stay(self) -> None:
        page = see("?q=ceasfire&mode=any&year=2012&sort=newest&count=stories&size=10&page=3")

        assert page.did_you_mean is not None
        assert page.did_you_mean.url == "?q=ceasefire&mode=any&year=2012&sort=newest&count=stories&size=10"
        assert page.request.query == "ceasfire"
        assert page.total == 0

    def test_one_unknown_word_of_any_is_enough(self) -> None:
        assert offered("harbour ceasfire", mode="any") == "harbour ceasefire"


class TestActors:
    def test_a_name_is_put_right(self, archive: Actor) -> None:
        assert offered("abdulbasset vasthi") == "abdulbaset vashti"
        assert offered('actor:"Abdulbaset Vaxhti"') == 'actor:"Abdulbaset Vashti"'
        assert see('?q=actor:"Abdulbaset+Vashti"').total == 10

    def test_a_spelling_that_no_article_uses_finds_the_actor(self, archive: Actor) -> None:
        assert offered("Vaschty") == "actor:Vaschty"
        assert see("?q=actor:Vaschty").total == 10
        assert offered('"Abdel Vaschty"') is None
        assert offered("vaschty OR vaschty OR Vaschty") == "actor:vaschty OR actor:vaschty OR actor:Vaschty"
        assert offered('vaschty "the vaschty"') is None

    def test_a_name_that_only_sounds_so_finds_the_actor(self, archive: Actor) -> None:
        assert offered("Whaashtee") == 'actor:"Abdulbaset Vashti"'
        assert see('?q=actor:"Abdulbaset+Vashti"').total == 10


def test_nothing_hidden_is_given_away() -> None:
    make_article(headline="Kestrelmoor", status=Status.HIDDEN)
    drain()

    assert see("?q=kestrelmor").did_you_mean is None
    shown = see("?q=kestrelmor", curator=True).did_you_mean
    assert shown is not None
    assert shown.query == "kestrelmoor"
