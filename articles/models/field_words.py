"""The fields of an article as a person would write them, from the JSON form of rulings and evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from articles.clean.article import DateInterval
from articles.clean.days_in_words import interval_in_words


def field_in_words(name: str, value: Any) -> str:
    """Return a field's JSON form as a person would write it; empty when it is unknown."""
    read: Callable[[Any], str] = _READERS.get(name, lambda text: str(text or ""))
    return read(value)


def _interval(value: Mapping[str, str | None] | None) -> str:
    if not value or not (value.get("from") or value.get("to")):
        return ""
    start, end = (date.fromisoformat(text) if text else None for text in (value.get("from"), value.get("to")))
    return interval_in_words(DateInterval(start, end, value.get("precision") or "interval"))  # type: ignore[arg-type]  # choices


def _names(value: list[str] | None) -> str:
    return ", ".join(value or [])


_READERS: dict[str, Callable[[Any], str]] = {
    "published": _interval,
    "updated": _interval,
    "authors": _names,
    "source_credits": _names,
}
