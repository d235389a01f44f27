"""Taking pages in: once and not twice, whole or not at all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError, transaction

from articles.capture import RawPage, Refusal
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.reading import ReadAhead, Reading, read
from articles.ingest.stories import take_turns
from articles.ingest.windows import look_ahead, windows
from articles.ingest.writing import write_reading
from articles.mentions import AuthorityError, ModelError
from articles.models import Article, RefusedPage, StoredPage
from articles.models.article import permanent_id_for
from articles.models.job import TakenOver
from articles.search.pending import drain

# Pages between two visits of the search index: each visit costs Whoosh a commit of about 0.1 s.
INDEX_EVERY = 200
UNREADABLE = (
    "The page could not be read: a fault in the archive, not in your file.",
    "The archive's log says what broke: tell whoever runs it. The page can be sent again when that is mended.",
)
# What would befall the next page too: the database is gone, the disk or the memory is full, a part of the set-up is
# missing or wrong.
NO_FAULT_OF_THE_PAGE = (
    TakenOver,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    OSError,
    MemoryError,
    ImportError,
    AuthorityError,
    ModelError,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page; `refusal` says why it was not taken."""

    name: str
    state: Literal["new", "known", "refused"]
    article_id: int | None = None
    refusal: Refusal | None = None


def ingest(pages: Iterable[RawPage | Refusal]) -> Iterator[Outcome]:
    """Take pages in their order, and tell what became of each as soon as it is stored.

    Some are read together, each is stored by itself. The index is brought up to date every INDEX_EVERY new pages
    and at the end; when this stops in between, the work is still noted, and the next `ingest` or `sync_index` does
    it.
    """
    since_indexed = 0
    directory = ArchiveDirectory()
    for window in windows(pages):
        ahead = look_ahead(window)
        for page in window:
            outcome = take(page, directory, ahead=ahead)
            since_indexed += outcome.state == "new"
            if since_indexed >= INDEX_EVERY:
                drain()
                since_indexed = 0
            yield outcome
    drain()


def refuse(refusal: Refusal) -> Outcome:
    """Note a page that was not taken, so that a curator can see it later."""
    RefusedPage.objects.update_or_create(
        name=refusal.name[:1000], defaults={"reason": refusal.reason, "cure": refusal.cure}
    )
    return Outcome(refusal.name, "refused", refusal=refusal)


def take(
    page: RawPage | Refusal,
    directory: ArchiveDirectory,
    *,
    ahead: Mapping[str, ReadAhead],
    noted: Callable[[Outcome], object] | None = None,
) -> Outcome:
    """Store one page, or note why it is refused; one that breaks a reader is refused, and the others go on.

    `ahead` is what was read of pages together, by their SHA-256; for `noted` see `ingest_page`. Raises what is
    NO_FAULT_OF_THE_PAGE, TakenOver when `noted` finds its job with another process.
    """
    if isinstance(page, RawPage):
        try:
            return ingest_page(page, directory, ahead=ahead.get(page.sha256), noted=noted)
        except NO_FAULT_OF_THE_PAGE:
            raise
        except Exception:  # whatever a page does to a reader, the other pages go on
            logger.exception("%s could not be read.", page.name)
            page = Refusal(page.name, *UNREADABLE)
    with transaction.atomic():
        return _noted(refuse(page), noted)


def ingest_page(
    page: RawPage,
    directory: ArchiveDirectory,
    *,
    ahead: ReadAhead | None = None,
    noted: Callable[[Outcome], object] | None = None,
) -> Outcome:
    """Store one page and its article, unless the archive has it already; it may have been read `ahead`.

    `noted` is told the outcome inside the transaction that stores it, for what must stand or fall with it.
    """
    known = Article.objects.filter(page__sha256=page.sha256).only("pk").first()
    if known:
        StoredPage.objects.note_source_id(page)
        return _noted(Outcome(page.name, "known", article_id=known.pk), noted)
    reading = read(page, ahead=ahead)
    try:
        with transaction.atomic():
            return _noted(_store(page, reading, directory), noted)
    except Exception:
        directory.forget()  # it may hold actors of the transaction that was rolled back
        raise


def _noted(outcome: Outcome, noted: Callable[[Outcome], object] | None) -> Outcome:
    if noted:
        with transaction.atomic():
            noted(outcome)
    return outcome


def _store(page: RawPage, reading: Reading, directory: ArchiveDirectory) -> Outcome:
    """Store what was read of a page, inside a transaction.

    Of two processes that have the same page, or the first pages of an outlet, the second waits here: it finds what the
    first one stored, where the database would refuse it as there already.
    """
    take_turns()
    stored = StoredPage.objects.filter(sha256=page.sha256).select_related("article").first()
    if stored and hasattr(stored, "article"):  # another process was quicker
        return Outcome(page.name, "known", article_id=stored.article.pk)
    stored = stored or StoredPage.objects.keep(page)
    article = Article(page=stored, permanent_id=permanent_id_for(page.sha256))
    write_reading(article, reading, directory)
    RefusedPage.objects.filter(name=page.name).delete()
    return Outcome(page.name, "new", article_id=article.pk)


def reread(article: Article, *, directory: ArchiveDirectory | None = None) -> Article:
    """Run the machine again over an article's stored page; what people ruled stays as they ruled it."""
    reading = read(article.page.as_raw_page())
    with transaction.atomic():
        take_turns()
        fresh = Article.objects.select_for_update().get(pk=article.pk)
        fresh.version += 1
        write_reading(fresh, reading, directory or ArchiveDirectory())
    return fresh
