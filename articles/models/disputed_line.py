"""Lines that a rule or an outlet's memory took out of a story though they read like it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Min

from articles.models.article import VISIBLE, Article

LONGEST_SHOWN = 600  # characters of a line that are kept; the whole of it stands on its page


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """One line of an outlet's pages, asked about once: on how many articles it stands, and the first of these."""

    pk: int
    articles: int


class DisputedLineQuerySet(models.QuerySet["DisputedLine"]):
    """Verbs for lists of disputed lines."""

    def alike(self, line: DisputedLine) -> DisputedLineQuerySet:
        """Return what a verdict on a line settles: the same line of its outlet, else the line alone."""
        outlet = line.article.outlet_id
        if outlet is None:
            return self.filter(phrase=line.phrase, article=line.article_id)
        return self.filter(phrase=line.phrase, article__outlet=outlet)

    def questions(self) -> list[LineQuestion]:
        """Return the questions, those first that settle most articles."""
        seen = self.filter(article__status__in=VISIBLE)
        known = seen.filter(article__outlet__isnull=False).order_by().values("article__outlet", "phrase")
        alone = seen.filter(article__outlet=None).order_by().values("article", "phrase")
        rows = [
            (row["articles"], row["least"])
            for group in (known, alone)
            for row in group.annotate(articles=Count("article", distinct=True), least=Min("pk"))
        ]
        return [LineQuestion(pk, count) for count, pk in sorted(rows, key=lambda row: (-row[0], row[1]))]


class DisputedLine(models.Model):
    """One such line of one article, of which a person may say what it is.

    It is written with the article's reading, and goes when a person ruled. `phrase` is the line as marks compare it,
    `says_no` why it was taken out, `says_yes` what spoke for it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="disputed_lines")
    number = models.PositiveIntegerField("line of the page")
    phrase = models.CharField(max_length=LONGEST_SHOWN)
    text = models.CharField(max_length=LONGEST_SHOWN)
    says_no = models.TextField()
    says_yes = models.TextField()

    objects = DisputedLineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "phrase"], name="line_disputed_once")]
        indexes = [models.Index(fields=["phrase"], name="disputed_lines_by_phrase")]

    def __str__(self) -> str:
        return self.text[:80]
