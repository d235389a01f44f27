"""Actors found against actors written down: how the seeds and the demo pages are scored alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.resolve import LocalActor


@dataclass(frozen=True)
class GoldActor:
    """An actor of one article as the gold has it; only `core` ones are required."""

    key: str
    kind: str
    names: frozenset[str]
    core: bool


@dataclass
class Tally:
    """Counts over articles: F1 of distinct actors, those of the mention tier neither required nor wrong."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def bare(name: str) -> str:
    """Return a name without what stands outside a span: honorific and article; straight apostrophe, no case."""
    plain = " ".join(name.replace("’", "'").split())
    for prefix in ("Mr. ", "Mr ", "Ms. ", "Ms ", "Mrs. ", "the ", "The "):
        plain = plain.removeprefix(prefix)
    return plain.lower()


def matched(found: Iterable[LocalActor], gold: Sequence[GoldActor], tally: Tally) -> dict[str, LocalActor]:
    """Which found actor is which of the gold, by any spelling and the strict kind; the tally grows by the rest."""
    pairs: dict[str, LocalActor] = {}
    for actor in found:
        names = {bare(name) for name in (actor.name, *actor.surfaces)}
        fits = [g for g in gold if g.kind == actor.kind.value and g.names & names and g.key not in pairs]
        fits.sort(key=lambda g: bare(actor.name) not in g.names)
        if fits:
            pairs[fits[0].key] = actor
            tally.right += fits[0].core
        else:
            tally.wrong += 1
    tally.missed += sum(g.core and g.key not in pairs for g in gold)
    return pairs


def in_body(actors: Iterable[LocalActor]) -> list[LocalActor]:
    """Return the actors that the body names."""
    return [actor for actor in actors if any(span.zone == "body" for span in actor.spans)]
