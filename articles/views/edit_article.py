"""Correcting an article on a page of its own, and what people ruled on it so far. For curators only."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from articles.curate import ChangedMeanwhile, rule_fields
from articles.forms import ArticlePageForm
from articles.models import Article, Ruling
from articles.models.field_words import field_in_words
from articles.models.ruling import SHELVING, Verdict
from articles.views.evidence import FIELDS
from articles.views.lines import curators_only

LONGEST_VALUE = 300  # characters of a value that the history shows; a body is told by its beginning


@dataclass(frozen=True, slots=True)
class PastRuling:
    """A ruling as the history tells it; `before` and `value` are words, "unknown" for nothing."""

    ruling: Ruling
    label: str
    before: str
    value: str


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_article(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Show every field that a person can rule on; rule as the form says, unless somebody was quicker.

    What was typed stays in the form when it is refused, so that nobody has to write it twice.
    """
    article = get_object_or_404(Article.objects.select_related("outlet", "page"), permanent_id=permanent_id)
    headline = str(article)  # before the form writes into it
    form = ArticlePageForm(request.POST or None, instance=article)
    back = _way_back(request, article)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _rule(request, article, form)
        if status == HTTPStatus.OK:
            return redirect(back)
    context = {
        "article": article,
        "headline": headline,
        "form": form,
        "back": back,
        "moved_on": status == HTTPStatus.CONFLICT,
        "history": history_of(article),
    }
    return render(request, "curate/edit_article.html", context, status=status)


def history_of(article: Article) -> list[PastRuling]:
    """Return what people ruled on an article, the latest first, what was taken back included."""
    ruled = (Verdict.FIELD, *SHELVING)
    rulings = Ruling.objects.filter(verdict__in=ruled, page=article.page_id).order_by("-made_at", "-pk")
    rulings = rulings.select_related("batch_item__batch")
    return [_on_a_shelf(ruling) if ruling.verdict in SHELVING else _on_a_field(ruling) for ruling in rulings]


def _on_a_field(ruling: Ruling) -> PastRuling:
    label = FIELDS.get(ruling.field, ruling.field.capitalize())
    return PastRuling(ruling, label, _shown(ruling.field, ruling.before), _shown(ruling.field, ruling.value))


def _on_a_shelf(ruling: Ruling) -> PastRuling:
    label = "Tag" if ruling.verdict == Verdict.TAG else "Collection"
    said = f"{ruling.said['name']}{'' if ruling.said['on'] else ': taken off'}"
    return PastRuling(ruling, label, "not there" if ruling.said["on"] else "there", said)


def _rule(request: HttpRequest, article: Article, form: ArticlePageForm) -> HTTPStatus:
    """Rule as the form says; return OK, or the status of the page that says why not."""
    if not form.is_valid():
        return HTTPStatus.BAD_REQUEST
    try:
        made = rule_fields(
            article,
            form.changes(),
            by=request.user,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["seen_version"],
        )
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed))
        return HTTPStatus.CONFLICT
    if made:
        fields = ", ".join(FIELDS.get(ruling.field, ruling.field).lower() for ruling in made)
        messages.success(request, f"Corrected: {fields}. It can be taken back where you corrected it.")
    else:
        messages.info(request, "Nothing was changed.")
    return HTTPStatus.OK


def _way_back(request: HttpRequest, article: Article) -> str:
    """Return where the curator came from, when that is here; else the article."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return article.get_absolute_url()


def _shown(field: str, value: Any) -> str:
    words = field_in_words(field, value) or "unknown"
    return words if len(words) <= LONGEST_VALUE else f"{words[:LONGEST_VALUE].rstrip()}…"
