"""The keys by which an article finds its possible copies and its other pages, without reading the archive."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from articles.models.article import Article

_BITS = 32
_HALF = 1 << (_BITS - 1)

# Keys stored with one statement. SQLite takes 32,766 values in one, two for each key.
ROWS_AT_ONCE = 5000


def as_stored(key: int) -> int:
    """Return a 32-bit key (0 to 2**32 - 1) as the signed number that a database's integer holds."""
    return key - (1 << _BITS) if key >= _HALF else key


class CopyKeyQuerySet(models.QuerySet["CopyKey"]):
    """Verbs for the keys of copies. Keys go in and come out as they are stored (see `as_stored`)."""

    def bearers(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """Return the numbers of the articles that bear each of these keys, the earliest article first."""
        found: dict[int, list[int]] = {}
        rows = self.filter(key__in=list(keys)).order_by("key", "article_id")
        for key, article_id in rows.values_list("key", "article_id"):
            found.setdefault(key, []).append(article_id)
        return found

    def of(self, article_id: int) -> set[int]:
        """Return the keys of one article."""
        return set(self.filter(article_id=article_id).values_list("key", flat=True))

    def put(self, article_id: int, keys: Iterable[int]) -> None:
        """Make these the keys of an article; only what differs is written."""
        wanted, stored = set(keys), self.of(article_id)
        if stored - wanted:
            self.filter(article_id=article_id, key__in=stored - wanted).delete()
        rows = [self.model(article_id=article_id, key=key) for key in sorted(wanted - stored)]
        self.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


class CopyKey(models.Model):
    """One key of one article: articles with a key in common are compared exactly.

    A row is two numbers and no id of its own: an article has some 85 of them. The first index finds and
    deletes an article's keys, the second finds who else bears a key, without touching the rows.
    """

    pk = models.CompositePrimaryKey("article_id", "key")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.IntegerField(help_text="A key of 32 bits, as a signed number.")

    objects = CopyKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "article"], name="who_bears_a_copy_key")]

    def __str__(self) -> str:
        return f"{self.key} of {self.article_id}"


class PartKeyQuerySet(models.QuerySet["PartKey"]):
    """Verbs for the keys of pages that say that they are one of several."""

    def put(self, article_id: int, keys: Iterable[int]) -> None:
        """Make these the keys of an article."""
        wanted = set(keys)
        stored = set(self.filter(article_id=article_id).values_list("key", flat=True))
        if stored - wanted:
            self.filter(article_id=article_id, key__in=stored - wanted).delete()
        self.bulk_create(
            [self.model(article_id=article_id, key=key) for key in sorted(wanted - stored)],
            ignore_conflicts=True,
        )

    def sharing_with(self, article_ids: Iterable[int], *, most: int) -> list[int]:
        """Return articles that share a key with any of these, and these themselves; `most` of them."""
        keys = self.filter(article_id__in=list(article_ids)).values("key")
        found = self.filter(key__in=keys).order_by("article_id").values_list("article_id", flat=True)
        return list(found.distinct()[:most])


class PartKey(models.Model):
    """A hash of what the pages of one article have in common: headline, address, or byline and day.

    Only pages that say that they are one of several have any.
    """

    pk = models.CompositePrimaryKey("article_id", "key")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.IntegerField(help_text="A hash of 32 bits, as a signed number.")

    objects = PartKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "article"], name="who_bears_a_part_key")]

    def __str__(self) -> str:
        return f"{self.key} of {self.article_id}"
