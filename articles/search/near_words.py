"""Which of very many words are nearly a given one: what a misspelled word was perhaps to be. Pure.

Comparing letter by letter with all words of a large archive takes some 20 ms. Here each word has two signatures,
of the letters in it and of the pairs of neighbours, which one misspelling changes in so many places at most; only
words whose signatures are near enough are compared: some hundreds of 200,000, in a millisecond.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.search.sorted_words import SortedWords

Array = np.ndarray[Any, Any]

LINE_FEED = 10
AT_ONCE = 10_000  # words whose signatures are made at once, in some 8 MB
LONGEST = 255  # letters of a word that is looked at
ALPHABET, OTHERS = 26, 6  # places for the letters from a to z, one each, and for all others together
PLACES = ALPHABET + OTHERS
PAIR_BITS = np.array([1 << place for place in range(61)], dtype=np.uint64)
# How many pairs of neighbours one edit can take away, and as many can it bring in: a swap does, and changes no letter.
# A letter changed, added or left out touches one less; one added takes another less away, one left out brings it in.
PAIRS_AN_EDIT = 3


class NearWords:
    """Words to be compared with: some 21 bytes each beside the lines themselves, made in 0.3 s a million."""

    def __init__(self, lines: SortedWords) -> None:
        self._text = lines.text
        sizes = np.diff(lines.starts) - 1
        letters, pairs = (np.zeros(len(lines), dtype=np.uint64) for _ in range(2))
        for first in range(0, len(lines), AT_ONCE):
            last = min(first + AT_ONCE, len(lines))
            # With the line feed before, which makes a pair with the letter after.
            begins = lines.starts[first:last] - 1
            codes = _codes(lines.text[begins[0] : lines.starts[last]])
            letters[first:last] = _letters(codes, sizes[first:last])
            pairs[first:last] = np.bitwise_or.reduceat(_pairs(codes), begins - begins[0])
        order = np.argsort(sizes, kind="stable")
        order = order[sizes[order] <= LONGEST]
        self._starts, self._sizes = lines.starts[order], sizes[order].astype(np.uint8)
        self._letters, self._pairs = letters[order], pairs[order]

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Return the words that differ by up to so many letters, with how many that is; the nearest first."""
        held = self._candidates(word, edits) if 0 < len(word) <= LONGEST else []
        found = process.extract(
            word, held, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
        )
        return sorted(((near, int(distance)) for near, distance, _ in found), key=lambda pair: pair[::-1])

    def _candidates(self, word: str, edits: int) -> list[str]:
        """Return the words that may be so near.

        1. As long, but for the edits. 2. Not more letters lost or gained than edits. 3. Nor more pairs than they can.
        """
        # 1.
        sizes = np.array([max(len(word) - edits, 0), len(word) + edits + 1], dtype=np.uint16)
        first, last = np.searchsorted(self._sizes, sizes)
        codes = _codes(f"\n{word}\n")
        # 2.
        lost, gained = _differences(_letters(codes, np.array([len(word)]))[0], self._letters[first:last])
        changed = np.maximum(lost, gained)
        near = np.flatnonzero(changed <= edits)
        # 3.
        changed, near = changed[near], near + first
        lost, gained = _differences(np.bitwise_or.reduce(_pairs(codes)), self._pairs[near])
        longer = self._sizes[near].astype(np.int16) - len(word)
        most = edits * PAIRS_AN_EDIT - changed.astype(np.int16)
        near = near[(lost <= most - np.maximum(longer, 0)) & (gained <= most + np.minimum(longer, 0))]
        starts, sizes = self._starts[near].tolist(), self._sizes[near].tolist()
        return [self._text[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _codes(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _letters(codes: Array, sizes: Array) -> Array:
    """Return a bit for each letter of each word, and another for each that it has twice."""
    places = codes[codes != LINE_FEED] - ord("a")  # what stands before it wraps around to a large number
    places = np.where(places < ALPHABET, places, ALPHABET + places % OTHERS)
    words = np.repeat(np.arange(len(sizes)) * PLACES, sizes)
    counts = np.bincount(words + places, minlength=len(sizes) * PLACES).reshape(-1, PLACES)
    return np.packbits(np.concatenate([counts > 0, counts > 1], axis=1), axis=1).view(np.uint64)[:, 0]


def _pairs(codes: Array) -> Array:
    """Return the bit of each letter and the one after it; the last has none."""
    return np.append(PAIR_BITS[(codes[:-1] * 31 + codes[1:]) % len(PAIR_BITS)], np.uint64(0))


def _differences(mine: np.integer, others: Array) -> tuple[Array, Array]:
    """Return how many bits each signature lacks of mine, and has beyond them."""
    return np.bitwise_count(mine & ~others), np.bitwise_count(others & ~mine)
