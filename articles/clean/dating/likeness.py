"""Which dated articles are told like a text: found by the rarest words they share, fast in a large archive.

A text is its TELLING rarest words, weighted by how often it has them and how few other texts do (TF-IDF); two
texts are as alike as the angle between them is small (cosine). Against the whole texts with pairs of words,
which research/dating.md measured, benchmarks/score_dating.py gives as many articles a date within 92 days
(.272 and .234 of the two halves against .287 and .241) and .981 and .989 of these rightly (.974 and .979),
for a twentieth of the memory; both without a floor, for which see weights.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from articles.clean.article import DateInterval
from articles.clean.dating.lexicons import table

# Words of a text that are looked at: the top of a report tells what it is about.
MOST_WORDS = 400
# Words that stand for a text. With 128 no more articles are dated, and fewer rightly.
TELLING = 64
# Words are counted in so many places of 4 bytes; words that share one pass for a little commoner than they are.
PLACES = 1 << 20
# Near-copies that are looked past: of one text in hundreds of outlets these are the first.
MOST_COPIES = 20
# Texts that wait to be weighed together. A search does not wait for them to be so many.
WEIGHED_AT_ONCE = 512

_WORD = re.compile(r"[^\W_]{2,}")
_PACKED = np.dtype([("hash", "<u4"), ("count", "u1")])


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A dated article much like the one in question; `similarity` from 0 to 1 (see `NeighbourIndex`)."""

    article: str
    published: DateInterval
    similarity: float


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The words of a text: their hashes of 32 bits in ascending order, and how often each comes (1 to 255)."""

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint8]

    def packed(self) -> bytes:
        """The words in 5 bytes each, some 900 bytes for an article; the same words give the same bytes."""
        rows = np.empty(len(self.hashes), _PACKED)
        rows["hash"], rows["count"] = self.hashes, self.counts
        return rows.tobytes()

    @classmethod
    def unpacked(cls, stored: bytes) -> Terms:
        """The words from their bytes."""
        rows = np.frombuffer(stored, _PACKED)
        return cls(rows["hash"].astype(np.uint32), rows["count"].copy())


def terms_of(text: str) -> Terms:
    """The words of a text, of its first MOST_WORDS."""
    words = islice((match.group().casefold() for match in _WORD.finditer(text)), MOST_WORDS)
    counts = Counter(crc32(word.encode("utf-8", "surrogatepass")) for word in words)
    hashes = sorted(counts)
    return Terms(np.array(hashes, np.uint32), np.array([min(255, counts[word]) for word in hashes], np.uint8))


class Rarity:
    """In how many texts each word stands."""

    def __init__(self) -> None:
        self.texts = 0
        self._counts = np.zeros(PLACES, np.uint32)

    def count(self, terms: Terms) -> None:
        """Count a text."""
        self.texts += 1
        self._counts[terms.hashes % PLACES] += 1

    def telling(self, terms: Terms) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """The TELLING words of a text with the greatest weight, and the weights, their squares adding to one."""
        bearing = self._counts[terms.hashes % PLACES]
        weights = (1 + np.log(terms.counts)) * (np.log((1 + self.texts) / (1 + bearing)) + 1)
        kept = np.sort(np.lexsort((terms.hashes, -weights))[:TELLING])
        length = float(np.sqrt(np.square(weights[kept]).sum()))
        return terms.hashes[kept], (weights[kept] / (length or 1.0)).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """Texts by their words: `words` in ascending order, the number of the text and the weight beside each."""

    words: NDArray[np.uint32]
    numbers: NDArray[np.int32]
    weights: NDArray[np.float32]

    def products(
        self, asked: NDArray[np.uint32], weights: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """For each word that a text shares with those asked, the text's number and the product of the weights."""
        first = np.searchsorted(self.words, asked, side="left")
        lengths = np.searchsorted(self.words, asked, side="right") - first
        # The places of all shared words: each stretch from its first on, one stretch behind the other.
        skipped = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(first - skipped, lengths)
        return self.numbers[places], self.weights[places] * np.repeat(weights, lengths)


