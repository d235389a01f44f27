"""Bringing pages in through the browser: send, watch, see what came in and what did not. For curators only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.forms import UploadForm, UploadPartForm
from articles.ingest.jobs import start_runner
from articles.ingest.uploads import add_file, add_text, begin, discard, start
from articles.models import Upload, UploadedPage
from articles.views.fragments import asks_for_part
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.sitting import signed_in

PAGES_SHOWN = 50
UPLOADS_SHOWN = 20


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Show the form and the uploads so far; take what a browser sends in one piece."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        opened = begin(by=signed_in(request))
        for file in form.cleaned_data["pages"]:
            add_file(opened, file, name=file.name)
        if form.cleaned_data["text"]:
            add_text(opened, form.cleaned_data["text"])
        return _started(opened)
    listed = Upload.objects.select_related("job").annotate(file_count=Count("files")).order_by("-pk")
    return render(
        request,
        "curate/uploads.html",
        {
            "form": form,
            "limit": settings.ARCHIVE_UPLOAD_LIMIT,
            "page": page_of(request, listed, per_page=UPLOADS_SHOWN),
        },
        status=400 if form.errors else 200,
    )


@curators_only
@require_POST
def upload_begin(request: HttpRequest) -> JsonResponse:
    """Open an upload for a script that sends in parts, and tell it where to send them."""
    opened = begin(by=signed_in(request))
    return JsonResponse(
        {
            "files": reverse("upload_files", args=[opened.pk]),
            "start": reverse("upload_start", args=[opened.pk]),
        }
    )


@curators_only
@require_POST
def upload_files(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep some files of an upload; `paths` names each with its folders, which browsers leave out."""
    opened = get_object_or_404(Upload, pk=pk, made_by=signed_in(request), job=None)
    form = UploadPartForm(request.POST, request.FILES, upload=opened)
    if not form.is_valid():
        said = " ".join(str(message) for told in form.errors.values() for message in told)
        return JsonResponse({"error": said}, status=400)
    for file, name in form.named_files():
        add_file(opened, file, name=name)
    return JsonResponse({"kept": len(form.cleaned_data["pages"])})


@curators_only
@require_POST
def upload_start(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """Have the upload read; when it has begun already, go and watch it."""
    return _started(get_object_or_404(Upload, pk=pk))


@curators_only
@require_POST
def upload_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an upload that was never started."""
    discard(get_object_or_404(Upload, pk=pk))
    messages.info(request, "The files are thrown away. Nothing of them was read.")
    return redirect("uploads")


@curators_only
@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an upload is and what became of its pages; `?state=` chooses which are listed.

    While it runs the page asks how far it is, and gets that alone, so that the list keeps the reader's place and the
    keyboard's focus; the answer after its end is the whole of it, once. `?still` stops the asking.
    """
    found = get_object_or_404(Upload.objects.select_related("job").prefetch_related("files"), pk=pk)
    counts = found.counts()
    state = request.GET.get("state", "")
    if state not in counts:
        state = UploadedPage.State.REFUSED if counts["refused"] else UploadedPage.State.NEW
    listed = (
        found.pages.filter(state=state)
        .select_related("page__article")
        .defer("page__compressed", "page__article__body")
    )
    job = found.job
    runs = job is not None and not job.over and not job.silent
    context: dict[str, Any] = {
        "upload": found,
        "job": job,
        "counts": counts,
        "states": [(value, label, counts[value]) for value, label in UploadedPage.State.choices],
        "state": state,
        "page": page_of(request, listed, per_page=PAGES_SHOWN),
        "watched": runs and "still" not in request.GET,
    }
    if not asks_for_part(request):
        return render(request, "curate/upload.html", context)
    if runs:
        return render(request, "curate/_upload_how_far.html", context)
    response = render(request, "curate/_upload_progress.html", context)
    response["HX-Retarget"] = "#came-in"
    return response


def _started(opened: Upload) -> HttpResponse:
    start(opened)
    start_runner()
    return redirect(opened)
