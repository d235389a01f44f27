"""The dates that a text mentions, each resolved against the published date and with its own offsets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from articles.clean.article import DateInterval, Precision
from articles.clean.dating.evidence import span
from articles.clean.dating.expressions import WEEKEND, Form, Side, TimeExpression
from articles.clean.dating.lexicons import words
from articles.clean.dating.sentences import Sentence, split_body

_DAY = timedelta(days=1)
_WEEK, _MONTH, _YEAR = 7, 30, 365
_FIRST, _LAST = date(1, 1, 8), date(9998, 12, 1)


@dataclass(frozen=True, slots=True)
class MentionedDate:
    """A time named in the body: its words, their offsets in the body, when it was; None when nothing tells.

    `relative` is True when the interval hangs on the published date.
    """

    text: str
    start: int
    end: int
    interval: DateInterval | None
    relative: bool


def mentioned_dates(
    paragraphs: Sequence[str], *, published: DateInterval | None = None
) -> tuple[MentionedDate, ...]:
    """Every time expression of the paragraphs, resolved where that is possible. Never raises for any text.

    A month or weekday without more is the last one before the published date, or the next one in a sentence
    about what is to come. Against a published interval, the earliest and the latest meaning are joined.
    """
    return dates_in_sentences(split_body(paragraphs), published=published)


def dates_in_sentences(
    sentences: Sequence[Sentence], *, published: DateInterval | None = None
) -> tuple[MentionedDate, ...]:
    """Every time expression of the sentences of a body; see `mentioned_dates`."""
    return tuple(
        _mention(sentence, expression, published)
        for sentence in sentences
        for expression in sentence.expressions
    )


def _mention(sentence: Sentence, expression: TimeExpression, published: DateInterval | None) -> MentionedDate:
    if expression.interval:
        return MentionedDate(
            expression.text, expression.start, expression.end, expression.interval, relative=False
        )
    coming = sentence.has_any(words("language", "future"))
    interval = _against(expression, published, coming=coming) if published else None
    return MentionedDate(expression.text, expression.start, expression.end, interval, relative=True)


def _against(expression: TimeExpression, published: DateInterval, *, coming: bool) -> DateInterval | None:
    """The meaning on the first and on the last possible day of publication, joined."""
    ends = {day for day in (published.start, published.end) if day and _FIRST < day < _LAST}
    meant = [meaning for day in ends if (meaning := resolve(expression, day, coming=coming))]
    starts = [meaning.start for meaning in meant if meaning.start]
    stops = [meaning.end for meaning in meant if meaning.end]
    if not starts or not stops:
        return None
    if len(meant) == 1:
        return meant[0]
    return span(min(starts), max(stops))


def resolve(expression: TimeExpression, day: date, *, coming: bool = False) -> DateInterval | None:
    """What the expression means in a text of that day; None when it cannot be told."""
    try:
        return _resolve(expression, day, coming=coming)
    except (ValueError, OverflowError):
        # The 30th of February, or a year that no calendar has.
        return None


def _resolve(  # noqa: PLR0911 (one answer for each form)
    expression: TimeExpression, day: date, *, coming: bool
) -> DateInterval | None:
    match expression.form:
        case Form.NEAR_DAY:
            return _whole(day + expression.count * _DAY)
        case Form.WEEKDAY:
            return _weekday(expression, day, coming=coming)
        case Form.DAY_MONTH:
            return _whole(_nearest(expression.month, expression.day, day, coming=coming))
        case Form.MONTH:
            return _month(_nearest(expression.month, 1, day, coming=coming or expression.side is Side.NEXT))
        case Form.MONTH_OF_YEAR:
            return _month(date(day.year + _SHIFT[expression.side], expression.month, 1))
        case Form.AGO:
            return _ago(expression, day)
        case Form.UNIT:
            return _unit(expression, day)
        case _:
            return None


_SHIFT = {Side.LAST: -1, Side.THIS: 0, Side.NEXT: 1, Side.NONE: 0}


def _whole(day: date) -> DateInterval:
    return DateInterval(day, day, "day")


def _month(day: date) -> DateInterval:
    precision: Precision = "month"
    return DateInterval(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), precision)


def _weekday(expression: TimeExpression, day: date, *, coming: bool) -> DateInterval:
    back = (day.weekday() - expression.weekday) % _WEEK
    if expression.side is Side.NEXT or (coming and expression.side is Side.NONE):
        return _whole(day + ((-back) % _WEEK or _WEEK) * _DAY)
    if expression.side is Side.LAST and back == 0:
        back = _WEEK
    return _whole(day - back * _DAY)


def _nearest(month: int, number: int, day: date, *, coming: bool) -> date:
    here = date(day.year, month, number)
    if coming:
        return here if here >= day.replace(day=1) else date(day.year + 1, month, number)
    return here if here <= day else date(day.year - 1, month, number)


def _ago(expression: TimeExpression, day: date) -> DateInterval:
    """As exact as its unit: three months ago is a month, two years ago a year, two weeks ago a week."""
    if expression.unit == 1:
        return _whole(day - expression.count * _DAY)
    if expression.unit == _WEEK:
        middle = day - expression.count * _WEEK * _DAY
        return span(middle - 3 * _DAY, middle + 3 * _DAY)
    if expression.unit == _MONTH:
        months = day.year * 12 + day.month - 1 - expression.count
        return _month(date(months // 12, months % 12 + 1, 1))
    year = day.year - expression.count
    return DateInterval(date(year, 1, 1), date(year, 12, 31), "year")


def _unit(expression: TimeExpression, day: date) -> DateInterval | None:
    shift = _SHIFT[expression.side]
    monday = day - day.weekday() * _DAY
    if expression.unit == WEEKEND:
        saturday = monday + (5 if expression.side is Side.NEXT else -2) * _DAY
        return span(saturday, saturday + _DAY)
    if expression.unit == _WEEK:
        monday += shift * _WEEK * _DAY
        return span(monday, monday + 6 * _DAY)
    if expression.unit == _MONTH:
        months = day.year * 12 + day.month - 1 + shift
        return _month(date(months // 12, months % 12 + 1, 1))
    if expression.unit == _YEAR:
        return DateInterval(date(day.year + shift, 1, 1), date(day.year + shift, 12, 31), "year")
    return _whole(day) if expression.side is Side.THIS else None
