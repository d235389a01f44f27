"""Tags, collections and notes: what a reader sees of them, and what a curator does with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.curate import ChangedMeanwhile, notes, shelves
from articles.models import Article, Collection, CollectionEntry, Note, Status, StoredPage, Tag
from articles.search.request import SearchRequest, Selection
from articles.views.export import export_url
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.search_links import search_at

LONGEST_REASON = 500
LONGEST_NOTE = 10_000  # characters of a note or a remark; longer ones are texts of their own
ENTRIES_SHOWN = 100
SHELVES_SHOWN = 200  # tags or collections on a page: each is one short row


@dataclass(frozen=True, slots=True)
class ShownShelves:
    """What stands beside an article; notes and what can be chosen are for curators, and empty for others."""

    tags: list[Tag]
    collections: list[Collection]
    notes: list[Note]
    known_tags: list[str]
    other_collections: list[Collection]


def may_curate(request: HttpRequest) -> bool:
    """Say whether whoever asks may change articles."""
    return bool(request.user.is_staff and request.user.has_perm("articles.change_article"))


def shelves_of(article: Article, request: HttpRequest) -> ShownShelves:
    """Return the tags, collections and notes of an article for whoever asks."""
    page = article.page
    tags, collections = list(page.tags.all()), list(page.collections.all())
    if not may_curate(request):
        return ShownShelves(tags, collections, [], [], [])
    return ShownShelves(
        tags,
        collections,
        list(Note.objects.current().filter(page=page).select_related("replaces")),
        list(Tag.objects.exclude(pages=page).values_list("name", flat=True)),
        list(Collection.objects.exclude(pages=page)),
    )


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List all tags with how many articles each has; readers see those that have one they can open."""
    listed: QuerySet[Any] = Tag.objects.with_article_counts().order_by("name")
    if not may_curate(request):
        listed = listed.filter(article_count__gt=0)
    return render(request, "shelves/tags.html", {"page": page_of(request, listed, per_page=SHELVES_SHOWN)})


@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    """List all collections; a curator begins a new one here."""
    if request.method == "POST":
        return _begin(request)
    listed = Collection.objects.with_article_counts().order_by("name")
    context = {
        "page": page_of(request, listed, per_page=SHELVES_SHOWN),
        "curates": may_curate(request),
    }
    return render(request, "shelves/collections.html", context)


@curators_only
def _begin(request: HttpRequest) -> HttpResponse:
    description = request.POST.get("description", "").strip()[:LONGEST_NOTE]
    try:
        begun = shelves.begin_collection(
            request.POST.get("name", ""), description=description, by=request.user
        )
    except ValueError as refused:
        messages.error(request, str(refused))
        return redirect("collections")
    messages.success(
        request, f"Begun: {begun}. Put articles into it from their margin, or a whole search at once."
    )
    return redirect(begun)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a reading list: its articles in order with their remarks, and the ways to take it away."""
    found = get_object_or_404(Collection, slug=slug)
    entries = CollectionEntry.objects.filter(collection=found, page__article__isnull=False)
    if not request.user.is_staff:
        entries = entries.exclude(page__article__status=Status.HIDDEN)
    entries = entries.select_related("page__article__outlet").defer("page__compressed", "page__article__body")
    asked = SearchRequest().selecting(Selection("collection", str(found.pk), tail=found.slug))
    curates = may_curate(request)
    context = {
        "collection": found,
        "page": page_of(request, entries, per_page=ENTRIES_SHOWN),
        "search_url": search_at(asked),
        "csv_url": export_url(asked, form="csv"),
        "jsonl_url": export_url(asked, form="jsonl"),
        "curates": curates,
        "seen": shelves.arrangement_of(found) if curates else "",
    }
    return render(request, "shelves/collection.html", context)


@curators_only
@require_POST
def collection_arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the order and the remarks that a curator gave a collection, its name and what it is about: all or nothing.

    An entry without a place, or with one that is no number, stays where it is.
    """
    found = get_object_or_404(Collection, slug=slug)
    shown = _number(request.GET.get("page", ""))
    back = f"{found.get_absolute_url()}?page={shown}" if shown else found.get_absolute_url()
    places = {number: place for number, value in _numbered(request, "place-") if (place := _number(value))}
    remarks = {number: value.strip()[:LONGEST_NOTE] for number, value in _numbered(request, "remark-")}
    try:
        with transaction.atomic():
            shelves.arrange(found, remarks, places=places, seen=request.POST.get("seen", ""))
            shelves.rename(
                found,
                name=request.POST.get("name", ""),
                description=request.POST.get("description", "").strip(),
            )
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The collection is kept as you arranged it.")
    return redirect(back)


