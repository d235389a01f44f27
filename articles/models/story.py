"""Stories: articles that tell the same text, and the links that prove it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.models.article import Article


class Story(models.Model):
    """Near-copies of one text. `first` is the earliest publication among them, when it is known."""

    first = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return f"Story {self.pk}"


class DuplicateLink(models.Model):
    """Two articles that share text. `jaccard` and `containment` are over 5-word shingles, 0 to 1."""

    class Sameness(models.TextChoices):
        EXACT = "exact", "the same text"
        NEAR = "near", "nearly the same text"
        CONTAINS = "contains", "one holds the other"

    left = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    sameness = models.CharField(max_length=20, choices=Sameness.choices)
    jaccard = models.FloatField()
    containment = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="one_link_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=models.F("right")), name="link_left_before_right"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"
