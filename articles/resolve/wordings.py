"""Quotes that repeat each other: the same words, a shorter cut of them, one word changed. Pure.

A quote is a set of 3-word stretches. Two belong together when most of the shorter one's stretches stand
in the longer one. Only quotes that share a stretch are ever compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from articles.resolve.names import normalise

STRETCH = 3  # words
# Share of the shorter quote's stretches that the longer one has to hold. One changed word costs at most
# three stretches, so a quote of eight words with one changed still passes at half.
SHARED = 0.5
FEWEST_WORDS = 4  # a shorter quote ("very serious") is anybody's
# A stretch that more quotes than this contain ("we want to") says nothing, and is not followed.
MOST_WITH_STRETCH = 60


def group_wordings(quotes: Sequence[str]) -> list[list[int]]:
    """Return the quotes as groups of positions, each quote in one group, in the order of first members.

    Belonging together is carried on: a short cut joins two longer quotes that hold it.
    """
    stretches = [_stretches(quote) for quote in quotes]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, own in enumerate(stretches):
        for stretch in own:
            holders[stretch].append(at)
    leader = list(range(len(quotes)))
    for at, own in enumerate(stretches):
        for other, shared in _sharing(at, own, holders).items():
            if shared >= SHARED * min(len(own), len(stretches[other])):
                _join(leader, at, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(quotes)):
        groups[_lead(leader, at)].append(at)
    return list(groups.values())


def _sharing(
    at: int, own: frozenset[tuple[str, ...]], holders: Mapping[tuple[str, ...], Sequence[int]]
) -> Counter[int]:
    """Return how many stretches later quotes share with the one at this position."""
    return Counter(
        other
        for stretch in own
        if len(holders[stretch]) <= MOST_WITH_STRETCH
        for other in holders[stretch]
        if other > at
    )


def _stretches(quote: str) -> frozenset[tuple[str, ...]]:
    words = normalise(quote).split()
    if len(words) < FEWEST_WORDS:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(tuple(words[at : at + STRETCH]) for at in range(len(words) - STRETCH + 1))


def _lead(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at


def _join(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_lead(leader, one), _lead(leader, other)))
    leader[second] = first
