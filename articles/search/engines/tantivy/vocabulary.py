"""Every word of a field that a process has met in an index, each once.

Beginnings, forms, inflections and misspellings are looked up in it. Reading it anew takes 0.4 s at 20,000 articles, so
that after a commit only the words of the articles that came with it are asked for.
"""

from __future__ import annotations

import threading
from typing import Any

import tantivy

from articles.search.analysis import beginnings
from articles.search.engines.tantivy.roots import Roots
from articles.search.engines.tantivy.schema import SLOT
from articles.search.engines.tantivy.stream import OTHER_FORM
from articles.search.near_words import NearWords
from articles.search.sorted_words import SortedWords

# Tokens that are told apart from the others: some more than `common_words.MOST_COMMON` words.
COMMONEST = 3000

MANY_LATER = 8  # when one word in so many came later, all are looked up by their stems anew


class Vocabulary:
    """The words of one field. Snapshots of an index share it; words of what is gone stay among them."""

    def __init__(self, field: str) -> None:
        self.field = field
        self._words = SortedWords()
        # Tokens of the index as it was first read, and how many documents had each; Tantivy names the commonest first.
        self.commonest: tuple[tuple[str, int], ...] = ()
        self._read_up_to = 0  # slots: those of documents that come later are higher than all before
        self._reading = threading.Lock()
        self._compared: tuple[SortedWords, NearWords] | None = None  # the words that these are made of
        self._roots: Roots | None = None
        self._later = SortedWords()  # words that came since these were made

    def words(self, searcher: Any, schema: Any, *, newest: int) -> SortedWords:
        """Return the words of an index whose last document has the slot `newest`, and of those met before."""
        with self._reading:
            if newest > self._read_up_to:
                added = tantivy.Query.range_query(
                    schema, SLOT, tantivy.FieldType.Integer, self._read_up_to + 1, newest
                )
                # Where nothing is known yet, looking for those that came with some documents would cost more.
                only = added if self._read_up_to else None
                tokens = searcher.terms_with_prefix(self.field, "", filter_query=only)
                if not self._read_up_to:
                    self.commonest = tuple(tokens[:COMMONEST])
                words = {token.removeprefix(OTHER_FORM) for token, _ in tokens} - {""}
                self._words = self._words.with_others(words)
                if self._roots is not None:
                    new = {word for word in words if word not in self._roots.words}
                    self._later = self._later.with_others(new)
                self._read_up_to = newest
            return self._words

    def near_words(self, words: SortedWords) -> NearWords:
        """Return words of this vocabulary to be compared with, made anew when there are more of them."""
        with self._reading:
            if self._compared is None or self._compared[0] is not words:
                self._compared = words, NearWords(words)
            return self._compared[1]

    def of_stem(self, root: str) -> list[str]:
        """Return the words read so far that have a stem, and perhaps some more."""
        with self._reading:
            if self._roots is None or len(self._later) * MANY_LATER > len(self._words):
                self._roots, self._later = Roots(self._words), SortedWords()
            roots, later = self._roots, self._later
        return roots.of(root) + [name for start in beginnings(root) for name in later.beginning(start)]
