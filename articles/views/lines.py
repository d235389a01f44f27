"""Marking lines of a page: what would follow, what follows, and taking it back. For curators only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.curate.lines import (
    LineLabel,
    LinePreview,
    jobs_of,
    line_on,
    mark_line,
    preview,
    shown,
    undo_line,
)
from articles.ingest.jobs import try_again
from articles.ingest.page_lines import line_at
from articles.models import Article, Job, Ruling
from articles.models.ruling import Verdict

REFRESH_EVERY = 3  # seconds; a job does some ten articles a second
CHANGES_SHOWN = 50  # articles listed in a preview; the rest is counted

View = Callable[..., HttpResponse]


def curators_only(view: View) -> View:
    """Let staff who may change articles in, ask others to sign in, refuse those who may not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_staff and request.user.has_perm("articles.change_article")):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def mark_line_here(request: HttpRequest, permanent_id: str, number: int, label: str) -> HttpResponse:
    """Show what marking a line would change in other articles; on confirmation mark it."""
    article = get_object_or_404(Article.objects.select_related("outlet", "page"), permanent_id=permanent_id)
    if label not in {"chrome", "body"}:
        raise Http404("A line is marked as chrome or body.")
    chosen = cast("LineLabel", label)
    try:
        line = line_on(article, number)
        # The outlet may have been corrected since the preview: then the mark would reach other articles.
        if request.method == "POST" and request.POST.get("outlet") == str(article.outlet_id or ""):
            ruling = mark_line(
                article,
                line_number=number,
                label=chosen,
                by=request.user,
                reason=request.POST.get("reason", ""),
            )
            return _to_the_work(ruling)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("article_raw", permanent_id=permanent_id)
    if request.method == "POST":
        messages.error(request, "The outlet of this article was changed meanwhile. Nothing was marked yet.")
    seen = preview(article.outlet, line, chosen, besides=article)
    return render(request, "curate/mark_line.html", _preview_context(article, number, seen))


@curators_only
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is. The page asks again by itself until it is over; `?still` stops that."""
    found = get_object_or_404(Job, pk=pk)
    if found.kind == Job.Kind.BATCH:
        return redirect("bulk_batch", pk=found.arguments["batch"])
    ruling = Ruling.objects.filter(verdict=Verdict.LINE, pk=found.arguments.get("ruling") or 0).first()
    return render(
        request,
        "curate/job.html",
        {
            "job": found,
            "ruling": ruling,
            "line": shown(ruling.said["line"]) if ruling else "",
            "article": Article.objects.filter(page=ruling.page_id).first() if ruling else None,
            "refresh": 0 if found.over or found.silent or "still" in request.GET else REFRESH_EVERY,
        },
    )


@curators_only
@require_POST
def job_again(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """Let a job that failed, was stopped or has gone silent go on."""
    try_again(get_object_or_404(Job, pk=pk))
    return redirect("job", pk=pk)


@curators_only
@require_POST
def undo_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mark back, and go where its undoing can be watched."""
    ruling = get_object_or_404(Ruling, pk=pk, verdict=Verdict.LINE)
    if undo_line(ruling, by=request.user) is None:
        messages.info(request, "This mark was taken back before.")
    return _to_the_work(ruling)


def _to_the_work(ruling: Ruling) -> HttpResponse:
    """Go where the last work for a ruling can be watched; one from another archive led to none: then to its page."""
    jobs = jobs_of(ruling)
    if jobs:
        return redirect("job", pk=jobs[0].pk)
    article = Article.objects.filter(page=ruling.page_id).first()
    return redirect("article_raw", article.permanent_id) if article else redirect("desk")


def _preview_context(article: Article, number: int, seen: LinePreview) -> dict[str, Any]:
    return {
        "article": article,
        "number": number,
        "line": line_at(article.page.as_raw_page(), number),
        "preview": seen,
        "changes": seen.changes[:CHANGES_SHOWN],
        "more": max(len(seen.changes) - CHANGES_SHOWN, 0),
        "back_url": f"{reverse('article_raw', args=[article.permanent_id])}#L{number}",
    }
