"""Two actors: the articles and sentences that name both, over time, and what they say of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.mentions.plain import plain_view, sentences
from articles.models import Actor, Article, Mention, Quote
from articles.models.article import BY_NEWEST_ARTICLE, VISIBLE, ArticleQuerySet
from articles.search.actor_names import actors_spelled
from articles.views.actor_links import pair_url
from articles.views.marking import ActorSpan, mark
from articles.views.months import coverage
from articles.views.paging import page_of
from articles.views.search_links import asking_for_both, search_at

ARTICLES_PER_PAGE = 20
QUOTES_SHOWN = 30  # of each about the other
MOST_MEANT = 12  # actors offered for a name that may mean several
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class SharedArticle:
    """An article that names both, with the sentences of its body that do."""

    article: Article
    sentences: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A quote of one in which the other is named."""

    quote: Quote
    html: SafeString


@require_safe
def pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Show two actors together. A merged actor leads to the one it was merged into."""
    actors = Actor.objects.select_related("merged_into")
    first, second = (get_object_or_404(actors, pk=number) for number in (one, other))
    left, right = first.merged_into or first, second.merged_into or second
    if left == right:
        return redirect(left)
    if request.path != pair_url(left, right):
        return redirect(pair_url(left, right))
    for actor in (left, right):
        get_object_or_404(Actor.objects.shown(), pk=actor.pk)
    shared = articles_of_both(left, right)
    both = asking_for_both(left, right)
    page = page_of(request, shared.newest_first().select_related("outlet"), per_page=ARTICLES_PER_PAGE)
    return render(
        request,
        "actors/pair.html",
        {
            "left": left,
            "right": right,
            "page": page,
            "shared": [
                SharedArticle(article, found) for article, found in _with_sentences(page, left, right)
            ],
            "coverage": coverage(shared, search=both),
            "search_url": search_at(both),
            "sides": [
                AskedSide("one", "One actor", left.name, ()),
                AskedSide("other", "The other actor", right.name, ()),
            ],
            "remarks": [
                (left, right, remarks(left, about=right)),
                (right, left, remarks(right, about=left)),
            ],
        },
    )


@dataclass(frozen=True, slots=True)
class AskedSide:
    """One field of the form: what was typed, and the actors that it may mean, the most mentioned first."""

    field: str
    label: str
    typed: str
    meant: tuple[Actor, ...]


@require_safe
def choose_pair(request: HttpRequest) -> HttpResponse:
    """Ask for two actors by name, in any spelling; once both are known, go to their page."""
    sides = [
        _asked(request, field, label) for field, label in (("one", "One actor"), ("other", "The other actor"))
    ]
    if all(len(side.meant) == 1 for side in sides):
        left, right = (side.meant[0] for side in sides)
        if left != right:
            return redirect(pair_url(left, right))
    return render(request, "actors/choose_pair.html", {"sides": sides, "same": _same(sides)})


def _asked(request: HttpRequest, field: str, label: str) -> AskedSide:
    typed = " ".join(request.GET.get(field, "").replace("\0", "").split())[:LONGEST_NAME]
    number = request.GET.get(f"{field}_is", "")
    if number.isascii() and number.isdigit():
        meant = tuple(Actor.objects.shown().filter(pk=int(number[:18])))
        return AskedSide(field, label, typed or "".join(actor.name for actor in meant), meant)
    if not typed:
        return AskedSide(field, label, "", ())
    found: QuerySet[Any] = actors_spelled(typed).with_counts()  # annotations are unknown to the plugin
    meant = tuple(found.order_by("-article_count", "name")[:MOST_MEANT])
    exact = tuple(actor for actor in meant if actor.name.casefold() == typed.casefold())
    return AskedSide(field, label, typed, exact if len(exact) == 1 else meant)


def _same(sides: Iterable[AskedSide]) -> Actor | None:
    """Return the actor that both names mean, if they mean but one."""
    meant = {side.meant for side in sides}
    return next(iter(meant))[0] if len(meant) == 1 and all(len(one) == 1 for one in meant) else None


def articles_of_both(left: Actor, right: Actor) -> ArticleQuerySet:
    """Return the visible articles that name both."""
    named = (Mention.objects.filter(actor=actor).values("article") for actor in (left, right))
    articles = Article.objects.visible()
    for articles_of_one in named:
        articles = articles.filter(pk__in=articles_of_one)
    return articles


def remarks(speaker: Actor, *, about: Actor) -> list[Remark]:
    """Return the quotes of one actor that name the other, the newest first, with the name marked."""
    named = Mention.objects.filter(
        article=OuterRef("article"),
        actor=about,
        zone="body",
        start__gte=OuterRef("start"),
        end__lte=OuterRef("end"),
    )
    quotes = (
        Quote.objects.filter(Exists(named), speaker=speaker, article__status__in=VISIBLE)
        .select_related("article__outlet")
        .defer("article__body")
        .order_by(BY_NEWEST_ARTICLE, "pk")[:QUOTES_SHOWN]
    )
    mentions = _body_mentions({quote.article_id for quote in quotes}, (about,))
    return [
        Remark(quote, mark(quote.text, actors=_spans(_inside(quote, mentions), quote.start)))
        for quote in quotes
    ]


def _inside(quote: Quote, mentions: Mapping[int, list[Mention]]) -> list[Mention]:
    of_article = mentions[quote.article_id]
    return [one for one in of_article if quote.start <= one.start and one.end <= quote.end]


def _with_sentences(
    articles: Iterable[Article], left: Actor, right: Actor
) -> list[tuple[Article, tuple[SafeString, ...]]]:
    listed = list(articles)
    mentions = _body_mentions({article.pk for article in listed}, (left, right))
    return [(article, tuple(_naming_both(article.body, mentions[article.pk]))) for article in listed]


def _naming_both(body: str, mentions: list[Mention]) -> Iterable[SafeString]:
    for sentence in sentences(plain_view(body)):
        inside = [one for one in mentions if sentence.start <= one.start and one.end <= sentence.end]
        if len({mention.actor_id for mention in inside}) > 1:
            text = body[sentence.start : sentence.end]
            yield mark(text, actors=_spans(inside, sentence.start))


def _spans(mentions: Iterable[Mention], start: int) -> list[ActorSpan]:
    return [
        ActorSpan(
            mention.start - start,
            mention.end - start,
            url=mention.actor.get_absolute_url(),
            title=mention.actor.name,
            kind=mention.actor.kind,
        )
        for mention in mentions
    ]


def _body_mentions(articles: Iterable[int], actors: Iterable[Actor]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = defaultdict(list)
    rows = Mention.objects.filter(article__in=articles, actor__in=actors, zone="body")
    for mention in rows.select_related("actor").order_by("start"):
        found[mention.article_id].append(mention)
    return found
