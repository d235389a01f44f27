"""Corrections are rulings: kept, told apart from the machine's evidence, undone, never overwritten."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.capture import RawPage, page_from_bytes
from articles.curate import ChangedMeanwhile, articles, rule_fields, undo
from articles.ingest import ArchiveDirectory, ingest_page, reread
from articles.models import Article, PendingIndex, Ruling

PAGE = """Harbour talks resume as both sides claim the truce

By Lena Orsk / May 14, 2012

Ilmar Tessedin went back to the table on Monday and said that the cease-fire held in name. The talks, which were broken off three weeks ago, are to run until Thursday, when both delegations return to their capitals.

Osanna Brekk, deputy foreign minister of Vessa, told reporters that her government had never left the room. Members of the council were not invited, and its head called the meeting a performance for the galleries.

The ministry gave no figures for the losses in the port. Observers, of whom two hundred and fifty were promised in the spring, have yet to arrive, and nobody in the city could say on Monday when they would.
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    page = page_from_bytes(PAGE.encode(), name="harbour.txt", media_type="text/plain")
    assert isinstance(page, RawPage)
    return Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_a_correction_is_a_ruling_with_who_and_why(article: Article, curator: User) -> None:
    [ruling] = rule_fields(article, {"headline": "Talks resume"}, by=curator, reason="shortened")
    assert fresh(article).headline == "Talks resume"
    assert ruling.before == "Harbour talks resume as both sides claim the truce"
    assert (ruling.made_by, ruling.made_by_name, ruling.reason) == (curator, "lena", "shortened")
    assert PendingIndex.objects.filter(article_id=article.pk).exists()


def test_the_machines_evidence_stays_beside_the_ruling(article: Article, curator: User) -> None:
    rule_fields(article, {"headline": "Talks resume"}, by=curator)
    evidence = article.evidence.get(field="headline")
    assert evidence.value == "Harbour talks resume as both sides claim the truce"
    assert evidence.method != "ruling"


def test_nothing_is_ruled_when_nothing_differs(article: Article, curator: User) -> None:
    assert rule_fields(article, {"headline": article.headline}, by=curator) == []
    assert fresh(article).version == article.version


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "Talks resume"),
        ("subtitle", "Again"),
        ("authors", ["Pavo Dreel", "Lena Orsk"]),
        ("outlet", "Vessa Herald"),
        ("published", {"from": "2012-05-01", "to": "2012-05-31", "precision": "month"}),
        ("published", {"from": None, "to": None, "precision": "unknown"}),
        ("dateline", "Port Aldis"),
        ("language", "de"),
        ("status", "hidden"),
        ("body", "One paragraph.\n\nAnd Osanna Brekk in another."),
    ],
)
def test_every_kind_of_ruling_survives_a_reread_and_is_undone(
    article: Article, curator: User, field: str, value: object
) -> None:
    before = article.field_value(field)
    [ruling] = rule_fields(article, {field: value}, by=curator)
    assert fresh(article).field_value(field) == value
    reread(fresh(article))
    assert fresh(article).field_value(field) == value
    undo(ruling, by=curator)
    assert fresh(article).field_value(field) == before
    reread(fresh(article))
    assert fresh(article).field_value(field) == before
    curator.delete()
    ruling.refresh_from_db()
    assert (ruling.undone_by, ruling.undone_by_name) == (None, "lena")


def test_undoing_goes_back_to_the_ruling_before(article: Article, curator: User) -> None:
    rule_fields(article, {"dateline": "Port Aldis"}, by=curator)
    [second] = rule_fields(fresh(article), {"dateline": "Lethmark"}, by=curator)
    undo(second, by=curator)
    assert fresh(article).dateline == "Port Aldis"
    undo(second, by=curator)
    assert fresh(article).dateline == "Port Aldis"


def test_a_ruled_body_has_its_actors_found_anew(article: Article, curator: User) -> None:
    rule_fields(article, {"body": "A word from Osanna Brekk.\n\nShe said no more."}, by=curator)
    mentions = fresh(article).mentions.filter(zone="body")
    assert [mention.surface for mention in mentions] == ["Osanna Brekk"]
    body = fresh(article).body
    assert all(body[mention.start : mention.end] == mention.surface for mention in mentions)


def test_the_second_of_two_people_is_told(article: Article, curator: User) -> None:
    seen = article.version
    rule_fields(article, {"dateline": "Port Aldis"}, by=curator, seen_version=seen)
    with pytest.raises(ChangedMeanwhile, match=r"lena \(dateline\)"):
        rule_fields(article, {"section": "World"}, by=curator, seen_version=seen)
    assert fresh(article).section == ""
    assert Ruling.objects.count() == 1


def test_a_ruling_outlives_its_article(article: Article, curator: User) -> None:
    rule_fields(article, {"headline": "Talks resume"}, by=curator)
    page, permanent_id = article.page, article.permanent_id
    article.delete()
    outcome = ingest_page(page.as_raw_page(), ArchiveDirectory())
    again = Article.objects.get(pk=outcome.article_id)
    assert (again.headline, again.permanent_id) == ("Talks resume", permanent_id)


def test_no_person_can_rule_on_what_is_no_field(article: Article, curator: User) -> None:
    with pytest.raises(ValueError, match="text_hash"):
        rule_fields(article, {"text_hash": "0"}, by=curator)


def test_a_value_that_stands_can_be_confirmed_and_let_go(article: Article, curator: User) -> None:
    found = article.field_value("published")
    [ruling] = rule_fields(article, {"published": found}, by=curator, confirming=True)
    assert (ruling.value, ruling.before) == (found, found)
    assert fresh(article).version == article.version + 1
    assert undo(ruling, by=curator)
    assert not undo(ruling, by=curator)
    assert fresh(article).field_value("published") == found
    assert fresh(article).version == article.version + 2


def test_of_two_who_take_rulings_back_at_once_neither_leaves_what_the_other_took_back(
    article: Article, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = article.dateline
    [first] = rule_fields(article, {"dateline": "Vessa"}, by=curator)
    [second] = rule_fields(article, {"dateline": "Port Vessa"}, by=curator)
    turns, quicker = articles.take_turns, [first]

    def somebody_is_quicker() -> None:
        if quicker:
            undo(quicker.pop(), by=curator)
        turns()

    monkeypatch.setattr(articles, "take_turns", somebody_is_quicker)
    assert undo(second, by=curator)
    assert not Ruling.objects.standing().exists()
    assert fresh(article).dateline == found


def test_a_ruling_is_taken_back_while_its_article_is_being_made_anew(article: Article, curator: User) -> None:
    [ruling] = rule_fields(article, {"dateline": "Vessa"}, by=curator)
    Article.objects.all().delete()
    assert undo(Ruling.objects.get(pk=ruling.pk), by=curator)
    assert not undo(ruling, by=curator)
    with pytest.raises(ChangedMeanwhile, match="made anew"):
        rule_fields(article, {"section": "World"}, by=curator)
