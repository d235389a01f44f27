"""Long articles in parts, each a stop in a list of contents. Pure.

A browser lays out only the parts that are near the window (`content-visibility` in article.css), so that a book
of an article is as quick to scroll as a short one, and finding words in the page and printing still see all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

LONG = 6_000  # words from which an article is shown in parts: about half an hour's reading
PART = 1_500  # words of a part; it ends with a paragraph
OPENING = 9  # words of a part's first paragraph that the contents show


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph as HTML; its number makes the anchor that a citation can point at: #p3."""

    number: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs that stand together, and the words that the first of them begins with."""

    paragraphs: tuple[ShownParagraph, ...]
    opening: str

    @property
    def first(self) -> int:
        """The number of its first paragraph."""
        return self.paragraphs[0].number


@dataclass(frozen=True, slots=True)
class Parts:
    """All paragraphs of an article in its parts, one for an article that is not long."""

    parts: tuple[Part, ...]
    words: int

    @property
    def long(self) -> bool:
        """True where there is something to choose from."""
        return len(self.parts) > 1


def in_parts(texts: Sequence[str], paragraphs: Sequence[ShownParagraph]) -> Parts:
    """Put an article's paragraphs into parts; `texts` are the same paragraphs as plain text."""
    lengths = [len(text.split()) for text in texts]
    words = sum(lengths)
    begins = [0]
    held = 0
    for place, length in enumerate(lengths):
        if words >= LONG and held >= PART:
            begins.append(place)
            held = 0
        held += length
    ends = [*begins[1:], len(texts)]
    parts = (
        Part(tuple(paragraphs[begin:end]), _opening(texts[begin]))
        for begin, end in zip(begins, ends, strict=True)
        if end > begin
    )
    return Parts(tuple(parts), words)


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:OPENING]) + ("…" if len(words) > OPENING else "")
