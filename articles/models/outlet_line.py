"""What an archive remembers of an outlet's pages: on how many of them each line stands."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Iterable, Mapping

from django.db import models
from django.db.models import F

from articles.models.article import Article
from articles.models.outlet import Outlet

# Of an outlet's pages, the latest so many keep the lines that no other page has. A line that came once in more
# pages than these is no chrome worth knowing, and nearly all lines are such: an outlet so takes some 10,000
# rows (0.7 MB) however many pages it has (benchmarks/bench_ingest.py prints the figure).
PAGES_KEPT_WHOLE = 200
# One page in so many clears up, as each time costs a look through the outlet's rows.
CLEARED_EVERY = 100
# Rows written with one statement. SQLite takes 32,766 values in one, four for each row.
ROWS_AT_ONCE = 5000
# A fingerprint is 64 bits; the numbers of a page are kept in the byte order of x86 and ARM.
_SIGNED_64 = "q"


class CountedPage(models.Model):
    """A page whose lines count in its outlet's memory; of the pages that tell one story there is one.

    Its numbers only grow, and are never given twice. `lines` are the fingerprints it was counted with, those
    as long as a paragraph first: taking it off again asks neither its text nor today's cleaner.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="+")
    lines = models.BinaryField(help_text="Fingerprints of 8 bytes each.")
    long_lines = models.PositiveIntegerField(help_text="How many of them are as long as a paragraph.")

    def __str__(self) -> str:
        return f"article {self.article_id} counts for outlet {self.outlet_id}"

    @property
    def fingerprints(self) -> list[int]:
        """The lines it was counted with, those as long as a paragraph first."""
        return _swapped(array(_SIGNED_64, bytes(self.lines))).tolist()

    def keep(self, lines: Mapping[int, bool]) -> None:
        """Set the lines: fingerprints, true for those as long as a paragraph."""
        self.lines, self.long_lines = packed(lines), sum(lines.values())


class OutletLineQuerySet(models.QuerySet["OutletLine"]):
    """Verbs for the lines of outlets. Changing them needs the turn of `articles.ingest.stories.take_turns`."""

    def on(self, outlet_id: int, fingerprints: Iterable[int]) -> dict[int, OutletLine]:
        """Return what is known of these lines of an outlet."""
        found = self.filter(outlet_id=outlet_id, fingerprint__in=list(fingerprints))
        return {line.fingerprint: line for line in found}

    def count_in(self, page: CountedPage) -> None:
        """Count a page's lines."""
        lines = page.fingerprints
        known = set(
            self.filter(outlet_id=page.outlet_id, fingerprint__in=lines).values_list("fingerprint", flat=True)
        )
        self.filter(outlet_id=page.outlet_id, fingerprint__in=known).update(pages=F("pages") + 1)
        self.bulk_create(
            [
                self.model(outlet_id=page.outlet_id, fingerprint=line, pages=1, first=page.pk)
                for line in lines
                if line not in known
            ],
            batch_size=ROWS_AT_ONCE,
        )
        if page.pk % CLEARED_EVERY == 0:
            self._clear_up(page.outlet_id)

    def count_out(self, page: CountedPage) -> None:
        """Take a page's lines off again: exactly those that it was counted for."""
        # A line that was cleared up and came again later was counted anew, without this page.
        counted = self.filter(outlet_id=page.outlet_id, fingerprint__in=page.fingerprints, first__lte=page.pk)
        counted.filter(pages=1).delete()
        counted.update(pages=F("pages") - 1)

    def _clear_up(self, outlet_id: int) -> None:
        latest = CountedPage.objects.filter(outlet_id=outlet_id).order_by("-pk")
        oldest_kept = latest.values_list("pk", flat=True)[PAGES_KEPT_WHOLE - 1 : PAGES_KEPT_WHOLE].first()
        if oldest_kept is not None:
            self.filter(outlet_id=outlet_id, pages=1, first__lt=oldest_kept).delete()


class OutletLine(models.Model):
    """A line of an outlet's pages, and on how many of those that count it stands.

    A row each, as one packed blob an outlet, measured too, is 144 kB at 500 pages, read and written for each.

    `first` is the number of the `CountedPage` that brought it: pages with a lower number are not in `pages`.
    """

    pk = models.CompositePrimaryKey("outlet_id", "fingerprint")
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="+", db_index=False)
    fingerprint = models.BigIntegerField(help_text="Hash of the line as the cleaner compares lines.")
    pages = models.PositiveIntegerField()
    first = models.BigIntegerField()

    objects = OutletLineQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.fingerprint} on {self.pages} of outlet {self.outlet_id}"


def packed(lines: Mapping[int, bool]) -> bytes:
    """Return fingerprints as a page keeps them: the long ones first, each kind in ascending order."""
    ordered: Collection[int] = sorted(lines, key=lambda line: (not lines[line], line))
    return _swapped(array(_SIGNED_64, ordered)).tobytes()


def _swapped(numbers: array[int]) -> array[int]:
    """Return the numbers in the order of bytes that is stored, or from it, on a machine with another one."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
