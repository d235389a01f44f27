"""Columns that hold a spelling in another form, so that the database can find it; written with the row."""

from __future__ import annotations

from typing import Any

from django.db import models

from articles.resolve.names import normalise
from articles.resolve.sounds import sounds_of


class FoldedField(models.CharField):
    """The `surface` of its row in small Latin letters without accents and hyphens: "kofi annan"."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001  # Django's
        """Fold the spelling; bulk_create and save both come through here."""
        folded = normalise(model_instance.surface)[: self.max_length]  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, folded)
        return folded


class SoundsField(models.CharField):
    """The `surface` of its row as it sounds, a space around each word: " abd bst sd "."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001  # Django's
        """Write the sounds; bulk_create and save both come through here."""
        sounds = sounds_of(model_instance.surface)[: self.max_length]  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, sounds)
        return sounds
