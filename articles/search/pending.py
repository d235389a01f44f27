"""Index work: what changed in the database gets into the index, and a crash in between loses nothing.

A change writes a `PendingIndex` row in its own transaction. `schedule` makes the commit of that
transaction drain the queue; whoever holds the index lock drains it for all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.db import transaction
from haystack import connections

from articles.models import Article, PendingIndex
from articles.search.run import backend

logger = logging.getLogger(__name__)

BATCH = 500  # articles of one commit: about 3 s of work, and what a crash makes to be done again


_GATHERED: ContextVar[bool] = ContextVar("gathered", default=False)


def schedule() -> None:
    """Drain the queue when the present transaction commits (at once when there is none).

    The change itself never fails because of the index: an error is logged and the work stays queued.
    """
    if not _GATHERED.get():
        transaction.on_commit(_drain_quietly)


@contextmanager
def gathered() -> Iterator[None]:
    """Within it `schedule` does nothing: whoever makes many changes one by one drains the queue now and then."""
    before = _GATHERED.set(True)
    try:
        yield
    finally:
        _GATHERED.reset(before)


def _drain_quietly() -> None:
    try:
        drain()
    except Exception:
        logger.exception("The search index could not be brought up to date; the work stays queued.")


def drain() -> int:
    """Index what is queued, and return how many articles it was.

    1. Look whether anything is queued; if not, done.
    2. Take the lock. If another holds it, done: it will come to 1 after it has let go, and so see
       every row that was committed before we tried.
    3. Read a batch of rows, bring their articles to the present state in one commit of the index,
       delete just these rows. A crash before the deletion only makes the batch be done again.
    4. When no row is left, let go of the lock and begin again at 1.

    An article that cannot be prepared is logged and stays queued; the others go on. Raises
    SearchUnavailable when the index cannot be written: the rows stay.
    """
    engine = backend()
    done = 0
    refused: set[int] = set()
    while _queued(refused).exists():  # 1.
        with engine.lock(blocking=False) as held:  # 2.
            if not held:
                return done
            while rows := list(_queued(refused).values_list("pk", "article_id")[:BATCH]):  # 3.
                numbers = {article for _, article in rows}
                failed = index_present_state(numbers)
                refused.update(pk for pk, article in rows if article in failed)
                PendingIndex.objects.filter(
                    pk__in=[pk for pk, article in rows if article not in failed]
                ).delete()
                done += len(numbers - failed)
        # 4.
    return done


def _queued(refused: set[int]) -> Any:
    return PendingIndex.objects.exclude(pk__in=refused).order_by("pk")


def index_present_state(numbers: Iterable[int]) -> set[int]:
    """Bring these articles to their present state in one commit; return those that could not be prepared."""
    wanted = set(numbers)
    documents, failed = prepare(wanted)
    found = {int(document["django_id"]) for document in documents}
    backend().write(documents, gone=wanted - found - failed)
    return failed


def prepare(numbers: set[int]) -> tuple[list[dict[str, Any]], set[int]]:
    """Return the documents of these articles, and the numbers of those that could not be prepared.

    Articles that are not in the database are in neither.
    """
    index = connections["default"].get_unified_index().get_index(Article)
    documents, failed = [], set()
    for article in index.index_queryset().filter(pk__in=numbers):
        try:
            documents.append(index.full_prepare(article))
        except Exception:
            logger.exception("Article %s could not be prepared for the index; it stays queued.", article.pk)
            failed.add(article.pk)
    return documents, failed


def batches_after(number: int) -> Iterable[list[dict[str, Any]]]:
    """Yield the documents of all articles after that number, in ascending order, BATCH at a time."""
    numbers = iter(Article.objects.filter(pk__gt=number).order_by("pk").values_list("pk", flat=True))
    while batch := set(islice(numbers, BATCH)):
        documents, failed = prepare(batch)
        PendingIndex.objects.queue(failed)
        yield sorted(documents, key=lambda document: int(document["django_id"]))
