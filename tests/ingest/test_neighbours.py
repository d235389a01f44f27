"""Dated articles of the archive as evidence for an undated one: who may give it, and what is made of it."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.capture import RawPage, page_from_bytes
from articles.curate import rule_fields
from articles.ingest import ArchiveDirectory, ingest_page, neighbours, relink
from articles.ingest.neighbours import DatedArticles, dated_articles
from articles.ingest.reclean import Selection
from articles.models import Article, DatedText
from tests.ingest.texts import invented

pytestmark = pytest.mark.django_db
# The body's own evidence: an office that was held for half a year.
OFFICE = "Kofi Annan, the joint envoy to Syria, met the harbour master and the council."
EVENT = [
    "ferry",
    "Selm",
    "harbour",
    "Vessa",
    "strike",
    "flour",
    "pilots",
    "lighthouse",
    "Karrin",
    "quay",
    "convoy",
    "Ondry",
    "Tessedin",
    "blockade",
]


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    dated_articles.cache_clear()


def told(seed: int, *, own: int = 14) -> str:
    """A report on an event: each paragraph has so many words of its own among those of the event."""
    chance = random.Random(seed)  # nothing here is secret
    paragraphs = []
    for part in range(4):
        words = [*invented(seed * 10 + part, length=own).split(), *chance.sample(EVENT, 9 if own > 9 else 11)]
        chance.shuffle(words)
        paragraphs.append(f"{' '.join(words).capitalize()} said the council.")
    return "\n\n".join(paragraphs)


def take(body: str, *, day: str = "", headline: str = "", **page: Any) -> Article:
    head = headline or f"What the council said {invented(len(body), length=3)}"
    dated = f"Published {day}\n\n" if day else ""
    text = f"{head}\n\nBy Lena Orsk\n\n{dated}{body}\n"
    raw = page_from_bytes(text.encode(), name=f"{head}.txt", media_type="text/plain", **page)
    assert isinstance(raw, RawPage)
    return Article.objects.get(pk=ingest_page(raw, ArchiveDirectory()).article_id)


def evidence(article: Article) -> Any:
    return article.evidence.get(field="published")


def alike(article: Article) -> tuple[set[str], set[str]]:
    found = DatedArticles().alike(article.body, leave_out=article.permanent_id)
    return {each.article for each in found.neighbours}, {each.article for each in found.copies}


def archive_of_an_event() -> list[Article]:
    return [take(told(seed, own=5), day=f"{10 + seed % 4} May 2012") for seed in range(1, 9)]


def undated_report(seed: int = 50) -> Article:
    return take(f"{told(seed, own=5)}\n\n{OFFICE}")


def test_articles_told_alike_narrow_what_the_body_allows_and_are_named() -> None:
    before = undated_report(51)
    assert evidence(before).method == "content"
    others = archive_of_an_event()
    article = undated_report()
    found = evidence(article)
    assert found.method == "content and neighbours"
    assert found.confidence == 0.75
    assert "told alike" in found.note
    assert article.published_from is not None
    assert article.published_to is not None
    assert article.published_from <= date(2012, 5, 12) <= article.published_to
    assert (article.published_to - article.published_from).days < 92
    named = {each["article"] for each in found.witnesses if each["used"] and each["article"]}
    assert named
    assert named <= {other.permanent_id for other in others}


def test_the_article_page_links_to_the_articles_it_rests_on(client: Client) -> None:
    archive_of_an_event()
    article = undated_report()
    named = [each["article"] for each in evidence(article).witnesses if each["article"]]
    other, hidden = (Article.objects.get(permanent_id=each) for each in named[:2])
    Article.objects.filter(pk=hidden.pk).update(status="hidden")
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'<a href="{other.get_absolute_url()}" dir="auto">{other.headline}</a>' in page
    assert hidden.get_absolute_url() not in page
    assert "told much alike" in page


def test_a_dated_copy_says_most() -> None:
    body = told(1)
    original = take(body, day="12 May 2012", headline="The quay of Vessa is closed to all ferries")
    copy = take(body, headline="The quay of Vessa is shut")
    assert evidence(copy).method == "content and copies"
    assert (copy.published_from, copy.published_to) == (date(2012, 5, 2), date(2012, 5, 22))
    assert [(each["article"], each["used"]) for each in evidence(copy).witnesses] == [
        (original.permanent_id, True)
    ]
    assert alike(copy) == (set(), {original.permanent_id})


def test_copies_that_lie_far_apart_date_nothing() -> None:
    body = told(1)
    take(body, day="12 May 2012", headline="The quay of Vessa is closed to all ferries")
    take(body, day="12 May 2014", headline="The quay of Vessa is closed to ferries again")
    undated = take(body, headline="The quay of Vessa is shut")
    assert undated.published_from is None
    assert {each["reason"] for each in evidence(undated).witnesses} == {
        "The copies are of days too far apart."
    }


def test_a_date_that_its_own_text_contradicts_dates_nothing_else() -> None:
    report = f"{told(30)}\n\n{OFFICE}"
    doubtful = take(report, day="12 May 1971", headline="The harbour of Selm is closed to all")
    assert evidence(doubtful).confidence < neighbours.LEAST_SURE
    assert evidence(take(report, headline="The harbour of Selm is shut")).method == "content"


def test_what_is_dated_by_others_dates_nothing_itself() -> None:
    archive_of_an_event()
    by_neighbours, by_copy = undated_report(), take(told(1, own=5), headline="What the council says now")
    assert evidence(by_copy).method == "content and copies"
    assert not DatedText.objects.filter(article__in=[by_neighbours, by_copy]).exists()
    assert by_neighbours.permanent_id not in set().union(*alike(undated_report(52)))


def test_a_ruled_date_is_evidence_and_no_longer_when_it_is_taken_back() -> None:
    user = User.objects.create_user("lena", is_staff=True)
    first, second = take(told(1)), take(told(2))
    assert alike(second) == (set(), set())
    day = {"from": "2012-05-12", "to": "2012-05-12", "precision": "day"}
    rule_fields(first, {"published": day}, by=user)
    assert alike(second) == ({first.permanent_id}, set())
    rule_fields(
        first, {"published": {"from": "2012-01-01", "to": "2012-12-31", "precision": "year"}}, by=user
    )
    assert alike(second) == (set(), set())


def test_what_holds_the_text_is_neither_copy_nor_neighbour() -> None:
    part = take(told(1))
    take(f"{told(1)}\n\n{told(2)}", day="12 May 2012")
    assert alike(part) == (set(), set())


def test_a_hidden_article_gives_no_evidence_and_a_changed_one_its_present_text() -> None:
    user = User.objects.create_user("lena", is_staff=True)
    dated, undated = take(told(1), day="12 May 2012"), take(told(2))
    held = DatedArticles()
    assert [each.article for each in held.alike(undated.body, leave_out="").neighbours] == [
        dated.permanent_id
    ]
    rule_fields(
        dated, {"body": "Stamps of the strait were shown to collectors in the old customs house."}, by=user
    )
    assert held.alike(undated.body, leave_out="") == DatedArticles().alike(undated.body, leave_out="")
    rule_fields(dated, {"body": told(3)}, by=user)
    assert [each.article for each in held.alike(undated.body, leave_out="").neighbours] == [
        dated.permanent_id
    ]
    rule_fields(dated, {"status": "hidden"}, by=user)
    assert held.alike(undated.body, leave_out="").neighbours == ()


def test_an_index_of_another_database_is_made_anew() -> None:
    dated, undated = take(told(1), day="12 May 2012"), take(told(2))
    held = DatedArticles()
    assert held.alike(undated.body, leave_out="").neighbours
    row = DatedText.objects.get()
    other = take(told(3), day="14 May 2012")
    terms = DatedText.objects.get(article=other).terms
    DatedText.objects.all().delete()
    DatedText.objects.create(pk=row.pk, article=other, terms=terms)
    assert [each.article for each in held.alike(undated.body, leave_out="").neighbours] == [
        other.permanent_id
    ]
    assert dated.permanent_id != other.permanent_id


def test_the_latest_are_held_and_an_archive_from_before_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "MOST_HELD", 2)
    dated = [take(told(seed), day="12 May 2012") for seed in range(1, 5)]
    DatedText.objects.all().delete()
    list(relink())
    undated = take(told(9))
    assert alike(undated)[0] == {each.permanent_id for each in dated[2:]}


def test_looking_again_takes_only_what_no_page_and_no_person_dates() -> None:
    user = User.objects.create_user("lena", is_staff=True)
    take(told(1), day="12 May 2012")
    undated, ruled = take(told(2)), take(told(3))
    day = {"from": "2012-05-12", "to": "2012-05-12", "precision": "day"}
    rule_fields(ruled, {"published": day}, by=user)
    assert list(Selection(undated=True).articles()) == [undated]
    assert Selection.from_json(Selection(undated=True).to_json()).undated
