"""The few keys by which a text finds its possible copies: two texts that share a key are compared exactly.

1. MinHash (datasketch) in bands catches texts that are alike as a whole, edits scattered anywhere.
2. Winnowing (Schleimer, Wilkerson and Aiken 2003) catches any shared passage, however long the rest: a short
   wire copy inside a long story, whose Jaccard index is far too low for 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from articles.resolve.copies.shingles import Hashes, mix, shingles_in_order, text_key

Keys = npt.NDArray[np.uint32]

# 32 bands of 3 rows find a pair of Jaccard j with chance 1 - (1 - j**3)**32: .986 at .5, .9996 at .6; .23 at
# .2, which costs one exact comparison and no false pair. Unrelated news shares .00 to .02: one pair in 4,000.
BANDS = 32
ROWS = 3

# Of each 16 shingles in a row the least is a key, so that any 20 words in common (16 + 5 - 1) are found for
# certain, at 2 / 17 of the shingles: 52 keys for an article of 450 words. 32 would halve the keys and find
# passages of 36 words, more than many a short wire copy keeps unedited.
WINDOW = 16

# Shingles that MinHash takes at a time: 4,096 by 96 hashes of 4 bytes are 1.5 MB, whatever the text's length.
_BATCH = 4096

_LOW_32 = np.uint64(0xFFFFFFFF)
_BAND_ROLL = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to find and check its copies.

    `letters` is the text_key, `shingles` the set (sorted), `keys` the 32-bit keys (sorted, each once).
    """

    letters: int
    shingles: Hashes
    keys: Keys


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; its shingles and keys are empty below five words. Never raises."""
    in_order = shingles_in_order(text)
    shingles = np.unique(in_order)
    if not len(shingles):
        return Fingerprint(text_key(text), shingles, np.empty(0, dtype=np.uint32))
    keys = np.unique(np.concatenate([band_keys(shingles), passage_keys(in_order)]))
    return Fingerprint(text_key(text), shingles, keys)


def band_keys(shingles: Hashes) -> Keys:
    """Return one key for each band of the MinHash of a shingle set: shape (32,)."""
    from datasketch import MinHash  # type: ignore[import-untyped]  # waits: it brings scipy, 0.6 s and 60 MB

    sketch = MinHash(num_perm=BANDS * ROWS, hashfunc=int, permutations=_permutations(), scheme="affine32")
    folded = (shingles & _LOW_32).tolist()
    for start in range(0, len(folded), _BATCH):
        sketch.update_batch(folded[start : start + _BATCH])
    rows: Hashes = sketch.hashvalues.astype(np.uint64).reshape(BANDS, ROWS)
    rolled = np.arange(1, BANDS + 1, dtype=np.uint64)  # the same rows in another band are another key
    for row in range(ROWS):
        rolled = mix(rolled * _BAND_ROLL + rows[:, row])
    keys: Keys = (rolled & _LOW_32).astype(np.uint32)
    return keys


def passage_keys(in_order: Hashes) -> Keys:
    """Return the winnowed keys of shingles in the order of their text; one key when they fill no window."""
    if len(in_order) <= WINDOW:
        least: Hashes = in_order.min(keepdims=True)
    else:
        least = np.unique(np.lib.stride_tricks.sliding_window_view(in_order, WINDOW).min(axis=1))
    # The low bits: least hashes have small high bits, and would crowd the key space.
    return (least & _LOW_32).astype(np.uint32)


@lru_cache(maxsize=1)
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=1, scheme="affine32").permutations
