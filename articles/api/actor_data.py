"""An actor as plain data: its spellings, its offices, how often it is named."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from articles.models import Actor, Alias, Mention, Role
from articles.models.article import VISIBLE
from articles.search.request import SearchRequest, Selection


def actor_as_data(actor: Actor) -> dict[str, Any]:
    """Return an actor that readers may see; those merged into it lend it their spellings and offices."""
    own = Q(actor=actor) | Q(actor__merged_into=actor)
    spellings = Alias.objects.filter(own).values_list("surface", flat=True)
    offices = Role.objects.filter(own, article=None)
    mentions = Mention.objects.filter(actor=actor, article__status__in=VISIBLE)
    return {
        "id": actor.pk,
        "url": actor.get_absolute_url(),
        "name": actor.name,
        "kind": actor.kind,
        "spellings": sorted(set(spellings)),
        "offices": [
            {
                "phrase": one.phrase,
                "held_from": one.held_from.isoformat() if one.held_from else None,
                "held_to": one.held_to.isoformat() if one.held_to else None,
            }
            for one in offices
        ],
        "articles": mentions.values("article").distinct().count(),
        "mentions": mentions.count(),
        "search_url": SearchRequest().selecting(Selection("actor", str(actor.pk))).url,
    }
