"""One change to all results of a search: choose it, look at what would follow, do it, take it back. For curators."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.curate import ChangedMeanwhile, bulk
from articles.forms import BulkForm
from articles.ingest.reclean import Selection, would_change
from articles.models import Batch, BatchItem, Collection, Job, Outlet, Tag, name_shelves
from articles.models.field_words import field_in_words
from articles.search.engines.ask import SearchUnavailable
from articles.search.export import numbers_of
from articles.search.page import Diagnostic
from articles.search.request import SearchRequest
from articles.views.changed_fields import changes_in_words
from articles.views.export import export_url
from articles.views.fragments import asks_for_part
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.search_links import search_at
from articles.views.sitting import signed_in

logger = logging.getLogger(__name__)

State = BatchItem.State
CLEARED = (
    "This change was deleted from the list. What it changed stands, and the history of each article has it."
)

ITEMS_SHOWN = 20  # articles of each kind on a page
READ_FOR_PREVIEW = 5  # pages that a preview reads again, some 0.1 s each
BATCHES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An article of a batch: what it had, what it has then, and what stood in the way."""

    item: BatchItem
    before: str
    after: str


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_new(request: HttpRequest) -> HttpResponse:
    """Ask what is to become of all results of a search; fix the set and go to the preview."""
    query = (
        request.POST.get("query", "") if request.method == "POST" else request.META.get("QUERY_STRING", "")
    )
    asked = SearchRequest.read(QueryDict(query))
    try:
        numbers, diagnostics = numbers_of(asked, most=bulk.MOST_AT_ONCE + 1)
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    form = BulkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = bulk.prepare(numbers, by=request.user, query=asked.url, **form.cleaned_data)
        except ValueError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(batch)
    return render(
        request, "curate/bulk_new.html", _choosing(asked, form, len(numbers), diagnostics),
        status=400 if form.errors else 200,
    )  # fmt: skip


def _choosing(
    asked: SearchRequest, form: BulkForm, count: int, diagnostics: tuple[Diagnostic, ...]
) -> dict[str, Any]:
    return {
        "form": form,
        "set_from": asked.url.removeprefix("?"),
        "asked": asked,
        "count": min(count, bulk.MOST_AT_ONCE),
        "too_many": count > bulk.MOST_AT_ONCE,
        "most": bulk.MOST_AT_ONCE,
        "diagnostics": diagnostics,
        "search_url": search_at(replace(asked, page=1)),
        "csv_url": export_url(asked, form="csv"),
        "jsonl_url": export_url(asked, form="jsonl"),
        "outlets": Outlet.objects.order_by("name").values_list("name", flat=True),
        "tags": Tag.objects.values_list("name", flat=True),
        "collections": Collection.objects.all(),
    }


@curators_only
@require_safe
def bulk_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a batch would do; once it is begun, how far it is and what became of each article.

    While it runs the page asks how far it is, and gets that alone, so that the list keeps the reader's place and the
    keyboard's focus; the answer after its end is the whole of it, once. `?still` stops the asking.
    """
    batch = Batch.objects.select_related("job", "undo_job").filter(pk=pk).first()
    if batch is None:
        return _gone(request, pk)
    name_shelves([batch])
    job = batch.undo_job or batch.job
    runs = job is not None and not job.over and not job.silent
    watched = {"batch": batch, "job": job, "watched": runs and "still" not in request.GET}
    if not asks_for_part(request):
        return render(request, "curate/bulk.html", watched | _listed(request, batch))
    if runs:
        return render(request, "curate/_bulk_how_far.html", watched)
    response = render(request, "curate/_bulk_progress.html", watched | _listed(request, batch))
    response["HX-Retarget"] = "#batch"
    return response


def _listed(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """Return what the list of a batch's articles shows: those of one state, a page of them."""
    counts = batch.counts()
    state = request.GET.get("state", "")
    if state not in counts or not counts[state]:
        state = next((each for each, count in counts.items() if count), State.PLANNED)
    items = batch.items.filter(state=state).select_related("page__article", "ruling").order_by("pk")
    page = page_of(request, items.defer("page__compressed", "page__article__body"), per_page=ITEMS_SHOWN)
    return {
        "states": [(value, label, counts[value]) for value, label in State.choices if counts[value]],
        "planned": counts[State.PLANNED],
        "done": counts[State.DONE],
        "state": state,
        "page": page,
        "rows": [_shown(batch, item) for item in page],
        "read": _read_now(batch, page.object_list) if batch.job is None and page.number == 1 else [],
        "undoable": batch.action != Batch.Action.READ_AGAIN,
    }


