"""The sets of the commonest words of the texts, a bit a document: any, all and none of them are told without Tantivy.

Tantivy tells a set document by document, or in runs, which takes milliseconds where thousands have a word. The file
of places (`places`) tells all sets at once: 0.8 s for 2,000 words of 100,000 articles, once a process.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from weakref import WeakKeyDictionary

import numpy as np

from articles.search.engines.documents import Array, Mask
from articles.search.engines.tantivy.places import let_go, side_by_side
from articles.search.engines.tantivy.rows import Rows
from articles.search.engines.tantivy.stream import OTHER_FORM, number_of

# Which words: those of so many documents, as listing fewer takes Tantivy a quarter of a millisecond at most; and of
# them so many, in so many bytes, beside the 240 MB that a worker has anyway at 100,000 articles.
LEAST_COMMON = 1000
MOST_COMMON = 2000
MOST_BYTES = 25_000_000
AT_ONCE = 1024  # documents, a multiple of 8: their words' bits fit in a processor's cache
LAST_BITS = np.uint64((1 << 16) - 1)  # of the number of a word: most are told apart by them


class CommonWords:
    """The commonest words of an index as it was when a server first read it, and their sets by block of documents.

    Snapshots of an index share it. Nothing is kept before `serving` is set: who asks once would wait for nothing.
    """

    def __init__(self, serving: threading.Event) -> None:
        self.serving = serving
        self._numbered: dict[str, int] | None = None
        self._numbers = Numbers.of(())
        self._sets: WeakKeyDictionary[Rows, Array] = WeakKeyDictionary()
        self._making = threading.Lock()

    def chosen(self, counted: Iterable[tuple[str, int]], size: int) -> dict[str, int]:
        """Return the words that are kept, each numbered.

        `counted` are the tokens of the texts and how many of so many documents have each, the commonest first. It is
        looked at once.
        """
        if self._numbered is None:
            often = takewhile(lambda each: each[1] >= LEAST_COMMON, counted)
            words = list(dict.fromkeys(token.removeprefix(OTHER_FORM) for token, _ in often))
            most = min(MOST_COMMON, MOST_BYTES * 8 // max(size, 1))
            self._numbers = Numbers.of(words[:most])
            self._numbered = {word: number for number, word in enumerate(words[:most])}
        return self._numbered

    def union(self, numbers: Sequence[int], blocks: Sequence[Rows], places: Array) -> Mask:
        """Return the documents of some blocks that hold any of these words, by the numbers of those that are kept."""
        held = [np.bitwise_or.reduce(self._of(block, places)[list(numbers)], axis=0) for block in blocks]
        bits = [np.unpackbits(one, count=block.size) for one, block in zip(held, blocks, strict=True)]
        return np.concatenate([np.zeros(0, dtype=np.uint8), *bits]).view(np.bool_)

    def _of(self, block: Rows, places: Array) -> Array:
        """Return the sets of all words that are kept, in one block of documents."""
        held = self._sets.get(block)
        if held is None:
            with self._making:
                held = self._sets.get(block)
                if held is None:
                    held = self._sets[block] = packed(self._numbers, block, places)
        return held


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of some words, most of which their last bits tell apart.

    `first` has for those bits the place of a word among `numbers`, `following` for each word that of another one with
    the same bits; -1 where there is none.
    """

    numbers: Array
    first: Array
    following: Array

    @classmethod
    def of(cls, words: Iterable[str]) -> Numbers:
        """Return the numbers of words."""
        numbers = np.array([number_of(word) for word in words], dtype=np.uint64)
        first = np.full(int(LAST_BITS) + 1, -1, dtype=np.int16)
        following = np.full(len(numbers), -1, dtype=np.int16)
        for place, last in enumerate((numbers & LAST_BITS).tolist()):
            following[place], first[last] = first[last], place
        return cls(numbers, first, following)


def packed(words: Numbers, block: Rows, places: Array) -> Array:
    """Return the sets of some words: a row each, with eight documents of the block to a byte.

    1. So many documents at a time, find what stands there that one of the words may be, by its last bits.
    2. Compare; where it is not that word, with the next one of the same bits.
    """
    sets = np.zeros((len(words.numbers), -(-block.size // 8)), dtype=np.uint8)
    begun = block.columns["first"]
    lengths = block.columns["words"] + 2 * block.columns["others"]
    for start in range(0, block.size, AT_ONCE):
        # 1.
        some = slice(start, start + AT_ONCE)
        written = side_by_side(places, begun[some], begun[some] + lengths[some])
        docs = np.repeat(np.arange(len(begun[some])), lengths[some])
        likely = words.first[(written & LAST_BITS).view(np.int64)]
        kept = np.flatnonzero(likely >= 0)
        docs, written, likely = docs[kept], written[kept], likely[kept]
        holds = np.zeros((len(words.numbers), len(begun[some])), dtype=np.bool_)
        # 2.
        while len(likely):
            right = words.numbers[likely] == written
            holds[likely[right], docs[right]] = True
            likely = np.where(right, -1, words.following[likely])
            kept = np.flatnonzero(likely >= 0)
            docs, written, likely = docs[kept], written[kept], likely[kept]
        bits = np.packbits(holds, axis=1)
        sets[:, start // 8 : start // 8 + bits.shape[1]] = bits
        if block.size > AT_ONCE:
            let_go(places)
    return sets
