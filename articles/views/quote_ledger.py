"""What an actor is quoted with: each wording once, who carried it first and who repeated it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Actor, Outlet, Quote
from articles.models.article import VISIBLE
from articles.resolve.wordings import group_wordings
from articles.views.paging import page_of

# Quotes grouped for one page: 20,000 short ones take about a second.
MOST_QUOTES = 20_000
WORDINGS_PER_PAGE = 20
KINDS = (Quote.Kind.DIRECT, Quote.Kind.REPORTED)


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing said. `first` is its earliest dated carrier, `repeats` all later ones in order.

    `sure` is False when another carrier's date overlaps the first one's, or one has no date.
    """

    first: Quote
    repeats: tuple[Quote, ...]
    sure: bool

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets that carried it, in order."""
        carried = (quote.article.outlet for quote in (self.first, *self.repeats))
        return tuple(dict.fromkeys(outlet for outlet in carried if outlet is not None))


@dataclass(frozen=True, slots=True)
class OutletChoice:
    """An outlet that quotes the actor, and how often."""

    outlet: Outlet
    count: int


@require_safe
def actor_quotes(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:  # noqa: ARG001  # the path's
    """Show what an actor said by wording, the newest first.

    `?outlet=`, `?repeated=1`, and `?kind=direct` or `?kind=reported` narrow it.
    """
    actor = get_object_or_404(Actor.objects.shown(), pk=pk)
    kind = request.GET.get("kind", "")
    said = quotes_of(actor)
    quotes = list((said.filter(kind=kind) if kind in KINDS else said)[:MOST_QUOTES])
    wordings = wordings_of(quotes)
    outlet = Outlet.objects.filter(slug=request.GET.get("outlet", "")).first()
    repeated = request.GET.get("repeated") == "1"
    if outlet:
        wordings = [wording for wording in wordings if outlet in wording.outlets]
    if repeated:
        wordings = [wording for wording in wordings if wording.repeats]
    return render(
        request,
        "actors/quotes.html",
        {
            "actor": actor,
            "total": len(quotes),
            "wordings": page_of(request, wordings, per_page=WORDINGS_PER_PAGE),
            "outlets": _outlets(quotes),
            "outlet": outlet,
            "repeated": repeated,
            "kind": kind if kind in KINDS else "",
            "narrowed": bool(outlet) or repeated or kind in KINDS,
        },
    )


def quotes_of(actor: Actor) -> QuerySet[Quote]:
    """Return the quotes of an actor in visible articles, with what a ledger shows of each article."""
    quotes = Quote.objects.filter(speaker=actor, article__status__in=VISIBLE)
    return (
        quotes.select_related("article__outlet")
        .defer("article__body")
        .order_by("-article__published_to", "pk")
    )


def wordings_of(quotes: list[Quote]) -> list[Wording]:
    """Return the quotes grouped by wording, each group's carriers by date; the newest wording first."""
    groups = [
        sorted((quotes[at] for at in group), key=_carried)
        for group in group_wordings([q.text for q in quotes])
    ]
    wordings = [Wording(first=group[0], repeats=tuple(group[1:]), sure=_sure(group)) for group in groups]
    return sorted(wordings, key=lambda wording: _carried(wording.first), reverse=True)


def _carried(quote: Quote) -> tuple[date, date, int]:
    """Sort by the first possible day; undated carriers come last of their wording."""
    article = quote.article
    return (article.published_from or date.max, article.published_to or date.max, article.pk)


def _sure(group: list[Quote]) -> bool:
    first, others = group[0].article, [quote.article for quote in group[1:]]
    if first.published_to is None:
        return False
    return all(
        other.pk == first.pk
        or (other.published_from is not None and other.published_from > first.published_to)
        for other in others
    )


def _outlets(quotes: list[Quote]) -> list[OutletChoice]:
    counts: dict[Outlet, int] = {}
    for quote in quotes:
        if quote.article.outlet is not None:
            counts[quote.article.outlet] = counts.get(quote.article.outlet, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))
    return [OutletChoice(outlet, count) for outlet, count in ranked]
