"""What `is:`, `has:`, `speaker:` and their like find in an archive, and the reader's choice of all words or any."""

from __future__ import annotations

from datetime import date

import pytest

from articles.models import Alias, Status, Story
from articles.search.engines.ask import Mode
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from tests.factories import (
    make_actor,
    make_article,
    make_date_mention,
    make_mention,
    make_place_mention,
    make_quote,
)

pytestmark = pytest.mark.usefixtures("index")


def found(query: str, *, curator: bool = False, mode: Mode = Mode.ALL) -> set[str]:
    """Return the headlines that a query finds."""
    page = run(SearchRequest(query=query, mode=mode), curator=curator)
    return {hit.article.headline for hit in page.hits}


@pytest.fixture
def archive(index: None) -> None:
    story = Story.objects.create()
    quoting = make_article(
        headline="Quoting",
        body="“We wish for peace,” Vashti Orlu said. Tomas Ferro laughed.",
        published=date(2012, 7, 2),
        source_credits=["Meridian Wire"],
        dateline="PORT VESSA",
        language="en",
        story=story,
    )
    orlu = make_actor("Vashti Orlu")
    Alias.objects.create(actor=orlu, surface="Orlu")
    mention = make_mention(quoting, orlu)
    make_mention(quoting, make_actor("Tomas Ferro"))
    make_quote(quoting, "We wish for peace,", orlu, speaker_mention=mention, speaker_text="Vashti Orlu")
    naming = make_article(
        headline="Naming", body="Vashti Orlu left in peace.", page_number=2, page_count=3, language="pt-br"
    )
    make_mention(naming, orlu)
    make_article(
        headline="Pictured",
        body="word " * 40,
        captions=[{"text": "A harbour."}],
        published=(date(2012, 1, 1), date(2013, 3, 1)),
        precision="interval",
    )
    make_article(headline="Kept", body="Kept back.", status=Status.HIDDEN)
    make_place_mention(naming, "New Karrin")
    make_date_mention(naming, "last Saturday", date(2012, 6, 30), date(2012, 6, 30))
    make_date_mention(quoting, "some day", None, None)
    drain()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("speaker:orlu", {"Quoting"}),
        ('speaker:"vashti orlu"', {"Quoting"}),
        ("speaker:ferro", set()),
        ("speaker:vash*", {"Quoting"}),
        ("actor:orlu", {"Quoting", "Naming"}),
        ("quote:wishes", {"Quoting"}),
        ("quote:laughed", set()),
        ('source:"meridian wire"', {"Quoting"}),
        ("place:vessa", {"Quoting"}),
        ('place:"new karrin"', {"Naming"}),
        ("place:harbour", set()),
        ("event:2012-06-30", {"Naming"}),
        ("event:2012-07", set()),
        ("is:undated", {"Naming"}),
        ("is:doubtful", {"Pictured"}),
        ("is:partial", {"Naming"}),
        ("is:hidden", set()),
        ("has:quotes", {"Quoting"}),
        ("has:captions", {"Pictured"}),
        ("has:duplicates", {"Quoting"}),
        ("lang:en", {"Quoting"}),
        ("lang:pt", {"Naming"}),
        ("words:5", {"Naming"}),
        ("words:>=40", {"Pictured"}),
        ("date:2012-07", {"Quoting", "Pictured"}),
        ("orlu -date:2012", {"Naming"}),
    ],
)
def test_what_is_found(archive: None, query: str, expected: set[str]) -> None:
    assert found(query) == expected


def test_curators_find_what_is_hidden(archive: None) -> None:
    assert found("is:hidden", curator=True) == {"Kept"}


def test_an_unknown_speaker_is_told(archive: None) -> None:
    page = run(SearchRequest(query="speaker:nobody"))

    assert page.total == 0
    assert "knows no actor called nobody" in page.diagnostics[0].message


def test_a_part_of_days_can_be_taken_away(archive: None) -> None:
    page = run(SearchRequest(query="orlu date:2012-07 words:>2"))

    assert [chip.label for chip in page.chips] == ["orlu", "date:2012-07", "words:>=3"]
    assert [chip.remove_url for chip in page.chips][1] == "?q=orlu+words%3A%3E%3D3"


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("orlu date:2012-07", 1),
        ("date:2012", 1),
        ("laughed OR date:2013", 1),
        ("orlu OR date:2013", 0),
        ("orlu (date:2012 OR date:2013)", 1),
        ("laughed date:2012", 0),
        ("orlu -date:2012", 0),
    ],
)
def test_what_days_leave_out_can_be_seen(archive: None, query: str, left_out: int) -> None:
    page = run(SearchRequest(query=query))

    assert page.undated_left_out == left_out
    assert (page.undated_url is None) == (left_out == 0)
    if page.undated_url:
        assert run(SearchRequest.from_query_string(page.undated_url)).total == left_out


def test_any_of_the_words(archive: None) -> None:
    assert found("orlu laughed harbour") == set()
    assert found("orlu laughed harbour", mode=Mode.ANY) == {"Quoting", "Naming", "Pictured"}
    assert found("orlu laughed is:partial", mode=Mode.ANY) == {"Naming"}
    page = run(SearchRequest(query="peace orlu laughed", mode=Mode.ANY))
    assert [hit.article.headline for hit in page.hits] == ["Quoting", "Naming"]


def test_the_choice_stands_in_the_address() -> None:
    request = SearchRequest.from_query_string("?q=a+b&mode=ANY")

    assert request.mode is Mode.ANY
    assert request.url == "?q=a+b&mode=any"
    assert request.matching(Mode.ALL).url == "?q=a+b"
    wrong = SearchRequest.from_query_string("?q=a&mode=some")
    assert wrong.mode is Mode.ALL
    assert "'some' is none of these" in wrong.diagnostics[0].message
