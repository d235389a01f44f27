"""The desk's tray of near-duplicates: pairs that share so much text that one story is possible, and not certain."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.curate import ChangedMeanwhile, rule_on_pair, undo_separation
from articles.curate.stories import ON_STORIES, rulings_on_pair, seen_of
from articles.models import DuplicateLink, Ruling
from articles.models.ruling import ON_ARTICLES, Verdict
from articles.models.story import DuplicateLinkQuerySet
from articles.views.comparison import compare
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.sitting import are_put_off, back, been_through, last_verdict, put_off, remember

PER_PAGE = 30
LONGEST_REASON = 500
TRAY = "copies"

VERDICTS = {
    "same": (Verdict.SAME, "are one story"),
    "different": (Verdict.DIFFERENT, "are different stories"),
    "unsure": (Verdict.UNSURE, "cannot be decided"),
}


@curators_only
@require_safe
def desk_copies(request: HttpRequest) -> HttpResponse:
    """List the pairs, those that came in first at the head."""
    page = page_of(request, _waiting(), per_page=PER_PAGE)
    return render(request, "curate/desk_copies.html", {"page": page, "last": last_verdict(request)})


@curators_only
@require_safe
def desk_copies_next(request: HttpRequest) -> HttpResponse:
    """Go to the first pair that was not put off in this sitting."""
    later = are_put_off(request, TRAY)
    number = _waiting().exclude(pk__in=later).values_list("pk", flat=True).first()
    if number is not None:
        return redirect("desk_pair", number)
    been_through(request, TRAY)
    return redirect("desk_copies")


@curators_only
@require_safe
def desk_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two articles side by side, what they share, and sentence by sentence how they differ."""
    link = _waiting().filter(pk=pk).first()
    if link is None:
        messages.info(request, _why_gone(pk))
        return redirect("desk_copies")
    context = {
        "link": link,
        "first": link.left,
        "second": link.right,
        "together": link.left.story_id is not None and link.left.story_id == link.right.story_id,
        "shared": round(link.containment * 100),
        "alike": round(link.jaccard * 100),
        "comparison": compare(link.left, link.right),
        "seen": seen_of(link.left, link.right),
        "waiting": _waiting().count(),
        "last": last_verdict(request),
    }
    return render(request, "curate/desk_pair.html", context)


@curators_only
@require_POST
def desk_pair_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a verdict on a pair and go to the next; whoever is late is told what happened meanwhile."""
    chosen = request.POST.get("verdict", "")
    if chosen == "later":
        put_off(request, TRAY, pk)
        return redirect("desk_copies_next")
    link = DuplicateLink.objects.select_related("left", "right").filter(pk=pk).first()
    if link is None:
        messages.info(request, _why_gone(pk))
        return redirect("desk_copies")
    if chosen not in VERDICTS:
        messages.error(request, "Choose one of the verdicts below.")
        return redirect("desk_pair", pk)
    verdict, words = VERDICTS[chosen]
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        ruling = rule_on_pair(
            link.left, link.right, verdict, by=request.user, reason=reason, seen=request.POST.get("seen", "")
        )
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
        return redirect("desk_pair", pk)
    remember(request, f"{link.left} and {link.right} {words}", reverse("undo_pair", args=[ruling.pk]))
    return redirect("desk_copies_next")


@curators_only
@require_POST
def undo_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a ruling on two articles back, and go where the curator came from."""
    ruling = get_object_or_404(Ruling, pk=pk, kind=ON_ARTICLES, verdict__in=ON_STORIES)
    if undo_separation(ruling, by=request.user):
        messages.success(request, "Taken back: their texts alone decide again.")
    else:
        messages.info(request, "This ruling was taken back before.")
    return back(request, reverse("undo_pair", args=[pk]))


def _waiting() -> DuplicateLinkQuerySet:
    pairs = DuplicateLink.objects.in_doubt().order_by("pk")
    return pairs.select_related("left__outlet", "right__outlet", "left__story")


def _why_gone(pk: int) -> str:
    link = DuplicateLink.objects.select_related("left", "right").filter(pk=pk).first()
    if link is None:
        return "This pair is gone: one of the two was read anew, and shares less, or more, by now."
    ruling = rulings_on_pair(link.left, link.right).last()
    if ruling is None:
        return "This pair does not wait any more: nothing about it is in doubt."
    return f"This pair does not wait any more: {ruling.made_by_name} ruled on it."
