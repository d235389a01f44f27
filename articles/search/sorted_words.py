"""Very many words in order, as one text with a word on each line: 13 bytes a word, where a list takes 70. Pure.

So many while no word has a letter beyond Latin-1. Python keeps all of a text as wide as its widest letter: with one
Cyrillic word among them it is 22 bytes a word, with one beyond U+FFFF 40.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

NONE = np.zeros(0, dtype=np.int32)
LAST_LETTER = "\U0010ffff"
FEWEST_LETTERS = 2  # of a part by which words are found
FEW = 16  # where there are so many times as many words, others are looked up one by one, and else all at once


class SortedWords:
    """Distinct words, ascending. `text` has a line feed before each and one behind the last.

    `starts` says where in the text each begins, and at its end where another one would.
    """

    def __init__(self, text: str = "\n", sizes: Array = NONE) -> None:
        self.text = text
        self.starts = np.cumsum(np.concatenate([[1], sizes + 1]), dtype=np.int32)
        self._start: memoryview[int] = self.starts.data  # one number out of it is had in half the time

    @classmethod
    def of(cls, words: Sequence[str]) -> SortedWords:
        """Return the lines of words that are distinct and ascending."""
        sizes = np.fromiter(map(len, words), dtype=np.int32, count=len(words))
        return cls("\n".join(("", *words, "")) if words else "\n", sizes)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.text[self._start[number] : self._start[number + 1] - 1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._between(0, len(self)))

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.text.startswith(
            f"{word}\n", self._start[bisect_left(self, word)]
        )

    def beginning(self, prefix: str) -> list[str]:
        """Return the words that begin so, in order."""
        return self._between(*self._bounds(prefix))

    def count(self, prefix: str) -> int:
        """Return how many words begin so."""
        first, last = self._bounds(prefix)
        return last - first

    def matching(self, pattern: re.Pattern[str], part: str) -> Iterator[str]:
        """Yield the words that match a pattern of whole lines, in order: who needs a few looks no further.

        All of them have `part`, with a line feed behind it where they end with it. Its letters are found in a tenth of
        the time that the pattern takes; one letter alone is in too many words.
        """
        if len(part) < FEWEST_LETTERS:
            yield from (match.group() for match in pattern.finditer(self.text) if match.group())
            return
        place = self.text.find(part)
        while place >= 0:
            end = self.text.index("\n", place)
            word = self.text[self.text.rindex("\n", 0, place) + 1 : end]
            if pattern.fullmatch(word):
                yield word
            place = self.text.find(part, end)

    def with_others(self, others: AbstractSet[str]) -> SortedWords:
        """Return these words and others, each once; itself when there is none that it has not."""
        known = self if len(others) * FEW < len(self) else set(self)
        new = sorted(word for word in others if word not in known)
        if not new:
            return self
        places = [bisect_left(self, word) for word in new]
        # Between one new word and the next, the text stays as it is.
        cuts = self.starts[[0, *places, len(self)]].tolist()
        kept = [self.text[first:last] for first, last in pairwise(cuts)]
        added = [f"{word}\n" for word in new]
        text = "\n" + "".join(part for pair in zip(kept, [*added, ""], strict=True) for part in pair)
        return SortedWords(text, np.insert(np.diff(self.starts) - 1, places, list(map(len, new))))

    def _bounds(self, prefix: str) -> tuple[int, int]:
        first = bisect_left(self, prefix)
        return first, bisect_left(self, prefix + LAST_LETTER, first)

    def _between(self, first: int, last: int) -> list[str]:
        return self.text[self.starts[first] : self.starts[last] - 1].split("\n") if first < last else []
