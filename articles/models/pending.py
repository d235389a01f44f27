"""Index work that is still to be done, written in the same transaction as the change itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models


class PendingIndexQuerySet(models.QuerySet["PendingIndex"]):
    """Verbs for the queue."""

    def queue(self, article_ids: Iterable[int]) -> None:
        """Note that these articles changed. Call it inside the transaction that changes them."""
        self.bulk_create([self.model(article_id=article_id) for article_id in article_ids])


class PendingIndex(models.Model):
    """One change of one article that the search index has not seen.

    The article's number is kept without a foreign key, since a deleted article needs its entry
    removed from the index as well. Whoever drains the queue reads the article's present state,
    and deletes only the rows it had read: a change made meanwhile stays queued.
    """

    article_id = models.PositiveBigIntegerField("number of the article", db_index=True)
    queued_at = models.DateTimeField("waiting since", auto_now_add=True)

    objects = PendingIndexQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "change the search does not show yet"
        verbose_name_plural = "changes the search does not show yet"

    def __str__(self) -> str:
        return f"article {self.article_id}"
