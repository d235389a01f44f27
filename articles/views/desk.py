"""The curators' desk: what needs a person, each with its evidence, one key for a verdict, undo, next."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.models import DELETION
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from articles.curate import ChangedMeanwhile, refusals, rule_fields, undo
from articles.models import Article, Job, Outlet, RefusedPage, Ruling, Upload
from articles.models.ruling import Verdict
from articles.views.desk_trays import ARTICLE_TRAYS, ArticleTray, piles
from articles.views.evidence import FIELDS, field_in_words, shown_fields
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.source_lines import source_lines

PER_PAGE = 30
LONGEST_REASON = 500
# Things put off in one sitting are kept in the session; the oldest come back when there are more.
MOST_PUT_OFF = 500
BEGINNING = 900  # characters of a body beside its evidence: some two paragraphs

PUT_OFF, LAST = "desk_put_off", "desk_last"


@curators_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show every kind of thing that waits for a person, with its number."""
    return render(request, "curate/desk.html", {"piles": piles(), "last": request.session.get(LAST)})


@curators_only
@require_safe
def desk_tray(request: HttpRequest, kind: str) -> HttpResponse:
    """List the articles of one tray, those first that wait longest."""
    tray = _tray(kind)
    waiting = tray.waiting().order_by("pk").select_related("outlet", "page").defer("body", "page__compressed")
    context = {"kind": kind, "tray": tray, "page": page_of(request, waiting, per_page=PER_PAGE)}
    return render(request, "curate/desk_tray.html", context | {"last": request.session.get(LAST)})


@curators_only
@require_safe
def desk_next(request: HttpRequest, kind: str) -> HttpResponse:
    """Go to the first article of a tray that was not put off in this sitting."""
    put_off = _put_off(request, kind)
    article = _tray(kind).waiting().exclude(pk__in=put_off).order_by("pk").only("permanent_id").first()
    if article is not None:
        return redirect("desk_item", kind, article.permanent_id)
    request.session[PUT_OFF] = request.session.get(PUT_OFF, {}) | {kind: []}
    words = "What you put off waits in this list." if put_off else "Nothing waits any more."
    messages.info(request, f"You have been through all. {words}")
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
        "beginning": article.body[:BEGINNING],
        "outlets": Outlet.objects.order_by("name").values_list("name", flat=True) if tray.asks_for else (),
        "waiting": tray.waiting().count(),
        "last": request.session.get(LAST),
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
        put_off = [*_put_off(request, kind), article.pk][-MOST_PUT_OFF:]
        request.session[PUT_OFF] = request.session.get(PUT_OFF, {}) | {kind: put_off}
        return redirect("desk_next", kind)
    try:
        ruling = _ruled(request, tray, article, chosen)
    except (ChangedMeanwhile, ValueError) as refused:
        messages.error(request, str(refused))
        return redirect("desk_item", kind, permanent_id)
    label = FIELDS.get(ruling.field, ruling.field).lower()
    words = field_in_words(ruling.field, ruling.value) or "unknown"
    _remember(request, f"{article}: {label} {words}", reverse("undo_field", args=[ruling.pk]))
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
    """Take a ruling on a field back, and go where the curator came from."""
    ruling = get_object_or_404(Ruling.objects.exclude(page=None), pk=pk, verdict=Verdict.FIELD)
    if undo(ruling, by=request.user):
        messages.success(
            request, "Taken back: what was ruled before holds again, else what the machine found."
        )
    else:
        messages.info(request, "This ruling was taken back before.")
    return _back(request, reverse("undo_field", args=[pk]))


@curators_only
@require_safe
def desk_refused(request: HttpRequest) -> HttpResponse:
    """List the pages that were refused, each with the reason and what to do."""
    page = page_of(request, RefusedPage.objects.order_by("refused_at", "pk"), per_page=PER_PAGE)
    rows = [(refused, refusals.seen_of(refused)) for refused in page]
    context = {"page": page, "rows": rows, "last": request.session.get(LAST)}
    return render(request, "curate/desk_refused.html", context)


@curators_only
@require_POST
def refused_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a refused page aside; whoever is late is told."""
    try:
        note = refusals.set_aside(pk, by=_person(request), seen=request.POST.get("seen", ""))
    except ChangedMeanwhile as late:
        messages.error(request, str(late))
    else:
        _remember(request, f"{note.object_repr} is seen", reverse("refused_back", args=[note.pk]))
    return redirect("desk_refused")


@curators_only
@require_POST
def refused_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a refused page on the desk again, and go where the curator came from."""
    note = get_object_or_404(refusals.notes(), pk=pk, action_flag=DELETION)
    if refusals.bring_back(note, by=_person(request)):
        messages.success(request, f"{note.object_repr} is on the desk again.")
    else:
        messages.info(request, "It was brought back before, or the page has come in since.")
    return _back(request, reverse("refused_back", args=[pk]))


@curators_only
@require_safe
def desk_uploads(request: HttpRequest) -> HttpResponse:
    """List the uploads that were never read, or not to the end."""
    listed = Upload.objects.unfinished().select_related("job")
    return render(request, "curate/desk_uploads.html", {"page": page_of(request, listed, per_page=PER_PAGE)})


@curators_only
@require_safe
def desk_jobs(request: HttpRequest) -> HttpResponse:
    """List the background work that broke off; an upload's stands with the uploads."""
    listed = Job.objects.broken_off().exclude(kind=Job.Kind.UPLOAD).select_related("asked_by")
    return render(request, "curate/desk_jobs.html", {"page": page_of(request, listed, per_page=PER_PAGE)})


def _tray(kind: str) -> ArticleTray:
    if kind not in ARTICLE_TRAYS:
        raise Http404("The desk has no such tray.")
    return ARTICLE_TRAYS[kind]


def _put_off(request: HttpRequest, kind: str) -> list[int]:
    found: list[int] = request.session.get(PUT_OFF, {}).get(kind, [])
    return found


def _who_ruled(article: Article, tray: ArticleTray) -> str:
    ruling = Ruling.objects.on_fields_of(article.page).filter(field=tray.field).last()
    return f"{ruling.made_by_name} ruled on it" if ruling else "nothing about it is in doubt"


def _remember(request: HttpRequest, words: str, undo_at: str) -> None:
    """Keep the last verdict of this sitting, so that one key takes it back."""
    request.session[LAST] = {"words": words, "undo": undo_at}


def _back(request: HttpRequest, undone_at: str) -> HttpResponse:
    if request.session.get(LAST, {}).get("undo") == undone_at:
        del request.session[LAST]
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = reverse("desk")
    return redirect(following)


def _person(request: HttpRequest) -> User:
    """Return who is signed in, which `curators_only` has made sure of."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
