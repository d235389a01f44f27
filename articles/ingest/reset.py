"""Building the archive again from its stored pages: what the machine made goes, what people ruled stays."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F

from articles.ingest.directory import ArchiveDirectory
from articles.ingest.name_keys import index_names
from articles.ingest.pages import INDEX_EVERY, NO_FAULT_OF_THE_PAGE, ingest_page
from articles.ingest.settle import settle
from articles.ingest.sides import find_waiting
from articles.ingest.stories import take_turns
from articles.models import (
    Actor,
    ActorContext,
    Alias,
    Article,
    AuthorityEntryLink,
    Cleaning,
    ContextWord,
    CopyKey,
    CountedPage,
    DatedText,
    DateMention,
    DisputedLine,
    DuplicateLink,
    FieldEvidence,
    JoinCandidate,
    Mention,
    NameKey,
    OutletLine,
    PartKey,
    PartLink,
    PendingIndex,
    Place,
    PlaceMention,
    Quote,
    Role,
    Ruling,
    StoredPage,
    Story,
)
from articles.models.actor import Origin
from articles.search.pending import drain

logger = logging.getLogger(__name__)

PAGES_AT_ONCE = 500  # page numbers fetched at a time; no cursor stays open over a page's reading

# What the machine makes of pages, whatever points to another before that other. Roles, spellings and actors
# are not among them: some came from files that people imported.
MADE_OF_PAGES: tuple[type[models.Model], ...] = (
    JoinCandidate,
    Quote,
    Mention,
    ActorContext,
    ContextWord,
    NameKey,
    DateMention,
    PlaceMention,
    Place,
    FieldEvidence,
    DisputedLine,
    Cleaning,
    DuplicateLink,
    PartLink,
    CopyKey,
    PartKey,
    CountedPage,
    OutletLine,
    DatedText,
    Story,
    Article,
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of one page; `error` says why it could not be read, and then it has no article yet."""

    name: str
    error: str = ""


def unread() -> models.QuerySet[StoredPage]:
    """Return the stored pages that have no article: those that a reset has still to read."""
    return StoredPage.objects.filter(article=None).order_by("pk")


def throw_away() -> int:
    """Delete what the machine made, in one transaction, and return how many articles that was.

    Pages, outlets with their rules, imported actors, rulings, people and jobs stay. The index learns of it
    with the next visit. Rulings wait for their actors to come in again.
    1. Rulings and rows let go of what is to be deleted. 2. What was made of pages. 3. Actors that no
    imported file names, with what the machine knew of the others. 4. Rulings on those that stay.
    """
    with transaction.atomic():
        take_turns()
        numbers = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        PendingIndex.objects.queue(numbers)
        Ruling.objects.update(left_actor=None, right_actor=None)  # 1.
        Article.objects.update(story=None)
        Story.objects.update(first=None)
        Actor.objects.update(merged_into=None, name=F("machine_name"), kind=F("machine_kind"), hidden=False)
        imported = AuthorityEntryLink.objects.values("actor")
        _delete(Role.objects.exclude(machine_actor__in=imported, article=None))
        Role.objects.update(actor=F("machine_actor"))
        for model in MADE_OF_PAGES:  # 2.
            _delete(model._base_manager.all())  # noqa: SLF001  # documented by Django
        _delete(Alias.every.exclude(actor__in=imported, origin=Origin.AUTHORITY))  # 3.
        Alias.every.update(dropped=False)
        _delete(Actor.objects.exclude(pk__in=imported))
        index_names(Actor.objects.order_by("pk").values_list("pk", flat=True))
        settle(find_waiting())  # 4.
    return len(numbers)


def rebuild() -> Iterator[Rebuilt]:
    """Read every stored page that has no article, in the order in which they came, each in a transaction.

    A kill loses nothing but the page at hand: starting again goes on. Permanent ids are those of before.
    At the end, rulings that still wait look for their actors by name alone. Raises what is NO_FAULT_OF_THE_PAGE.
    """
    directory = ArchiveDirectory()
    since_indexed = after = 0
    while batch := list(unread().filter(pk__gt=after).values_list("pk", flat=True)[:PAGES_AT_ONCE]):
        for number in batch:
            yield _read(StoredPage.objects.get(pk=number), directory)
            since_indexed += 1
            if since_indexed >= INDEX_EVERY:
                drain()
                since_indexed = 0
        after = batch[-1]
    with transaction.atomic():
        take_turns()
        while found := find_waiting(patient=False):
            settle(found)
    drain()


def _read(page: StoredPage, directory: ArchiveDirectory) -> Rebuilt:
    try:
        ingest_page(page.as_raw_page(), directory)
    except NO_FAULT_OF_THE_PAGE:
        raise
    except Exception as error:  # whatever a page does to a reader, the other pages go on
        logger.exception("Page %s could not be read.", page.name)
        return Rebuilt(page.name, f"{type(error).__name__}: {error}")
    return Rebuilt(page.name)


def _delete(rows: Any) -> None:
    """Delete rows without reading them; the caller sees to it that nothing points to them."""
    rows.order_by()._raw_delete(rows.db)  # noqa: SLF001  # one DELETE; Django's own would read every row first
