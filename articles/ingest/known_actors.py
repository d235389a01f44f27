"""The machine's actors as the resolver knows them, read from the database: some, or all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from articles.mentions.spans import Kind
from articles.models import Actor, ActorContext, Alias
from articles.models.actor import Origin
from articles.resolve.across import ActorDirectory
from articles.resolve.actors import KnownActor
from articles.resolve.verdicts import Said, Standing, Word

ACTORS_AT_ONCE = 500

Each = TypeVar("Each")


def read_known(actors: Collection[int]) -> dict[int, KnownActor]:
    """Return the records of those of these actors that the machine found, without context; two queries.

    What people named or gave is no part of them. The name leads, then spellings in the order in which they came.
    """
    spelled: dict[int, list[str]] = defaultdict(list)
    rows = Alias.every.filter(actor__in=actors).exclude(origin=Origin.PERSON)
    for number, surface in rows.order_by("pk").values_list("actor", "surface"):
        spelled[number].append(surface)
    found = Actor.objects.filter(pk__in=actors, made_by="").order_by("pk")
    return {
        number: KnownActor(
            key=str(number),
            name=name,
            kind=Kind(kind),
            aliases=tuple(dict.fromkeys(spelled[number])),
            authority=authority or None,
            began_lone=began_lone,
        )
        for number, name, kind, authority, began_lone in found.values_list(
            "pk", "machine_name", "machine_kind", "authority", "began_lone"
        )
    }


def apart_in(said: Iterable[Said]) -> set[tuple[str, str]]:
    """Return the pairs of keys that people ruled to be two actors."""
    return {
        (str(each.left), str(each.right))
        for each in said
        if each.word is Word.DIFFERENT and each.left is not None and each.right is not None
    }


def whole_directory(now: Standing, said: Iterable[Said]) -> ActorDirectory:
    """Return a directory of all actors, held in memory: some 2 kB and half a millisecond an actor.

    For those who ask many thousand times in a row; one article is resolved by `articles.ingest.stored_names`.
    """
    directory = ActorDirectory(apart=[frozenset(pair) for pair in apart_in(said)])
    numbers = list(Actor.objects.filter(made_by="").order_by("pk").values_list("pk", flat=True))
    for some in batches(numbers, ACTORS_AT_ONCE):
        contexts = ActorContext.objects.in_bulk(some)
        for number, actor in read_known(some).items():
            root, context = now.root(number), contexts.get(number)
            days = (context.first_day, context.last_day) if context else (None, None)
            directory.add(
                replace(
                    actor,
                    root=str(root) if root != number else None,
                    context=context.words if context else {},
                    seen=(days[0], days[1]) if days[0] and days[1] else None,
                )
            )
    return directory


def batches(listed: list[Each], size: int) -> Iterator[list[Each]]:
    """Give a list in parts of that size."""
    for at in range(0, len(listed), size):
        yield listed[at : at + size]
