"""Notes that curators write on an article, for each other. Nothing written is lost: a new wording replaces the old."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.page import StoredPage


class NoteQuerySet(models.QuerySet["Note"]):
    """Verbs for lists of notes."""

    def current(self) -> NoteQuerySet:
        """Leave out what was replaced by another wording or taken away."""
        return self.filter(replaced_by=None, removed_at=None)


class Note(models.Model):
    """One wording of a note. It hangs on the page, which outlives every re-run, and is never changed."""

    page = models.ForeignKey(StoredPage, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_by_name = models.CharField("written by", max_length=150)
    made_at = models.DateTimeField("written on", default=timezone.now)
    removed_at = models.DateTimeField("taken away on", null=True, blank=True)
    removed_by_name = models.CharField("taken away by", max_length=150, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    def earlier(self) -> list[Note]:
        """Return the wordings that this one replaced, the latest first."""
        found: list[Note] = []
        before = self.replaces
        while before is not None:
            found.append(before)
            before = before.replaces
        return found
