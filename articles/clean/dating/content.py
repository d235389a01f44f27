"""Dating an article by what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from articles.clean.article import UNKNOWN_DATE, DateInterval
from articles.clean.dating.calendars import find_calendar
from articles.clean.dating.combine import Curve, curve_of, likely_days
from articles.clean.dating.evidence import Evidence, Kind, span
from articles.clean.dating.facts import Facts
from articles.clean.dating.lexicons import table
from articles.clean.dating.occurrences import find_occurrences
from articles.clean.dating.offices import find_offices
from articles.clean.dating.sentences import split_body
from articles.clean.dating.totals import find_durations, find_totals


def find_evidence(paragraphs: Sequence[str], *, facts: Facts) -> tuple[Evidence, ...]:
    sentences = split_body(paragraphs)
    found = [
        *find_occurrences(sentences, facts),
        *find_offices(sentences, facts),
        *find_totals(sentences, facts),
        *find_durations(sentences, facts),
        *find_calendar(sentences, facts),
    ]
    return tuple(found)
