"""What the desk holds that is no article: refused pages, uploads that broke off, background work that did."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.models import DELETION
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.curate import ChangedMeanwhile, broken_work, refusals
from articles.models import Job, RefusedPage, Upload
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.sitting import back, last_verdict, remember, signed_in

PER_PAGE = 30


@curators_only
@require_safe
def desk_refused(request: HttpRequest) -> HttpResponse:
    """List the pages that were refused, each with the reason and what to do."""
    page = page_of(request, RefusedPage.objects.order_by("refused_at", "pk"), per_page=PER_PAGE)
    rows = [(refused, refusals.seen_of(refused)) for refused in page]
    context = {"page": page, "rows": rows, "last": last_verdict(request)}
    return render(request, "curate/desk_refused.html", context)


@curators_only
@require_POST
def refused_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a refused page aside; whoever is late is told."""
    try:
        note = refusals.set_aside(pk, by=signed_in(request), seen=request.POST.get("seen", ""))
    except ChangedMeanwhile as late:
        messages.error(request, str(late))
    else:
        remember(request, f"{note.object_repr} is seen", reverse("refused_back", args=[note.pk]))
    return redirect("desk_refused")


@curators_only
@require_POST
def refused_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a refused page on the desk again, and go where the curator came from."""
    note = get_object_or_404(refusals.notes(), pk=pk, action_flag=DELETION)
    if refusals.bring_back(note, by=signed_in(request)):
        messages.success(request, f"{note.object_repr} is on the desk again.")
    else:
        messages.info(request, "It was brought back before, or the page has come in since.")
    return back(request, reverse("refused_back", args=[pk]))


@curators_only
@require_safe
def desk_uploads(request: HttpRequest) -> HttpResponse:
    """List the uploads that were never read, or not to the end."""
    waiting = (
        Upload.objects.unfinished().select_related("job").annotate(file_count=Count("files")).order_by("-pk")
    )
    page = page_of(request, waiting, per_page=PER_PAGE)
    rows = [(one, broken_work.seen_of(one.job) if one.job else "") for one in page]
    context = {"page": page, "rows": rows, "last": last_verdict(request)}
    return render(request, "curate/desk_uploads.html", context)


@curators_only
@require_safe
def desk_jobs(request: HttpRequest) -> HttpResponse:
    """List the background work that broke off; an upload's stands with the uploads."""
    listed = Job.objects.broken_off().exclude(kind=Job.Kind.UPLOAD).select_related("asked_by")
    page = page_of(request, listed, per_page=PER_PAGE)
    rows = [(job, broken_work.seen_of(job)) for job in page]
    context = {"page": page, "rows": rows, "last": last_verdict(request)}
    return render(request, "curate/desk_jobs.html", context)


@curators_only
@require_POST
def job_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Set work that broke off aside, an upload's too; whoever is late is told."""
    found = get_object_or_404(Job, pk=pk)
    try:
        note = broken_work.set_aside(pk, by=signed_in(request), seen=request.POST.get("seen", ""))
    except ChangedMeanwhile as late:
        messages.error(request, str(late))
    else:
        remember(request, f"{found} is set aside", reverse("job_back", args=[note.pk]))
    return redirect("desk_uploads" if found.kind == Job.Kind.UPLOAD else "desk_jobs")


@curators_only
@require_POST
def job_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put work that was set aside on the desk again, and go where the curator came from."""
    note = get_object_or_404(broken_work.notes(), pk=pk)
    if broken_work.bring_back(note):
        messages.success(request, f"{note.object_repr} is on the desk again.")
    else:
        messages.info(request, "It was brought back before, or somebody let it go on since.")
    return back(request, reverse("job_back", args=[pk]))
