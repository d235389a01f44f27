"""When the story was published and updated, from what its page writes out in full.

Only lines that speak of the story may date it: byline, date line, dateline, a line with "Published", the
address. Dates in the body, in captions, in promos and in banners never do, and the day of capture never
does. Reading the date off what the story says is a later step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from articles.clean.article import UNKNOWN_DATE, DateInterval, Field, Label
from articles.clean.dateline import Dateline
from articles.clean.dates import FoundDate, date_in_address, find_issue_year
from articles.clean.labelling import Labelling
from articles.clean.reading import DateCue

# How sure each kind of witness is, from 0 to 1. Set by hand in the order in which they were right on pages
# read by eye; re-run the quality gate when one moves.
SURE = {
    "published": 0.95,
    "byline": 0.93,
    "date line": 0.9,
    "dateline": 0.88,
    "address": 0.85,
    "after story": 0.7,
    "correction": 0.85,
    "issue": 0.7,
}
# Taken off when day and month could be exchanged; added when two witnesses agree.
DOUBT, AGREEMENT = 0.35, 0.04

_UNDATED: Field[DateInterval] = Field(UNKNOWN_DATE, "none", 0.0, note="The page gives no date of its own.")
_NOT_UPDATED: Field[DateInterval] = Field(
    UNKNOWN_DATE, "none", 0.0, note="The page does not say that it was updated."
)


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that dates the story. `cue` tells whether it says published or updated."""

    interval: DateInterval
    method: str
    confidence: float
    cue: DateCue | None
    lines: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class StoryDates:
    """The two dates of a story."""

    published: Field[DateInterval]
    updated: Field[DateInterval]


def line_witnesses(labelling: Labelling, dateline: Dateline | None, *, url: str | None) -> list[Witness]:
    """What the labelled lines, the dateline and the address say about the story's dates."""
    return [*_witnesses_in_lines(labelling), *_witness_in_dateline(dateline), *_witness_in_address(url)]


def choose_dates(witnesses: Iterable[Witness], *, not_after: date | None) -> StoryDates:
    """The surest witness for each date, surer when another agrees.

    `not_after` is a day on which the page was already there (its capture): later dates are not believed,
    but it is never a date of the story itself.
    """
    believed = [w for w in witnesses if not (not_after and w.interval.start and w.interval.start > not_after)]
    published = _surest([w for w in believed if w.cue != "updated"])
    updated = _surest([w for w in believed if w.cue == "updated"])
    return StoryDates(published or _UNDATED, updated or _NOT_UPDATED)


def _surest(witnesses: list[Witness]) -> Field[DateInterval] | None:
    if not witnesses:
        return None
    best = max(witnesses, key=lambda w: (w.interval.precision == "day", w.confidence))
    agree = [w for w in witnesses if w.interval == best.interval and w.method != best.method]
    confidence = min(0.99, best.confidence + AGREEMENT * bool(agree))
    notes = [best.note, f"Also said by: {', '.join(sorted({w.method for w in agree}))}." if agree else ""]
    return Field(
        best.interval, best.method, round(confidence, 2), best.lines, " ".join(note for note in notes if note)
    )


def _witnesses_in_lines(labelling: Labelling) -> list[Witness]:
    reading = labelling.reading
    witnesses: list[Witness] = []
    body = labelling.body
    for index, label in enumerate(labelling.labels):
        if label is Label.CORRECTION:
            witnesses += [_correction(labelling, index, found) for found in reading.dates(index)[:1]]
        if label not in {Label.BYLINE, Label.DATE}:
            continue
        after = bool(body) and index > body[-1]
        witnesses += [_witness(labelling, index, found, after=after) for found in reading.dates(index)]
        issue = find_issue_year(reading.blocks[index].text) if not reading.dates(index) else None
        if issue:
            note = f"The line says “{reading.blocks[index].text[:100]}”."
            witnesses.append(Witness(issue, "issue", SURE["issue"], None, reading.blocks[index].lines, note))
    return witnesses


def _correction(labelling: Labelling, index: int, found: FoundDate) -> Witness:
    block = labelling.reading.blocks[index]
    note = f"The correction says “{block.text[: found.end]}”."
    return Witness(found.interval, "correction", SURE["correction"], "updated", block.lines, note)


def _witness(labelling: Labelling, index: int, found: FoundDate, *, after: bool) -> Witness:
    reading = labelling.reading
    cue = reading.date_cue(index, found)
    kind = "byline" if labelling.labels[index] is Label.BYLINE else "date line"
    method = "published" if cue == "published" else "after story" if after else kind
    text = reading.blocks[index].text
    note = f"The line says “{text[:100]}”."
    if found.other:
        note += f" Day and month may be exchanged: {found.other.isoformat()} is as possible."
    confidence = SURE[method] - (DOUBT if found.other else 0.0)
    return Witness(found.interval, method, confidence, cue, reading.blocks[index].lines, note)


def _witness_in_dateline(dateline: Dateline | None) -> list[Witness]:
    if dateline is None or dateline.day is None or dateline.day.interval.precision != "day":
        return []
    note = f"The dateline says “{dateline.text}”."
    return [Witness(dateline.day.interval, "dateline", SURE["dateline"], None, dateline.lines, note)]


def _witness_in_address(url: str | None) -> list[Witness]:
    interval = date_in_address(url) if url else None
    if interval is None:
        return []
    sure = SURE["address"] if interval.precision == "day" else SURE["address"] - 0.1
    return [Witness(interval, "address", sure, None, (), f"The address has the date: {url}")]
