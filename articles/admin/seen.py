"""Forms of the admin that know what a person had before them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from articles.ingest.stories import take_turns


class SeenForm(forms.ModelForm):
    """A form that is refused when somebody saved the same thing after it was opened.

    Django compares what is posted with what is stored by then: an older form would put back all that somebody else
    changed meanwhile. Name `seen` among the admin's fields, so that the form carries it.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "seen" in self.fields:
            self.fields["seen"].initial = self._mark_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse an older form; until the transaction ends nobody else changes the thing."""
        cleaned = super().clean() or {}
        if self.instance.pk and cleaned.get("seen"):
            take_turns()  # before the row is locked: whoever has the turn may be waiting for it
            held = type(self.instance)._default_manager.select_for_update().get(pk=self.instance.pk)  # noqa: SLF001  # documented by Django
            if cleaned["seen"] != self._mark_of(held):
                raise ValidationError(
                    "Somebody changed this while you had it open. Nothing of yours was saved. Open it again, look at "
                    "what changed, and make your change again."
                )
        return cleaned

    def _mark_of(self, thing: Model) -> str:
        """Return what tells a thing from what it is after a change of any field of the form."""
        values = [getattr(thing, name) for name in sorted(self.fields) if name != "seen"]
        return sha256(repr(values).encode()).hexdigest()[:16]
