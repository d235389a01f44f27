"""The words of each stem, looked up; finding them among all that begin so takes milliseconds where thousands do."""

from __future__ import annotations

import numpy as np

from articles.search.analysis import beginnings, stems
from articles.search.sorted_words import SortedWords


class Roots:
    """Words by their stems: of each plain word the hash of its stem, ascending, and the word's number beside it.

    12 bytes a word. 0.2 s for 250,000 words, so that those which come with commits are kept apart until they are many.
    """

    def __init__(self, words: SortedWords) -> None:
        self.words = words
        names = list(words)
        # Others are stems of their own, and nobody asks for the words of such a stem.
        plain = [number for number, name in enumerate(names) if name.isascii() and name.isalpha()]
        found = stems([names[number] for number in plain])
        hashes = np.fromiter(map(hash, found), dtype=np.int64, count=len(found))
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._numbers = np.array(plain, dtype=np.int32)[order]

    def of(self, root: str) -> list[str]:
        """Return the words that have a stem, in order, and perhaps a few more."""
        first = np.searchsorted(self._hashes, hash(root), "left")
        last = np.searchsorted(self._hashes, hash(root), "right")
        names = (self.words[number] for number in self._numbers[first:last].tolist())
        return [name for name in names if name.startswith(beginnings(root))]
