"""Every word of a field that a process has met in an index, each once.

Beginnings, forms and misspellings are looked up in it.
Segments share most of their words; those of 20,000 articles have 540,000 between them and 150,000 distinct ones.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from articles.search.engines.whoosh.segment import Segment
from articles.search.near_words import NearWords
from articles.search.sorted_words import SortedWords


class Lexicon:
    """The words of one field. Snapshots share it; words of what is gone stay among them."""

    def __init__(self, field: str) -> None:
        self.field = field
        self._words = SortedWords()
        self._taken: set[str] = set()
        self._taking = threading.Lock()
        self._compared: tuple[SortedWords, NearWords] | None = None  # the words that these are made of

    def words(self, segments: Iterable[Segment]) -> SortedWords:
        """Return the words of these segments, and of those met before."""
        with self._taking:
            new = [segment for segment in segments if segment.name not in self._taken]
            if new:
                words = {word for segment in new for word in segment.terms.names(self.field)}
                self._words = self._words.with_others(words)
                self._taken.update(segment.name for segment in new)
            return self._words

    def near_words(self, segments: Iterable[Segment]) -> NearWords:
        """Return the words to be compared with, made anew when there are more of them."""
        words = self.words(segments)
        with self._taking:
            if self._compared is None or self._compared[0] is not words:
                self._compared = words, NearWords(words)
            return self._compared[1]
