"""The last stage of cleaning: what the body itself, and an archive with its like, say about dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from articles.clean.article import (
    UNKNOWN_DATE,
    CleanArticle,
    DateInterval,
    DateMention,
    Field,
    Witness,
)
from articles.clean.dating import (
    Dating,
    Evidence,
    Facts,
    Kind,
    Neighbour,
    check_stated,
    date_sentences,
    dates_in_sentences,
    load_facts,
    split_body,
)
from articles.clean.dating.evidence import spoken

# A stated date that the body contradicts is more often the day of a crawl or of an update than right.
CONFIDENCE_WHEN_CONTRADICTED = 0.4
# What an archive's like says is right for .98 of the articles it dates (benchmarks/score_dating.py), but for .77
# when the archive has nothing from half a year around (research/dating.md, section 2), which no article shows.
SURE_BY_NEIGHBOURS = 0.75
# Of articles with one that is as like as a copy, .94 are of a day within ten of its (the same section).
SURE_BY_COPIES, AROUND_A_COPY = 0.9, timedelta(days=10)
# Copies that are further apart, the days around them counted, were printed again later, and tell no time.
WIDEST_BY_COPIES = timedelta(days=92)
# Articles of the archive that are listed as evidence, of those that agree and of those that do not.
MOST_LISTED = 5

# The methods of a published date that the page does not state.
NOT_STATED = frozenset(
    {"none", "content", "content and neighbours", "content and copies", "content and update"}
)

_UNDATED: Field[DateInterval] = Field(UNKNOWN_DATE, "none", 0.0, note="The page gives no date of its own.")


@dataclass(frozen=True, slots=True)
class ArchiveWitness(Witness):
    """Another article, by its permanent id, whose date says something of this one's."""

    article: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Dated articles of an archive: those told much alike, and copies of the text, the most alike first.

    None of them may be dated by its content or by others like it.
    """

    neighbours: tuple[Neighbour, ...] = ()
    copies: tuple[Neighbour, ...] = ()


NOTHING_ALIKE = Alike()


@cache
def builtin_facts() -> Facts:
    """The dated offices and events of the authority files that come with Dateline, read once."""
    return load_facts()


def with_dates(article: CleanArticle, *, facts: Facts, captured: date | None = None) -> CleanArticle:
    """Return the article dated by what it says, where the page states no date.

    1. The evidence of the body, and a bound: an article is not younger than its page (`captured` is a day on
    which that was there), nor than its own update. 2. The published date: a stated one stands, and is doubted
    when the body contradicts it; without one, the interval that the body allows. 3. The times the body names,
    reckoned from that date.
    """
    return _dated(article, facts=facts, captured=captured, alike=NOTHING_ALIKE)


def with_archive(
    article: CleanArticle, *, facts: Facts, alike: Alike, captured: date | None = None
) -> CleanArticle:
    """Return an article that `with_dates` dated, dated again with what an archive holds that is like it.

    1. Dated copies of the text say most: it was printed around their days. 2. Else dated articles told alike
    narrow what the body allows, where they agree. Whatever they say, a stated date stays as it is, and so does
    an article that nothing is like.
    """
    if states_date(article) or not (alike.neighbours or alike.copies):
        return article
    undated = replace(article, published=_UNDATED)
    return _dated(undated, facts=facts, captured=captured, alike=alike)


def states_date(article: CleanArticle) -> bool:
    """Say whether the page itself tells when the article was published."""
    return article.published.method not in NOT_STATED


def _dated(article: CleanArticle, *, facts: Facts, captured: date | None, alike: Alike) -> CleanArticle:
    sentences = split_body([paragraph.text for paragraph in article.paragraphs])
    stated = article.published.value
    # 1. The evidence.
    not_after, by_update = _bound(article, captured)
    dating = date_sentences(
        sentences, facts=facts, published=stated, neighbours=alike.neighbours, not_after=not_after
    )
    dating = replace(dating, interval=_ended(dating.interval, not_after))
    if by_update:
        dating = _with_update_named(dating)
    # 2. The published date.
    copied: tuple[Witness, ...] = ()
    if stated.known:
        published = _checked(article, dating, captured)
    else:
        published = _by_content(article, dating)
        if alike.copies:
            published, copied = _by_copies(published, dating, alike.copies, not_after)
    # 3. The times the body names.
    known = published.value if published.value.start and published.value.end else None
    mentions = tuple(
        DateMention(each.text, each.start, each.end, each.interval or UNKNOWN_DATE, each.relative)
        for each in dates_in_sentences(sentences, published=known)
    )
    witnesses = (*copied, *map(_witness, _shortened(dating)))
    return replace(article, published=published, witnesses=witnesses, date_mentions=mentions)


def _bound(article: CleanArticle, captured: date | None) -> tuple[date | None, bool]:
    """Return the last day on which the article can be of, and whether it is that of its update."""
    updated = None if article.published.value.known else article.updated.value.end
    if updated is not None and (captured is None or updated <= captured):
        return updated, True
    return captured, False


def _ended(interval: DateInterval, not_after: date | None) -> DateInterval:
    """Return the interval without the days after a bound; odds are taken by weeks, and reach past it."""
    if not_after is None or interval.end is None or interval.end <= not_after:
        return interval
    if interval.start and interval.start > not_after:
        return interval
    return replace(interval, end=not_after)


def _with_update_named(dating: Dating) -> Dating:
    def named(piece: Evidence) -> Evidence:
        if piece.kind is not Kind.CAPTURE:
            return piece
        return replace(piece, shows=f"The page was updated on {spoken(piece.window.end)}: not written after.")

    return replace(
        dating,
        evidence=tuple(map(named, dating.evidence)),
        set_aside=tuple(map(named, dating.set_aside)),
    )


def _by_content(article: CleanArticle, dating: Dating) -> Field[DateInterval]:
    if not dating.interval.known:
        return _UNDATED
    method, confidence, note = dating.method, dating.confidence, dating.summary
    if method == "content and neighbours":
        confidence = min(confidence, SURE_BY_NEIGHBOURS)
        note = f"{note.removesuffix('.')} and by dated articles of this archive that are told alike."
    updated = article.updated.value.end
    if updated and dating.interval == DateInterval(None, updated, "interval"):
        note = f"Not published after {spoken(updated)}, when the page says that it was updated."
        return Field(
            dating.interval, "content and update", confidence, lines=article.updated.lines, note=note
        )
    return Field(dating.interval, method, confidence, note=note)


def _by_copies(
    published: Field[DateInterval], dating: Dating, copies: tuple[Neighbour, ...], not_after: date | None
) -> tuple[Field[DateInterval], tuple[Witness, ...]]:
    """Return the days around those of copies, where these agree with each other and with the body.

    A copy is printed with its original or soon after; its day is not that of first publication.
    """
    starts = [copy.published.start for copy in copies if copy.published.start]
    ends = [copy.published.end for copy in copies if copy.published.end]
    if not starts or not ends:
        return published, ()
    reason = ""
    first, last = min(starts) - AROUND_A_COPY, max(ends) + AROUND_A_COPY
    if last - first > WIDEST_BY_COPIES:
        reason = "The copies are of days too far apart."
    elif not _overlap(dating.cautious, first, last) or (not_after and first > not_after):
        reason = "The rest of the text points to another time."
    witnesses = tuple(_copy_witness(copy, reason) for copy in copies[:MOST_LISTED])
    if reason:
        return published, witnesses
    interval = DateInterval(first, min(last, not_after) if not_after else last, "interval")
    note = (
        f"Printed between {spoken(interval.start)} and {spoken(interval.end)}, by dated copies of this text in "
        "the archive. Which came first they do not tell."
    )
    return Field(interval, "content and copies", SURE_BY_COPIES, note=note), witnesses


def _overlap(interval: DateInterval, first: date, last: date) -> bool:
    return (interval.start or date.min) <= last and (interval.end or date.max) >= first


def _checked(article: CleanArticle, dating: Dating, captured: date | None) -> Field[DateInterval]:
    check = check_stated(article.published.value, dating, captured=captured)
    if check.consistent:
        return article.published
    note = f"{article.published.note} Doubtful: {check.reason}".strip()
    confidence = min(article.published.confidence, CONFIDENCE_WHEN_CONTRADICTED)
    return replace(article.published, confidence=confidence, note=note)


def _shortened(dating: Dating) -> list[Evidence]:
    """Return the evidence with a few of the neighbours on each side, those most alike first."""
    listed = []
    for side in (dating.evidence, dating.set_aside):
        alike = [piece for piece in side if piece.kind is Kind.NEIGHBOUR]
        listed += [piece for piece in side if piece.kind is not Kind.NEIGHBOUR]
        listed += alike[:MOST_LISTED]
    return listed


def _copy_witness(copy: Neighbour, reason: str) -> ArchiveWitness:
    day = spoken(copy.published.start)
    return ArchiveWitness(
        quote="",
        start=-1,
        end=-1,
        window=copy.published,
        shows=f"A copy of this text is of {day}.",
        used=not reason,
        reason=reason,
        article=copy.article,
    )


def _witness(evidence: Evidence) -> Witness:
    plain = Witness(
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        window=evidence.window,
        shows=evidence.shows,
        used=evidence.used,
        reason=evidence.reason,
    )
    if evidence.kind is not Kind.NEIGHBOUR:
        return plain
    return ArchiveWitness(
        plain.quote,
        plain.start,
        plain.end,
        plain.window,
        plain.shows,
        plain.used,
        plain.reason,
        article=evidence.fact or "",
    )
