"""Dated articles of the archive as evidence: what is told alike was mostly written at the same time.

A near-copy is left out: its date is a copy's date and would prove itself. Neighbours only narrow what the
content allows, and only when they agree; they fail where the archive lacks the period, which is why they
never come alone. Articles that were themselves dated by content must not be given as neighbours (their
errors would confirm each other).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from articles.clean.article import DateInterval
from articles.clean.dating.combine import Curve
from articles.clean.dating.evidence import Evidence, Kind, span, spoken
from articles.clean.dating.lexicons import table

_WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A dated article much like the one in question; `similarity` from 0 to 1 (see `NeighbourIndex`)."""

    article: str
    published: DateInterval
    similarity: float


class NeighbourIndex:
    """Dated articles in memory, found by the words and pairs of words they share (TF-IDF, cosine).

    Held for a run of ingest or a benchmark: about 6 kB an article, and a search takes time in proportion to
    the articles.
    """

    def __init__(self) -> None:
        self._articles: list[tuple[str, DateInterval]] = []
        self._terms: list[Counter[str]] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._lengths: list[float] = []

    def add(self, article: str, text: str, *, published: DateInterval) -> None:
        """Take in a dated article; one without a known first and last day is passed over."""
        if published.start and published.end:
            terms = _terms(text)
            for term in terms:
                self._holding[term].append(len(self._articles))
            self._articles.append((article, published))
            self._terms.append(terms)
            self._lengths = []

    def find(self, text: str, *, leave_out: str | None = None) -> tuple[Neighbour, ...]:
        """The articles most like the text, most alike first, near-copies and `leave_out` not among them."""
        limits = table("weights")["neighbours"]
        if not self._lengths:
            self._lengths = [self._length(terms) for terms in self._terms]
        asked = _terms(text)
        length = self._length(asked)
        products: dict[int, float] = defaultdict(float)
        for term, count in asked.items():
            holding = self._holding.get(term, ())
            weight = self._weight(term, count)
            for number in holding:
                products[number] += weight * self._weight(term, self._terms[number][term])
        found = [
            Neighbour(*self._articles[number], product / (length * self._lengths[number]))
            for number, product in products.items()
            if self._articles[number][0] != leave_out and length and self._lengths[number]
        ]
        found = [neighbour for neighbour in found if neighbour.similarity <= limits["copy"]]
        found.sort(key=lambda neighbour: (-neighbour.similarity, neighbour.article))
        return tuple(found[: int(limits["most"])])

    def _weight(self, term: str, count: int) -> float:
        rarity = log((1 + len(self._articles)) / (1 + len(self._holding.get(term, ())))) + 1
        return (1 + log(count)) * rarity

    def _length(self, terms: Counter[str]) -> float:
        return sqrt(sum(self._weight(term, count) ** 2 for term, count in terms.items()))


def _terms(text: str) -> Counter[str]:
    words = _WORD.findall(text.casefold())
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))


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
    """The neighbours as evidence for the reader: used when they lie within the interval, else set aside."""
    listed = []
    for neighbour in neighbours:
        near = bool(within and within.start and within.end and _touches(neighbour.published, within))
        shows = (
            f"Article {neighbour.article} of {spoken(neighbour.published.start)} is told much alike "
            f"(likeness {neighbour.similarity:.2f})."
        )
        reason = "" if near else "The dated articles most like this one do not agree on this time."
        listed.append(
            Evidence(
                Kind.NEIGHBOUR, None, "", -1, -1, (neighbour.published,), shows, used=near, reason=reason
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
