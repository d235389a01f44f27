"""The curators' desk: what needs a person, each with its evidence, one key for a verdict, undo, next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.curate import ChangedMeanwhile, rule_fields, undo
from articles.curate.shelves import undo_shelving
from articles.models import Article, Outlet, Ruling
from articles.models.field_words import field_in_words
from articles.models.ruling import SHELVING, Verdict
from articles.views.desk_trays import ARTICLE_TRAYS, ArticleTray, piles
from articles.views.evidence import FIELDS, shown_fields
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.sitting import are_put_off, back, been_through, last_verdict, put_off, remember
from articles.views.source_lines import source_lines

PER_PAGE = 30
LONGEST_REASON = 500
LATELY = 8  # rulings that the first page tells
LONGEST_WORD = 60  # characters that are given up so that no word is cut
BEGINNING = 900  # characters of a body beside its evidence: some two paragraphs


@curators_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show every kind of thing that waits for a person, with its number, and what people ruled lately."""
    context = {"piles": piles(), "last": last_verdict(request), "lately": Ruling.objects.lately()[:LATELY]}
    return render(request, "curate/desk.html", context)


@curators_only
@require_safe
def desk_tray(request: HttpRequest, kind: str) -> HttpResponse:
    """List the articles of one tray, those first that wait longest."""
    tray = _tray(kind)
    waiting = tray.waiting().order_by("pk").select_related("outlet", "page").defer("body", "page__compressed")
    context = {"kind": kind, "tray": tray, "page": page_of(request, waiting, per_page=PER_PAGE)}
    return render(request, "curate/desk_tray.html", context | {"last": last_verdict(request)})


@curators_only
@require_safe
def desk_next(request: HttpRequest, kind: str) -> HttpResponse:
    """Go to the first article of a tray that was not put off in this sitting."""
    later = are_put_off(request, kind)
    article = _tray(kind).waiting().exclude(pk__in=later).order_by("pk").only("permanent_id").first()
    if article is not None:
        return redirect("desk_item", kind, article.permanent_id)
    been_through(request, kind)
    return redirect("desk_tray", kind)


@curators_only
@require_safe
def desk_item(request: HttpRequest, kind: str, permanent_id: str) -> HttpResponse:
    """Show one article with the evidence for what is asked."""
    tray = _tray(kind)
    article = get_object_or_404(Article.objects.select_related("outlet", "page"), permanent_id=permanent_id)
    if not tray.waiting().filter(pk=article.pk).exists():
        messages.info(request, f"“{article}” does not wait any more: {_who_ruled(article, tray)}.")
        return redirect("desk_tray", kind)
    context = {
        "kind": kind,
        "tray": tray,
        "article": article,
        "fields": [
            field for field in shown_fields(article, source_lines(article)) if field.name in tray.shown
        ],
        "why": tray.why(article),
        "beginning": _beginning(article.body),
        "outlets": Outlet.objects.order_by("name").values_list("name", flat=True)
        if kind == "outlets"
        else (),
        "waiting": tray.waiting().count(),
        "last": last_verdict(request),
    }
    return render(request, "curate/desk_item.html", context)


@curators_only
@require_POST
def desk_rule(request: HttpRequest, kind: str, permanent_id: str) -> HttpResponse:
    """Take a verdict on an article and go to the next; whoever is late is told what happened meanwhile."""
    tray = _tray(kind)
    article = get_object_or_404(Article.objects.select_related("outlet", "page"), permanent_id=permanent_id)
    chosen = request.POST.get("verdict", "")
    if chosen == "later":
        put_off(request, kind, article.pk)
        return redirect("desk_next", kind)
    try:
        ruling = _ruled(request, tray, article, chosen)
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
        return redirect("desk_item", kind, permanent_id)
    label = FIELDS.get(ruling.field, ruling.field).lower()
    words = field_in_words(ruling.field, ruling.value) or "unknown"
    remember(request, f"{article}: {label} {words}", reverse("undo_field", args=[ruling.pk]))
    return redirect("desk_next", kind)


def _ruled(request: HttpRequest, tray: ArticleTray, article: Article, chosen: str) -> Ruling:
    verdict = tray.verdicts.get(chosen)
    seen = request.POST.get("seen", "")
    if verdict is None or not seen.isdecimal():
        raise ValueError("Choose one of the verdicts below.")
    text = " ".join(request.POST.get("text", "").split())
    [ruling] = rule_fields(
        article,
        {tray.field: verdict.value(article, text)},
        by=request.user,
        reason=request.POST.get("reason", "")[:LONGEST_REASON],
        seen_version=int(seen),
        confirming=True,
    )
    return ruling


@curators_only
@require_POST
def undo_field(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a ruling on a field, a tag or a collection back, and go where the curator came from."""
    on_articles = Ruling.objects.exclude(page=None).filter(verdict__in=(Verdict.FIELD, *SHELVING))
    ruling = get_object_or_404(on_articles, pk=pk)
    take_back = undo if ruling.verdict == Verdict.FIELD else undo_shelving
    if take_back(ruling, by=request.user):
        messages.success(
            request, "Taken back: what was ruled before holds again, else what the machine found."
        )
    else:
        messages.info(request, "This ruling was taken back before.")
    return back(request, reverse("undo_field", args=[pk]))


def _beginning(body: str) -> str:
    """Return the first paragraphs of a body, cut between two words and with the sign of it."""
    if len(body) <= BEGINNING:
        return body
    cut = body[:BEGINNING].rsplit(maxsplit=1)[0]
    if len(cut) < BEGINNING - LONGEST_WORD:  # a script without blanks, or what is no words
        cut = body[:BEGINNING]
    return f"{cut.rstrip()} …"


def _tray(kind: str) -> ArticleTray:
    if kind not in ARTICLE_TRAYS:
        raise Http404("The desk has no such tray.")
    return ARTICLE_TRAYS[kind]


def _who_ruled(article: Article, tray: ArticleTray) -> str:
    ruling = Ruling.objects.on_fields_of(article.page).filter(field=tray.field).last()
    return f"{ruling.made_by_name} ruled on it" if ruling else "nothing about it is in doubt"
