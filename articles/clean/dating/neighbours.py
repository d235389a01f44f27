"""Dated articles of the archive as evidence: what is told alike was mostly written at the same time.

A near-copy is left out: its date is a copy's date and would prove itself. Neighbours only narrow what the
content allows, and only when they agree; they fail where the archive lacks the period, which is why they
never come alone. Articles that were themselves dated by content must not be given as neighbours (their
errors would confirm each other).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import exp

import numpy as np
from numpy.typing import NDArray

from articles.clean.article import DateInterval
from articles.clean.dating.combine import Curve
from articles.clean.dating.evidence import Evidence, Kind, span, spoken
from articles.clean.dating.lexicons import table
from articles.clean.dating.likeness import Neighbour, NeighbourIndex

__all__ = ["Neighbour", "NeighbourIndex", "narrowed", "neighbour_evidence"]


def narrowed(curve: Curve | None, neighbours: Sequence[Neighbour]) -> DateInterval | None:
    """The short stretch on which content and neighbours agree; None when they do not settle on one.

    1. Each neighbour gives odds around its own date, a near bump and wider ones (`weights.toml`, measured).
    2. How far they are trusted grows with the likeness of the nearest and with how many agree.
    3. Content times neighbours; the likeliest days that hold `mass` of it, if they span
       at most `widest` days.
    """
    limits = table("weights")["neighbours"]
    dated = [(n, _middle(n.published)) for n in neighbours if n.published.start and n.published.end]
    dated = [pair for pair in dated if pair[0].similarity <= limits["copy"]][: int(limits["most"])]
    if curve is None or not dated:
        return None
    shares = [neighbour.similarity ** limits["power"] for neighbour, _ in dated]
    whole = sum(shares)
    if whole <= 0:
        return None
    # 1.
    placed = [(day, share / whole) for (_, day), share in zip(dated, shares, strict=True)]
    bumps = _bumps(curve, placed, limits["bumps"])
    # 2.
    agreeing = max(
        sum(share for other, share in placed if abs((other - day).days) <= limits["agree"])
        for day, _ in placed
    )
    base, by_likeness, by_agreement = limits["trust"]
    trust = 1 / (1 + exp(-(base + by_likeness * dated[0][0].similarity + by_agreement * agreeing)))
    # 3.
    anywhere = (1 - trust) / limits["anywhere"]
    first, last = _likeliest(curve.odds * (trust * bumps + anywhere), limits["mass"])
    if last - first + 1 > limits["widest"]:
        return None
    return span(curve.day(first), curve.day(last))


def neighbour_evidence(neighbours: Iterable[Neighbour], *, within: DateInterval | None) -> list[Evidence]:
    """The neighbours as evidence for the reader: used when they lie within the interval, else set aside.

    The `fact` of each is the neighbour's key. Those that hardly weigh beside the nearest are not listed.
    """
    listed = []
    several = list(neighbours)
    nearest = max((neighbour.similarity for neighbour in several), default=0.0)
    least = nearest * table("weights")["neighbours"]["listed"]
    for neighbour in (each for each in several if each.similarity >= least):
        near = bool(within and within.start and within.end and _touches(neighbour.published, within))
        shows = (
            f"An article of {spoken(neighbour.published.start)} is told much alike "
            f"(likeness {neighbour.similarity:.2f})."
        )
        reason = "" if near else "The dated articles most like this one do not agree on this time."
        listed.append(
            Evidence(
                Kind.NEIGHBOUR,
                neighbour.article,
                "",
                -1,
                -1,
                (neighbour.published,),
                shows,
                used=near,
                reason=reason,
            )
        )
    return listed


def _touches(one: DateInterval, other: DateInterval) -> bool:
    return bool(
        one.start
        and one.end
        and other.start
        and other.end
        and one.start <= other.end
        and one.end >= other.start
    )


def _middle(interval: DateInterval) -> date:
    start, end = interval.start or date.min, interval.end or date.max
    return start + (end - start) / 2


def _bumps(
    curve: Curve, placed: Sequence[tuple[date, float]], bumps: Sequence[Sequence[float]]
) -> NDArray[np.float64]:
    """The odds of each day of the curve from the neighbours alone."""
    length = len(curve.values)
    changes = np.zeros(length + 1)
    for day, share in placed:
        middle = (day - curve.first).days
        for half, part in bumps:
            begin, stop = max(0, middle - int(half)), min(length, middle + int(half) + 1)
            if begin < stop:
                changes[begin] += share * part / (2 * half + 1)
                changes[stop] -= share * part / (2 * half + 1)
    # Sums of differences may end a hair below nothing.
    return np.maximum(0.0, np.cumsum(changes[:-1]))


def _likeliest(odds: NDArray[np.float64], mass: float) -> tuple[int, int]:
    """The first and last index of the likeliest days that together hold `mass` of the odds."""
    order = np.argsort(-odds, kind="stable")
    held = np.cumsum(odds[order])
    kept = order[: int(np.searchsorted(held, mass * odds.sum())) + 1]
    return int(kept.min()), int(kept.max())
