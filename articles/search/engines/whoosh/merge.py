"""Which segments a commit merges."""

from __future__ import annotations

from typing import Any


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Keep all segments as they are, but those without a live document."""
    return [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
