"""Evidence from events, names and states of affairs, and from events that the text sets in time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from articles.clean.article import DateInterval
from articles.clean.dating.cues import CueHit
from articles.clean.dating.evidence import Evidence, Kind, span, spoken, told
from articles.clean.dating.expressions import WEEKEND, Form, Side, TimeExpression
from articles.clean.dating.facts import DatedFact, Facts
from articles.clean.dating.lexicons import rates, words
from articles.clean.dating.sentences import Sentence

# A time expression belongs to an event when no more than this many words stand between them. Set by reading
# the training half of research/dating.md; re-run benchmarks/score_dating.py when it moves.
REACH = 14
_DAY = timedelta(days=1)
_YEAR, _WEEK, _MONTH = 365, 7, 30
FRIDAY = 4


def find_occurrences(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """Bounds from events and names, windows from states and from events with a time beside them."""
    for sentence in sentences:
        hits = facts.book.hits(sentence)
        if not hits:
            continue
        planned = sentence.has_any(words("language", "future"))
        for hit in hits:
            fact = facts.by_id[hit.key]
            if fact.kind == "condition":
                yield _state(sentence, fact)
            elif fact.kind == "name":
                yield _since(sentence, fact, Kind.NAME, "is a name or thing known")
            elif not planned or _is_dated_past(sentence):
                yield _since(sentence, fact, Kind.EVENT, "is told as past, and happened")
        told_of = [(hit, facts.by_id[hit.key]) for hit in hits]
        yield from _announced(sentence, told_of) if planned else _timed(sentence, told_of)


def _is_dated_past(sentence: Sentence) -> bool:
    """A planned thing in the sentence does not make an event with a past time beside it a plan."""
    return any(expression.form in (Form.AGO, Form.MONTH_OF_YEAR) for expression in sentence.expressions)


def _state(sentence: Sentence, fact: DatedFact) -> Evidence:
    shows = f"{_capital(fact.label)}: so from {spoken(fact.when.start)} to {spoken(fact.when.end)}."
    if fact.when.end is None:
        shows = f"{_capital(fact.label)}: so since {spoken(fact.when.start)}."
    return told(sentence, Kind.CONDITION, [fact.when], shows, fact=fact.id)


def _since(sentence: Sentence, fact: DatedFact, kind: Kind, how: str) -> Evidence:
    # Of an event known by its month alone, the first day is the bound.
    shows = f"“{_capital(fact.label)}” {how} on {spoken(fact.when.start)}: not written before."
    if kind is Kind.NAME:
        shows = f"{_capital(fact.label)} since {spoken(fact.when.start)}: not written before."
    return told(sentence, kind, [span(fact.when.start, None)], shows, fact=fact.id)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _timed(sentence: Sentence, hits: list[tuple[CueHit, DatedFact]]) -> Iterator[Evidence]:
    """Each time expression with the nearest event that it fits; one expression dates one event."""
    events = [(hit, fact) for hit, fact in hits if fact.kind == "event" and fact.when.start]
    expressions = sentence.expressions if events else ()
    # A year in the sentence sets the event itself in time; what else stands there is of something else.
    if any(expression.form in (Form.YEAR, Form.MONTH_YEAR, Form.FULL) for expression in expressions):
        return
    for expression in expressions:
        fitting = []
        for hit, fact in events:
            if _is_of_a_moment(expression) and (fact.lasting or _of_what_is_said(sentence, expression)):
                continue
            window = when_written(fact.when, expression)
            gap = _gap(sentence, hit, expression)
            if window and gap <= REACH:
                fitting.append((gap, fact, window))
        # An expression that fits two events as near (an event and what it began) dates neither for sure.
        if fitting:
            gap, fact, window = min(fitting, key=lambda item: item[0])
            strength = rates("timed").get(_form_key(expression), 1.0)
            shows = (
                f"“{_capital(fact.label)}” was on {spoken(fact.when.start)}, here “{expression.text}”: "
                f"written from {spoken(window.start)} to {spoken(window.end)}."
            )
            if strength > 0:
                yield told(sentence, Kind.TIMED, [window], shows, fact=fact.id, strength=strength)


def _announced(sentence: Sentence, hits: list[tuple[CueHit, DatedFact]]) -> Iterator[Evidence]:
    """Written in the week before: "will meet on Tuesday" of a meeting that was on a Tuesday."""
    for expression in sentence.expressions:
        if expression.form is not Form.WEEKDAY or _of_what_is_said(sentence, expression):
            continue
        for hit, fact in hits:
            day = _one_day(fact)
            if day and day.weekday() == expression.weekday and _gap(sentence, hit, expression) <= REACH:
                shows = (
                    f"“{_capital(fact.label)}”, to come “{expression.text}”, was on {spoken(day)}: "
                    f"written in the week before."
                )
                yield told(sentence, Kind.TIMED, [span(day - 6 * _DAY, day)], shows, fact=fact.id)
                return


def _one_day(fact: DatedFact) -> date | None:
    """The day of an event that took no longer; None for anything else."""
    momentary = fact.kind == "event" and not fact.lasting and fact.when.start == fact.when.end
    return fact.when.start if momentary else None


def _is_of_a_moment(expression: TimeExpression) -> bool:
    """Said of what happened on a day or in a week, not of what began then and goes on."""
    if expression.form is Form.AGO:
        return expression.unit < _MONTH
    if expression.form is Form.UNIT:
        return expression.unit != _YEAR or expression.side is Side.THIS
    return expression.form in (Form.WEEKDAY, Form.NEAR_DAY, Form.AFTER)


def _of_what_is_said(sentence: Sentence, expression: TimeExpression) -> bool:
    """Whether it dates a saying (as in "said last week"), not what was said."""
    return not words("language", "saying").isdisjoint(sentence.words_before(expression.start))


def _form_key(expression: TimeExpression) -> str:
    return f"{expression.form.name.lower()}_{expression.side or 'plain'}_{expression.unit}"


def _gap(sentence: Sentence, hit: CueHit, expression: TimeExpression) -> int:
    """Words between the expression and the words that showed the event."""
    before, after = sentence.ended_by(expression.start), sentence.begun_by(expression.end)
    return max(0, hit.first - after, before - 1 - hit.last)


def when_written(  # noqa: PLR0911 (one answer for each form)
    event: DateInterval, expression: TimeExpression
) -> DateInterval | None:
    """The days on which a text can say this of the event; None when the expression does not fit it.

    "In December" said of an event of December 2016 is said from that day to the next November.
    """
    first, last = event.start, event.end
    if first is None or last is None:
        return None
    match expression.form:
        case Form.MONTH:
            return _after_month(first, last, expression)
        case Form.MONTH_OF_YEAR if expression.month == first.month:
            year = first.year + {Side.LAST: 1, Side.NEXT: -1}.get(expression.side, 0)
            return (
                span(max(first, date(year, 1, 1)), date(year, 12, 31))
                if expression.side != Side.NEXT
                else None
            )
        case Form.AGO | Form.AFTER:
            return _after_count(first, last, expression)
        case Form.UNIT:
            return _after_unit(first, last, expression)
        case Form.WEEKDAY if first == last and first.weekday() == expression.weekday and not expression.side:
            return span(first, first + 6 * _DAY)
        case Form.NEAR_DAY if first == last and expression.count <= 0:
            return span(first, first - expression.count * _DAY)
        case _:
            return None


def _after_month(first: date, last: date, expression: TimeExpression) -> DateInterval | None:
    if expression.month != first.month or expression.side is Side.NEXT:
        return None
    if expression.side is Side.LAST:
        # "Last September" is said from October on, and into the winter after it.
        return span(_month_end(last) + _DAY, last + 490 * _DAY)
    return span(first, _month_end(last) + 320 * _DAY)


def _after_count(first: date, last: date, expression: TimeExpression) -> DateInterval | None:
    days = expression.count * expression.unit
    if expression.form is Form.AFTER:
        # What came "two days after" an event is reported then, in the days that follow.
        return span(first + days * _DAY, last + (days + _WEEK) * _DAY) if days <= _MONTH else None
    slack = {1: 1, _WEEK: 4, _MONTH: 25, _YEAR: 200}.get(expression.unit, 1)
    before = min(slack, days // 2)
    return span(first + (days - before) * _DAY, last + (days + slack) * _DAY)


def _after_unit(first: date, last: date, expression: TimeExpression) -> DateInterval | None:
    back = {Side.LAST: 1, Side.THIS: 0}.get(expression.side)
    if expression.unit == WEEKEND:
        # A weekend is Friday to Sunday; it is spoken of until the next one.
        return (
            span(first, first + 6 * _DAY)
            if first.weekday() >= FRIDAY and expression.side is not Side.NEXT
            else None
        )
    if back is None:
        return None
    if expression.unit == _YEAR:
        return span(max(first, date(first.year + back, 1, 1)), date(first.year + back, 12, 31))
    if expression.unit == _MONTH:
        start = _month_end(last) + _DAY if back else first
        return span(start, _month_end(start))
    if expression.unit == _WEEK:
        return span(first + back * _DAY, last + (6 + 7 * back) * _DAY)
    return None


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
