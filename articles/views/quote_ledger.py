"""What an actor is quoted with: each wording once, who carried it first and who repeated it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.models import Actor, Outlet, Quote
from articles.models.article import BY_NEWEST_ARTICLE, VISIBLE
from articles.views.actor_links import ledger_url
from articles.views.paging import page_of
from articles.views.quote_choices import Narrowing
from articles.views.wordings import Wording, wordings_of

# Quotes grouped for one page: 20,000 short ones take about a second.
MOST_QUOTES = 20_000
WORDINGS_PER_PAGE = 20
LONGEST_NUMBER = 18  # figures of a quote's number; no database counts farther


@require_safe
def actor_quotes(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:  # noqa: ARG001  # the path's
    """Show what an actor said by wording, the newest first.

    `?words=` (all of them), `?outlet=`, `?year=`, `?repeated=1`, and `?kind=direct` or `?kind=reported` narrow
    it. `?quote=` leads to the page that has this quote.
    """
    actor = get_object_or_404(Actor.objects.select_related("merged_into"), pk=pk)
    if actor.merged_into is not None:
        return redirect(ledger_url(actor.merged_into))
    get_object_or_404(Actor.objects.shown(), pk=pk)
    asked = Narrowing.read(request.GET)
    said = quotes_of(actor)
    quotes = list((said.filter(kind=asked.kind) if asked.kind else said)[:MOST_QUOTES])
    every = wordings_of(quotes)
    wordings = asked.narrow(every)
    sought = request.GET.get("quote", "")[:LONGEST_NUMBER]
    if sought.isascii() and sought.isdigit() and "page" not in request.GET:
        place = _place_of(int(sought), wordings)
    else:
        place = None
    return render(
        request,
        "actors/quotes.html",
        {
            "actor": actor,
            "total": len(quotes),
            "wordings": page_of(request, wordings, per_page=WORDINGS_PER_PAGE, place=place),
            "outlets": asked.outlets(every),
            "outlet": Outlet.objects.filter(slug=asked.outlet).first() if asked.outlet else None,
            "years": asked.years(every),
            "asked": asked,
            "sought": int(sought) if place is not None else 0,
        },
    )


def quotes_of(actor: Actor) -> QuerySet[Quote]:
    """Return the quotes of an actor in visible articles, with what a ledger shows of each article."""
    quotes = Quote.objects.filter(speaker=actor, article__status__in=VISIBLE)
    return quotes.select_related("article__outlet").defer("article__body").order_by(BY_NEWEST_ARTICLE, "pk")


def _place_of(quote: int, wordings: Sequence[Wording]) -> int | None:
    """Return the place of the wording that has a quote, counted from 0; None when no wording has it."""
    places = (at for at, wording in enumerate(wordings) if any(one.pk == quote for one in wording.carriers))
    return next(places, None)
