"""Reading stored pages again: what changes, one article a transaction, and going on after a kill."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.clean.dated import NOT_STATED
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.comparison import FieldChange, compare
from articles.ingest.page_lines import holds_line
from articles.ingest.pages import INDEX_EVERY, NO_FAULT_OF_THE_PAGE
from articles.ingest.reading import Reading, read
from articles.ingest.stories import take_turns
from articles.ingest.writing import write_reading
from articles.models import Article, FieldEvidence, Job, Ruling
from articles.models.article import ArticleQuerySet
from articles.models.job import TakenOver
from articles.models.ruling import Verdict
from articles.search.pending import drain

logger = logging.getLogger(__name__)

NUMBERS_AT_ONCE = 500  # article numbers fetched at a time; no cursor stays open over a page's reading


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles: of an outlet (its slug), taken in since a day, one alone, those with a line.

    `undated` keeps those whose publication date neither the page nor a person states. Empty parts select
    nothing out. `last` is the highest article number looked at: pages that come in later are read with today's
    rules anyway.
    """

    outlet: str = ""
    since: date | None = None
    article: int = 0
    line: str = ""
    undated: bool = False
    last: int = 0

    def articles(self) -> ArticleQuerySet:
        """Return the articles, those with the line not yet told from those without it."""
        found: ArticleQuerySet = Article.objects.order_by("pk")
        if self.outlet:
            found = found.filter(outlet__slug=self.outlet)
        if self.since:
            found = found.filter(page__received_at__gte=datetime.combine(self.since, time.min, tzinfo=UTC))
        if self.article:
            found = found.filter(pk=self.article)
        if self.undated:
            found = _undated(found)
        return found.filter(pk__lte=self.last) if self.last else found

    def up_to_now(self) -> Selection:
        """Return the selection bounded by the newest article of now."""
        newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first()
        return replace(self, last=newest or 0)

    def to_json(self) -> dict[str, Any]:
        """Return the form in which a job keeps it."""
        return {
            "outlet": self.outlet,
            "since": self.since.isoformat() if self.since else None,
            "article": self.article,
            "line": self.line,
            "undated": self.undated,
            "last": self.last,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Selection:
        """Return the selection that a job keeps."""
        return cls(
            outlet=kept["outlet"],
            since=date.fromisoformat(kept["since"]) if kept["since"] else None,
            article=kept["article"],
            line=kept["line"],
            undated=kept.get("undated", False),  # jobs of earlier versions have none
            last=kept["last"],
        )


@dataclass(frozen=True, slots=True)
class Recleaned:
    """What became of one article; `error` says why it could not be read, and then nothing changed."""

    article_id: int
    permanent_id: str
    headline: str
    changes: tuple[FieldChange, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Examined:
    """An article read now: what would change, and from which version. Without a reading nothing would."""

    report: Recleaned
    reading: Reading | None
    version: int


def _undated(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Keep the articles that were dated by what they say and by what the archive holds, or not at all."""
    by_machine = FieldEvidence.objects.filter(field="published", method__in=NOT_STATED)
    ruled = Ruling.objects.standing().filter(verdict=Verdict.FIELD, field="published", page__isnull=False)
    return articles.filter(pk__in=by_machine.values("article")).exclude(page__in=ruled.values("page"))


def would_change(selection: Selection) -> Generator[Recleaned]:
    """Read the articles again and tell what would change. Nothing is written, to database or index."""
    for number in _numbers(selection, after=0):
        article = _article(number)
        if article is not None:
            yield _examine(article, selection).report


def reclean(job: Job) -> Iterator[Recleaned]:
    """Read a job's articles again from where it stands, and store what changed, one by one.

    Each article and the job's progress are one transaction. The index is brought up to date every
    INDEX_EVERY changed articles and at the end; work that a kill leaves undone there stays queued.
    Raises TakenOver when another process runs the job by now.
    """
    selection = Selection.from_json(job.arguments)
    directory = ArchiveDirectory()
    since_indexed = 0
    for number in _numbers(selection, after=job.last_article):
        done = _reclean_one(job, number, selection, directory)
        if done is None:
            continue
        since_indexed += bool(done.changes)
        if since_indexed >= INDEX_EVERY:
            drain()
            since_indexed = 0
        yield done
    drain()


def reclean_article(article: Article) -> Recleaned:
    """Read one article again and store it where it changed; the index is the caller's matter."""
    directory = ArchiveDirectory()
    while True:
        examined = _examine(_current(article.pk), Selection())
        with transaction.atomic():
            if _store(examined, directory):
                return examined.report


def _numbers(selection: Selection, *, after: int) -> Iterator[int]:
    while batch := list(
        selection.articles().filter(pk__gt=after).values_list("pk", flat=True)[:NUMBERS_AT_ONCE]
    ):
        yield from batch
        after = batch[-1]


def _current(number: int) -> Article:
    return Article.objects.select_related("page", "outlet").get(pk=number)


def _article(number: int) -> Article | None:
    return Article.objects.select_related("page", "outlet").filter(pk=number).first()


def _examine(article: Article, selection: Selection) -> _Examined:
    """Read an article's page and compare; a page that cannot be read is reported and stops nothing.

    Raises what is NO_FAULT_OF_THE_PAGE: it would befall all others, too.
    """
    report = Recleaned(article.pk, article.permanent_id, article.headline)
    try:
        page = article.page.as_raw_page()
        if selection.line and not holds_line(page, selection.line):
            return _Examined(report, None, article.version)
        reading = read(page)
    except NO_FAULT_OF_THE_PAGE:
        raise
    except Exception as error:  # whatever a page does to a reader, the other pages go on
        logger.exception("Article %s could not be read again.", article.permanent_id)
        return _Examined(replace(report, error=f"{type(error).__name__}: {error}"), None, article.version)
    changes = compare(article, reading)
    return _Examined(replace(report, changes=changes), reading if changes else None, article.version)


def _store(examined: _Examined, directory: ArchiveDirectory) -> bool:
    """Store what changed, inside a transaction; False when somebody changed the article meanwhile."""
    if examined.reading is None:
        return True
    take_turns()
    article = Article.objects.select_for_update().select_related("page").get(pk=examined.report.article_id)
    if article.version != examined.version:
        return False
    article.version += 1
    write_reading(article, examined.reading, directory)
    return True


def _reclean_one(
    job: Job, number: int, selection: Selection, directory: ArchiveDirectory
) -> Recleaned | None:
    """Read one article again and note the job's progress with it; None when it is gone or done already."""
    while article := _article(number):
        examined = _examine(article, selection)
        try:
            with transaction.atomic():
                progress = Job.objects.select_for_update().get(pk=job.pk)
                _still_ours(job, progress)
                if progress.last_article >= number:
                    return None
                if _store(examined, directory):
                    _note_progress(job, examined.report)
                    return examined.report
        except Exception:
            directory.forget()  # it may hold actors of the transaction that was rolled back
            raise
    return None


def _still_ours(job: Job, progress: Job) -> None:
    if progress.runner != job.runner:
        raise TakenOver(f"Job {job.pk} is run by {progress.runner or 'nobody'} by now.")


def _note_progress(job: Job, report: Recleaned) -> None:
    Job.objects.filter(pk=job.pk).update(
        done=F("done") + 1,
        changed=F("changed") + int(bool(report.changes)),
        failed=F("failed") + int(bool(report.error)),
        last_article=report.article_id,
        seen_at=timezone.now(),
    )
