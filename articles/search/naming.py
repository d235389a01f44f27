"""What a search is called: its query, its selections and its days, in words."""

from __future__ import annotations

from collections.abc import Sequence

from articles.search.engines.ask import Mode
from articles.search.labels import labels_for
from articles.search.request import SearchRequest

EVERYTHING = "everything"


def names_of(requests: Sequence[SearchRequest]) -> list[str]:
    """Return a name for each search; the labels of all are looked up together."""
    labels = labels_for(one.key for request in requests for one in request.selections)
    names = []
    for request in requests:
        parts = [f"{request.query} (any word)" if request.mode is Mode.ANY else request.query]
        parts += [("not " if one.excluded else "") + labels[one.key].text for one in request.selections]
        if request.first:
            parts.append(f"from {request.first.text}")
        if request.last:
            parts.append(f"to {request.last.text}")
        names.append(" · ".join(part for part in parts if part) or EVERYTHING)
    return names