def _numbered(request: HttpRequest, prefix: str) -> Iterator[tuple[int, str]]:
    """Yield what a form says of each entry under a prefix, by the entry's number."""
    for name, value in request.POST.items():
        number = name.removeprefix(prefix)
        if number != name and number.isdecimal():
            yield int(number), str(value)


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) <= 6 else None  # noqa: PLR2004  # no list is longer


@curators_only
@require_POST
def shelve(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Put an article under a tag or into a collection, or take it off, and go back to it."""
    article = get_object_or_404(Article.objects.select_related("page"), permanent_id=permanent_id)
    on = request.POST.get("on") == "yes"
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        shelf = _asked_shelf(request, on=on)
        ruling = shelves.put(article.page, shelf, on=on, by=request.user, reason=reason)
    except ValueError as refused:
        messages.error(request, str(refused))
        return _to_shelves(article)
    where = "under" if isinstance(shelf, Tag) else "in"
    if ruling is None:
        messages.info(request, f"It is {'' if on else 'not '}{where} {shelf} already: somebody was quicker.")
    else:
        messages.success(request, f"{'Put' if on else 'No longer'} {where} {shelf}.")
    return _to_shelves(article)


def _asked_shelf(request: HttpRequest, *, on: bool) -> shelves.Shelf:
    """Return what is asked for by its slug; a tag to put on by its name, which may be a new one."""
    name = request.POST.get("name", "")
    if request.POST.get("kind") == "collection":
        return get_object_or_404(Collection, slug=name)
    return Tag.objects.named(name) if on else get_object_or_404(Tag, slug=name)


@curators_only
@require_POST
def note_write(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Write a note on an article."""
    article = get_object_or_404(Article.objects.select_related("page"), permanent_id=permanent_id)
    return _noted(
        request,
        article.page,
        lambda text: notes.write(article.page, text, by=request.user),
        "The note is kept.",
    )


@curators_only
@require_POST
def note_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Word a note anew, take it away, or bring it back, also while its article is being made anew."""
    note = get_object_or_404(Note.objects.select_related("page"), pk=pk)
    if "away" in request.POST:
        return _noted(
            request, note.page, lambda _text: notes.take_away(note, by=request.user), "The note is away."
        )
    if "back" in request.POST:
        notes.bring_back(note)
        return _to_notes(request, note.page)
    return _noted(
        request, note.page, lambda text: notes.word_anew(note, text, by=request.user), "The note is kept."
    )


def _noted(request: HttpRequest, page: StoredPage, do: Callable[[str], object], done: str) -> HttpResponse:
    try:
        do(request.POST.get("text", "")[:LONGEST_NOTE])
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return _to_notes(request, page)


def _to_notes(request: HttpRequest, page: StoredPage) -> HttpResponse:
    """Go back to the article of a page; to the desk while there is none."""
    article = Article.objects.filter(page=page).first()
    if article is not None:
        return _to_shelves(article)
    messages.info(request, "The article is being made anew. Its notes stand beside it when it is back.")
    return redirect("desk")


def _to_shelves(article: Article) -> HttpResponse:
    return redirect(f"{article.get_absolute_url()}#shelves")
