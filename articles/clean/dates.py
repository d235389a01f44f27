"""Finding dates that are written out in full: forms, languages, day and month told apart.

Nothing here knows what a date means for the article; `published.py` decides that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from articles.clean.article import DateInterval, Precision
from articles.clean.lexicons import lexicon

DateOrder = Literal["dmy", "mdy"]

# Years that a page of news can carry. Other figures are something else: prices, counts, phone numbers.
EARLIEST_YEAR, LATEST_YEAR = 1700, 2100
# Dates are looked for in this many characters of a line; nobody writes a dateline of 500.
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: what it means, where it stands, and the other reading if there is one.

    `other` is the date with day and month exchanged, given only when nothing in the text decides.
    """

    interval: DateInterval
    start: int
    end: int
    other: date | None = None

    @property
    def day(self) -> date | None:
        """The day, when the date is precise to the day."""
        return self.interval.start if self.interval.precision == "day" else None


# Every form has a year in four digits; most lines have none and need not be tried against the others.
_ANY_YEAR = re.compile(r"1[789]\d\d|20\d\d")


@cache
def _months() -> dict[str, int]:
    """The number of each month by its folded name."""
    return {
        _folded(name): int(number) for number, names in lexicon("dates")["months"].items() for name in names
    }


# Without case, a pattern takes an i with a dot, without one and the dotted capital for one letter;
# casefold() keeps them apart.
_ONE_I = str.maketrans("İı", "ii")


def _folded(name: str) -> str:
    """A name so that whatever the patterns find is found again, "KASIM" and "Aprİl" among them."""
    return name.translate(_ONE_I).casefold()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<month>{names})\.?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|°|ª|\.)?"
    # Some pages glue the time to the year ("July 7, 20247:55 AM"): four digits are enough, whatever follows
    # them as long as it begins a time.
    year = r"(?P<year>(?:1[789]|20)\d\d)(?!\d(?!\d?[:.]\d\d))"
    # Others glue what stands before ("2 min readApril 25, 2023").
    begin = r"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))"
    of = r"(?:\s*(?:de|del|di|of)\s+|\s*[-,/]?\s*)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?<![\d/.-]){year}(?P<sep>[-/.])(?P<num>0?[1-9]|1[0-2])(?P=sep)(?P<day>[0-3]?\d)(?!\d)",
            rf"(?<!\d){year}\s*[年년]\s*(?P<num>\d\d?)\s*[月월]\s*(?P<day>\d\d?)\s*[日일]",
            rf"{begin}{month}\s*{day}\s*(?:,|de|,\s*de)?\s*'?{year}",
            rf"(?<!\d){day}{of}{month}{of}'?{year}",
            rf"(?<![\d/.-])(?P<first>[0-3]?\d)(?P<sep>[/.-])(?P<second>[0-3]?\d)(?P=sep){year}",
            rf"(?<![^\W\d_]){month}\s*,?\s*{year}",
        )
    )


def find_dates(text: str, *, order: DateOrder | None = None) -> tuple[FoundDate, ...]:
    """The dates of a text from left to right, none inside another.

    `order` decides figures such as 2/7/2012; without it day before month is assumed and `other` is set.
    """
    window = text[:LONGEST_LINE]
    if not _ANY_YEAR.search(window):
        return ()
    found: list[FoundDate] = []
    for pattern in _patterns():
        for match in pattern.finditer(window):
            if any(match.start() < old.end and old.start < match.end() for old in found):
                continue
            if _is_bare_month(match) and window[: match.start()].rstrip()[-1:].isdigit():
                continue  # "31 February 2012" is no date, and no February either.
            value = _read(match, order=order)
            if value:
                found.append(value)
    return tuple(sorted(found, key=lambda item: item.start))


def _is_bare_month(match: re.Match[str]) -> bool:
    return not {"day", "first"} & match.groupdict().keys()


def _read(match: re.Match[str], *, order: DateOrder | None) -> FoundDate | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        return _read_figures(match, year, int(parts["first"]), int(parts["second"]), order=order)
    month = int(parts["num"]) if "num" in parts else _months()[_folded(parts["month"])]
    if "day" not in parts:
        return FoundDate(month_interval(year, month), match.start(), match.end())
    day = _date(year, month, int(parts["day"]))
    return FoundDate(day_interval(day), match.start(), match.end()) if day else None


def _read_figures(
    match: re.Match[str], year: int, first: int, second: int, *, order: DateOrder | None
) -> FoundDate | None:
    """2/7/2012: the reading that can be a date; both readings when nothing decides."""
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    chosen = month_first if order == "mdy" else day_first
    chosen = chosen or day_first or month_first
    if chosen is None:
        return None
    other = month_first if chosen == day_first else day_first
    doubtful = order is None and other is not None and other != chosen
    return FoundDate(day_interval(chosen), match.start(), match.end(), other if doubtful else None)


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def find_issue_year(text: str) -> DateInterval | None:
    """The year of an issue named in a short line: "Summer double issue 2013"."""
    years = _YEAR.findall(text[:LONGEST_LINE])
    words = {word.casefold().strip(".,:") for word in text[:LONGEST_LINE].split()}
    if len(years) != 1 or not words & set(lexicon("dates")["cues"]["issue"]):
        return None
    return DateInterval(date(int(years[0]), 1, 1), date(int(years[0]), 12, 31), "year")


_ADDRESS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-](?P<month>0?[1-9]|1[0-2]|[a-z]{3})[/_-](?P<day>[0-3]?\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])(?=/)"),
)


def date_in_address(url: str) -> DateInterval | None:
    """The date in a URL ("/2012/07/02/", "/2012/jul/02/", "20120702"); None when it has none."""
    for pattern in _ADDRESS:
        for match in pattern.finditer(url[:2000].casefold()):
            parts = match.groupdict()
            month = (
                int(parts["month"]) if parts["month"].isdigit() else _months().get(_folded(parts["month"]), 0)
            )
            if "day" not in parts:
                return month_interval(int(parts["year"]), month)
            day = _date(int(parts["year"]), month, int(parts["day"]))
            if day:
                return day_interval(day)
    return None


def day_interval(day: date) -> DateInterval:
    """One day as an interval."""
    return DateInterval(day, day, "day")


def month_interval(year: int, month: int) -> DateInterval:
    """A whole month as an interval."""
    precision: Precision = "month"
    after = date(year + month // 12, month % 12 + 1, 1)
    return DateInterval(date(year, month, 1), after - timedelta(days=1), precision)


def _date(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
