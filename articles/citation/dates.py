"""A publication interval as formats of citations want it."""

from __future__ import annotations

from datetime import date

from articles.citation.record import Citation
from articles.clean.article import DateInterval
from articles.clean.dating.edtf import to_edtf

_PARTS = {"day": 3, "month": 2, "year": 1}


def certain_parts(when: DateInterval) -> tuple[int, ...]:
    """Return what is certain: (2012, 7, 2), (2012, 7), (2012,), or () when not even the year is."""
    start, end = when.start, when.end
    if start is None or end is None or start.year != end.year:
        return ()
    if start == end:
        return (start.year, start.month, start.day)
    whole = (start.year, start.month) if start.month == end.month else (start.year,)
    return whole[: _PARTS.get(when.precision, len(whole))]


def parts(day: date) -> list[int]:
    """Return [2012, 7, 2]."""
    return [day.year, day.month, day.day]


def date_note(citation: Citation) -> str:
    """Return what a reader of the citation must know of its date; empty when it is plainly stated."""
    when = citation.published
    if not when.known:
        return "No date of publication is known."
    edtf = to_edtf(when, uncertain=citation.dated_by_content)
    if when.precision == "day" and not citation.dated_by_content:
        return ""
    found = ", found by what the article says" if citation.dated_by_content else ""
    return f"Date of publication (EDTF): {edtf}{found}."


def notes(citation: Citation) -> list[str]:
    """Return what has no field of its own, a sentence each."""
    kept = f"Kept in {citation.archive} as {citation.key}."
    return [note for note in (date_note(citation), kept) if note]
