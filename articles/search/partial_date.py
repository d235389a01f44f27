"""A year, a month or a day, as addresses and the query language write it. Pure."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, month or day as an address writes it, with the days it begins and ends on."""

    text: str
    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> PartialDate | None:
        """Read "2012", "2012-06" or "2012-06-15"; None when it is none of these."""
        match = PARTIAL_DATE.fullmatch(text.strip())
        if match is None:
            return None
        year = int(match.group(1))
        month, day = (int(part) if part else None for part in match.group(2, 3))
        try:
            if month is None:
                return cls(f"{year:04}", date(year, 1, 1), date(year, 12, 31))
            if day is None:
                last = calendar.monthrange(year, month)[1]
                return cls(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, last))
            whole = date(year, month, day)
        except ValueError:
            return None
        return cls(whole.isoformat(), whole, whole)


def day_after(day: date) -> date:
    """Return the next day; of the last one that a calendar has, itself."""
    return day if day == date.max else day + timedelta(days=1)


def day_before(day: date) -> date:
    """Return the day before; of the first one that a calendar has, itself."""
    return day if day == date.min else day - timedelta(days=1)


def days_as_text(first: date | None, last: date | None) -> str:
    """Write days as a query does: 2012, 2012-07, 2012-07-01..2012-08-15, >=2012-07-01."""
    if first is None or last is None:
        return f">={first}" if first else f"<={last}"
    for length in (4, 7, 10):
        whole = PartialDate.read(first.isoformat()[:length])
        if whole and (whole.first, whole.last) == (first, last):
            return whole.text
    return f"{first}..{last}"
