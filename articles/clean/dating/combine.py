"""Evidence into an interval: each piece as odds over days, summed; the days near the best are kept.

Every kind has a floor (its measured rate of error), so no single piece can rule a day out: right evidence
outvotes wrong evidence, and nothing is picked greedily. All figures are in `lexicon/weights.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from math import exp, log

from articles.clean.article import DateInterval
from articles.clean.dating.evidence import Evidence, Kind, span
from articles.clean.dating.lexicons import rates, table

# Days outside of these are never looked at: nobody dates news by content outside of them yet.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2045, 12, 31)
# Looked at: this many days before the first bound the evidence gives and after the last one.
MARGIN_BEFORE, MARGIN_AFTER = 800, 5500
WEEK = 7


@dataclass(frozen=True)
class Curve:
    """The log-odds of each day from `first` on; higher is likelier. Never shorter than MARGIN_BEFORE."""

    first: date
    values: tuple[float, ...]

    @cached_property
    def weekly(self) -> tuple[float, ...]:
        """The odds against the best day, each the mean of the seven days around it.

        Near the edges the nearest whole week is taken: part of a week would favour the weekday named.
        """
        top = max(self.values)
        sums = [0.0, *accumulate(exp(value - top) for value in self.values)]
        means = [(after - before) / WEEK for after, before in zip(sums[WEEK:], sums, strict=False)]
        half = WEEK // 2
        return (*means[:1] * half, *means, *means[-1:] * half)

    def day(self, index: int) -> date:
        """The day at an index."""
        return self.first + timedelta(days=index)


def curve_of(evidence: Sequence[Evidence]) -> Curve | None:
    """The sum over all evidence given; None when none bounds a day."""
    # Windows of days and feasts without a year lie everywhere and bound nothing.
    bounds = [
        min(LAST_DAY, max(FIRST_DAY, day))
        for piece in evidence
        if piece.kind not in (Kind.DAY, Kind.FEAST)
        for window in piece.windows
        for day in (window.start, window.end)
        if day
    ]
    if not bounds:
        return None
    first = min(bounds) - timedelta(days=min(MARGIN_BEFORE, (min(bounds) - FIRST_DAY).days))
    last = max(bounds) + timedelta(days=min(MARGIN_AFTER, (LAST_DAY - max(bounds)).days))
    steps = _Steps(first, (last - first).days + 1)
    weekly = [0.0] * WEEK
    for piece in evidence:
        if piece.weekday is not None:
            _add_weekday(weekly, piece.weekday)
        else:
            _add_windows(steps, piece)
    return Curve(first, steps.values(weekly))


class _Steps:
    """A function of days that is constant by stretches, kept as its differences."""

    def __init__(self, first: date, length: int) -> None:
        self._first, self._length = first, length
        self._changes = [0.0] * (length + 1)

    def add(self, start: date | None, end: date | None, value: float) -> None:
        begin = max(0, (start - self._first).days) if start else 0
        stop = min(self._length, (end - self._first).days + 1) if end else self._length
        if begin < stop:
            self._changes[begin] += value
            self._changes[stop] -= value

    def values(self, weekly: Sequence[float]) -> tuple[float, ...]:
        sums = list(accumulate(self._changes))[: self._length]
        if not any(weekly):
            return tuple(sums)
        shift = self._first.weekday()
        return tuple(value + weekly[(index + shift) % WEEK] for index, value in enumerate(sums))


def _add_windows(steps: _Steps, piece: Evidence) -> None:
    """Nothing inside the windows, `soft` at their edges, `wrong` elsewhere."""
    weights = rates(piece.kind)
    floor = log(weights["wrong"]) * piece.strength
    soft = max(floor, log(weights["soft"]) * piece.strength)
    before, after = _edges(piece)
    steps.add(None, None, floor)
    inner = _joined((window.start, window.end) for window in piece.windows)
    outer = _joined((start - before if start else None, end + after if end else None) for start, end in inner)
    for start, end in outer:
        steps.add(start, end, soft - floor)
    for start, end in inner:
        steps.add(start, end, -soft)


def _edges(piece: Evidence) -> tuple[timedelta, timedelta]:
    """The soft edges in front of and behind the windows.

    What lasted two weeks is not told as current two months later.
    """
    weights = rates(piece.kind)
    shares = weights.get("edge_share")
    longest = [(window.end - window.start).days for window in piece.windows if window.start and window.end]
    most = max(weights["edge_least"], shares * max(longest)) if shares and longest else float("inf")
    return timedelta(days=min(weights["before"], most)), timedelta(days=min(weights["after"], most))


_Stretch = tuple[date | None, date | None]


def _joined(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """The same days as stretches that neither touch nor overlap, in order."""
    joined: list[_Stretch] = []
    for start, end in sorted(stretches, key=lambda stretch: stretch[0] or date.min):
        if joined and (joined[-1][1] is None or (start or date.min) <= joined[-1][1] + timedelta(days=1)):
            first, last = joined[-1]
            joined[-1] = (first, None if last is None or end is None else max(last, end))
        else:
            joined.append((start, end))
    return joined


def _add_weekday(weekly: list[float], weekday: int) -> None:
    weights = rates("weekday")
    known = {0: weights["same"], 1: weights["next"], 2: weights["second"]}
    rest = (1 - sum(known.values())) / (WEEK - len(known))
    for day in range(WEEK):
        weekly[day] += log(known.get((day - weekday) % WEEK, rest) * WEEK)


def likely_days(curve: Curve, *, ratio: float) -> DateInterval:
    """From the first to the last day whose weekly mean of odds is at least `ratio` of the best week's.

    An end that runs into the edge of the days looked at is open: the evidence does not bound it.
    """
    weekly = curve.weekly
    best = max(weekly)
    inside = [index for index, value in enumerate(weekly) if value >= best * ratio]
    first, last = inside[0], inside[-1]
    return span(
        curve.day(first) if first > WEEK else None,
        curve.day(last) if last < len(weekly) - WEEK else None,
    )


def ratio_kept(name: str = "near") -> float:
    """The share of the best week's odds down to which days are kept: "near" or "cautious"."""
    return float(table("weights")["ratio"][name])
