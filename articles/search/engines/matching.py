"""What an engine's matcher gives: which documents match a tree, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from articles.search.engines.documents import Array, Documents, Mask
from articles.search.tree import Node


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

    def matches(self, node: Node) -> MatchSet:
        """Return what matches a tree; deleted documents may be among it."""
