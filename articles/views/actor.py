"""Actors: one, and all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.models import Actor, Article, Mention
from articles.models.actor import Kind
from articles.search.actor_names import actors_spelled
from articles.views.actor_facts import appears_with, roles_of, span_of, spellings_of, stories_of
from articles.views.actor_links import ledger_url
from articles.views.months import coverage
from articles.views.paging import page_of
from articles.views.quote_ledger import quotes_of
from articles.views.search_links import asking_for, search_at

ACTORS_PER_PAGE = 60
QUOTES_SHOWN = 3  # the newest; the ledger has all
LONGEST_FILTER = 200  # characters; no name is longer, and a longer filter only costs time


@require_safe
def actor(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:  # noqa: ARG001  # the path is compared whole
    """Show an actor: spellings, first and last seen, roles, articles, and who else they name.

    An actor that was merged leads to the one it was merged into, and a wrong slug to the right one.
    """
    found = get_object_or_404(Actor.objects.select_related("merged_into"), pk=pk)
    if found.merged_into:
        return redirect(found.merged_into, permanent=False)
    if found.hidden and not request.user.is_staff:
        return render(request, "actors/not_an_actor.html", {"actor": found}, status=404)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    asked = asking_for(found)
    articles = Article.objects.visible().filter(pk__in=Mention.objects.filter(actor=found).values("article"))
    return render(
        request,
        "actors/actor.html",
        {
            "actor": found,
            "span": span_of(articles),
            "spellings": spellings_of(found),
            "roles": roles_of(found),
            "articles": page_of(request, articles.newest_first().with_card_data()),
            "appears_with": appears_with(found, articles),
            "coverage": coverage(articles, search=asked),
            "quote_count": quotes_of(found).count(),
            "latest_quotes": quotes_of(found)[:QUOTES_SHOWN],
            "quotes_url": ledger_url(found),
            "stories": stories_of(articles),
            "search_url": search_at(asked),
        },
    )


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    """Show all actors, the most mentioned first; `?name=` finds one in any of its spellings."""
    name = " ".join(request.GET.get("name", "").replace("\0", "").split())[:LONGEST_FILTER]
    kind = request.GET.get("kind", "")
    found = Actor.objects.most_mentioned()
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if name:
        found = found.filter(pk__in=actors_spelled(name).values("pk"))
    return render(
        request,
        "actors/actors.html",
        {
            "actors": page_of(request, found, per_page=ACTORS_PER_PAGE),
            "name": name,
            "kind": kind if kind in Kind.values else "",
            "kinds": Kind.choices,
        },
    )
