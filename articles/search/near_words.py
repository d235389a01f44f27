"""Which of very many words are nearly a given one: what a misspelled word was perhaps to be. Pure.

Comparing letter by letter with all words of a large archive takes some 20 ms. Here each word has two signatures,
of the letters in it and of the pairs of neighbours, which one misspelling changes in so many places at most; only
words whose signatures are near enough are compared: some hundreds of 200,000, in one or two milliseconds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

Array = np.ndarray[Any, Any]

LINE_FEED = 10
LONGEST = 255  # letters of a word that is looked at
ALPHABET, OTHERS = 26, 6  # bits for the letters from a to z, one each, and for all others together
PAIR_BITS = np.array([1 << place for place in range(61)], dtype=np.uint64)
# How many letters and pairs one letter changed, added, left out or swapped with its neighbour can take away, and as
# many can it bring in: a swap touches three pairs.
LETTERS_AN_EDIT, PAIRS_AN_EDIT = 1, 3


class NearWords:
    """Words to be compared with, one a line; some 20 bytes each beside the text itself, made in 0.2 s a million."""

    def __init__(self, lines: str) -> None:
        self._text = f"\n{lines}\n"
        codes = _codes(self._text)
        breaks = np.flatnonzero(codes == LINE_FEED)
        sizes = np.diff(breaks) - 1
        letters = np.bitwise_or.reduceat(_letters(codes), breaks[:-1])
        pairs = np.bitwise_or.reduceat(_pairs(codes), breaks[:-1])
        order = np.argsort(sizes, kind="stable")
        order = order[(sizes[order] > 0) & (sizes[order] <= LONGEST)]
        self._starts = (breaks[:-1][order] + 1).astype(np.int32)
        self._sizes = sizes[order].astype(np.uint8)
        self._letters, self._pairs = letters[order], pairs[order]

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Return the words that differ by up to so many letters, with how many that is; the nearest first."""
        held = self._candidates(word, edits) if 0 < len(word) <= LONGEST else []
        found = process.extract(
            word, held, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
        )
        return sorted(((near, int(distance)) for near, distance, _ in found), key=lambda pair: pair[::-1])

    def _candidates(self, word: str, edits: int) -> list[str]:
        first, last = np.searchsorted(self._sizes, [max(len(word) - edits, 0), len(word) + edits + 1])
        near = np.arange(first, last)
        codes = _codes(f"\n{word}\n")
        mine = np.bitwise_or.reduce(_letters(codes))
        near = near[_alike(mine, self._letters[near], edits * LETTERS_AN_EDIT)]
        mine = np.bitwise_or.reduce(_pairs(codes))
        near = near[_alike(mine, self._pairs[near], edits * PAIRS_AN_EDIT)]
        starts, sizes = self._starts[near].tolist(), self._sizes[near].tolist()
        return [self._text[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _codes(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _letters(codes: Array) -> Array:
    """Return the bit of each letter; a line feed has none."""
    places = codes - ord("a")  # what stands before it wraps around to a large number
    bits = np.uint32(1) << np.where(places < ALPHABET, places, ALPHABET + codes % OTHERS)
    return np.where(codes == LINE_FEED, np.uint32(0), bits)


def _pairs(codes: Array) -> Array:
    """Return the bit of each letter and the one after it; the last has none."""
    return np.append(PAIR_BITS[(codes[:-1] * 31 + codes[1:]) % len(PAIR_BITS)], np.uint64(0))


def _alike(mine: np.integer, others: Array, most: int) -> Array:
    """Tell which signatures have lost and gained at most so many bits."""
    lost, gained = np.bitwise_count(mine & ~others), np.bitwise_count(others & ~mine)
    return np.asarray((lost <= most) & (gained <= most))
