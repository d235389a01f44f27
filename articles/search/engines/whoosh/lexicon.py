"""Every word of a field that a process has met in an index, each once.

Beginnings, forms and misspellings are looked up in it.
Segments share most of their words; those of 20,000 articles have 540,000 between them and 150,000 distinct ones.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable

from articles.search.engines.whoosh.segment import Segment
from articles.search.near_words import NearWords


class Lexicon:
    """The words of one field, some 120 bytes each. Snapshots share it; words of what is gone stay among them."""

    def __init__(self, field: str) -> None:
        self.field = field
        self._known: set[str] = set()
        self._lines = ""  # every word after a line feed
        self._taken: set[str] = set()
        self._taking = threading.Lock()
        self._compared: tuple[str, NearWords] | None = None  # the lines that these are made of

    def words(self, segments: Iterable[Segment]) -> list[str]:
        """Return the words of these segments, and of those met before."""
        return self._with(segments).split("\n")[1:]

    def beginning(self, prefix: str, segments: Iterable[Segment]) -> list[str]:
        """Return the words that begin so, in order."""
        return sorted(re.findall(rf"\n({re.escape(prefix)}[^\n]*)", self._with(segments)))

    def of_form(self, pattern: re.Pattern[str], segments: Iterable[Segment]) -> list[str]:
        """Return the words that match a pattern of whole lines, in order."""
        return sorted({match.group() for match in pattern.finditer(self._with(segments))} - {""})

    def near_words(self, segments: Iterable[Segment]) -> NearWords:
        """Return the words to be compared with, made anew when there are more of them."""
        lines = self._with(segments)
        if self._compared is None or self._compared[0] is not lines:
            self._compared = lines, NearWords(lines)
        return self._compared[1]

    def _with(self, segments: Iterable[Segment]) -> str:
        with self._taking:
            for segment in segments:
                if segment.name not in self._taken:
                    new = {*segment.terms.names(self.field)} - self._known
                    self._lines += "".join(f"\n{word}" for word in new)
                    self._known |= new
                    self._taken.add(segment.name)
                    segment.terms.release()
            return self._lines
