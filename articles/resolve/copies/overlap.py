"""How much two texts share, and what that makes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import numpy as np

from articles.resolve.copies.shingles import Hashes, shingle_set, text_key

Id = TypeVar("Id", bound=int | str)


class Sameness(StrEnum):
    """What the overlap of two texts makes them; the strongest that holds is named."""

    EXACT = "exact"  # the same letters, case, punctuation and white space aside
    NEAR = "near"  # nearly the same text
    CONTAINS = "contains"  # one holds the other
    PARTLY = "partly"  # a good part of the one stands in the other: a rewritten wire story, or its background


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on an overlap is a link; shares of 5-word shingles, 0 to 1. None looks for no such link.

    `near` is a Jaccard index, `contains` and `partly` are the share of the shorter text that stands in the
    longer one. Origins, measured with exact overlaps: no two reports of one event by different outlets
    (BASIL, 100 events) share more than .353 of the shorter, and what they share is quotations; the
    rewritten wire copies among our demonstration pages share .396 and more. `partly` lies between. Repeated
    background paragraphs reach .58 (FA-KES), so that a partial link alone makes no story:
    `stories.group_stories` asks for the dates too. Run tests/resolve/copies when one of these moves.
    """

    near: float = 0.5
    contains: float | None = 0.6
    partly: float | None = 0.38


# Shingles that a link by containment must share. Less is a slogan, an address or one quotation: 20 shingles
# are 24 words, 50 are 54, about two sentences of news.
FEWEST_CONTAINED = 20
FEWEST_PARTLY = 50


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, over 5-word shingles: Jaccard index and share of the shorter one, 0 to 1."""

    shared: int
    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class Copy(Generic[Id]):
    """Two texts that share text, `a` the one that was there first.

    `inner` is the id of the one that the other holds, None when neither does (exact and near copies).
    """

    a: Id
    b: Id
    jaccard: float
    containment: float
    sameness: Sameness
    inner: Id | None = None


def overlap(left: Hashes, right: Hashes) -> Overlap:
    """Return the exact overlap of two shingle sets (sorted, each once); nothing shared when one is empty."""
    fewer = min(len(left), len(right))
    if not fewer:
        return Overlap(0, 0.0, 0.0)
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return Overlap(shared, shared / (len(left) + len(right) - shared), shared / fewer)


def sameness_of(found: Overlap, *, same_letters: bool, thresholds: Thresholds) -> Sameness | None:
    """Return the strongest sameness that an overlap proves, or None."""
    if same_letters:
        return Sameness.EXACT
    if found.jaccard >= thresholds.near:
        return Sameness.NEAR
    for sameness, least, fewest in (
        (Sameness.CONTAINS, thresholds.contains, FEWEST_CONTAINED),
        (Sameness.PARTLY, thresholds.partly, FEWEST_PARTLY),
    ):
        if least is not None and found.containment >= least and found.shared >= fewest:
            return sameness
    return None


def compare_texts(left: str, right: str, *, thresholds: Thresholds | None = None) -> Copy[str] | None:
    """Compare two texts exactly, without an index; the result names them "left" and "right".

    None when they share too little to be linked. A text of fewer than five words has no shingle and is
    linked to nothing, not even to its like: there is too little of it to tell a copy from a coincidence.
    """
    shingles = (shingle_set(left), shingle_set(right))
    if not len(shingles[0]) or not len(shingles[1]):
        return None
    found = overlap(*shingles)
    sameness = sameness_of(
        found, same_letters=text_key(left) == text_key(right), thresholds=thresholds or Thresholds()
    )
    if sameness is None:
        return None
    shorter = "left" if len(shingles[0]) < len(shingles[1]) else "right"
    inner = shorter if sameness is Sameness.CONTAINS else None
    return Copy("left", "right", found.jaccard, found.containment, sameness, inner)
