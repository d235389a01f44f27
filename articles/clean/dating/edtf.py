"""Dates and intervals as EDTF texts (Extended Date/Time Format, ISO 8601-2:2019), to and from.

Only the forms that an archive of news needs: a day, a month, a year, an interval, an open side (".." or
empty), and the marks "?" (uncertain), "~" (about) and "%" (both), which widen nothing and are kept by the
caller's field. The libraries for EDTF return struct_time bounds and need a parser generator; this is less.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from articles.clean.article import UNKNOWN_DATE, DateInterval, Precision

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<mark>[?~%]?)")
_OPEN = frozenset({"", ".."})


class EdtfError(ValueError):
    """A text that is no EDTF date of the forms read here; the message names it and gives an example."""


def to_edtf(interval: DateInterval, *, uncertain: bool = False) -> str:
    """An interval as EDTF: "2012-07-02", "2012-07", "2012-04-12/2012-04-30", "2016-07-28/..", "../2012".

    `uncertain` puts "?" after each date given, as is done for a date read off the content. An unknown date
    is "".
    """
    if not interval.known:
        return ""
    mark = "?" if uncertain else ""
    whole = _whole(interval)
    if whole:
        return whole + mark
    start = f"{interval.start.isoformat()}{mark}" if interval.start else ".."
    end = f"{interval.end.isoformat()}{mark}" if interval.end else ".."
    return f"{start}/{end}"


def from_edtf(text: str) -> DateInterval:
    """The interval that an EDTF text names, both ends included; "" is the unknown date.

    Raises EdtfError for a text of another form, a day that does not exist, or an interval that ends before
    it starts.
    """
    text = text.strip()
    if not text:
        return UNKNOWN_DATE
    if "/" not in text:
        return _point(text)
    first, _, last = text.partition("/")
    start = None if first.strip() in _OPEN else _point(first.strip()).start
    end = None if last.strip() in _OPEN else _point(last.strip()).end
    if start is None and end is None:
        return UNKNOWN_DATE
    if start and end and start > end:
        raise EdtfError(f"{text!r} ends before it starts; write the earlier date first")
    return DateInterval(start, end, "interval")


def is_uncertain(text: str) -> bool:
    """True when the text carries one of EDTF's marks for doubt."""
    return any(mark in text for mark in "?~%")


def _whole(interval: DateInterval) -> str | None:
    """The short form of a day, a whole month or a whole year; None for anything else."""
    start, end = interval.start, interval.end
    if start is None or end is None:
        return None
    if start == end:
        return start.isoformat()
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1] or start.year != end.year:
        return None
    if start.month == end.month:
        return f"{start.year:04}-{start.month:02}"
    return f"{start.year:04}" if (start.month, end.month) == (1, 12) else None


def _point(text: str) -> DateInterval:
    match = _POINT.fullmatch(text)
    if match is None:
        raise EdtfError(f"{text!r} is no EDTF date; write 2012, 2012-07, 2012-07-02 or 2012-07-02/2012-07-20")
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    precision: Precision = "day" if day else "month" if month else "year"
    try:
        start = date(year, month or 1, day or 1)
        end = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except (ValueError, IndexError) as error:
        raise EdtfError(f"{text!r} names a day that does not exist") from error
    return DateInterval(start, end, precision)
