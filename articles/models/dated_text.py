"""The words of the articles whose date their page states, by which undated ones are dated."""

from __future__ import annotations

import secrets

from django.db import models

from articles.models.article import Article

LARGEST_STAMP = 2**63 - 1  # what the column holds


def new_stamp() -> int:
    """Return a number that is not given twice, as a row's number is after a roll-back or a restore."""
    return secrets.randbelow(LARGEST_STAMP) + 1


class DatedTextQuerySet(models.QuerySet["DatedText"]):
    """Verbs for dated texts."""

    def put(self, article_id: int, terms: bytes) -> None:
        """Keep an article's words. Other words make another row, by which whoever holds the old ones knows."""
        stored = self.filter(article_id=article_id).first()
        if stored is not None:
            if bytes(stored.terms) == terms:
                return
            stored.delete()
        self.create(article_id=article_id, terms=terms)


class DatedText(models.Model):
    """An article that may date others: its page, or a person, says when it was published, within a month.

    `terms` are its words as `articles.clean.dating.likeness.Terms` packs them. An article that is dated by
    what it says or by others like it has no row: errors would confirm each other.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    terms = models.BinaryField(help_text="Hashes of its words, and how often each comes.")
    stamp = models.BigIntegerField(default=new_stamp, help_text="Another number after every change.")

    objects = DatedTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"words of article {self.article_id}"