@curators_only
@require_safe
def bulk_batches(request: HttpRequest) -> HttpResponse:
    """List the batches that were begun, the latest first."""
    batches = Batch.objects.exclude(job=None).select_related("job", "undo_job")
    page = page_of(request, batches, per_page=BATCHES_SHOWN)
    name_shelves(page.object_list)
    return render(request, "curate/bulk_batches.html", {"page": page})


@curators_only
@require_POST
def bulk_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a batch out; whoever is second is told."""
    batch = Batch.objects.filter(pk=pk).first()
    if batch is None:
        return _gone(request, pk)
    try:
        bulk.begin(batch, by=signed_in(request))
    except ChangedMeanwhile as late:
        messages.error(request, str(late))
    return redirect(batch)


@curators_only
@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole batch back; whoever is second is told."""
    batch = Batch.objects.filter(pk=pk).first()
    if batch is None:
        return _gone(request, pk)
    try:
        bulk.undo_whole(batch, by=signed_in(request))
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
    return redirect(batch)


@curators_only
@require_POST
def bulk_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a plan, and go back to the search it came from."""
    batch = Batch.objects.filter(pk=pk).first()
    if batch is None:
        return _gone(request, pk)
    if not bulk.discard(batch):
        messages.error(
            request, "It was begun meanwhile. Nothing was forgotten; it can be taken back when it is over."
        )
        return redirect(batch)
    messages.info(request, "Nothing was changed.")
    return redirect(search_at(SearchRequest.read(QueryDict(batch.query.removeprefix("?")))))


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell whoever has a plan or a change open that is there no more, and show the changes that were begun."""
    begun = Job.objects.filter(kind=Job.Kind.BATCH, arguments__batch=pk).exists()
    messages.error(request, CLEARED if begun else bulk.PLAN_GONE)
    return redirect("bulk_batches")


def _shown(batch: Batch, item: BatchItem) -> ShownItem:
    after = {
        Batch.Action.TAG: f"under {batch.called}",
        Batch.Action.UNTAG: f"not under {batch.called}",
        Batch.Action.COLLECT: f"in {batch.called}",
        Batch.Action.HIDE: "hidden",
        Batch.Action.PUBLISH: "published",
        Batch.Action.READ_AGAIN: _read_in_words(item),
    }.get(Batch.Action(batch.action), batch.called)
    if isinstance(item.before, dict):
        on = item.before["on"]
        before = f"{'' if on else 'not '}{'in' if batch.action == Batch.Action.COLLECT else 'under'} {batch.called}"
    else:
        before = field_in_words("status" if batch.action != Batch.Action.OUTLET else "outlet", item.before)
    return ShownItem(item, before or "unknown", after)


def _read_in_words(item: BatchItem) -> str:
    """Say what became of a page that was read again; its note names the changes, or the fault."""
    return changes_in_words(item.note.split(", ")) if item.state == State.DONE and item.note else item.note


def _read_now(batch: Batch, items: Any) -> list[tuple[str, str, str]]:
    """Read the first pages of a batch again; tell headline, changes and fault of each; nothing is written."""
    if batch.action != Batch.Action.READ_AGAIN:
        return []
    articles = [item.page.article for item in items if hasattr(item.page, "article")]
    reports = (would_change(Selection(article=article.pk)) for article in articles[:READ_FOR_PREVIEW])
    return [
        (report.headline, changes_in_words(change.field for change in report.changes), report.error)
        for each in reports
        for report in each
    ]
