"""Time expressions of a sentence as they are written: nothing is resolved here.

"July 7", "last September", "16 months ago", "on Tuesday", "earlier this year", "2012-07-02", "in 2013".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cache

from articles.clean.article import DateInterval
from articles.clean.dates import find_dates
from articles.clean.dating.lexicons import numbers


class Form(StrEnum):
    """How a time expression is written; which fields of `TimeExpression` are set follows from it."""

    FULL = "full date"  # interval
    MONTH_YEAR = "month and year"  # interval
    YEAR = "year"  # interval
    DAY_MONTH = "day and month"  # day, month
    MONTH = "month"  # month, side
    MONTH_OF_YEAR = "month of a year told by its distance"  # month, side: "October last year"
    WEEKDAY = "weekday"  # weekday, side
    NEAR_DAY = "day by its distance"  # count: today 0, yesterday -1, tomorrow 1
    AGO = "so long ago"  # count, unit in days
    UNIT = "unit by its distance"  # unit, side: "last month", "this year"; unit 2 is a weekend
    AFTER = "so long after"  # count, unit


class Side(StrEnum):
    """Which of several months, weekdays, weeks or years is meant."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    NONE = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: its text, its place in the body, its form and what it says."""

    form: Form
    text: str
    start: int
    end: int
    interval: DateInterval | None = None
    day: int = 0
    month: int = 0
    weekday: int = 0
    count: int = 0
    unit: int = 0
    side: Side = Side.NONE


# A weekend counts as a unit of its own, this many days long.
WEEKEND = 2
_SIDES = {
    "last": Side.LAST, "past": Side.LAST, "previous": Side.LAST,
    "this": Side.THIS, "current": Side.THIS,
    "next": Side.NEXT, "coming": Side.NEXT,
}  # fmt: skip
_TURKISH = str.maketrans("İı", "Ii")
_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


class Clue(IntEnum):
    """What a word of a sentence must be like for a form to stand there at all; several are added up.

    Most sentences have no such word, and looking for each form in each sentence took most of the time.
    """

    MONTH = 1
    WEEKDAY = 2
    NEAR = 4
    UNIT = 8
    AGO = 16
    AFTER = 32
    DIGIT = 64
    YEAR = 128
    YEARS = 256  # in the singular or plural: of how long something has lasted
    MONTHS = 512


# The clues without which a form cannot stand in a sentence.
_NEEDED: dict[Form, int] = {
    Form.DAY_MONTH: Clue.MONTH | Clue.DIGIT,
    Form.MONTH_OF_YEAR: Clue.MONTH | Clue.UNIT,
    Form.AGO: Clue.AGO,
    Form.AFTER: Clue.AFTER,
    Form.MONTH: Clue.MONTH,
    Form.WEEKDAY: Clue.WEEKDAY,
    Form.UNIT: Clue.UNIT,
    Form.NEAR_DAY: Clue.NEAR,
    Form.YEAR: Clue.YEAR,
}


@cache
def _clue_patterns() -> tuple[tuple[int, re.Pattern[str], bool], ...]:
    """For each clue the words that give it, and whether they need a capital ("may" is a word)."""
    sources = (
        (Clue.MONTH, _any(numbers("language", "months")), True),
        (Clue.WEEKDAY, _any(numbers("language", "weekdays")), True),
        (Clue.NEAR, "|".join(_NEAR), False),
        (Clue.UNIT, "day|week|weekend|month|year", False),
        (Clue.AGO, "ago", False),
        (Clue.AFTER, "after", False),
        (Clue.YEARS, "years?", False),
        (Clue.MONTHS, "months?", False),
    )
    return tuple(
        (clue, re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE), capital)
        for clue, names, capital in sources
    )


_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"(?:1[789]|20)\d\d")


def clues_of(word: str) -> int:
    """The clues that a word gives, as it is written in the text."""
    found = 0
    if _DIGIT.search(word):
        found = Clue.DIGIT | Clue.YEAR if _YEAR.search(word) else int(Clue.DIGIT)
    plain = word.translate(_TURKISH)
    for clue, pattern, capital in _clue_patterns():
        if any(not capital or match.group()[0].isupper() for match in pattern.finditer(plain)):
            found |= clue
    return found


