"""The archive's dated articles as evidence for the date of an undated one.

Who may give evidence is a row in the database (`DatedText`), written with the article; what is told alike is
found by an index in memory, which each process makes of the rows when it first needs it and keeps up to date.
The evidence is that of the archive as it was when the page was read: `manage.py redate` looks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import islice
from threading import Lock

from django.db.models import QuerySet

from articles.clean.article import UNKNOWN_DATE, DateInterval
from articles.clean.dated import NOT_STATED, Alike
from articles.clean.dating import Neighbour
from articles.clean.dating.lexicons import table
from articles.clean.dating.likeness import NeighbourIndex, Rarity, Terms, terms_of
from articles.models import Article, DatedText, FieldEvidence, Ruling
from articles.models.article import VISIBLE
from articles.resolve.copies import Sameness, compare_texts

# Articles held in memory, the latest: about 1 kB each, and three times as much for the moment in which they are
# sorted. `benchmarks/bench_ingest.py` prints what an archive takes.
MOST_HELD = 50_000
# Articles that are looked up in the database for one that is undated: the 20 that count, and others that are
# copies, hidden, or no longer what they were.
NOMINATED = 48
# Copies that are compared word by word, 1 ms each. Of a text in more outlets these suffice.
MOST_COPIES = 8
# A date is only evidence when its days are no more than these; a stated month is.
LONGEST_DAYS = 31
# A stated date that is doubted more than this (0 to 1) dates nothing else; curators are asked about it too.
LEAST_SURE = 0.6


class DatedArticles:
    """The dated articles of the archive, held in memory. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = NeighbourIndex()
        self._last: tuple[int, int] | None = None  # number and stamp of the last row that is held

    def alike(self, text: str, *, leave_out: str) -> Alike:
        """Return what is told like a text, without the article with the permanent id `leave_out`.

        1. Take in what is new. 2. Nominate the most alike. 3. Look up which of them still are what they were,
        and their dates. 4. Tell copies from what is only told alike; what holds the text, or is held by it,
        is neither.
        """
        terms = terms_of(text)
        with self._lock:
            self._refresh()  # 1
            nominated = self._index.alike(terms, most=NOMINATED)  # 2
        dated = _looked_up(nominated, leave_out)  # 3
        limit = float(table("weights")["neighbours"]["copy"])
        likely = {number: each for number, each in dated.items() if each.similarity > limit}  # 4
        return Alike(
            neighbours=tuple(each for number, each in dated.items() if number not in likely),
            copies=tuple(_copies(text, likely)),
        )

    def _refresh(self) -> None:
        newest = DatedText.objects.order_by("-pk").values_list("pk", "stamp").first()
        if newest == self._last:
            return
        if (
            newest is None
            or not self._still_stands()
            or self._index.grown
            or len(self._index) > 2 * MOST_HELD
        ):
            self._begin()
        self._hold(after=self._last[0] if self._last else 0)

    def _still_stands(self) -> bool:
        """Say whether the last row held is the database's; a database that was put back has others."""
        return (
            self._last is not None
            and DatedText.objects.filter(pk=self._last[0], stamp=self._last[1]).exists()
        )

    def _begin(self) -> None:
        """Begin anew with the rarity of today's words; the latest MOST_HELD rows are yet to be held."""
        rarity = Rarity()
        beyond = (
            DatedText.objects.order_by("-pk").values_list("pk", flat=True)[MOST_HELD : MOST_HELD + 1].first()
        )
        for stored in _rows(after=beyond or 0).values_list("terms", flat=True).iterator():
            rarity.count(Terms.unpacked(bytes(stored)))
        self._index, self._last = NeighbourIndex(rarity), (beyond, 0) if beyond else None
        self._hold(after=beyond or 0, counted=rarity.texts)

    def _hold(self, *, after: int, counted: int = 0) -> None:
        """Hold the rows after that number, of which so many are counted."""
        rows = _rows(after=after).values_list("pk", "stamp", "terms")
        for place, (number, stamp, stored) in enumerate(rows.iterator()):
            terms = Terms.unpacked(bytes(stored))
            if place >= counted:
                self._index.count(terms)
            self._index.hold(f"{number} {stamp}", terms, published=UNKNOWN_DATE)
            self._last = (number, stamp)


@cache
def dated_articles() -> DatedArticles:
    """Return the dated articles that this process holds."""
    return DatedArticles()


def keep_dated_text(article: Article) -> None:
    """Let an article date others, or no longer. Call it inside the transaction that changed it."""
    if article.body and _is_evidence(article):
        DatedText.objects.put(article.pk, terms_of(article.body).packed())
    else:
        DatedText.objects.filter(article=article).delete()


def _is_evidence(article: Article) -> bool:
    """Say whether a person or the page itself says when the article was published, and closely enough."""
    start, end = article.published_from, article.published_to
    if start is None or end is None or (end - start).days >= LONGEST_DAYS:
        return False
    if Ruling.objects.on_fields_of(article.page).filter(field="published").exists():
        return True
    found = (
        FieldEvidence.objects.filter(article=article, field="published").only("method", "confidence").first()
    )
    return found is not None and found.method not in NOT_STATED and found.confidence >= LEAST_SURE


def _rows(*, after: int) -> QuerySet[DatedText]:
    return DatedText.objects.filter(pk__gt=after).order_by("pk")


def _looked_up(nominated: Iterable[Neighbour], leave_out: str) -> dict[int, Neighbour]:
    """Return those nominated that still stand, by the article's number, with permanent ids and dates."""
    held = {int(number): (int(stamp), each) for each in nominated for number, stamp in [each.article.split()]}
    # By number alone: asked for the status too, SQLite would go through all articles of that status.
    rows = DatedText.objects.filter(pk__in=held).values_list("pk", "stamp", "article_id")
    standing = {article: number for number, stamp, article in rows if stamp == held[number][0]}
    articles = Article.objects.filter(pk__in=standing).values_list(
        "pk", "permanent_id", "status", "published_from", "published_to", "published_precision"
    )
    found = {standing[row[0]]: row for row in articles if row[1] != leave_out and row[2] in VISIBLE}
    return {
        found[number][0]: _neighbour(each, *found[number][1:])
        for number, (_, each) in held.items()
        if number in found
    }


def _neighbour(
    nominated: Neighbour,
    permanent_id: str,
    _status: str,
    first: date | None,
    last: date | None,
    precision: str,
) -> Neighbour:
    interval = DateInterval(first, last, precision)  # type: ignore[arg-type]  # choices are Precision's
    return Neighbour(permanent_id, interval, nominated.similarity)


def _copies(text: str, likely: dict[int, Neighbour]) -> Iterable[Neighbour]:
    """Yield those that are copies of the text, the most alike first."""
    numbers = list(islice(likely, MOST_COPIES))
    bodies = dict(Article.objects.filter(pk__in=numbers).values_list("pk", "body"))
    for number in numbers:
        copy = compare_texts(text, bodies.get(number, ""))
        if copy is not None and copy.sameness in {Sameness.EXACT, Sameness.NEAR}:
            yield likely[number]
