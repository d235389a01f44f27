"""An article laid out for reading: its paragraphs with actors, quotes and search hits marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from django.utils.safestring import SafeString

from articles.models import Actor, Article, Mention, Quote, Role
from articles.views.hits import HEADLINE_FIELDS, hits_in
from articles.views.marking import ActorSpan, Span, by_paragraph, mark

PARAGRAPH_BREAK = 2  # characters between two paragraphs of a body: one blank line


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph as HTML; its number makes the anchor that a citation can point at: #p3."""

    number: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor in an article: how often it is named, and what the article calls it."""

    actor: Actor
    count: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the article page shows as text. `hits` counts the marked search words below the headline."""

    headline: SafeString
    subtitle: SafeString
    paragraphs: tuple[ShownParagraph, ...]
    actors: tuple[NamedActor, ...]
    hits: int


def lay_out(article: Article, *, query: str) -> Reading:
    """Mark an article's text.

    1. Find where its paragraphs begin and end. 2. Sort names, quotes and hits into them.
    3. Mark each. 4. List the actors in the order in which the text brings them.
    """
    # 1.
    texts = article.paragraphs
    starts = [0, *accumulate(len(text) + PARAGRAPH_BREAK for text in texts)][: len(texts)]
    ends = [start + len(text) for start, text in zip(starts, texts, strict=True)]
    # 2.
    shown = Mention.objects.filter(article=article, actor__hidden=False)
    mentions = list(shown.select_related("actor", "actor__merged_into"))
    names = by_paragraph(starts, ends, [_span(mention) for mention in mentions if mention.zone == "body"])
    quotes = by_paragraph(
        starts, ends, [Span(quote.start, quote.end) for quote in Quote.objects.filter(article=article)]
    )
    hits = by_paragraph(starts, ends, hits_in(article.body, query))
    subtitle_hits = hits_in(article.subtitle, query)
    # 3.
    paragraphs = tuple(
        ShownParagraph(number, mark(text, actors=names[at], quotes=quotes[at], hits=hits[at]))
        for at, (number, text) in enumerate(enumerate(texts, start=1))
    )
    return Reading(
        headline=marked_headline(article, query),
        subtitle=mark(article.subtitle, hits=subtitle_hits),
        paragraphs=paragraphs,
        # 4.
        actors=_actors(article, [_shown(mention.actor) for mention in mentions]),
        hits=len(subtitle_hits) + sum(len(found) for found in hits),
    )


def marked_headline(article: Article, query: str) -> SafeString:
    """Return the headline with the hits of a query marked."""
    return mark(article.headline, hits=hits_in(article.headline, query, fields=HEADLINE_FIELDS))


def _shown(actor: Actor) -> Actor:
    return actor.merged_into or actor


def _span(mention: Mention) -> ActorSpan:
    actor = _shown(mention.actor)
    title = f"{actor.name}, {actor.get_kind_display()}"
    return ActorSpan(mention.start, mention.end, url=actor.get_absolute_url(), title=title, kind=actor.kind)


def _actors(article: Article, named: list[Actor]) -> tuple[NamedActor, ...]:
    roles: dict[int, list[str]] = {}
    for role in Role.objects.filter(article=article):
        phrases = roles.setdefault(role.actor_id, [])
        if role.phrase not in phrases:
            phrases.append(role.phrase)
    by_key = {actor.pk: actor for actor in named}
    counts = Counter(actor.pk for actor in named)
    return tuple(NamedActor(actor, counts[pk], tuple(roles.get(pk, ()))) for pk, actor in by_key.items())
