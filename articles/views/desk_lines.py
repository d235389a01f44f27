"""The desk's tray of lines that read like the story and were taken out by a rule, or by what the archive remembers."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.curate import ChangedMeanwhile, undo_line
from articles.curate.lines import LineLabel, settle_disputed
from articles.models import DisputedLine, Ruling
from articles.models.ruling import Verdict
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.sitting import are_put_off, back, been_through, last_verdict, put_off, remember
from articles.views.source_lines import source_lines

PER_PAGE = 30
LONGEST_REASON = 500
LINES_AROUND = 4  # lines shown before and after the one that is asked about
TRAY = "lines"

VERDICTS: dict[str, tuple[LineLabel, str]] = {
    "chrome": ("chrome", "is not the article"),
    "body": ("body", "belongs to the text"),
}


@curators_only
@require_safe
def desk_lines(request: HttpRequest) -> HttpResponse:
    """List the lines, those first that stand on most articles."""
    page = page_of(request, DisputedLine.objects.questions(), per_page=PER_PAGE)
    lines = _lines().in_bulk([question.pk for question in page])
    rows = [(lines[question.pk], question.articles) for question in page if question.pk in lines]
    context = {"page": page, "rows": rows, "last": last_verdict(request)}
    return render(request, "curate/desk_lines.html", context)


@curators_only
@require_safe
def desk_lines_next(request: HttpRequest) -> HttpResponse:
    """Go to the first line that was not put off in this sitting."""
    later = are_put_off(request, TRAY)
    number = next((one.pk for one in DisputedLine.objects.questions() if one.pk not in later), None)
    if number is not None:
        return redirect("desk_line", number)
    been_through(request, TRAY)
    return redirect("desk_lines")


@curators_only
@require_safe
def desk_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a line among those around it, and what speaks for and against it."""
    line = _lines().filter(pk=pk).first()
    if line is None:
        messages.info(request, "This line does not wait any more.")
        return redirect("desk_lines")
    around = source_lines(line.article)[max(line.number - 1 - LINES_AROUND, 0) : line.number + LINES_AROUND]
    context = {
        "line": line,
        "around": around,
        "articles": DisputedLine.objects.alike(line).count(),
        "waiting": len(DisputedLine.objects.questions()),
        "last": last_verdict(request),
    }
    return render(request, "curate/desk_line.html", context)


@curators_only
@require_POST
def desk_line_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a verdict on a line and go to the next; whoever is late is told."""
    chosen = request.POST.get("verdict", "")
    if chosen == "later":
        put_off(request, TRAY, pk)
        return redirect("desk_lines_next")
    if chosen not in VERDICTS:
        messages.error(request, "Choose one of the verdicts below.")
        return redirect("desk_line", pk)
    label, words = VERDICTS[chosen]
    try:
        line, ruling = settle_disputed(
            pk, label=label, by=request.user, reason=request.POST.get("reason", "")[:LONGEST_REASON]
        )
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
        return redirect("desk_lines_next")
    remember(request, f"“{line}” {words}", reverse("undo_disputed", args=[ruling.pk]))
    return redirect("desk_lines_next")


@curators_only
@require_POST
def undo_disputed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mark back, and go where the curator came from; the line waits again when its page is read."""
    ruling = get_object_or_404(Ruling, pk=pk, verdict=Verdict.LINE)
    if undo_line(ruling, by=request.user) is None:
        messages.info(request, "This mark was taken back before.")
    else:
        messages.success(request, "Taken back. The other articles follow in the background.")
    return back(request, reverse("undo_disputed", args=[pk]))


def _lines() -> QuerySet[DisputedLine]:
    return DisputedLine.objects.select_related("article__outlet", "article__page")
