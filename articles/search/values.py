"""What stands behind a name that takes a value and no words: `date:2012-07`, `is:partial`, `words:>500`. Pure.

date     a year, month or day, two of them with .. between, or one with >, >=, < or <= before it
event    the same, of the days that the text speaks of
words    a number of words of the body, in the same forms
is       undated, doubtful (no single month is known), partial (one of several pages), hidden
has      duplicates (others tell the same story), quotes, captions
lang     a language's code: en, ru, pt-br; unknown
like     an article's id, as its address ends
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from articles.search.partial_date import PartialDate, day_after, day_before
from articles.search.tree import Length, Like, Published, SpeakingOf, Trait, Value

TRAITS = {
    "is": ("undated", "doubtful", "partial", "hidden"),
    "has": ("duplicates", "quotes", "captions"),
}
DAYS: dict[str, type[Published | SpeakingOf]] = {"date": Published, "event": SpeakingOf}
NAMES = (*DAYS, "words", "lang", "like", *TRAITS)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?|unknown")
ARTICLE = re.compile(r"[a-z0-9]{1,12}")
# What takes a code: its form, the node it makes, and what it is.
CODED: dict[str, tuple[re.Pattern[str], Callable[[str], Value], str]] = {
    "lang": (LANGUAGE, partial(Trait, "lang"), "language's code, such as en or ru"),
    "like": (ARTICLE, Like, "article's id, which is what its address ends in"),
}

BETWEEN = re.compile(r"\.\.+|…|[–—]")
COMPARED = re.compile(r"([<>]=?|[≤≥])\s*(.+)", re.DOTALL)
MOST_WORDS = 999_999_999  # nine digits: a body of a thousand million words is no body
SPELLED = {"≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as a node; `fault` says what was taken instead of what was typed, or why there is no node."""

    node: Value | None
    fault: str = ""


def read_value(name: str, text: str) -> Reading:
    """Read the value behind one of NAMES."""
    if name in DAYS:
        return _days(text, DAYS[name])
    if name == "words":
        return _words(text)
    value = text.casefold()
    if name in CODED:
        return _coded(name, value)
    if value in TRAITS[name]:
        return Reading(Trait(name, value))
    return Reading(None, f"{name}: knows {', '.join(TRAITS[name])}; {text[:40]} is none of these.")


def _coded(name: str, value: str) -> Reading:
    pattern, node, what = CODED[name]
    return Reading(node(value)) if pattern.fullmatch(value) else Reading(None, f"{value[:40]} is no {what}.")


def _days(text: str, node: type[Published | SpeakingOf]) -> Reading:
    """Read days as a node of one kind. Two that run backwards are turned round, with a fault."""
    no_date = Reading(
        None,
        f"{text[:40]} is no date; write 2012, 2012-07, 2012-07-02, 2012-07..2012-09 or >=2012-07-02.",
    )
    if compared := COMPARED.fullmatch(text):
        day = PartialDate.read(compared.group(2))
        return no_date if day is None else Reading(node(*_compared_days(_spelled(compared), day)))
    ends = BETWEEN.split(text)
    if len(ends) == 1 and (day := PartialDate.read(text)):
        return Reading(node(day.first, day.last))
    if len(ends) != 2 or not any(ends):  # noqa: PLR2004  # the two ends
        return no_date
    first, last = (PartialDate.read(end) if end else None for end in ends)
    if (ends[0] and first is None) or (ends[1] and last is None):
        return no_date
    if first and last and first.first > last.last:
        message = f"The dates ran backwards; {last.text}..{first.text} was taken."
        return Reading(node(last.first, first.last), message)
    return Reading(node(first.first if first else None, last.last if last else None))


def _compared_days(sign: str, day: PartialDate) -> tuple[date | None, date | None]:
    if sign == ">":
        return day_after(day.last), None
    if sign == ">=":
        return day.first, None
    return (None, day_before(day.first)) if sign == "<" else (None, day.last)


def _words(text: str) -> Reading:
    """Read numbers of words. Two that run backwards are turned round, with a fault."""
    no_number = Reading(None, f"{text[:40]} is no number of words; write >500, <=200 or 100..500.")
    if compared := COMPARED.fullmatch(text):
        number = _number(compared.group(2))
        return no_number if number is None else Reading(_compared_words(_spelled(compared), number))
    ends = BETWEEN.split(text)
    if len(ends) == 1 and (number := _number(text)) is not None:
        return Reading(Length(number, number))
    if len(ends) != 2 or not any(ends):  # noqa: PLR2004  # the two ends
        return no_number
    least, most = (_number(end) if end else None for end in ends)
    if (ends[0] and least is None) or (ends[1] and most is None):
        return no_number
    if least is not None and most is not None and least > most:
        message = f"The numbers ran backwards; {most}..{least} was taken."
        return Reading(Length(most, least), message)
    return Reading(Length(least, most))


def _compared_words(sign: str, number: int) -> Length:
    if sign == ">":
        return Length(min(number + 1, MOST_WORDS), None)
    if sign == ">=":
        return Length(number, None)
    return Length(None, max(number - 1, 0)) if sign == "<" else Length(None, number)


def _spelled(compared: re.Match[str]) -> str:
    return SPELLED.get(compared.group(1), compared.group(1))


def _number(text: str) -> int | None:
    bare = text.strip().replace(",", "")
    return int(bare) if re.fullmatch(r"\d{1,9}", bare, re.ASCII) else None
