"""The check of a stated date: is it possible for what the article says.

Content never overwrites a stated date; it raises a warning with its evidence. The usual culprit is the day
of the crawl, years after the last thing that the text knows of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from articles.clean.article import DateInterval
from articles.clean.dating.calendars import WEEKDAYS
from articles.clean.dating.content import Dating
from articles.clean.dating.evidence import Evidence, Kind, spoken
from articles.clean.dating.lexicons import rates, table

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """`consistent` is False when the content contradicts the date; `weekday_fits` is None when none is named.

    `reason` is a sentence for the reader; `evidence` is what speaks against the date. A weekday that does
    not fit is a hint (it is wrong for one report in fourteen), so it never makes a date inconsistent by
    itself.
    """

    consistent: bool
    weekday_fits: bool | None
    reason: str
    evidence: tuple[Evidence, ...] = ()


def check_stated(stated: DateInterval, dating: Dating, *, captured: date | None = None) -> StatedCheck:
    """Check a stated date against the content's.

    `captured` is the day the page was fetched: a stated date of that very day needs the content's consent,
    so that the stamp of a crawl is not taken for a date of publication.
    """
    start, end = stated.start or stated.end, stated.end or stated.start
    if start is None or end is None:
        return StatedCheck(consistent=True, weekday_fits=None, reason="No date is stated.")
    weekday = _weekday_fits(stated, dating)
    against = tuple(piece for piece in dating.evidence if not _allows(piece, start, end))
    if captured and start <= captured <= end and not _expected(start, dating):
        reason = (
            f"{spoken(start)} is the day the page was captured, and nothing in the text reaches that far."
        )
        return StatedCheck(consistent=False, weekday_fits=weekday, reason=reason, evidence=against)
    early, late = _gap(dating.cautious, start, end)
    if early or late:
        side = "before" if early else "after"
        reason = f"{spoken(start)} lies {early or late} days {side} the time that the content points to."
        return StatedCheck(consistent=False, weekday_fits=weekday, reason=reason, evidence=against)
    stale = _staleness(dating, start)
    if stale < float(table("weights")["stated"]["tail"]):
        reason = f"{spoken(start)} is years after the last thing that the text knows of."
        return StatedCheck(consistent=False, weekday_fits=weekday, reason=reason, evidence=against)
    note = (
        ""
        if weekday in (True, None)
        else f" The weekday named in the report does not fit: it was a {WEEKDAYS[start.weekday()]}."
    )
    return StatedCheck(
        consistent=True, weekday_fits=weekday, reason=f"The content allows {spoken(start)}.{note}"
    )


def _weekday_fits(stated: DateInterval, dating: Dating) -> bool | None:
    """The day of the report or one of the two days after it."""
    named = [piece.weekday for piece in (*dating.evidence, *dating.set_aside) if piece.weekday is not None]
    if not named or stated.start is None or stated.precision != "day":
        return None
    return (stated.start.weekday() - named[0]) % 7 <= 1


def _allows(piece: Evidence, start: date, end: date) -> bool:
    if piece.kind not in (
        Kind.EVENT,
        Kind.NAME,
        Kind.CONDITION,
        Kind.OFFICE,
        Kind.TOTAL,
        Kind.TIMED,
        Kind.DURATION,
    ):
        return True
    slack = timedelta(days=rates(piece.kind)["after"])
    # The calendar has a first and a last day, which a stated date may be by accident.
    return piece.allows(max(start, date.min + slack) - slack, min(end, date.max - slack) + slack)


def _gap(interval: DateInterval, start: date, end: date) -> tuple[int, int]:
    """Days by which the stated date lies before or after the interval, past its soft edge; else 0."""
    edge = timedelta(days=int(table("weights")["stated"]["edge"]))
    early = (interval.start - end).days if interval.start and end < interval.start - edge else 0
    late = (start - interval.end).days if interval.end and start > interval.end + edge else 0
    return early, late


def _staleness(dating: Dating, stated: date) -> float:
    """The odds that a text knows nothing younger than its last fact for so long."""
    last = _last_known(dating)
    if last is None:
        return 1.0
    years = (stated - last).days / YEAR
    odds = 1.0
    for step, share in table("weights")["stated"]["stale"]:
        if years >= step:
            odds = float(share)
    return odds


def _last_known(dating: Dating) -> date | None:
    """The youngest day that the evidence used gives for certain, or of an article told alike."""
    # Articles told alike are of the same years even where they do not agree on the month.
    alike = [
        piece.window.end for piece in (*dating.evidence, *dating.set_aside) if piece.kind is Kind.NEIGHBOUR
    ]
    days = [day for day in alike if day]
    # Of several terms of an office the first is certain.
    days += [
        min(window.start or date.min for window in piece.windows)
        for piece in dating.evidence
        if piece.windows
        and piece.kind not in (Kind.DAY, Kind.FEAST, Kind.WEEKDAY, Kind.CAPTURE, Kind.NEIGHBOUR)
    ]
    return max(days, default=None)


def _expected(stated: date, dating: Dating) -> bool:
    """Something in the text, or a neighbour, lies within two years of the day."""
    last = _last_known(dating)
    if dating.interval.end and stated <= dating.interval.end:
        return True
    return last is not None and (stated - last).days <= 2 * YEAR
