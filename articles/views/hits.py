"""The words of a query, found again in the article that it led to."""

from __future__ import annotations

from articles.search.highlight import BODY_FIELDS, marks_in, wanted_by
from articles.search.syntax import parse
from articles.views.marking import Span

HEADLINE_FIELDS = (None, "title")


def hits_in(text: str, query: str, *, fields: tuple[str | None, ...] = BODY_FIELDS) -> list[Span]:
    """Return where a query's hits stand in a text that these fields are made of, as the search found them."""
    return [Span(found.start, found.end) for found in marks_in(text, wanted_by(parse(query).tree, fields))]
