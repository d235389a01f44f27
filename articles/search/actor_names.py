"""Which actors a name means, in whatever spelling it is typed.

Three things are compared, the surest first: the spelling itself but for case, accents and hyphens; the
words by their sound, which finds transliterations ("Seda" finds "Sieda"); the beginning of a word, when the
name is still being typed. All three read columns of `Alias` that are written with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Count, Q

from articles.models import Actor, Alias
from articles.models.actor import ActorQuerySet
from articles.resolve.names import normalise
from articles.resolve.sounds import sounds_of
from articles.search.facets import SPELLING, spelling_key

MOST_NAMED = 50  # actors that one name may stand for in a query; "Mohammed" stands for no more than these


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of an actor, and its key in the index."""

    key: str
    text: str

    @property
    def address(self) -> str:
        """The spelling as an address writes it: "12-kofi-annan"."""
        return self.key.removeprefix(f"{SPELLING}:")


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor that a name means, with all spellings it is known by, those of actors merged into it too."""

    actor: Actor
    spellings: tuple[Spelling, ...]


def actors_called(text: str, *, limit: int = MOST_NAMED) -> list[int]:
    """Return the numbers of the actors that a whole name means, those most mentioned first.

    1. A name of several words that is somebody's spelling means that actor alone. 2. Otherwise it means
    everyone who is called so by the sound of each word: "Assad" all who bear the name.
    """
    folded = normalise(text)
    if not folded:
        return []
    # 1.
    if " " in folded and (exact := _most_mentioned(_shown_with(Q(folded=folded)), limit)):
        return exact
    # 2.
    return _most_mentioned(_shown_with(Q(folded=folded) | _sounding(text)), limit)


def actors_spelled(text: str) -> ActorQuerySet:
    """Return the shown actors with a spelling whose words begin so, or sound so, in no order."""
    folded = normalise(text)
    if not folded:
        return Actor.objects.none()
    begins = Q(folded__startswith=folded) | Q(folded__contains=f" {folded}")
    return _shown_with(begins | _sounding(text))


def named_actors(numbers: Iterable[int]) -> list[NamedActor]:
    """Return actors with all their spellings, in the order of their numbers; two queries."""
    wanted = list(dict.fromkeys(numbers))
    actors = Actor.objects.in_bulk(wanted)
    rows = Alias.objects.filter(Q(actor__in=wanted) | Q(actor__merged_into__in=wanted))
    spellings: dict[int, dict[str, Spelling]] = {number: {} for number in wanted}
    for actor, merged, surface in rows.values_list("actor", "actor__merged_into", "surface"):
        own = merged or actor
        key = spelling_key(own, surface)
        spellings[own].setdefault(key, Spelling(key, surface))
    return [
        NamedActor(actors[number], tuple(spellings[number].values())) for number in wanted if number in actors
    ]


def _sounding(text: str) -> Q:
    """Return the condition that every word of a name is heard in a spelling."""
    words = sounds_of(text).split()
    return reduce(and_, (Q(sounds__contains=f" {word} ") for word in words)) if words else Q(pk=None)


def _shown_with(condition: Q) -> ActorQuerySet:
    """Return the shown actors with such a spelling; a merged one as the actor it was merged into."""
    spelled = Alias.objects.filter(condition)
    merged = spelled.filter(actor__merged_into__isnull=False)
    return Actor.objects.shown().filter(
        Q(pk__in=spelled.values("actor")) | Q(pk__in=merged.values("actor__merged_into"))
    )


def _most_mentioned(actors: ActorQuerySet, limit: int) -> list[int]:
    ranked = actors.annotate(uses=Count("mentions")).order_by("-uses", "pk")
    return list(ranked.values_list("pk", flat=True)[:limit])
