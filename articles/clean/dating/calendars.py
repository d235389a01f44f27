"""Evidence from the calendar: years and months named as past, days without a year, weekdays, feasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from articles.clean.article import DateInterval
from articles.clean.dating.evidence import Evidence, Kind, span, spoken, told
from articles.clean.dating.expressions import Form, TimeExpression, find_expressions
from articles.clean.dating.facts import Facts
from articles.clean.dating.lexicons import rates, table, words
from articles.clean.dating.sentences import Sentence

# The weekday of the report is looked for in this many sentences; later ones tell of other days.
LEAD = 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)


def find_calendar(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """The latest year or month told as past, days without a year, the weekday of the report, feasts."""
    read = [(sentence, find_expressions(sentence)) for sentence in sentences]
    yield from _latest_year(read)
    yield from _days(read)
    yield from _report_weekday(read)
    yield from _feasts(sentences, facts)


_Read = Sequence[tuple[Sentence, tuple[TimeExpression, ...]]]


def _latest_year(read: _Read) -> Iterator[Evidence]:
    """Only the latest is kept: the others say less."""
    past = [
        (expression.interval.start, sentence, expression)
        for sentence, expressions in read
        if not sentence.folded & words("language", "not_past")
        for expression in expressions
        if expression.interval
        and expression.interval.start
        and expression.form in (Form.YEAR, Form.MONTH_YEAR, Form.FULL)
        if not expression.text.casefold().startswith(("until", "by", "before", "to"))
    ]
    if past:
        day, sentence, expression = max(past, key=lambda item: item[0])
        shows = f"The latest time named as past is “{expression.text}”: not written before {spoken(day)}."
        yield told(sentence, Kind.YEAR, [span(day, None)], shows)


def _days(read: _Read) -> Iterator[Evidence]:
    """A day and month without a year means the most recent one: the text is of the months after it."""
    first, last = (int(year) for year in table("weights")["years"])
    reach = int(rates("day")["reach"])
    for sentence, expressions in read:
        if sentence.folded & words("language", "future"):
            continue
        for at, expression in enumerate(expressions):
            if expression.form is not Form.DAY_MONTH:
                continue
            weekday = _weekday_beside(expressions, at)
            days = [
                day
                for year in range(first, last)
                if (day := _day(year, expression)) and (weekday is None or day.weekday() == weekday)
            ]
            windows = tuple(span(day, day + reach * _DAY) for day in days)
            also = f", a {WEEKDAYS[weekday]}," if weekday is not None else ""
            shows = f"“{expression.text}”{also} without a year is most likely the last one before the text."
            if windows:
                yield told(sentence, Kind.DAY, windows, shows)


def _weekday_beside(expressions: tuple[TimeExpression, ...], at: int) -> int | None:
    """The weekday that belongs to the day: "on Tuesday, April 4", "July 7 (Saturday)"."""
    here = expressions[at]
    for other in expressions[max(0, at - 1) : at + 2]:
        near = 0 <= here.start - other.end <= 2 or 0 <= other.start - here.end <= 2  # noqa: PLR2004 (", " and " (")
        if other.form is Form.WEEKDAY and near and not other.side:
            return other.weekday
    return None


def _day(year: int, expression: TimeExpression) -> date | None:
    try:
        return date(year, expression.month, expression.day)
    except ValueError:
        return None


def _report_weekday(read: _Read) -> Iterator[Evidence]:
    """The first weekday of the opening that is the day of saying, else the first of a reporting sentence.

    "Will meet on Tuesday, the ministry said Sunday" was written on a Sunday.
    """
    named = [
        (sentence, expression, _is_said_then(sentence, expression))
        for sentence, expressions in read[:LEAD]
        if sentence.folded & words("language", "reporting")
        for expression in expressions
        if expression.form is Form.WEEKDAY and not expression.side and not _led_away(sentence, expression)
    ]
    # A weekday of what is to come says nothing, unless it is the saying's.
    fitting = [item for item in named if item[2] or not item[0].folded & words("language", "future")]
    if fitting:
        sentence, expression, _ = min(fitting, key=_rank)
        shows = f"The report names {WEEKDAYS[expression.weekday]}: written that day or the day after."
        yield told(sentence, Kind.WEEKDAY, (), shows, weekday=expression.weekday)


def _rank(item: tuple[Sentence, TimeExpression, bool]) -> tuple[bool, int, bool]:
    """The first sentence before all; after it, the day of a saying before any other."""
    sentence, _, said = item
    return (not said and sentence.number > 0, sentence.number, not said)


def _is_said_then(sentence: Sentence, expression: TimeExpression) -> bool:
    before = [word.folded for word in sentence.words if word.end <= expression.start][-2:]
    return bool(words("language", "saying").intersection(before))


def _led_away(sentence: Sentence, expression: TimeExpression) -> bool:
    before = [word.folded for word in sentence.words if word.end <= expression.start][-2:]
    return any(word in words("language", "not_report") for word in before)


_FEAST = re.compile(
    r"(?:during|in|of|month of|since|before|after|the start of|first day of|holiday of|for)\s+(?:the\s+)?"
    r"(?:(?:Muslim|holy|Islamic|fasting|month|festival|feast|holiday|of)\s+){0,5}"
    r"(?P<name>Ramadan|Eid al-Fitr|Eid al-Adha)"
)


def _feasts(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    slack = int(rates("feast")["slack"])
    for sentence in sentences:
        match = _FEAST.search(sentence.text)
        if match:
            windows = tuple(
                DateInterval(feast.when.start - slack * _DAY, feast.when.end + slack * _DAY, "interval")
                for feast in facts.feasts
                if feast.name == match["name"] and feast.when.start and feast.when.end
            )
            if windows:
                yield told(sentence, Kind.FEAST, windows, f"The text speaks of {match['name']} as near.")
            return
