"""The JSON API: the same as the pages, nothing hidden, faults in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.api.endpoints import api
from articles.api.suggestions import FIELDS
from articles.models import Actor, Article, FieldEvidence, Role, Ruling, Status, Story
from articles.models.ruling import Verdict
from articles.search import lexer
from articles.search.engines.ask import SearchUnavailable
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from articles.search.shapes import page_as_data
from articles.search.values import NAMES
from tests.factories import make_actor, make_article, make_mentions, make_page, make_quote
from tests.search.archive import make_archive

Ask = Callable[..., Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    story = Story.objects.create()
    made = make_article(
        page=make_page(url="https://meridian.example/talks"),
        headline="Talks resume",
        body="“We have a text,” Oren Vashti said.",
        outlet="The Meridian Post",
        published=(date(2012, 4, 12), date(2012, 4, 30)),
        precision="interval",
        authors=["Ada Lund"],
        story=story,
    )
    actor = make_actor("Oren Vashti", aliases=["Vashti"])
    make_mentions(made, actor)
    make_quote(made, "We have a text", actor)
    make_article(headline="Talks again", story=story)
    FieldEvidence.objects.create(
        article=made,
        field="published",
        value={"from": "2012-04-12"},
        method="content",
        confidence=0.7,
        lines=[4],
    )
    return made


@pytest.mark.parametrize(
    "query", ["?q=annan&size=10", "?q=peace+plan&mode=any&count=stories&from=2012", "?month=undated"]
)
def test_search_answers_what_the_page_shows(ask: Ask, query: str) -> None:
    make_archive(60, seed=4, stories=5)
    answer = ask(f"/api/search{query}")

    assert answer == json.loads(json.dumps(page_as_data(run(SearchRequest.from_query_string(query)))))
    assert answer["hits"]


def test_search_says_what_it_did_not_take_as_written(ask: Ask) -> None:
    answer = ask("/api/search", q='"open', size="7", outlet="x", page="-1")

    assert len(answer["diagnostics"]) == 3
    assert answer["page"] == 1


def test_articles_like_one_come_with_what_they_share(ask: Ask, article: Article) -> None:
    other = make_article(
        headline="Envoys wait",
        body="Talks may resume, Vashti said.",
        published=date(2012, 5, 1),
        outlet="The Tide",
    )
    make_mentions(other, Actor.objects.get(name="Oren Vashti"), "Vashti")
    make_article(headline="Talks resume in secret", status=Status.HIDDEN)
    make_article(headline="Bread", body="It was dear.")

    answer = ask(f"/api/articles/{article.permanent_id}/like")
    [hit] = answer["hits"]
    assert (hit["article"], hit["headline"], hit["outlet"]) == (other.permanent_id, "Envoys wait", "The Tide")
    assert hit["published"]["edtf"] == "2012-05-01"
    assert hit["shares"][0] == "Oren Vashti"
    assert {"Talks", "resume"} <= set(hit["shares"][1:])
    assert answer["stories"] == 1
    assert ask(f"/api/search{answer['search_url']}")["total"] == 1
    ask("/api/articles/aaaaaaaaaaaa/like", status=404)


def test_search_says_what_was_perhaps_meant(ask: Ask) -> None:
    make_article(headline="Truce in the harbour")

    answer = ask("/api/search", q="harbuor -trucce", size="10")
    assert answer["did_you_mean"] == {"query": "harbour -truce", "url": "?q=harbour+-truce&size=10"}
    assert ask("/api/search", q="harbour")["did_you_mean"] is None


def test_an_article_comes_with_its_evidence(ask: Ask, article: Article) -> None:
    answer = ask(f"/api/articles/{article.permanent_id}")

    assert answer["published"] == {
        "from": "2012-04-12",
        "to": "2012-04-30",
        "precision": "interval",
        "edtf": "2012-04-12?/2012-04-30?",
    }
    [actor] = answer["actors"]
    assert actor["name"] == "Oren Vashti"
    [[zone, start, end]] = actor["mentions"]
    assert (zone, article.body[start:end]) == ("body", "Oren Vashti")
    assert [(quote["text"], quote["speaker"]) for quote in answer["quotes"]] == [
        ("We have a text", actor["id"])
    ]
    assert [(one["field"], one["method"], one["lines"]) for one in answer["evidence"]] == [
        ("published", "content", [4])
    ]
    assert answer["versions"] == [Article.objects.get(headline="Talks again").permanent_id]
    assert answer["page_url"] == "https://meridian.example/talks"


def test_a_date_that_a_person_set_is_not_uncertain(ask: Ask, article: Article, admin_user: User) -> None:
    Ruling.objects.create(
        verdict=Verdict.FIELD,
        page=article.page,
        field="published",
        value={},
        made_by=admin_user,
        made_by_name="ada",
        reason="Seen.",
    )
    answer = ask(f"/api/articles/{article.permanent_id}")

    assert answer["published"]["edtf"] == "2012-04-12/2012-04-30"
    assert (answer["evidence"][0]["ruled_by"], answer["evidence"][0]["reason"]) == ("ada", "Seen.")
    assert ask("/api/search", q="text")["hits"][0]["published"]["edtf"] == "2012-04-12/2012-04-30"


def test_what_a_curator_hid_is_nowhere_not_even_for_curators(
    ask: Ask, article: Article, admin_client: Client
) -> None:
    Article.objects.filter(pk=article.pk).update(status=Status.HIDDEN)
    other = Article.objects.get(headline="Talks again")

    assert ask("/api/search", q="vashti")["total"] == 0
    assert ask(f"/api/articles/{other.permanent_id}")["versions"] == []
    assert ask(f"/api/actors/{article.mentions.get().actor_id}")["articles"] == 0
    hidden = ask(f"/api/articles/{article.permanent_id}", status=404)
    never = ask("/api/articles/aaaaaaaaaaaa", status=404)
    assert hidden == never
    assert "/api/search finds articles" in never["error"]
    assert admin_client.get(f"/api/articles/{article.permanent_id}").status_code == 404


def test_an_actor_comes_with_its_spellings_and_offices(ask: Ask, article: Article) -> None:
    actor = article.mentions.get().actor
    merged = make_actor("Orin Vashty", merged_into=actor)
    Role.objects.create(actor=actor, phrase="envoy of Vessa", title="envoy", held_from=date(2012, 1, 1))
    Role.objects.create(actor=actor, article=article, phrase="the envoy", title="envoy")
    answer = ask(f"/api/actors/{merged.pk}")

    assert answer["id"] == actor.pk
    assert answer["spellings"] == ["Oren Vashti", "Orin Vashty", "Vashti"]
    assert answer["offices"] == [{"phrase": "envoy of Vessa", "held_from": "2012-01-01", "held_to": None}]
    assert (answer["articles"], answer["mentions"]) == (1, 1)
    assert ask(f"/api/search{answer['search_url']}")["total"] == 1
    hidden = make_actor("Nobody", hidden=True)
    for number in (hidden.pk, 999_999, 2**70):
        ask(f"/api/actors/{number}", status=404)


def test_suggestions_know_spellings_outlets_and_fields(ask: Ask, article: Article) -> None:
    found = ask("/api/suggest", q="vasht")["suggestions"]
    assert [(one["kind"], one["text"], one["query"]) for one in found] == [
        ("actor", "Oren Vashti", 'actor:"Oren Vashti"')
    ]
    assert [one["text"] for one in ask("/api/suggest", q="Washty")["suggestions"]] == ["Oren Vashti"]
    assert [one["query"] for one in ask("/api/suggest", q="meridian")["suggestions"]] == [
        'outlet:"The Meridian Post"'
    ]
    assert [one["query"] for one in ask("/api/suggest", q="sp")["suggestions"]] == ["speaker:"]
    assert ask("/api/suggest", q="v")["suggestions"] == []
    assert run(SearchRequest(query=found[0]["query"])).total == 1


def test_every_field_with_values_is_suggested() -> None:
    assert {*NAMES, *lexer.FIELDS} == set(FIELDS)


@pytest.mark.parametrize(
    ("typed", "replaced", "query"),
    [
        ("talks oren vash", "oren vash", 'actor:"Oren Vashti"'),
        ("talks -vasht", "vasht", 'actor:"Oren Vashti"'),
        ("karrin OR vasht", "vasht", 'actor:"Oren Vashti"'),
        ("(vasht", "vasht", 'actor:"Oren Vashti"'),
        ("talks speaker:vas", "speaker:vas", 'speaker:"Oren Vashti"'),
        ('-actor:"oren v', 'actor:"oren v', 'actor:"Oren Vashti"'),
        ("the meri", "the meri", 'outlet:"The Meridian Post"'),
        ("outlet:", "outlet:", 'outlet:"The Meridian Post"'),
        ("talks is:par", "is:par", "is:partial"),
        ("talks se", "se", "sentence:()"),
        ("talks eve", "eve", "event:"),
    ],
)
@pytest.mark.usefixtures("article")
def test_a_suggestion_takes_the_place_of_what_it_was_found_for(
    ask: Ask, typed: str, replaced: str, query: str
) -> None:
    found = ask("/api/suggest", q=typed)["suggestions"][0]

    assert (found["typed"], found["query"]) == (replaced, query)
    assert typed.endswith(found["typed"])


def test_an_actor_is_suggested_with_its_kind_and_the_articles_that_readers_can_see(
    ask: Ask, article: Article
) -> None:
    hidden = make_article(status=Status.HIDDEN)
    make_mentions(hidden, article.mentions.first().actor)
    found = ask("/api/suggest", q="vasht")["suggestions"][0]

    assert (found["detail"], found["count"]) == ("person", 1)


def test_names_that_hidden_articles_alone_have_are_not_suggested(ask: Ask, article: Article) -> None:
    for number in range(9):  # more than are suggested, and mentioned oftener
        hidden = make_article(status=Status.HIDDEN, outlet=f"The Meridian {number}")
        actor = make_actor(f"Vashti{number} Lund", aliases=[f"Vashti{number}"])
        make_mentions(hidden, actor)
        make_mentions(make_article(status=Status.HIDDEN), actor)
    for typed, name in (("vasht", "Oren Vashti"), ("meridian", "The Meridian Post")):
        assert [one["text"] for one in ask("/api/suggest", q=typed)["suggestions"]] == [name]


@pytest.mark.parametrize("typed", ["", "talks ", "title:vasht", "date:2012", "v", '"', "talks actor:v"])
@pytest.mark.usefixtures("article")
def test_where_nothing_can_be_meant_nothing_is_suggested(ask: Ask, typed: str) -> None:
    assert ask("/api/suggest", q=typed)["suggestions"] == []


@pytest.mark.parametrize("odd", ["\0", "(" * 300, "'\"><script>", "é" * 3000, "-", "0"])
def test_nothing_that_is_typed_is_an_error(ask: Ask, odd: str) -> None:
    ask("/api/search", q=odd, page=odd, size=odd, sort=odd, outlet=odd, **{"from": odd})
    ask("/api/suggest", q=odd)


def test_what_cannot_be_read_is_named(ask: Ask) -> None:
    problem = ask("/api/actors/annan", status=400)

    assert "number: " in problem["error"]
    assert "/api/ tells" in problem["error"]


def test_a_search_out_of_order_says_so(ask: Ask) -> None:
    with patch("articles.search.run.backend", side_effect=SearchUnavailable("Broken at /srv.", "Mend it.")):
        problem = ask("/api/search", status=503)

    assert problem["error"].startswith("The search cannot answer now.")
    assert "/srv" not in problem["error"]


def test_it_only_reads(client: Client) -> None:
    assert client.post("/api/search").status_code == 405


def test_the_page_and_the_document_name_every_address(ask: Ask, client: Client) -> None:
    document = ask("/api/openapi.json")
    html = client.get("/api/").content.decode()

    assert set(document["paths"]) == {
        "/api/search",
        "/api/articles/{permanent_id}",
        "/api/articles/{permanent_id}/like",
        "/api/actors/{number}",
        "/api/suggest",
    }
    for path in document["paths"]:
        assert f"<code>GET {path}</code>" in html
    assert "://" not in re.sub(
        r"https?://testserver", "", "".join(re.findall(r'(?:src|href)="([^"]*)"', html))
    )
    assert '<th scope="row" class="depth-2"><code>edtf</code></th><td>text or null</td>' in html
    assert api.docs_url is None


def test_documented_parameters_are_those_that_a_search_has(ask: Ask) -> None:
    names = {one["name"] for one in ask("/api/openapi.json")["paths"]["/api/search"]["get"]["parameters"]}
    written = "?q=a&mode=any&outlet=1&actor=2&speaker=3&place=karrin&year=2012&month=2012-07&language=en&source=nws&tag=4&collection=5&status=new&show=shares&bars=years&from=2012&to=2013&sort=newest&count=stories&size=10&all=person&off=2-a&page=2"

    assert {pair.partition("=")[0] for pair in written[1:].split("&")} == names
    assert SearchRequest.from_query_string(written).url.count("&") == written.count("&")
    drain()


def test_every_parameter_says_what_it_is() -> None:
    told = [
        (path, one["name"], one["schema"].get("description", ""))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for one in methods["get"].get("parameters", ())
    ]
    assert len(told) > 20
    assert [(path, name) for path, name, words in told if not words] == []
