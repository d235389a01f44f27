"""One page in, one article out, whole or not at all, once and not twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from articles.capture import RawPage, Refusal, page_from_bytes, read_paths
from articles.ingest import ArchiveDirectory, ingest, ingest_page, reread
from articles.ingest import actors as actor_writing
from articles.ingest.actors import first_day, last_day
from articles.models import Actor, Article, FieldEvidence, Mention, PendingIndex, RefusedPage, StoredPage

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
pytestmark = pytest.mark.django_db


def page(name: str) -> RawPage:
    [found] = read_paths(sorted(PAGES.glob(name)))
    assert isinstance(found, RawPage)
    return found


def test_an_article_is_stored_with_its_page_evidence_lines_and_actors() -> None:
    raw = page("06_*")
    article = Article.objects.get(pk=ingest_page(raw, ArchiveDirectory()).article_id)
    assert article.page.content == raw.content
    assert article.headline == "Opposition council splits over seats at the table"
    assert article.authors == ["Lena Orsk"]
    assert article.outlet is not None
    assert article.outlet.name == "The Meridian Post"
    assert (article.published_from, article.published_precision) == (date(2012, 4, 24), "day")
    assert (article.page_number, article.page_count) == (1, 2)
    assert article.evidence.get(field="published").lines == [9]
    assert len(article.cleaning.lines) == len(raw.text.splitlines())
    assert article.mentions.filter(actor__name="Rafe Ondry", zone="body").exists()
    for mention in article.mentions.filter(zone="body"):
        assert article.body[mention.start : mention.end] == mention.surface
    assert PendingIndex.objects.filter(article_id=article.pk).count() == 1


def test_the_same_page_again_changes_nothing() -> None:
    raw, directory = page("01_*"), ArchiveDirectory()
    first, second = ingest_page(raw, directory), ingest_page(raw, directory)
    assert (first.state, second.state) == ("new", "known")
    assert first.article_id == second.article_id
    assert StoredPage.objects.count() == Article.objects.count() == 1


def test_a_failure_while_writing_leaves_nothing_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    directory = ArchiveDirectory()

    def full_disk(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(actor_writing, "_write_mentions", full_disk)
        with pytest.raises(OSError, match="no space"):
            ingest_page(page("01_*"), directory)
    assert not StoredPage.objects.exists()
    assert not Article.objects.exists()
    assert not Actor.objects.exists()
    # The directory forgot the actors that were rolled back: the next page gets real ones.
    assert ingest_page(page("01_*"), directory).state == "new"
    assert Mention.objects.exists()


def test_a_refused_page_is_noted_until_it_comes_in() -> None:
    refusal = Refusal("harbour.txt", "The page is empty.", "Fetch it again.")
    [outcome] = ingest([refusal])
    assert outcome.state == "refused"
    assert RefusedPage.objects.get().reason == "The page is empty."
    good = page_from_bytes(page("01_*").content, name="harbour.txt", media_type="text/plain")
    assert [found.state for found in ingest([good])] == ["new"]
    assert not RefusedPage.objects.exists()


def test_a_reread_gives_the_same_article_a_new_version() -> None:
    article = Article.objects.get(pk=ingest_page(page("01_*"), ArchiveDirectory()).article_id)
    mentions, evidence = article.mentions.count(), article.evidence.count()
    again = reread(article)
    assert (again.pk, again.version) == (article.pk, article.version + 1)
    assert (again.mentions.count(), again.evidence.count()) == (mentions, evidence)
    assert FieldEvidence.objects.count() == evidence


def test_two_directories_share_what_the_database_holds() -> None:
    first, second = ArchiveDirectory(), ArchiveDirectory()
    ingest_page(page("01_*"), first)
    ingest_page(page("03_*"), second)
    assert Actor.objects.filter(name="Ilmar Tessedin").count() == 1


def test_a_capture_day_never_dates_an_article() -> None:
    raw = page_from_bytes(
        page("18_*").content, name="x", media_type="text/plain", captured_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert isinstance(raw, RawPage)
    article = Article.objects.get(pk=ingest_page(raw, ArchiveDirectory()).article_id)
    # At most it says that the article is not younger than its page.
    assert article.published_from != date(2026, 1, 1)
    assert article.published_precision in {"unknown", "interval"}


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        (None, None, None),
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-07-02", date(2012, 7, 2), date(2012, 7, 2)),
    ],
)
def test_partial_days_of_authority_files(iso: str | None, first: date | None, last: date | None) -> None:
    assert (first_day(iso), last_day(iso)) == (first, last)
