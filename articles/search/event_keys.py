"""Days as keys of the index: which times a text speaks of, and which keys a question for days asks for. Pure.

A key is a day, a month, a year or a century: "event:2012-06-30", "event:2012-06", "event:2012", "event:20". A
text that speaks of a day carries that day and all that it lies in, so that any stretch of days is asked for by
the few keys that make it up: June 2012 is one, the summer of 2012 is three.

A month that shares a day with those asked for counts; a longer time only where it is asked for as a whole. "In
2012" is found by `event:2012`, and not by each of its days, or every article would speak of every day.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

EVENT = "event"

# Days of a time that counts for each of them: a month at most. What is longer ("last year", "since spring")
# counts as the year or the century that holds it.
LONGEST_BY_DAY = 31


def keys_spoken_of(first: date, last: date) -> frozenset[str]:
    """Return the keys of a text that speaks of these days, both included; none when they run over centuries."""
    if (last - first).days < LONGEST_BY_DAY:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return frozenset(key for day in days for key in _holding(day))
    if first.year == last.year:
        return frozenset((_key(_year(first)), _key(_century(first))))
    return frozenset((_key(_century(first)),)) if _century(first) == _century(last) else frozenset()


def keys_asked_for(first: date | None, last: date | None) -> frozenset[str]:
    """Return the keys of these days, both included; None leaves an end open. Never more than 400."""
    return frozenset(_key(unit) for unit in _made_up_of(first or date.min, last or date.max))


def _holding(day: date) -> tuple[str, ...]:
    return tuple(map(_key, (day.isoformat(), _month(day), _year(day), _century(day))))


def _made_up_of(first: date, last: date) -> Iterator[str]:
    """Yield the largest centuries, years, months and days that make up a stretch, from left to right."""
    day = first
    while day <= last:
        unit, end = next(each for each in _starting(day) if each[1] <= last)
        yield unit
        if end == date.max:
            return
        day = end + timedelta(days=1)


def _starting(day: date) -> Iterator[tuple[str, date]]:
    """Yield what begins on a day with its last day, the longest first."""
    if (day.month, day.day) == (1, 1):
        if day.year % 100 == 0 or day == date.min:
            yield _century(day), date(day.year // 100 * 100 + 99, 12, 31)
        yield _year(day), date(day.year, 12, 31)
    if day.day == 1:
        yield _month(day), date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    yield day.isoformat(), day


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _year(day: date) -> str:
    return f"{day.year:04}"


def _century(day: date) -> str:
    return f"{day.year // 100:02}"


def _key(unit: str) -> str:
    return f"{EVENT}:{unit}"
