"""Putting articles under tags and into collections, and taking them off again: each is a ruling."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction

from articles.curate.articles import ChangedMeanwhile, Person
from articles.ingest.shelves import SHELVES, settle_shelves, state_of
from articles.models import Article, Collection, CollectionEntry, PendingIndex, Ruling, StoredPage, Tag
from articles.models.ruling import SHELVING, Verdict
from articles.models.shelf import slug_of, tidy_name
from articles.search.pending import schedule

Shelf = Tag | Collection


def put(page: StoredPage, shelf: Shelf, *, on: bool, by: Person, reason: str = "") -> Ruling | None:
    """Put the article of a page on a shelf, or take it off, in one transaction; None when it is so already.

    What comes into a collection again has the place and the remark that it had when it went.
    """
    with transaction.atomic():
        # Two at once rule one after the other.
        StoredPage.objects.select_for_update().only("pk").get(pk=page.pk)
        before = state_of(page, shelf)
        if before["on"] is on:
            return None
        ruling = Ruling.objects.create(
            verdict=verdict_on(shelf),
            page=page,
            left=shelf.slug,
            value={"on": on, "name": shelf.name},
            before=before,
            reason=reason,
            made_by=by if by.is_authenticated else None,
            made_by_name=str(by),
        )
        kept = _last_entry(page, ruling) if on else None
        settle_shelves(page, verdict=ruling.verdict, slug=shelf.slug, kept=kept)
    schedule()
    return ruling


def undo_shelving(ruling: Ruling, *, by: Person) -> bool:
    """Take back what was ruled of a shelf: what was ruled before holds again.

    The entry of a collection that goes by it leaves its place and remark in the ruling, as `before["entry"]`.
    False, and nothing is changed, when it was taken back before.
    """
    if ruling.verdict not in SHELVING or ruling.page is None:
        raise ValueError("Only rulings on tags and collections are undone here.")
    with transaction.atomic():
        StoredPage.objects.select_for_update().only("pk").get(pk=ruling.page.pk)
        if not Ruling.objects.take_back(ruling, by=by):
            return False
        shelf = shelf_of(ruling)
        entry = state_of(ruling.page, shelf) if shelf else {}
        if "place" in entry:
            ruling.before = {**(ruling.before or {}), "entry": entry}
            ruling.save(update_fields=["before"])
        settle_shelves(ruling.page, verdict=ruling.verdict, slug=ruling.left, kept=ruling.before)
    schedule()
    return True


def begin_collection(name: str, *, description: str = "", by: Person) -> Collection:
    """Begin a collection. Raises ValueError when there is one of that name, or the name has no letter."""
    name = tidy_name(name)
    begun, made = Collection.objects.called(name), False
    if begun is None:
        begun, made = Collection.objects.get_or_create(
            slug=slug_of(name),
            defaults={
                "name": name,
                "description": description,
                "owner": by if by.is_authenticated else None,
                "owner_name": str(by),
            },
        )
    if not made:  # or somebody began it this very moment
        raise ValueError(f"There is a collection of that name. Open it, or choose another name than {name}.")
    return begun


def rename(shelf: Shelf, *, name: str, description: str) -> None:
    """Give a shelf another name or description; its address and its rulings stay, its articles are found by the new.

    Raises ValueError for a name that `fitting_name` refuses.
    """
    name = fitting_name(shelf, name)
    if (shelf.name, shelf.description) == (name, description):
        return
    shelf.name, shelf.description = name, description
    with transaction.atomic():
        shelf.save(update_fields=["name", "description"])
        PendingIndex.objects.queue(
            Article.objects.filter(page__in=shelf.pages.all()).values_list("pk", flat=True)
        )
    schedule()


def fitting_name(shelf: Shelf, name: str) -> str:
    """Return a new name for a shelf, tidied. Raises ValueError, with the cure, for one that it cannot have."""
    name = tidy_name(name)
    if name == shelf.name:
        return name
    other = type(shelf).objects.exclude(pk=shelf.pk).called(name)
    if other is not None:
        kind = shelf._meta.verbose_name  # noqa: SLF001  # documented by Django
        raise ValueError(
            f"The {kind} {other} has that name, or began with it. Choose another name than {name}."
        )
    return name


def arrange(
    collection: Collection, remarks: Mapping[int, str], *, places: Mapping[int, int], seen: str
) -> None:
    """Give entries, by their numbers, places and remarks; then they are numbered from 1 without gaps.

    `seen` is what `arrangement_of` gave before. Raises ChangedMeanwhile when somebody arranged it since.
    """
    with transaction.atomic():
        held = Collection.objects.select_for_update().get(pk=collection.pk)
        if arrangement_of(held) != seen:
            raise ChangedMeanwhile(
                "Somebody changed this collection while you had it open. Nothing of yours was saved; what you "
                "see now is what it has become."
            )
        entries = list(collection.entries.all())

        def key(entry: CollectionEntry) -> tuple[int, int]:
            """Of two that want one place the one that moves stands before the other, moving up, or after it."""
            wanted = places.get(entry.pk, entry.place)
            return wanted, (wanted > entry.place) - (wanted < entry.place)

        entries.sort(key=key)
        for place, entry in enumerate(entries, start=1):
            entry.place, entry.remark = place, remarks.get(entry.pk, entry.remark)
        CollectionEntry.objects.bulk_update(entries, ["place", "remark"], batch_size=500)


def arrangement_of(collection: Collection) -> str:
    """Return what tells an arrangement from another: the collection's name, what it is about, its entries in order."""
    rows = list(collection.entries.order_by("place", "pk").values_list("pk", "remark"))
    return sha256(repr((collection.name, collection.description, rows)).encode()).hexdigest()[:16]


def verdict_on(shelf: Shelf) -> Verdict:
    """Return the verdict that says of an article that it is on the shelf, or is not."""
    return Verdict.TAG if isinstance(shelf, Tag) else Verdict.COLLECTED


def shelf_of(ruling: Ruling) -> Shelf | None:
    """Return the shelf that a ruling is about; None when it is gone."""
    return SHELVES[ruling.verdict].objects.filter(slug=ruling.left).first()


def _last_entry(page: StoredPage, ruling: Ruling) -> dict[str, Any] | None:
    """Return the place and remark that a page had when it last went out of the collection of a ruling."""
    earlier = Ruling.objects.filter(page=page, verdict=ruling.verdict, left=ruling.left).exclude(pk=ruling.pk)
    gone = []
    for one in earlier:
        before = one.before or {}
        if "entry" in before:  # it went because this was taken back
            gone.append((one.undone_at, one.pk, before["entry"]))
        elif "place" in before:
            gone.append((one.made_at, one.pk, before))
    return max(gone, key=lambda each: each[:2])[2] if gone else None
