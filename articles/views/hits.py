"""The words of a query, found again in the article that it led to."""

from __future__ import annotations

import re

from articles.views.marking import Span

LONGEST_QUERY = 500  # characters of a query that are looked at: marking is a courtesy, not the search
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def hits_in(text: str, query: str) -> list[Span]:
    """Return where the words of a query stand in a text, whole words, without regard to case."""
    words = {word.casefold() for word in _WORD.findall(query[:LONGEST_QUERY])}
    if not words:
        return []
    found = (match for match in _WORD.finditer(text) if match[0].casefold() in words)
    return [Span(match.start(), match.end()) for match in found]
