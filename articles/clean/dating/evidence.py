"""One piece of evidence for the date of an article: the sentence, what it shows, what it allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from articles.clean.article import DateInterval
from articles.clean.dating.sentences import Sentence


class Kind(StrEnum):
    """What evidence rests on. Each kind has its measured rates in `lexicon/weights.toml`."""

    EVENT = "event"  # told as past: not before it
    NAME = "name"  # in use: not before it was
    CONDITION = "condition"  # told as current: within it
    TIMED = "timed"  # an event and how long ago it was
    OFFICE = "office"  # held
    FORMER = "former"  # an office that was over
    TOTAL = "total"  # a running count
    DURATION = "duration"  # so long since a beginning
    YEAR = "year"  # a year or month named as past
    DAY = "day"  # a day and month without year
    FEAST = "feast"
    WEEKDAY = "weekday"  # of the report
    CAPTURE = "capture"  # the page was there: not after
    NEIGHBOUR = "neighbour"  # a dated article of the archive that is much like it

    # Rates and windows are looked up by kind many times a page; Enum's own hash is written in Python.
    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence says about the date of the article that holds it.

    `start` and `end` are the sentence's offsets in the body, -1 where the evidence is not in the text.
    `windows` are the stretches of days it allows (several for a day without a year; an end of None is
    open); `weekday` is 0 for Monday, set for a weekday only. `shows` says in plain words what it rests on
    and allows. `used` is False when it was set aside, and `reason` then says why.
    """

    kind: Kind
    fact: str | None
    quote: str
    start: int
    end: int
    windows: tuple[DateInterval, ...]
    shows: str
    weekday: int | None = None
    strength: float = 1.0
    used: bool = True
    reason: str = ""

    @property
    def window(self) -> DateInterval:
        """The whole stretch from the first day allowed to the last."""
        if not self.windows:
            return DateInterval(None, None, "unknown")
        starts = [window.start for window in self.windows]
        ends = [window.end for window in self.windows]
        first = None if None in starts else min(day for day in starts if day)
        last = None if None in ends else max(day for day in ends if day)
        return DateInterval(first, last, "interval")

    def allows(self, start: date, end: date) -> bool:
        """True when some day from `start` to `end` lies in a window."""
        return self.weekday is not None or any(
            (window.start is None or window.start <= end) and (window.end is None or window.end >= start)
            for window in self.windows
        )


def told(
    sentence: Sentence,
    kind: Kind,
    windows: Iterable[DateInterval],
    shows: str,
    *,
    fact: str | None = None,
    weekday: int | None = None,
    strength: float = 1.0,
) -> Evidence:
    """Evidence that stands in a sentence."""
    return Evidence(
        kind, fact, sentence.text, sentence.start, sentence.end, tuple(windows), shows, weekday, strength
    )


def span(start: date | None, end: date | None) -> DateInterval:
    """A stretch of days, either end open."""
    return DateInterval(start, end, "interval")


# Days of the facts come again from page to page; to write one out takes as long as to compare a hundred.
@lru_cache(maxsize=8192)
def spoken(day: date | None) -> str:
    """A day as prose writes it: "12 April 2012"."""
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
