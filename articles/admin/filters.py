"""Filters of the admin's lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin


class ValuesWithUnknown(admin.AllValuesFieldListFilter):
    """Every value that a text has; the empty one is called unknown, so that it can be seen and clicked."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield each value as Django lists it, none of them without a name."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "unknown"}
