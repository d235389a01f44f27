"""Proposals of names and the rule that picks among those that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from articles.mentions.spans import Gender, Kind

Reading = Literal["actor", "place", "other"]


class Rank(IntEnum):
    """Who is believed when proposals overlap: higher wins, then the longer, then the earlier."""

    BLOCK = 9  # text that must not become a name
    DEFINED = 8  # the text says so itself: an acronym with its expansion
    RULE = 7  # a pattern with its own head word: "Moscow's foreign ministry"
    PERSON_RULE = 6  # a title or an earlier full name
    GAZETTEER = 5
    MODEL = 3
    GUESS = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a name. `kind` None: a name that is no actor (a place, a product)."""

    start: int
    end: int
    kind: Kind | None
    rank: Rank
    method: str
    confidence: float
    qualifier: str | None = None
    gender: Gender | None = None
    reading: Reading = "actor"

    def overlaps(self, other: Candidate) -> bool:
        """Return True when the two share a character."""
        return self.start < other.end and other.start < self.end

    def as_kind(
        self, kind: Kind, *, method: str, rank: Rank = Rank.PERSON_RULE, confidence: float = 0.85
    ) -> Candidate:
        """Return the same stretch as another kind, for a rule that knows better."""
        return replace(self, kind=kind, method=method, rank=rank, confidence=confidence, reading="actor")


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the proposals that do not overlap, best first chosen, in the order of the text.

    Rules go by rank. Lists and the tagger are equals: the longer wins ("Bank of Syria" over "Syria"),
    and only at equal length the list.
    """
    kept: list[Candidate] = []

    def order(one: Candidate) -> tuple[int, int, int, int]:
        strength = one.rank if one.rank > Rank.GAZETTEER else 0
        return -strength, one.start - one.end, -one.rank, one.start

    for one in sorted(candidates, key=order):
        if not any(one.overlaps(other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda c: c.start)
