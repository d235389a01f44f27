"""Tags and collections as they follow from what people ruled: the one door through which they are written."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from articles.models import (
    Article,
    Collection,
    CollectionEntry,
    PendingIndex,
    Ruling,
    StoredPage,
    Tag,
    Tagging,
)
from articles.models.ruling import SHELVING, Verdict

SHELVES: dict[str, type[Tag | Collection]] = {Verdict.TAG: Tag, Verdict.COLLECTED: Collection}


def settle_shelves(page: StoredPage, *, verdict: str = "", slug: str = "", kept: Any = None) -> None:
    """Put a page where the standing rulings say, and queue its article. Call it inside a transaction.

    With `verdict` and `slug` only that shelf is looked at. A shelf that a ruling names and the archive has not is
    made. `kept` is what an entry of a collection had before it was taken out: its place and remark come back.
    """
    rulings = Ruling.objects.filter(page=page, verdict__in=SHELVING)
    if verdict:
        rulings = rulings.filter(verdict=verdict, left=slug)
    said = {
        (one.verdict, one.left): one for one in rulings.order_by("made_at", "pk") if one.undone_at is None
    }
    for known_verdict, known_slug in dict.fromkeys(rulings.order_by().values_list("verdict", "left")):
        last = said.get((known_verdict, known_slug))
        on = last is not None and bool(last.said["on"])
        shelf = SHELVES[known_verdict].objects.filter(slug=known_slug).first()
        if shelf is None and on and last is not None:
            shelf = SHELVES[known_verdict].objects.create(slug=known_slug, name=last.said["name"])
        if shelf is not None:
            _put(page, shelf, on=on, kept=kept)
    PendingIndex.objects.queue(Article.objects.filter(page=page).values_list("pk", flat=True))


def state_of(page: StoredPage, shelf: Tag | Collection) -> dict[str, Any]:
    """Return whether a page is on a shelf, with place and remark in a collection, as a ruling keeps it."""
    if isinstance(shelf, Tag):
        return {"on": Tagging.objects.filter(tag=shelf, page=page).exists()}
    entry = CollectionEntry.objects.filter(collection=shelf, page=page).first()
    return {"on": True, "place": entry.place, "remark": entry.remark} if entry else {"on": False}


def _put(page: StoredPage, shelf: Tag | Collection, *, on: bool, kept: Any) -> None:
    if isinstance(shelf, Tag):
        if on:
            Tagging.objects.get_or_create(tag=shelf, page=page)
        else:
            Tagging.objects.filter(tag=shelf, page=page).delete()
        return
    if not on:
        CollectionEntry.objects.filter(collection=shelf, page=page).delete()
        return
    had = kept or {}
    last: int = shelf.entries.aggregate(last=Max("place"))["last"] or 0
    CollectionEntry.objects.get_or_create(
        collection=shelf,
        page=page,
        defaults={"place": had.get("place", last + 1), "remark": had.get("remark", "")},
    )
