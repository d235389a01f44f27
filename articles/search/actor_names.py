"""Which actors a name means, in whatever spelling it is typed.

Letters come first, but for case, accents and hyphens: whole words of a spelling, or their beginnings while a
name is being typed. Only when nobody is written so is it taken by its sound, which finds transliterations
("Seda" finds "Sieda"). Both read columns of `Alias` that are written with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Count, Q

from articles.models import Actor, Alias
from articles.models.actor import ActorQuerySet, Kind
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
    everyone who is called so, "Assad" all who bear the name. 3. When nobody is written so, it means who
    sounds so.
    """
    folded = normalise(text)
    if not folded:
        return []
    # 1.
    if " " in folded and (exact := _most_mentioned(_shown_with(Q(folded=folded)), limit)):
        return exact
    # 2. and 3.
    return _most_mentioned(_shown_with(_with_words(folded)), limit) or _most_mentioned(
        _shown_with(_sounding(text)), limit
    )


def actors_spelled(text: str) -> ActorQuerySet:
    """Return the shown actors with a spelling whose words begin so; when there is none, who sounds so."""
    folded = normalise(text)
    if not folded:
        return Actor.objects.none()
    begun = _shown_with(Q(folded__startswith=folded) | Q(folded__contains=f" {folded}"))
    return begun if begun.exists() else _shown_with(_sounding(text))


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


def _with_words(folded: str) -> Q:
    """Return the condition that a spelling holds these words in a row."""
    inside = Q(folded__contains=f" {folded} ")
    return Q(folded=folded) | Q(folded__startswith=f"{folded} ") | Q(folded__endswith=f" {folded}") | inside


def _sounding(text: str) -> Q:
    """Return the condition that every word of a name is heard in a person's spelling.

    Bodies go by their letters: the consonants of "Annan" are those of many an acronym.
    """
    words = sounds_of(text).split()
    if not words:
        return Q(pk=None)
    return reduce(and_, (Q(sounds__contains=f" {word} ") for word in words), Q(actor__kind=Kind.PERSON))


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
