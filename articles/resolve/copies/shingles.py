"""A text as a set of hashed 5-word shingles, and the hash by which exact copies are known."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

# Five words: shorter shingles are shared by chance, longer ones break at every small edit (Broder 1997 takes
# four to ten). The figures in this package, and the archive's stored overlaps, are all over five.
SHINGLE_WORDS = 5

# Scripts that put no spaces between words: each character counts as a word there, or a whole clause would.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_NOT_LETTER = re.compile(r"[\W_]+")

# Words whose hash is remembered; a million news articles use more, and the rare ones are hashed again. At
# some 150 bytes each this is the largest fixed cost in memory, about 40 MB.
_REMEMBERED_WORDS = 1 << 18

_ROLL = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: odd, so that multiplying loses no bits
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)  # these two and the shifts are splitmix64's finaliser (Steele 2014)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text without case, punctuation and white space: equal for exact copies."""
    return hashlib.sha256(_letters(text)).hexdigest()


def text_key(text: str) -> int:
    """Return the first 64 bits of `text_hash` as a number, to compare two texts that are alike anyway."""
    return int.from_bytes(hashlib.sha256(_letters(text)).digest()[:8], "big")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; a character each in scripts without spaces."""
    return _WORD.findall(text.lower())


def shingles_in_order(text: str) -> Hashes:
    """Return one 64-bit hash for each run of five words, in the order of the text.

    Shape (words - 4,), empty when the text has fewer than five words. The hashes are the same in every
    process and on every machine, so that they may be stored.
    """
    found = words(text)
    count = len(found) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    hashed = np.fromiter(map(_word_hash, found), dtype=np.uint64, count=len(found))
    rolled = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE_WORDS):
        rolled = rolled * _ROLL + hashed[place : place + count]
    return mix(rolled)


def shingle_set(text: str) -> Hashes:
    """Return the shingles of a text as a set: sorted, each once."""
    return np.unique(shingles_in_order(text))


def mix(values: Hashes) -> Hashes:
    """Spread the bits of 64-bit numbers, one to one, so that any part of the result is a fair hash."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


def _letters(text: str) -> bytes:
    return _NOT_LETTER.sub("", text.casefold()).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _word_hash(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
