"""Days and intervals as a person writes them. Pure."""

from __future__ import annotations

from datetime import date

from articles.clean.article import DateInterval

UNDATED = "undated"


def interval_in_words(when: DateInterval) -> str:
    """Return "2 July 2012", "July 2012", "2012", "between 4 March and 7 May 2012" or "undated"."""
    start, end = when.start, when.end
    if start is None and end is None:
        return UNDATED
    if start is None:
        return f"not after {day_in_words(end)}"
    if end is None:
        return f"not before {day_in_words(start)}"
    if start == end:
        return day_in_words(start)
    whole = {"day": day_in_words(start), "month": f"{start:%B} {start.year}", "year": str(start.year)}
    return whole.get(when.precision) or f"between {_first_of_two(start, end)} and {day_in_words(end)}"


def day_in_words(when: date | None) -> str:
    """Return "2 July 2012"; nothing of no day."""
    return f"{when.day} {when:%B} {when.year}" if when else ""


def _first_of_two(start: date, end: date) -> str:
    """Return the first day without what it shares with the second: "4" of "4 and 7 May 2012"."""
    if start.year != end.year:
        return day_in_words(start)
    if start.month != end.month:
        return f"{start.day} {start:%B}"
    return str(start.day)
