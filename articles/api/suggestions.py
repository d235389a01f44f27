"""What the beginning of a query may become: actors in any spelling, outlets, fields of the language."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from articles.models import Actor, Outlet
from articles.search.actor_names import actors_spelled

SHORTEST = 2  # characters; one letter begins too many names to say anything
MOST_ACTORS, MOST_OUTLETS = 8, 4  # more suggestions nobody reads while typing
MOST_WEIGHED = 200  # actors among whom the most mentioned are chosen; they come while somebody is typing

FIELDS = {
    "title": "in the headline",
    "outlet": "in the name of the outlet",
    "author": "in the name of an author",
    "actor": "an actor, in any spelling",
    "speaker": "who is quoted",
    "quote": "in what is quoted",
    "office": "whoever held an office",
    "place": "in the dateline",
    "source": "the agency it was taken from",
    "tag": "a curators’ tag",
    "collection": "a curators’ collection",
    "date": "2012-07, 2012-07..2012-09, >=2012-07-02",
    "words": "the length: >500",
    "lang": "the language’s code: en",
    "is": "undated, doubtful, partial",
    "has": "duplicates, quotes, captions",
}


def suggestions_for(text: str) -> list[dict[str, Any]]:
    """Return fields that begin so, then the most mentioned actors, then outlets; [] for one letter."""
    typed = " ".join(text.split())
    if len(typed) < SHORTEST:
        return []
    return [*_fields(typed), *_actors(typed), *_outlets(typed)]


def _fields(typed: str) -> list[dict[str, Any]]:
    return [
        {"kind": "field", "text": f"{name}:", "detail": detail, "query": f"{name}:", "url": None}
        for name, detail in FIELDS.items()
        if name.startswith(typed.lower())
    ]


def _actors(typed: str) -> list[dict[str, Any]]:
    weighed = list(actors_spelled(typed).order_by("pk").values_list("pk", flat=True)[:MOST_WEIGHED])
    actors = Actor.objects.filter(pk__in=weighed).annotate(uses=Count("mentions")).order_by("-uses", "pk")
    return [
        {
            "kind": "actor",
            "text": actor.name,
            "detail": actor.get_kind_display(),
            "query": f'actor:"{actor.name.replace(chr(34), " ")}"',
            "url": actor.get_absolute_url(),
        }
        for actor in actors[:MOST_ACTORS]
    ]


def _outlets(typed: str) -> list[dict[str, Any]]:
    outlets = Outlet.objects.filter(name__icontains=typed).order_by("name")
    return [
        {
            "kind": "outlet",
            "text": outlet.name,
            "detail": "outlet",
            "query": f'outlet:"{outlet.name.replace(chr(34), " ")}"',
            "url": outlet.get_absolute_url(),
        }
        for outlet in outlets[:MOST_OUTLETS]
    ]
