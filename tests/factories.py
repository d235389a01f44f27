"""Rows for tests: what a test says of them matters, the rest is made up and valid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from articles.capture.page import RawPage
from articles.ingest.name_keys import index_names
from articles.models import (
    Actor,
    Alias,
    Article,
    DateMention,
    Mention,
    Outlet,
    PendingIndex,
    Place,
    PlaceMention,
    Quote,
    StoredPage,
)
from articles.models.article import permanent_id_for, text_hash_of
from articles.resolve.places import place_key

_numbers = count(1)


def make_page(text: str | None = None, **fields: Any) -> StoredPage:
    """Store a page of plain text; without a text it is unlike any other."""
    content = text if text is not None else f"Page {next(_numbers)}"
    given = {"media_type": "text/plain", "charset": "utf-8", "name": "page.txt", **fields}
    return StoredPage.objects.keep(RawPage(content=content.encode(), **given))


def make_outlet(name: str = "The Meridian Post") -> Outlet:
    """Return the outlet of that name, made when it is new."""
    return Outlet.objects.named(name)


def make_article(
    *,
    published: date | tuple[date, date] | None = None,
    precision: str = "day",
    outlet: str | None = None,
    page: StoredPage | None = None,
    **fields: Any,
) -> Article:
    """Make a visible article and note it for the index.

    `published` is a day, or a first and a last day with a `precision` of month, year or interval.
    """
    page = page or make_page()
    first, last = published if isinstance(published, tuple) else (published, published)
    given = {
        "headline": f"Headline {page.pk}",
        "body": "The envoys met at the harbour.\n\nNothing was agreed.",
        "published_from": first,
        "published_to": last,
        "published_precision": precision if published else "unknown",
        "outlet": make_outlet(outlet) if outlet else None,
        **fields,
    }
    article = Article.objects.create(
        page=page,
        permanent_id=permanent_id_for(page.sha256),
        text_hash=text_hash_of(given["body"]),
        **given,
    )
    PendingIndex.objects.queue([article.pk])
    return article


def make_actor(
    name: str = "Kofi Annan", kind: str = "person", *, aliases: Iterable[str] = (), **fields: Any
) -> Actor:
    """Make an actor that goes by its name and by these other spellings."""
    actor = Actor.objects.create(name=name, kind=kind, **fields)
    Alias.objects.bulk_create([Alias(actor=actor, surface=surface) for surface in (name, *aliases)])
    index_names([actor.pk])
    return actor


def make_mentions(article: Article, actor: Actor, surface: str | None = None) -> list[Mention]:
    """Mention the actor wherever the body has the surface (its name unless said otherwise)."""
    surface = surface if surface is not None else actor.name
    return [
        make_mention(article, actor, start=found.start(), end=found.end(), surface=surface)
        for found in re.finditer(re.escape(surface), article.body)
    ]


def make_mention(article: Article, actor: Actor, **fields: Any) -> Mention:
    """Make one mention, at the start of the body unless said otherwise, and note the article for the index."""
    given = {
        "zone": "body",
        "start": 0,
        "end": len(actor.name),
        "surface": actor.name,
        "method": "test",
        "confidence": 1.0,
        "score": 1.0,
        "reason": "A test says so.",
        **fields,
    }
    PendingIndex.objects.queue([article.pk])
    meant = actor.merged_into or actor
    return Mention.objects.create(article=article, machine_actor=actor, actor=meant, **given)


def make_quote(article: Article, text: str, speaker: Actor | None = None, **fields: Any) -> Quote:
    """Make a quote of words that stand in the body."""
    start = article.body.index(text)
    return Quote.objects.create(
        article=article, start=start, end=start + len(text), text=text, speaker=speaker, **fields
    )


def make_date_mention(article: Article, surface: str, first: date | None, last: date | None) -> DateMention:
    """Make a time that an article names, with the days that it means; its place in the body does not matter."""
    return DateMention.objects.create(
        article=article,
        surface=surface,
        start=0,
        end=len(surface),
        first_day=first,
        last_day=last,
        relative=True,
    )


def make_place_mention(article: Article, name: str) -> PlaceMention:
    """Make a place that an article names once; where it stands does not matter."""
    place, _ = Place.objects.get_or_create(key=place_key(name), defaults={"label": name})
    return PlaceMention.objects.create(
        article=article, place=place, label=name, count=1, spots=[["body", 0, 0, len(name)]]
    )
