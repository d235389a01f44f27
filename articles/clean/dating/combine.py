"""Evidence into an interval: each piece as odds over days, summed; the days near the best are kept.

Every kind has a floor (its measured rate of error), so no single piece can rule a day out: right evidence
outvotes wrong evidence, and nothing is picked greedily. All figures are in `lexicon/weights.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from math import log

import numpy as np
from numpy.typing import NDArray

from articles.clean.article import DateInterval
from articles.clean.dating.evidence import Evidence, Kind, span
from articles.clean.dating.lexicons import rates, table

# Days outside of these are never looked at: nobody dates news by content outside of them yet.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2045, 12, 31)
_FIRST, _LAST = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
# Looked at: this many days before the first bound the evidence gives and after the last one.
MARGIN_BEFORE, MARGIN_AFTER = 800, 5500
WEEK = 7


@dataclass(frozen=True, eq=False)
class Curve:
    """The log-odds of each day from `first` on; higher is likelier. Never shorter than MARGIN_BEFORE."""

    first: date
    values: NDArray[np.float64]

    @cached_property
    def odds(self) -> NDArray[np.float64]:
        """The odds of each day against the best one."""
        against: NDArray[np.float64] = np.exp(self.values - self.values.max())
        return against

    @cached_property
    def weekly(self) -> NDArray[np.float64]:
        """The odds against the best day, each the mean of the seven days around it.

        Near the edges the nearest whole week is taken: part of a week would favour the weekday named.
        """
        sums = np.concatenate(([0.0], np.cumsum(self.odds)))
        means = (sums[WEEK:] - sums[:-WEEK]) / WEEK
        half = WEEK // 2
        return np.concatenate((means[:1].repeat(half), means, means[-1:].repeat(half)))

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
    first = max(_FIRST, min(bounds).toordinal() - MARGIN_BEFORE)
    last = min(_LAST, max(bounds).toordinal() + MARGIN_AFTER)
    steps = _Steps(first, last)
    weekly = [0.0] * WEEK
    for piece in evidence:
        if piece.weekday is not None:
            _add_weekday(weekly, piece.weekday)
        else:
            for change in _changes(piece.kind, piece.windows, piece.strength):
                steps.add(*change)
    return Curve(date.fromordinal(first), steps.values(weekly))


class _Steps:
    """A function of days that is constant by stretches, kept as its differences. Days are ordinals."""

    def __init__(self, first: int, last: int) -> None:
        self._first, self._length = first, last - first + 1
        self._changes: dict[int, float] = {0: 0.0}

    def add(self, start: int, end: int, value: float) -> None:
        begin = max(0, start - self._first)
        stop = min(self._length, end - self._first + 1)
        if begin < stop:
            self._changes[begin] = self._changes.get(begin, 0.0) + value
            self._changes[stop] = self._changes.get(stop, 0.0) - value

    def values(self, weekly: Sequence[float]) -> NDArray[np.float64]:
        places = sorted(place for place in self._changes if place < self._length)
        heights = list(accumulate(self._changes[place] for place in places))
        lengths = np.diff([*places, self._length])
        days: NDArray[np.float64] = np.repeat(heights, lengths)
        if not any(weekly):
            return days
        shift = (self._first - 1) % WEEK  # the first day of all, ordinal 1, was a Monday
        week: NDArray[np.float64] = np.roll(weekly, -shift)
        return days + np.tile(week, self._length // WEEK + 1)[: self._length]


# Facts come again from page to page, and with them their windows; the years of a day are many of them.
@lru_cache(maxsize=2048)
def _changes(
    kind: Kind, windows: tuple[DateInterval, ...], strength: float
) -> tuple[tuple[int, int, float], ...]:
    """What a piece adds, as (first day, last day, log-odds), an open end being the first or last day of all.

    Nothing inside the windows, `soft` at their edges, `wrong` elsewhere.
    """
    weights = rates(kind)
    floor = log(weights["wrong"]) * strength
    soft = max(floor, log(weights["soft"]) * strength)
    before, after = _edges(kind, windows)
    inner = _joined((window.start, window.end) for window in windows)
    outer = _joined((start - before if start else None, end + after if end else None) for start, end in inner)
    return (
        (_FIRST, _LAST, floor),
        *((*_ordinals(start, end), soft - floor) for start, end in outer),
        *((*_ordinals(start, end), -soft) for start, end in inner),
    )


def _ordinals(start: date | None, end: date | None) -> tuple[int, int]:
    return start.toordinal() if start else _FIRST, end.toordinal() if end else _LAST


def _edges(kind: Kind, windows: Sequence[DateInterval]) -> tuple[timedelta, timedelta]:
    """The soft edges in front of and behind the windows.

    What lasted two weeks is not told as current two months later.
    """
    weights = rates(kind)
    shares = weights.get("edge_share")
    longest = [(window.end - window.start).days for window in windows if window.start and window.end]
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
    inside = weekly >= weekly.max() * ratio
    first, last = int(inside.argmax()), len(weekly) - 1 - int(inside[::-1].argmax())
    return span(
        curve.day(first) if first > WEEK else None,
        curve.day(last) if last < len(weekly) - WEEK else None,
    )


def ratio_kept(name: str = "near") -> float:
    """The share of the best week's odds down to which days are kept: "near" or "cautious"."""
    return float(table("weights")["ratio"][name])
