"""Evidence from running totals ("more than 230,000 killed") and from how long a conflict has lasted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from articles.clean.dating.evidence import Evidence, Kind, span, spoken, told
from articles.clean.dating.expressions import Clue
from articles.clean.dating.facts import Anchor, Facts, Total
from articles.clean.dating.lexicons import numbers, words
from articles.clean.dating.sentences import Sentence

# A figure between two of the list is read as the one below it when it is above it by at most this share:
# "282,283" is a count of the month in which 280,000 was passed.
NEAR_FIGURE = 0.025
# Totals of less than this are too often those of a town or a month; more words bar them.
SMALL_TOTAL, SMALLEST_TOTAL = 100_000, 2_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
# The dead are named within this many characters of the figure.
NEAR = 60
_DAY = timedelta(days=1)
_MILLION = re.compile(
    r"\b(?:(a quarter|quarter|half) (?:of )?a million|(\d+(?:\.\d+)?) million)\b", re.IGNORECASE
)
_FIGURE = re.compile(r"(?<![\d.,$€£])(\d{1,3}(?:[, ]\d{3})+|\d{4,6})(?![\d.,]*\d)")

_DEAD_NEAR = re.compile(r"\b(?:kill|dead|death|died|lives|toll|perish|casualt|victim|slain)", re.IGNORECASE)


def find_totals(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """A window for each total of the dead that is said of the whole war."""
    for sentence in sentences:
        if sentence.has_any(words("language", "dead")) and sentence.has_any(words("language", "war")):
            for figure in _figures(sentence.text):
                total = _total(figure, facts)
                if total and not _of_something_else(sentence, figure):
                    shows = (
                        f"A total of {total.figure:,} {total.about} ({total.source}) was reported from about "
                        f"{_month(total.when.start)} and quoted till about {_month(total.when.end)}."
                    )
                    yield told(
                        sentence, Kind.TOTAL, [total.when], shows, fact=f"total:{total.about}:{total.figure}"
                    )


def _figures(text: str) -> Iterator[int]:
    for match in _MILLION.finditer(text):
        share = {"a quarter": 250_000, "quarter": 250_000, "half": 500_000}.get((match[1] or "").casefold())
        if share:
            yield share
    for match in _FIGURE.finditer(text):
        figure = int(match[1].replace(",", "").replace(" ", ""))
        # Four figures without a comma are a year more often than a count.
        plain_year = match[1].isdigit() and FIRST_YEAR <= figure <= LAST_YEAR
        if not plain_year and _DEAD_NEAR.search(text[max(0, match.start() - NEAR) : match.end() + NEAR]):
            yield figure


def _total(figure: int, facts: Facts) -> Total | None:
    """The total of the list that the figure is, or is little above of."""
    if figure < SMALLEST_TOTAL:
        return None
    below = [total for total in facts.totals if total.figure <= figure <= total.figure * (1 + NEAR_FIGURE)]
    return max(below, key=lambda total: total.figure, default=None)


def _of_something_else(sentence: Sentence, figure: int) -> bool:
    if figure < SMALL_TOTAL:
        return sentence.has_any(words("language", "not_all_dead"))
    return sentence.has_any(words("language", "not_dead"))


def _month(day: date | None) -> str:
    return f"{day:%B %Y}" if day else "an unknown month"


@cache
def _duration_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    counts = "|".join(sorted(map(re.escape, numbers("language", "counts")), key=len, reverse=True))
    hedge = (
        r"(?P<hedge>nearly|almost|close to|more than|over|about|around|some|roughly|at least)?\s*(?:the )?"
    )
    noun = r"(?:\w+ ){0,2}"
    noun += (
        r"(?:war|conflict|uprising|revolt|crisis|revolution|insurgency|unrest|rebellion|fighting|bloodshed)"
    )
    sources = (
        ("age", rf"(?P<count>{counts})[- ]years?[- ](?:old |long )?{noun}"),
        ("months", rf"(?P<count>{counts})[- ]months?[- ](?:old |long )?{noun}"),
        ("ordinal", rf"(?:in|into|enter\w*|of) (?:its|the|a|their) (?P<count>{counts}) year"),
        ("years of", rf"{hedge}(?P<count>{counts}) years? (?:of|into (?:the|a|its)) {noun}"),
        ("months of", rf"{hedge}(?P<count>{counts}) months? (?:of|into (?:the|a|its)) {noun}"),
        ("years ago", rf"{hedge}(?P<count>{counts}) years? ago"),
        ("months ago", rf"{hedge}(?P<count>{counts}) months? ago"),
        ("years ago", rf"lasted (?:for )?{hedge}(?P<count>{counts}) years?"),
    )
    return tuple((name, re.compile(rf"(?<![\w-])(?:{text})(?!\w)", re.IGNORECASE)) for name, text in sources)


# How far the true time since the beginning may lie from what is said, in days: (less, more) than the count.
# A war in its sixth year is called a six-year war as well as a five-year one. Set on the training half.
_SLACK = {
    "age": (365, 365 + 60),
    "months": (45, 60),
    "ordinal": (365 + 20, 20),
    "years of": (200, 365),
    "months of": (45, 75),
    "years ago": (150, 340),
    "months ago": (30, 35),
}
_MONTH_LENGTH, _YEAR_LENGTH = 30.44, 365.25


def find_durations(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """A window for each "four-year-old civil war" or "uprising 16 months ago" whose beginning is known."""
    for sentence in sentences:
        if not sentence.clues & (Clue.YEARS | Clue.MONTHS):
            continue
        hits = facts.anchor_book.hits(sentence)
        if not hits or sentence.has_any(words("language", "other_war")):
            continue
        anchor = facts.anchor_by_id[hits[0].key]
        begins = sentence.has_any(words("language", "begin"))
        for name, pattern in _duration_patterns():
            unit = Clue.MONTHS if name.startswith("months") else Clue.YEARS
            if not sentence.clues & unit or (name.endswith("ago") and not begins):
                continue
            match = pattern.search(sentence.text)
            if match:
                evidence = _duration(sentence, anchor, name, match)
                if evidence:
                    yield evidence
                break


def _duration(sentence: Sentence, anchor: Anchor, name: str, match: re.Match[str]) -> Evidence | None:
    start = anchor.when.start
    count = numbers("language", "counts").get(match["count"].casefold(), 0)
    if start is None or count == 0 or (count == 1 and name not in ("years ago", "ordinal")):
        return None
    length = count * (_MONTH_LENGTH if name.startswith("months") else _YEAR_LENGTH)
    less, more = _SLACK[name]
    hedge = (match.groupdict().get("hedge") or "").casefold()
    if hedge in ("more than", "over", "at least"):
        less = 20
    elif hedge in ("nearly", "almost", "close to"):
        more = 20
    window = span(start + (int(length) - less) * _DAY, start + (int(length) + more) * _DAY)
    shows = (
        f"“{match.group().strip()}”, and {anchor.label} on {spoken(start)}: "
        f"written from about {_month(window.start)} to {_month(window.end)}."
    )
    return told(sentence, Kind.DURATION, [window], shows, fact=f"anchor:{anchor.id}")
