"""Pairs of actors that may be one: what the machine found doubtful, for a person to decide."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.actor import Actor


class JoinCandidateQuerySet(models.QuerySet["JoinCandidate"]):
    """Verbs for lists of candidates."""

    def to_review(self) -> JoinCandidateQuerySet:
        """Return what waits for a verdict, those first that settle most mentions."""
        return self.filter(status=JoinCandidate.Status.OPEN).order_by("-settles", "-score", "pk")


class JoinCandidate(models.Model):
    """Two actors of the machine that may be one, and why; `score` runs from 0 to 1.

    `status` follows from the rulings that stand, and `settles`, the number of mentions of the smaller side,
    from the mentions: both are written by `articles.ingest.settle`. `changed_at` is when the machine last
    found more to say of the pair: a verdict of "cannot be decided" holds until then.
    """

    class Status(models.TextChoices):
        OPEN = "open", "waits for a verdict"
        SAME = "same", "the same"
        DIFFERENT = "different", "different"
        UNSURE = "unsure", "cannot be decided"
        MOOT = "moot", "one of them is no actor"

    left = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    settles = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = JoinCandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="one_candidate_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="candidate_left_before_right"),
        ]
        indexes = [models.Index(fields=["status", "-settles", "-score"], name="candidates_to_review")]

    def __str__(self) -> str:
        return f"{self.left_id} ? {self.right_id}"
