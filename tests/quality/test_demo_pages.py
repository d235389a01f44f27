"""The demonstration pages through the whole archive: one actor stays one, two stay two, dates and outlets hold."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from articles.models import Actor, Article, Role
from tests.quality.archived import (
    Expected,
    ExpectedActor,
    ExpectedQuote,
    archive_figures,
    bare,
    owners,
)
from tests.quality.gate import Gate
from tests.quality.seeds import normalised

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ARCHIVE = json.loads((FIXTURES / "gold" / "archive.json").read_text())
GOLD = [json.loads(path.read_text()) for path in sorted((FIXTURES / "gold").glob("[0-9]*.json"))]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("ingest", str(FIXTURES / "pages"), stdout=StringIO())
        yield
        transaction.set_rollback(True)


def article_of(record: dict[str, Any]) -> Article:
    """Return the article of a gold record; the records of a .jsonl file are told apart by their headline."""
    articles = Article.objects.filter(page__name__contains=record["file"])
    return articles.get() if record["record"] is None else articles.get(headline=record["headline"])


def expected_of(record: dict[str, Any]) -> Expected:
    """The gold of a page, beside the article that came of it."""
    stated = record["published"]["precision"] != "unknown" and not record.get("ambiguous")
    surfaces = {each["name"]: [each["name"], *each["surfaces"]] for each in record["actors"]}
    return Expected(
        article=article_of(record),
        paragraphs=record["paragraphs"],
        headline=record["headline"] or "",
        subtitle=record["subtitle"] or "",
        authors=record["authors"],
        outlet=record["outlet"],
        published=record["published"] if stated else None,
        true_day=date.fromisoformat(record["true_date"]) if record.get("true_date") else None,
        captions=[(each["text"], each["credit"]) for each in record["captions"]],
        actors=[
            ExpectedActor(each["kind"], bare(each["surfaces"]), each["tier"] == "core")
            for each in record["actors"]
        ],
        quotes=[
            ExpectedQuote(each["text"], bare(surfaces.get(each["speaker"], filter(None, [each["speaker"]]))))
            for each in record["quotes"]
        ],
    )


@pytest.mark.parametrize("record", GOLD, ids=lambda record: f"{record['file']}.{record['record']}")
def test_fields_reach_the_database(record: dict[str, Any]) -> None:
    article = article_of(record)
    assert [normalised(text) for text in article.paragraphs] == record["paragraphs"]
    assert normalised(article.headline) == record["headline"]
    assert article.authors == record["authors"]
    assert (article.outlet.name if article.outlet else None) == record["outlet"]
    if not record.get("ambiguous") and record["published"]["precision"] != "unknown":
        found = article.field_value("published")
        assert found == record["published"]


def test_the_figures_hold(gate: Gate) -> None:
    pages = [expected_of(record) for record in GOLD]
    gate.hold("demo", **archive_figures(pages, must_merge=ARCHIVE["must_merge"]))


@pytest.mark.parametrize("pair", ARCHIVE["must_not_merge"], ids=lambda pair: " / ".join(pair[:2]))
def test_two_actors_stay_two(pair: list[str]) -> None:
    assert not owners(pair[0]) & owners(pair[1]), pair[2]


def test_an_office_that_changes_hands_has_both_holders_with_their_days() -> None:
    roles = Role.objects.filter(
        title__iexact="foreign minister", organisation="Vessa", held_from__isnull=False
    )
    assert roles.count() >= 2
    assert not Actor.objects.filter(name__iexact="foreign minister").exists()