@cache
def _patterns() -> tuple[tuple[Form, int, re.Pattern[str]], ...]:
    """The forms, longest first: what a pattern has taken, a later one does not see.

    They are for text in small letters: to try so many words without case takes twice as long.
    """
    months = _any(numbers("language", "months"))
    weekdays = _any(numbers("language", "weekdays"))
    counts = _any(numbers("language", "counts"))
    units = _any(numbers("language", "units"))
    before = "last|this|next|in|since|until|from|of|during|late|early|mid|by"
    side = "last|past|previous|this|current|next|coming"
    more = r"(?:(?:more than|over|about|around|some|nearly|almost|roughly|just|at least|less than|up to) )?"
    sources = (
        (Form.DAY_MONTH, rf"(?P<month>{months})\.? (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:.]*\d)"),
        (Form.DAY_MONTH, rf"(?<![\d.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?(?P<month>{months})(?!\w)"),
        (Form.MONTH_OF_YEAR, rf"(?P<month>{months})(?: of)?,? (?P<side>last|this|next) year"),
        (Form.AGO, rf"{more}(?P<count>{counts})(?: and a half)? (?P<unit>{units}) ago"),
        (Form.AFTER, rf"(?:just |only )?(?P<count>{counts}) (?P<unit>{units}) after"),
        (
            Form.MONTH,
            rf"(?P<side>{before}) (?P<month>{months})(?!,? (?:of )?\d)",
        ),
        (Form.WEEKDAY, rf"(?:(?P<side>last|next|this|past|coming|previous) )?(?P<weekday>{weekdays})"),
        (Form.UNIT, rf"(?P<side>{side}) (?P<unit>day|week|weekend|month|year)"),
        (Form.UNIT, r"over the (?P<unit>weekend)"),
        (Form.NEAR_DAY, r"(?P<near>today|yesterday|tomorrow|tonight)"),
        (
            Form.YEAR,
            rf"(?:{before}|and|to|before|after) (?:the )?(?P<year>(?:19|20)\d\d)(?![\d,]*\d)",
        ),
    )
    return tuple(
        (form, int(_NEEDED[form]), re.compile(rf"(?<![\w-])(?:{text})(?![\w])")) for form, text in sources
    )


def find_expressions(text: str, offset: int, clues: int) -> tuple[TimeExpression, ...]:
    """The time expressions of a sentence from left to right, none inside another.

    `offset` is where the sentence starts in the body; `clues` are those of its words together.
    """
    if not clues:
        return ()
    # One letter for one letter, so that offsets stay: without case, these two match an "i" and fold to none.
    plain = text.translate(_TURKISH) if "\u0130" in text or "\u0131" in text else text
    small = plain.lower()
    found: list[TimeExpression] = []
    if clues & Clue.YEAR:
        found += [
            _full(text, offset, date_found.interval, date_found.start, date_found.end)
            for date_found in find_dates(plain)
        ]
    for form, needed, pattern in _patterns():
        if clues & needed != needed:
            continue
        for match in pattern.finditer(small):
            start, end = offset + match.start(), offset + match.end()
            if not any(start < other.end and other.start < end for other in found):
                expression = _read(form, match, plain, offset)
                if expression:
                    found.append(expression)
    return tuple(sorted(found, key=lambda expression: expression.start))


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _full(text: str, offset: int, interval: DateInterval, start: int, end: int) -> TimeExpression:
    form = Form.FULL if interval.precision == "day" else Form.MONTH_YEAR
    return TimeExpression(form, text[start:end], offset + start, offset + end, interval)


def _read(form: Form, match: re.Match[str], text: str, offset: int) -> TimeExpression | None:
    """The expression that was found in the small letters of `text`; None when it is a mere word or no day."""
    if _is_a_word(form, match, text):
        return None
    parts = {key: value for key, value in match.groupdict().items() if value}
    day = int(parts.get("day", 0))
    if form is Form.DAY_MONTH and not 1 <= day <= 31:  # noqa: PLR2004 (days of a month)
        return None
    unit = parts.get("unit", "")
    return TimeExpression(
        form,
        text[match.start() : match.end()],
        offset + match.start(),
        offset + match.end(),
        interval=_whole_year(int(parts["year"])) if "year" in parts else None,
        day=day,
        month=numbers("language", "months").get(parts.get("month", ""), 0),
        weekday=numbers("language", "weekdays").get(parts.get("weekday", ""), 0),
        count=_NEAR[parts["near"]]
        if "near" in parts
        else numbers("language", "counts").get(parts.get("count", ""), 0),
        unit=WEEKEND if unit == "weekend" else numbers("language", "units").get(unit, 0),
        side=_SIDES.get(parts.get("side", ""), Side.NONE),
    )


def _is_a_word(form: Form, match: re.Match[str], text: str) -> bool:
    """Months and weekdays are written with a capital; "may" and "march", "sun" and "sat" are words."""
    if form in (Form.MONTH, Form.DAY_MONTH, Form.MONTH_OF_YEAR):
        return not text[match.start("month")].isupper()
    return form is Form.WEEKDAY and not text[match.start("weekday")].isupper()


def _whole_year(year: int) -> DateInterval:
    return DateInterval(date(year, 1, 1), date(year, 12, 31), "year")
