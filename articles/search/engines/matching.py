"""What an engine's matcher gives: which documents match a tree, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from articles.search.engines.documents import Array, Documents, Mask
from articles.search.tree import And, AnyOf, AtLeast, Field, First, Inside, Node, Not, Or, Phrase


class MatchSet(Protocol):
    """The documents that match a tree; deleted ones may be among them."""

    @property
    def mask(self) -> Mask:
        """The set."""

    def scores_among(self, wanted: Mask, *, best: int) -> Array:
        """Return scores by document, of which those of the `best` highest among the wanted have to be right.

        So have those equal to the last of these; all others must not be higher than they are.
        """


@dataclass(slots=True)
class Matches:
    """The set of matching documents and each one's score, 0 for the others."""

    mask: Mask
    scores: Array

    def scores_among(self, wanted: Mask, *, best: int) -> Array:  # noqa: ARG002  # all of them are known
        """Return all scores."""
        return self.scores


@dataclass(frozen=True, slots=True)
class Reach:
    """The documents that an answer can still be about: what days, filters and the rest of the query leave.

    A part that may not look through all texts looks through those of `listed` first, then through those of `counted`.
    """

    listed: Mask  # may be in the result
    counted: (
        Mask  # may be in the result once a filter is lifted, as counts of facets have it; all of `listed` are
    )

    def within(self, mask: Mask) -> Reach:
        """Return what is left of it in a set that has to hold as well."""
        return Reach(self.listed & mask, self.counted & mask)

    def in_turn(self, documents: Array, last_days: Array) -> Array:
        """Return those of some documents that are counted, in the order in which they are looked through.

        Those that may be listed stand first, then the others; the newest first. `last_days` has all documents'.
        """
        among = documents[self.counted[documents]]
        return np.asarray(among[np.lexsort((-last_days[among], ~self.listed[among]))])

    def is_same(self, other: Reach) -> bool:
        """Tell whether another reach is of the same documents."""
        return np.array_equal(self.listed, other.listed) and np.array_equal(self.counted, other.counted)


class Matcher(Protocol):
    """Evaluates trees over one commit. `notes` says where a bound was hit."""

    @property
    def documents(self) -> Documents:
        """The documents of the commit."""

    @property
    def notes(self) -> Sequence[str]:
        """What a reader has to know about how the query was answered."""

    def occurrences(self, node: Node, among: Mask) -> Array:
        """Return how often each document of a set holds what a tree looks for anywhere in the text.

        What it gives for others is of no meaning; see `mentioned.occurrences`.
        """

    def matches(self, node: Node, reach: Reach | None = None) -> MatchSet:
        """Return what matches a tree; deleted documents may be among it.

        `reach` changes nothing but for what is left out when a bound is met: None when all documents are asked about.
        """


def asks_where(node: Node) -> bool:
    """Tell whether a node, or a part of it, asks for where words stand."""
    if isinstance(node, And | Or | AnyOf):
        return any(asks_where(part) for part in node.nodes)
    if isinstance(node, Not):
        return asks_where(node.node)
    leaf = node.leaf if isinstance(node, Field) else node
    return isinstance(leaf, AtLeast | First | Inside) or (
        isinstance(leaf, Phrase) and leaf.within is not None
    )
