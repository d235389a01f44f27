"""Which texts bear a key: a table in memory at eight bytes an entry, that grows without being rebuilt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from articles.resolve.copies.shingles import Hashes
from articles.resolve.copies.sketch import Keys

# Texts that may bear a key before it counts as common: a stock phrase, a footer, an agency's background
# paragraph. Only the first of them are looked at, so that a text costs the same in any archive.
COMMON = 64

# Texts kept in a dictionary before they are packed: 85 keys of some 150 bytes each are 13 MB.
_UNPACKED_TEXTS = 1024

_KEY_BITS = np.uint64(32)
_LAST_NUMBER = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many keys each other text shares: of all keys, and of those that are not common."""

    every: Counter[int] = field(default_factory=Counter)
    rare: Counter[int] = field(default_factory=Counter)


def count_sharing(bearers: Iterable[Sequence[int]]) -> Sharing:
    """Count who shares how many keys, given for each key the texts that bear it, the earliest first.

    Of a key with more than COMMON bearers only the first COMMON count, so COMMON + 1 of each are enough.
    """
    found = Sharing()
    for numbers in bearers:
        found.every.update(numbers[:COMMON])
        if len(numbers) <= COMMON:
            found.rare.update(numbers)
    return found


class Postings:
    """A multimap from 32-bit keys to text numbers (0 to 2**32 - 1).

    An entry is one 64-bit number, the key above, the text below. New ones wait in a dictionary; packed ones
    lie in sorted runs, of which two of like length are merged, so that there are as many runs as the
    archive has doublings, a look-up is a binary search in each, and an entry is moved once a doubling.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, list[int]] = {}
        self._waiting_texts = 0
        self._runs: list[Hashes] = []

    def add(self, keys: Keys, number: int) -> None:
        """Enter a text under its keys. A number may be used once only."""
        for key in keys.tolist():
            self._waiting.setdefault(key, []).append(number)
        self._waiting_texts += 1
        if self._waiting_texts >= _UNPACKED_TEXTS:
            self._pack()

    def sharing(self, keys: Keys) -> Sharing:
        """Return the texts that share any of these keys. Of a common key only its first texts count."""
        packed = self._packed(keys)
        return count_sharing(
            [*packed.get(place, ()), *self._waiting.get(key, ())] for place, key in enumerate(keys.tolist())
        )

    def _packed(self, keys: Keys) -> dict[int, list[int]]:
        """Return the packed texts of each key by its place, in the order of entry, COMMON + 1 at the most."""
        found: dict[int, list[int]] = {}
        first = keys.astype(np.uint64) << _KEY_BITS
        for run in self._runs:
            starts = np.searchsorted(run, first)
            ends = np.searchsorted(run, first | _LAST_NUMBER, side="right")
            for place in np.flatnonzero(ends > starts).tolist():
                numbers = found.setdefault(place, [])
                start = int(starts[place])
                end = min(int(ends[place]), start + COMMON + 1 - len(numbers))
                numbers.extend((run[start:end] & _LAST_NUMBER).tolist())
        return found

    def _pack(self) -> None:
        size = sum(map(len, self._waiting.values()))
        run = np.fromiter(
            ((key << 32) | number for key, numbers in self._waiting.items() for number in numbers),
            dtype=np.uint64,
            count=size,
        )
        run.sort()
        self._waiting = {}
        self._waiting_texts = 0
        while self._runs and len(self._runs[-1]) < 2 * len(run):
            run = np.concatenate([self._runs.pop(), run])
            run.sort(kind="stable")  # two sorted halves, which a merge sort joins in one pass
        self._runs.append(run)
