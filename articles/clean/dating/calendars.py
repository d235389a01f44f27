"""Evidence from the calendar: years and months named as past, days without a year, weekdays, feasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from articles.clean.article import DateInterval
from articles.clean.dating.evidence import Evidence, Kind, span, spoken, told
from articles.clean.dating.expressions import Form, TimeExpression
from articles.clean.dating.facts import Facts
from articles.clean.dating.lexicons import rates, table, words
from articles.clean.dating.sentences import Sentence

# The weekday of the report is looked for in this many sentences; later ones tell of other days.
LEAD = 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)


def find_calendar(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """The latest year or month told as past, days without a year, the weekday of the report, feasts."""
    yield from _latest_year(sentences)
    yield from _days(sentences)
    yield from _report_weekday(sentences)
    yield from _feasts(sentences, facts)


def _latest_year(sentences: Sequence[Sentence]) -> Iterator[Evidence]:
    """Only the latest is kept: the others say less."""
    past = [
        (expression.interval.start, sentence, expression)
        for sentence in sentences
        if sentence.expressions and not sentence.has_any(words("language", "not_past"))
        for expression in sentence.expressions
        if expression.interval
        and expression.interval.start
        and expression.form in (Form.YEAR, Form.MONTH_YEAR, Form.FULL)
        if not expression.text.casefold().startswith(("until", "by", "before", "to"))
    ]
    if past:
        day, sentence, expression = max(past, key=lambda item: item[0])
        shows = f"The latest time named as past is “{expression.text}”: not written before {spoken(day)}."
        yield told(sentence, Kind.YEAR, [span(day, None)], shows)


def _days(sentences: Sequence[Sentence]) -> Iterator[Evidence]:
    """A day and month without a year means the most recent one: the text is of the months after it."""
    for sentence in sentences:
        if not sentence.expressions or sentence.has_any(words("language", "future")):
            continue
        for at, expression in enumerate(sentence.expressions):
            if expression.form is not Form.DAY_MONTH:
                continue
            weekday = _weekday_beside(sentence.expressions, at)
            windows = _weeks_after(expression.month, expression.day, weekday)
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


# There are 366 days; with a weekday beside them they are seven times as many, and few.
@lru_cache(maxsize=1024)
def _weeks_after(month: int, number: int, weekday: int | None) -> tuple[DateInterval, ...]:
    """The weeks after the day in every year in which it fell on the weekday."""
    first, last = (int(year) for year in table("weights")["years"])
    reach = int(rates("day")["reach"])
    days = [day for year in range(first, last) if (day := _day(year, month, number))]
    return tuple(span(day, day + reach * _DAY) for day in days if weekday is None or day.weekday() == weekday)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _report_weekday(sentences: Sequence[Sentence]) -> Iterator[Evidence]:
    """The first weekday of the opening that is the day of saying, else the first of a reporting sentence.

    "Will meet on Tuesday, the ministry said Sunday" was written on a Sunday.
    """
    named = [
        (sentence, expression, _is_said_then(sentence, expression))
        for sentence in sentences[:LEAD]
        if sentence.expressions and sentence.has_any(words("language", "reporting"))
        for expression in sentence.expressions
        if expression.form is Form.WEEKDAY and not expression.side and not _led_away(sentence, expression)
    ]
    # A weekday of what is to come says nothing, unless it is the saying's.
    fitting = [item for item in named if item[2] or not item[0].has_any(words("language", "future"))]
    if fitting:
        sentence, expression, _ = min(fitting, key=_rank)
        shows = f"The report names {WEEKDAYS[expression.weekday]}: written that day or the day after."
        yield told(sentence, Kind.WEEKDAY, (), shows, weekday=expression.weekday)


def _rank(item: tuple[Sentence, TimeExpression, bool]) -> tuple[bool, int, bool]:
    """The first sentence before all; after it, the day of a saying before any other."""
    sentence, _, said = item
    return (not said and sentence.number > 0, sentence.number, not said)


def _is_said_then(sentence: Sentence, expression: TimeExpression) -> bool:
    return not words("language", "saying").isdisjoint(sentence.words_before(expression.start))


def _led_away(sentence: Sentence, expression: TimeExpression) -> bool:
    return not words("language", "not_report").isdisjoint(sentence.words_before(expression.start))


_FEAST = re.compile(
    r"(?:during|in|of|month of|since|before|after|the start of|first day of|holiday of|for)\s+(?:the\s+)?"
    r"(?:(?:Muslim|holy|Islamic|fasting|month|festival|feast|holiday|of)\s+){0,5}"
    r"(?P<name>Ramadan|Eid al-Fitr|Eid al-Adha)"
)


def _feasts(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    slack = int(rates("feast")["slack"])
    for sentence in sentences:
        # Most texts name none, and to look for all that may stand in front of a name is slow.
        named = "Ramadan" in sentence.text or "Eid al-" in sentence.text
        match = _FEAST.search(sentence.text) if named else None
        if match:
            windows = tuple(
                DateInterval(feast.when.start - slack * _DAY, feast.when.end + slack * _DAY, "interval")
                for feast in facts.feasts
                if feast.name == match["name"] and feast.when.start and feast.when.end
            )
            if windows:
                yield told(sentence, Kind.FEAST, windows, f"The text speaks of {match['name']} as near.")
            return
