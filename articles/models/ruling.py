"""Rulings: what people decided. They outrank the machine and survive every re-run."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from articles.models.outlet import Outlet
from articles.models.page import StoredPage


class Verdict(models.TextChoices):
    """What a person can rule."""

    FIELD = "field", "this field has this value"
    SAME = "same", "the same"
    DIFFERENT = "different", "different"
    UNSURE = "unsure", "cannot be decided"
    KIND = "kind", "this actor is of this kind"
    NOT_AN_ACTOR = "not_an_actor", "not an actor"
    LINE = "line", "this line is, or is not, the article"


class RulingQuerySet(models.QuerySet["Ruling"]):
    """Verbs for lists of rulings."""

    def standing(self) -> RulingQuerySet:
        """Leave out the ones that were undone."""
        return self.filter(undone_at__isnull=True)

    def on_fields_of(self, page: StoredPage) -> RulingQuerySet:
        """Return the standing field rulings of a page, the oldest first, so that the last one wins."""
        return self.standing().filter(verdict=Verdict.FIELD, page=page).order_by("made_at", "pk")

    def on_actors(self) -> RulingQuerySet:
        """Return the rulings that say who is whom; fields and lines of pages are left out."""
        return self.exclude(verdict__in=(Verdict.FIELD, Verdict.LINE))

    def on_lines_for(self, outlet: Outlet) -> RulingQuerySet:
        """Return the standing line rulings for an outlet, the oldest first."""
        lines = self.standing().filter(verdict=Verdict.LINE, value__outlet=outlet.pk)
        return lines.order_by("made_at", "pk")

    def on_lines_of(self, page: StoredPage) -> RulingQuerySet:
        """Return the standing line rulings for one page alone, the oldest first."""
        return self.standing().filter(verdict=Verdict.LINE, page=page, left="").order_by("made_at", "pk")


class Ruling(models.Model):
    """One person's verdict: who, when, why. It is undone by setting `undone_at`, never deleted.

    A field ruling hangs on the stored page, which outlives every re-run; an actor ruling names
    both sides by kind and canonical name, so that it can be exported and applied elsewhere. A line
    ruling names the outlet (`left`, empty for its page alone) and holds the line in `value`: {"line":
    phrase, "label": "chrome" or "body", "number": line number on its page, "outlet": its id or null}.
    """

    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    page = models.ForeignKey(
        StoredPage, on_delete=models.PROTECT, null=True, blank=True, related_name="rulings"
    )
    field = models.CharField(max_length=40, blank=True)
    value = models.JSONField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True, help_text="The value that this ruling replaced.")
    kind = models.CharField(max_length=20, blank=True)
    left = models.CharField(max_length=300, blank=True)
    right = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="rulings"
    )
    made_by_name = models.CharField(max_length=150, help_text="Kept when the account is deleted.")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["page", "field"])]

    def __str__(self) -> str:
        if self.verdict == Verdict.FIELD:
            return f"{self.field} is {self.value}"
        if self.verdict == Verdict.LINE:
            told = "the article" if self.said["label"] == "body" else "not the article"
            return f"“{self.said['line'][:80]}” is {told} {f'for {self.left}' if self.left else 'here'}"
        return f"{self.left} {self.verdict} {self.right}".strip()

    @property
    def said(self) -> dict[str, Any]:
        """The value of a line ruling."""
        return dict(self.value or {})
