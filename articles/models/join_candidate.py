"""Pairs of actors that may be one: what the machine found doubtful, for a person to decide."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When, Window
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Least, RowNumber
from django.utils import timezone

from articles.models.actor import Actor

FIRST_COMES = ("-settles", "-score", "pk")


class JoinCandidateQuerySet(models.QuerySet["JoinCandidate"]):
    """Verbs for lists of candidates."""

    def to_review(self) -> JoinCandidateQuerySet:
        """Return what waits for a verdict, those first that settle most mentions."""
        return self.filter(status=JoinCandidate.Status.OPEN).order_by(*FIRST_COMES)

    def with_asked(self) -> QuerySet[Any]:
        """Add `asked`, which is the same for pairs that ask the same thing: an actor's number, or two ("3-8").

        A single word ("Vashti", "SNC") may be any of the fuller names that it is paired with, so that all
        its pairs ask: which of them is it? Other pairs ask of the two actors that their sides stand for.
        """
        sides = {
            f"{side}_{what}": Coalesce(f"{side}__merged_into__{what}", f"{side}__{what}")
            for side in ("left", "right")
            for what in ("pk", "name")
        }
        word = {side: ~Q(**{f"{side}_name__contains": " "}) for side in ("left", "right")}
        sided: QuerySet[Any] = self.annotate(**sides)  # annotations are unknown to the plugin
        return sided.annotate(
            asked=Case(
                When(word["left"] & ~word["right"], then=Cast("left_pk", TextField())),
                When(word["right"] & ~word["left"], then=Cast("right_pk", TextField())),
                default=Concat(
                    Cast(Least("left_pk", "right_pk"), TextField()),
                    Value("-"),
                    Cast(Greatest("left_pk", "right_pk"), TextField()),
                    output_field=TextField(),
                ),
                output_field=TextField(),
            )
        )

    def questions(self) -> QuerySet[Any]:
        """Return the pair of each question that settles most: it stands for the others."""
        place = Window(RowNumber(), partition_by=[F("asked")], order_by=list(FIRST_COMES))
        return self.with_asked().annotate(place=place).filter(place=1)

    def maybe_the_same_as(self, actor: Actor) -> set[int]:
        """Return the numbers of the actors that wait for a verdict whether they are this one."""
        waiting = self.to_review().with_asked().order_by()
        pairs = waiting.filter(Q(left_pk=actor.pk) | Q(right_pk=actor.pk)).values_list("left_pk", "right_pk")
        return {number for pair in pairs for number in pair} - {actor.pk}

    def asking_of(self, actors: QuerySet[Actor]) -> JoinCandidateQuerySet:
        """Return the pairs of these actors, and all others of the questions that they belong to."""
        of_them = Q(left_pk__in=actors.values("pk")) | Q(right_pk__in=actors.values("pk"))
        asked = self.with_asked().filter(of_them).order_by().values("asked")
        return self.filter(pk__in=self.with_asked().filter(asked__in=asked).order_by().values("pk"))


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
