"""An article laid out for reading: its paragraphs with actors, quotes and search hits marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from articles.models import Actor, Article, Mention, PlaceMention, Quote, Role
from articles.models.actor import Kind
from articles.resolve.seen_roles import WrittenRole, same_roles
from articles.search.article_hits import hits_in_article
from articles.search.asked_actors import AskedActors
from articles.search.request import SearchRequest, Selection
from articles.views.actor_links import ledger_url
from articles.views.hits import Steps, steps_through
from articles.views.long_reads import Parts, ShownParagraph, in_parts
from articles.views.marking import ActorSpan, QuoteSpan, by_paragraph, mark, with_its_marks
from articles.views.search_links import search_at

PLACE, QUOTE, HIT = "place", "quote", "hit"
# What can be marked in a text, in the order in which the page's switches name it.
KINDS = {
    Kind.PERSON.value: "people",
    Kind.ORGANISATION.value: "organisations",
    Kind.STATE.value: "states",
    Kind.MEDIA.value: "media",
    PLACE: "places",
    QUOTE: "quotes",
    HIT: "search hits",
}
PARAGRAPH_BREAK = 2  # characters between two paragraphs of a body: one blank line


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor in an article: how often it is named, what the article calls it, what it was on that day.

    `offices` come from authority files, those held on every day on which the article may have appeared.
    `mention` is the number of its first mention.
    """

    actor: Actor
    count: int
    roles: tuple[str, ...]
    offices: tuple[str, ...]
    mention: int


@dataclass(frozen=True, slots=True)
class ShownCaption:
    """A picture's caption as HTML, and who made the picture."""

    html: SafeString
    credit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the article page shows as text, and the hits marked in it.

    `kinds` are the kinds of marks in the text, as the page's classes and its readers call them.
    """

    headline: SafeString
    subtitle: SafeString
    captions: tuple[ShownCaption, ...]
    text: Parts
    actors: tuple[NamedActor, ...]
    hits: Steps
    kinds: tuple[tuple[str, str], ...]


def lay_out(article: Article, *, asked: AskedActors) -> Reading:
    """Mark an article's text: names, quotes, and the hits of what was asked.

    1. Find where its paragraphs begin and end. 2. Sort names, quotes and hits into them.
    3. Mark each. 4. List the actors in the order in which the text brings them.
    """
    # 1.
    texts = article.paragraphs
    starts = [0, *accumulate(len(text) + PARAGRAPH_BREAK for text in texts)][: len(texts)]
    ends = [start + len(text) for start, text in zip(starts, texts, strict=True)]
    # 2.
    shown = Mention.objects.filter(article=article, actor__hidden=False)
    mentions = list(shown.select_related("actor"))
    named = [_span(mention) for mention in mentions if mention.zone == "body"]
    names = by_paragraph(starts, ends, [*named, *_places(article)])
    quoted = Quote.objects.filter(article=article, kind=Quote.Kind.DIRECT).select_related("speaker")
    spans = [with_its_marks(_quote_span(quote), article.body) for quote in quoted]
    quotes = by_paragraph(starts, ends, spans)
    steps = steps_through(hits_in_article(article, asked.tree, named=asked.terms, mentions=mentions))
    hits = by_paragraph(starts, ends, steps.body)
    # 3.
    paragraphs = tuple(
        ShownParagraph(number, mark(text, actors=names[at], quotes=quotes[at], hits=hits[at]))
        for at, (number, text) in enumerate(enumerate(texts, start=1))
    )
    return Reading(
        headline=mark(article.headline, hits=steps.headline),
        subtitle=mark(article.subtitle, hits=steps.subtitle),
        captions=tuple(
            ShownCaption(mark(caption["text"], hits=hits), caption.get("credit") or "")
            for caption, hits in zip(article.captions, steps.captions, strict=True)
        ),
        text=in_parts(texts, paragraphs),
        # 4.
        actors=_actors(article, mentions),
        hits=steps,
        kinds=_kinds([span for spans in names for span in spans], quotes=bool(spans), hits=steps.total > 0),
    )


def _kinds(names: Iterable[ActorSpan], *, quotes: bool, hits: bool) -> tuple[tuple[str, str], ...]:
    held = {span.kind for span in names} | ({QUOTE} if quotes else set()) | ({HIT} if hits else set())
    return tuple((kind, words) for kind, words in KINDS.items() if kind in held)


def _span(mention: Mention) -> ActorSpan:
    actor = mention.actor
    title = f"{actor.name}, {actor.get_kind_display()}"
    return ActorSpan(mention.start, mention.end, url=actor.get_absolute_url(), title=title, kind=actor.kind)


def _places(article: Article) -> Iterator[ActorSpan]:
    """Yield the places that the body names, each leading to the search for it."""
    for named in PlaceMention.objects.filter(article=article):
        url = search_at(SearchRequest().selecting(Selection("place", named.place_id)))
        for zone, _, start, end in named.spots:
            if zone == "body":
                yield ActorSpan(start, end, url=url, title=f"{named.label}, place", kind=PLACE)


def _quote_span(quote: Quote) -> QuoteSpan:
    speaker = quote.speaker
    if speaker is None or speaker.hidden:
        return QuoteSpan(quote.start, quote.end, number=quote.pk)
    return QuoteSpan(
        quote.start,
        quote.end,
        number=quote.pk,
        url=ledger_url(speaker, quote=quote.pk),
        title=f"Among the quotes of {speaker.name}",
    )


def _actors(article: Article, mentions: list[Mention]) -> tuple[NamedActor, ...]:
    named: dict[int, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(mention.actor_id, []).append(mention)
    roles = _phrases(Role.objects.filter(article=article))
    offices = _phrases(_held_on(article, named))
    return tuple(
        NamedActor(
            actor=own[0].actor,
            count=len(own),
            roles=tuple(roles.get(pk, ())),
            offices=tuple(phrase for phrase in offices.get(pk, ()) if phrase not in roles.get(pk, ())),
            mention=own[0].pk,
        )
        for pk, own in named.items()
    )


def _held_on(article: Article, actors: Iterable[int]) -> QuerySet[Role]:
    """Return the dated offices that these actors held when the article appeared."""
    if article.published_from is None or article.published_to is None:
        return Role.objects.none()
    of_them = Q(actor__in=actors) | Q(actor__merged_into__in=actors)
    begun = Q(held_from__lte=article.published_from)
    not_over = Q(held_to__gte=article.published_to) | Q(held_to__isnull=True)
    return Role.objects.filter(of_them, begun, not_over, article=None)


def _phrases(roles: QuerySet[Role]) -> dict[int, list[str]]:
    written: dict[int, list[WrittenRole]] = {}
    for role in roles.select_related("actor"):
        own = written.setdefault(role.actor.merged_into_id or role.actor_id, [])
        own.append(WrittenRole(role.phrase, role.title, role.organisation))
    return {pk: [same.phrase for same in same_roles(own)] for pk, own in written.items()}
