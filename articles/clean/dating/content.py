"""Dating an article by what it says.

How to call it, after the body is cleaned::

    facts = load_facts()                       # once a process
    dating = date_by_content([p.text for p in article.paragraphs], facts=facts)
    if not article.published.value.known:      # content never overwrites a stated date
        published = Field(dating.interval, "content", dating.confidence, note=dating.summary)
    else:                                      # it only warns
        check = check_stated(article.published.value, dating)

With the archive at hand, `neighbours=index.find(body, leave_out=key)` narrows the interval further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from articles.clean.article import UNKNOWN_DATE, DateInterval
from articles.clean.dating.calendars import find_calendar
from articles.clean.dating.combine import curve_of, likely_days, ratio_kept
from articles.clean.dating.edtf import to_edtf
from articles.clean.dating.evidence import Evidence, Kind, span, spoken
from articles.clean.dating.facts import Facts
from articles.clean.dating.lexicons import rates, table
from articles.clean.dating.neighbours import Neighbour, narrowed, neighbour_evidence
from articles.clean.dating.occurrences import find_occurrences
from articles.clean.dating.offices import find_offices
from articles.clean.dating.sentences import Sentence, split_body
from articles.clean.dating.totals import find_durations, find_totals

# A body longer than this many sentences is read to here: the rest of a book or a dump dates nothing better.
MOST_SENTENCES = 400
# Confidence of an interval by what it rests on; the share that was right on the training half, rounded down.
SURE_BOTH_ENDS, SURE_ONE_END, SURE_NEIGHBOURS, SURE_IN_CONFLICT = 0.95, 0.95, 0.95, 0.5


@dataclass(frozen=True)
class Dating:
    """When an article was written, by its content.

    `interval` has both ends, one end ("not before", "not after"), or none. `evidence` is what was used, in
    the order of the text; `set_aside` is what was found and not used, each with its reason. `confidence`
    runs from 0 to 1. `method` is "content", "content and neighbours" or "none". `cautious` is the wider
    stretch outside of which a stated date is doubted.
    """

    interval: DateInterval
    evidence: tuple[Evidence, ...]
    set_aside: tuple[Evidence, ...]
    confidence: float
    method: str
    cautious: DateInterval = UNKNOWN_DATE

    @property
    def edtf(self) -> str:
        """The interval as EDTF, marked uncertain: "2012-04-12?/2012-04-30?"; "" when nothing is known."""
        return to_edtf(self.interval, uncertain=True)

    @property
    def summary(self) -> str:
        """One sentence for the reader."""
        start, end = self.interval.start, self.interval.end
        if start and end:
            return f"Written between {spoken(start)} and {spoken(end)}, by its content."
        if start:
            return f"Not written before {spoken(start)}, by its content."
        return f"Not written after {spoken(end)}, by its content." if end else "The content does not date it."


def date_by_content(
    paragraphs: Sequence[str],
    *,
    facts: Facts,
    published: DateInterval | None = None,
    neighbours: Sequence[Neighbour] | None = None,
    not_after: date | None = None,
) -> Dating:
    """Date an article by its paragraphs: the cleaned body only, for promos and banners tell another time.

    `published` is the stated date, if any: it never counts as evidence, but evidence against it is marked.
    `neighbours` are dated articles much like this one, none of them dated by content. `not_after` is a day on
    which the page was already there. Never raises for any text.
    """
    return date_sentences(
        split_body(paragraphs), facts=facts, published=published, neighbours=neighbours, not_after=not_after
    )


def date_sentences(
    sentences: Sequence[Sentence],
    *,
    facts: Facts,
    published: DateInterval | None = None,
    neighbours: Sequence[Neighbour] | None = None,
    not_after: date | None = None,
) -> Dating:
    """Date an article by the sentences of its body; see `date_by_content`.

    1. Find all that the sentences say about time.  2. Add the bound of the capture.  3. Sum the odds over
    days.  4. Keep the days near the best, narrower where neighbours agree.  5. Sort the evidence by what
    came out.
    """
    # 1. and 2.
    found = list(find_evidence(sentences, facts=facts))
    if not_after:
        shows = f"The page was captured on {spoken(not_after)}: not written after."
        found.append(Evidence(Kind.CAPTURE, None, "", -1, -1, (span(None, not_after),), shows))
    # 3.
    curve = curve_of(found)
    if curve is None:
        alone = [replace(piece, used=False, reason="Alone it fits any year.") for piece in found]
        alone += neighbour_evidence(neighbours or (), within=None)
        return Dating(UNKNOWN_DATE, (), tuple(alone), 0.0, "none")
    # 4.
    content = likely_days(curve, ratio=ratio_kept("cautious"))
    narrow = narrowed(curve, neighbours or ())
    interval = narrow or _as_given(likely_days(curve, ratio=ratio_kept()), content)
    # 5.
    listed = [
        *_sorted_out(found, interval if interval.known else content),
        *neighbour_evidence(neighbours or (), within=narrow),
    ]
    if published and published.known:
        listed = [_against(piece, published) for piece in listed]
    used = tuple(piece for piece in listed if piece.used)
    aside = tuple(piece for piece in listed if not piece.used)
    method = "content and neighbours" if narrow else "content" if interval.known else "none"
    return Dating(interval, used, aside, _confidence(interval, aside, method), method, content)


def find_evidence(sentences: Sequence[Sentence], *, facts: Facts) -> tuple[Evidence, ...]:
    """All that the sentences say about the time of writing, in the order of the text, a fact once."""
    sentences = sentences[:MOST_SENTENCES]
    found = [
        *find_occurrences(sentences, facts),
        *find_offices(sentences, facts),
        *find_totals(sentences, facts),
        *find_durations(sentences, facts),
        *find_calendar(sentences, facts),
    ]
    # The same fact told again proves nothing more.
    seen: dict[tuple[Kind, str | None, tuple[DateInterval, ...], int | None], Evidence] = {}
    for piece in sorted(found, key=lambda piece: piece.start):
        seen.setdefault((piece.kind, piece.fact, piece.windows, piece.weekday), piece)
    return tuple(seen.values())


def _as_given(near: DateInterval, cautious: DateInterval) -> DateInterval:
    """The interval if it has two ends and is narrow enough to be of use, else a bound.

    A bound alone has no other end to check it, so it is taken from the more cautious reading.
    """
    if near.start and near.end and near.end - near.start <= timedelta(days=int(table("weights")["widest"])):
        return near
    if cautious.start:
        return span(cautious.start, None)
    return span(None, cautious.end) if cautious.end else UNKNOWN_DATE


def _sorted_out(found: Sequence[Evidence], interval: DateInterval) -> list[Evidence]:
    """Each piece with whether it fits the interval, and why not."""
    first, last = interval.start or date.min, interval.end or date.max
    return [
        piece if _fits(piece, first, last) else replace(piece, used=False, reason=_why_not(piece))
        for piece in found
    ]


def _fits(piece: Evidence, first: date, last: date) -> bool:
    weights = rates(piece.kind)
    slack = timedelta(days=max(weights.get("before", 0), weights.get("after", 0)))
    start = first - slack if first > date.min + slack else first
    end = last + slack if last < date.max - slack else last
    return piece.allows(start, end)


def _why_not(piece: Evidence) -> str:
    if piece.kind in (Kind.DAY, Kind.FEAST):
        return (
            "No such day is near the time that the rest of the text points to; it may be of an earlier year."
        )
    wrong = rates(piece.kind)["wrong"]
    return f"The rest of the text points to another time; this kind of evidence errs {wrong:.0%} of the time."


def _against(piece: Evidence, published: DateInterval) -> Evidence:
    first, last = published.start or date.min, published.end or date.max
    if piece.used and not _fits(piece, first, last):
        return replace(piece, shows=f"{piece.shows} This does not fit the stated date.")
    return piece


def _confidence(interval: DateInterval, aside: Sequence[Evidence], method: str) -> float:
    if not interval.known:
        return 0.0
    # Evidence of the trusted kinds on the other side: somebody should look at it.
    if any(piece.kind in (Kind.EVENT, Kind.NAME, Kind.OFFICE) for piece in aside):
        return SURE_IN_CONFLICT
    if method == "content and neighbours":
        return SURE_NEIGHBOURS
    return SURE_BOTH_ENDS if interval.start and interval.end else SURE_ONE_END
