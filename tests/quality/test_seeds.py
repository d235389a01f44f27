"""What must come out of the five real pages, through the whole archive."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from articles.mentions import load_finder
from articles.models import Actor, Article
from tests.quality.archived import (
    Expected,
    ExpectedActor,
    ExpectedQuote,
    archive_figures,
    bare,
    joined,
)
from tests.quality.gate import Gate
from tests.quality.seeds import SEEDS, gold, needs_seeds, normalised, page_line

pytestmark = [needs_seeds, pytest.mark.django_db]

GOLD = gold()
ARTICLES = GOLD["articles"]
IDS = [article["file"][:3] for article in ARTICLES]
KINDS = {"PERSON": "person", "ORG": "organisation", "MEDIA": "media", "STATE": "state"}
# The day each undated page was written on, by its gold, and the widest interval in days that is of use.
UNDATED_SEEDS = {
    "001": (date(2012, 4, 19), 31),
    "002": (date(2015, 11, 3), 31),
    "003": (date(2012, 7, 15), 45),
    "004": (date(2012, 1, 30), 31),
}


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: Any) -> Any:  # the first one makes the database
    """Take the seeds in once for this module, and take them out again behind it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("ingest", str(SEEDS), stdout=out)
        call_command("ingest", str(SEEDS), stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def article_of(record: dict[str, Any]) -> Article:
    return Article.objects.get(page__name__endswith=record["file"])


def expected_of(record: dict[str, Any]) -> Expected:
    """The gold of a seed, beside the article that came of it."""
    exact = record["published"]["value"] if record["published"]["kind"] == "exact" else None
    return Expected(
        article=article_of(record),
        paragraphs=[page_line(record["file"], number) for number in record["body"]["line_numbers"]],
        headline=normalised(record["title"]),
        subtitle=normalised(record["subtitle"] or ""),
        authors=[],
        outlet=record["outlet"]["value"],
        published={"from": exact, "to": exact, "precision": "day"} if exact else None,
        true_day=None if exact else UNDATED_SEEDS[record["file"][:3]][0],
        captions=[(normalised(each["text"]), each["credit"]) for each in record["captions"]],
        actors=[
            ExpectedActor(KINDS[each["type"]], bare(each["surfaces"]), each["tier"] == "core")
            for each in record["actors"]
        ],
        quotes=[
            ExpectedQuote(each["text"], bare(GOLD["clusters"].get(each["speaker"], {}).get("surfaces", [])))
            for each in record["quotes"]
        ],
    )


@pytest.mark.usefixtures("archive")
def test_the_figures_hold(gate: Gate) -> None:
    pages = [expected_of(record) for record in ARTICLES]
    gate.hold("seeds", **archive_figures(pages, must_merge=GOLD["must_merge"]))


def test_five_come_in_once(archive: str) -> None:
    assert archive.splitlines() == [
        "5 new, 0 already there, 0 not taken.",
        "0 new, 5 already there, 0 not taken.",
    ]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("record", ARTICLES, ids=IDS)
class TestFields:
    def test_the_body_paragraph_for_paragraph(self, record: dict[str, Any]) -> None:
        expected = [page_line(record["file"], number) for number in record["body"]["line_numbers"]]
        assert [normalised(text) for text in article_of(record).paragraphs] == expected

    def test_no_boilerplate_in_the_body(self, record: dict[str, Any]) -> None:
        paragraphs = {normalised(text) for text in article_of(record).paragraphs}
        assert not paragraphs & {normalised(line["text"]) for line in record["boilerplate"]}

    def test_headline_and_subtitle(self, record: dict[str, Any]) -> None:
        article = article_of(record)
        assert normalised(article.headline) == normalised(record["title"])
        assert normalised(article.subtitle) == normalised(record["subtitle"] or "")

    def test_captions_and_credits(self, record: dict[str, Any]) -> None:
        found = [(normalised(each["text"]), each["credit"]) for each in article_of(record).captions]
        assert found == [(normalised(each["text"]), each["credit"]) for each in record["captions"]]

    def test_page_marker(self, record: dict[str, Any]) -> None:
        article = article_of(record)
        assert (article.page_number, article.page_count) == ((2, 2) if record["partial"] else (None, None))

    def test_source_credit(self, record: dict[str, Any]) -> None:
        assert bool(article_of(record).source_credits) == bool(record["source_credit"])

    def test_outlet_and_authors_are_named_or_unknown(self, record: dict[str, Any]) -> None:
        article = article_of(record)
        assert (article.outlet.name if article.outlet else None) == record["outlet"]["value"]
        assert article.authors == []

    def test_the_date_as_stated_or_as_the_text_tells(self, record: dict[str, Any]) -> None:
        article = article_of(record)
        if record["published"]["kind"] == "exact":
            assert str(article.published_from) == str(article.published_to) == record["published"]["value"]
            return
        # The page states none: the interval holds the true day, with sentences that prove it.
        true_day, widest = UNDATED_SEEDS[record["file"][:3]]
        assert article.published_from is not None
        assert article.published_to is not None
        assert article.published_from <= true_day <= article.published_to
        assert (article.published_to - article.published_from).days < widest
        witnesses = article.evidence.get(field="published").witnesses
        assert any(witness["used"] for witness in witnesses)
        for witness in witnesses:
            assert witness["start"] < 0 or normalised(witness["quote"]) in normalised(article.body)


@pytest.mark.usefixtures("archive")
class TestActors:
    def test_no_boilerplate_name_is_an_actor_of_the_story(self) -> None:
        for record in ARTICLES:
            names = {each.surface for each in article_of(record).mentions.exclude(zone="source")}
            forbidden = {entry.split(" (")[0] for entry in record["must_not_be_actors"]}
            assert not names & forbidden

    @pytest.mark.parametrize("names", GOLD.get("must_merge", []), ids=lambda names: names[0])
    def test_spellings_of_one_actor_are_joined(self, names: list[str]) -> None:
        assert joined(names)

    @pytest.mark.parametrize("pair", GOLD.get("must_not_merge", []), ids=lambda pair: " / ".join(pair[:2]))
    def test_two_actors_stay_two(self, pair: list[str]) -> None:
        left, right = (_owners(GOLD["clusters"][key]) for key in pair[:2])
        assert not left & right

    def test_no_actor_of_the_gold_is_two_actors_of_the_archive(self) -> None:
        for cluster in GOLD["clusters"].values():
            assert len(_owners(cluster)) <= 1, cluster["canonical"]


# Of the 26 reports that the gold lists, found at least: clauses, and those with the speaker that is named for them.
REPORTED_FOUND = 22
REPORTED_SPEAKERS = 17
# Clauses given to somebody else at most: one within another's, and a member of a body whom the gold knows by name.
REPORTED_WRONG = 2


@pytest.mark.usefixtures("archive")
def test_reported_speech() -> None:
    """Roles, readings of capitals and speakers of quotes are counted in tests/resolve/test_seeds.py."""
    found = speakers = wrong = 0
    for record in ARTICLES:
        body = normalised(article_of(record).body)
        told = [
            (one, normalised(body[one.start : one.end]).replace("’", "'"))
            for one in load_finder().find(body).reported
        ]
        for gold_one in record["reported_speech"]:
            parts = normalised(gold_one["evidence"]).replace("’", "'").split(" ... ")
            clause = next((one for one, words in told if all(part in words for part in parts)), None)
            found += clause is not None
            if clause and gold_one["speaker"]:
                given = bare([clause.speaker_text]) if clause.speaker_text else frozenset()
                named = bare(GOLD["clusters"][gold_one["speaker"]]["surfaces"])
                speakers += bool(given & named)
                wrong += bool(given) and not given & named
    assert found >= REPORTED_FOUND
    assert speakers >= REPORTED_SPEAKERS
    assert wrong <= REPORTED_WRONG


def _owners(cluster: dict[str, Any]) -> set[int]:
    """Return the archive's actors whose mentions have one of the cluster's spellings, in its articles, and its kind."""
    return set(
        Actor.objects.filter(
            kind=KINDS[cluster["type"]],
            mentions__surface__in=[
                *cluster["surfaces"],
                *(name.removeprefix("Mr. ") for name in cluster["surfaces"]),
            ],
            mentions__article__in=[
                article.pk
                for article in Article.objects.select_related("page")
                if any(f"/{number}_" in article.page.name for number in cluster["articles"])
            ],
        ).values_list("pk", flat=True)
    )