class NeighbourIndex:
    """Dated articles in memory, found by the rare words they share.

    Some 1.2 kB an article and 4 MB for the rarity of words. Articles can be added at any time: they are held
    in a dozen sorted segments, each at least twice as large as the next. Words are weighed by what was counted
    when an article came in; `grown` says when that was too long ago.
    """

    def __init__(self, rarity: Rarity | None = None) -> None:
        """`rarity` is of the articles that will be held, if these are counted beforehand."""
        self._rarity = rarity or Rarity()
        self._counted = self._rarity.texts
        self._articles: list[tuple[str, DateInterval]] = []
        self._waiting: list[Terms] = []
        self._segments: list[_Segment] = []

    def __len__(self) -> int:
        return len(self._articles)

    @property
    def grown(self) -> bool:
        """True when twice as many texts are counted as when this index was made."""
        return self._rarity.texts > 2 * self._counted

    def add(self, article: str, text: str, *, published: DateInterval) -> None:
        """Count and hold a dated article; one without a known first and last day is passed over."""
        if published.start and published.end:
            terms = terms_of(text)
            self._rarity.count(terms)
            self.hold(article, terms, published=published)

    def count(self, terms: Terms) -> None:
        """Count a text that was not counted when the index was made."""
        self._rarity.count(terms)

    def hold(self, article: str, terms: Terms, *, published: DateInterval) -> None:
        """Hold a dated article that is counted."""
        self._articles.append((article, published))
        self._waiting.append(terms)
        if len(self._waiting) >= WEIGHED_AT_ONCE and self._counted:
            self._weigh()

    def find(self, text: str, *, leave_out: str | None = None) -> tuple[Neighbour, ...]:
        """The articles most like the text, most alike first, near-copies and `leave_out` not among them."""
        limits = table("weights")["neighbours"]
        most = int(limits["most"])
        found = self.alike(terms_of(text), most=most + MOST_COPIES, leave_out=leave_out)
        return tuple(each for each in found if each.similarity <= limits["copy"])[:most]

    def alike(self, terms: Terms, *, most: int, leave_out: str | None = None) -> tuple[Neighbour, ...]:
        """The `most` articles most like a text, most alike first, copies of it among them.

        What is less alike than `least` of weights.toml shares a few words by chance, and is left out.
        """
        self._weigh()
        if not self._articles:
            return ()
        asked, weights = self._rarity.telling(terms)
        likeness = np.zeros(len(self._articles))
        for segment in self._segments:
            numbers, products = segment.products(asked, weights)
            likeness += np.bincount(numbers, products, minlength=len(likeness))
        least = float(table("weights")["neighbours"]["least"])
        # One more, for the one left out; of equals the first.
        wanted = min(most + 1, len(likeness))
        best = np.argpartition(-likeness, wanted - 1)[:wanted]
        best = best[np.lexsort((best, -likeness[best]))]
        found = (
            Neighbour(article, published, min(1.0, float(likeness[number])))
            for number in best
            for article, published in [self._articles[number]]
            if likeness[number] >= least
        )
        return tuple(islice((each for each in found if each.article != leave_out), most))

    def _weigh(self) -> None:
        """Weigh the waiting articles, and make segments such that each is twice as large as the next."""
        if not self._waiting:
            return
        numbers = range(len(self._articles) - len(self._waiting), len(self._articles))
        telling = [self._rarity.telling(terms) for terms in self._waiting]
        self._waiting = []
        lengths = [len(words) for words, _ in telling]
        self._segments.append(
            _sorted(
                np.concatenate([words for words, _ in telling]),
                np.repeat(np.array(numbers, np.int32), lengths),
                np.concatenate([weights for _, weights in telling]),
            )
        )
        while len(self._segments) > 1 and len(self._segments[-2].words) < 2 * len(self._segments[-1].words):
            self._segments[-2:] = [_merged(self._segments[-2:])]


def _sorted(words: NDArray[np.uint32], numbers: NDArray[np.int32], weights: NDArray[np.float32]) -> _Segment:
    order = np.argsort(words, kind="stable")
    return _Segment(words[order], numbers[order], weights[order])


def _merged(segments: Iterable[_Segment]) -> _Segment:
    several = list(segments)
    return _sorted(
        np.concatenate([each.words for each in several]),
        np.concatenate([each.numbers for each in several]),
        np.concatenate([each.weights for each in several]),
    )
