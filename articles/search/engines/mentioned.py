"""What "most mentioned" sorts by: how often articles name the actors asked for, or else hold the words."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from articles.search.engines.documents import Array, Documents
from articles.search.engines.spans import Finder
from articles.search.facets import MENTIONED, MOST_MENTIONS, mentioned_key
from articles.search.sought import sought
from articles.search.tree import Node


def mentions_of(actors: Iterable[int], documents: Documents) -> Array:
    """Return how often each document names these actors, each up to MOST_MENTIONS times."""
    column = documents.facet(MENTIONED)
    mentions = np.zeros(documents.size, dtype=np.int64)
    for actor in actors:
        for times in range(1, MOST_MENTIONS + 1):
            number = column.interner.known(mentioned_key(actor, times))
            if number is not None:
                mentions[column.docs[column.values == number]] += times
    return mentions


def occurrences(tree: Node, finder: Finder, size: int) -> Array:
    """Return how often each of so many documents holds, in its text, what was sought anywhere in it."""
    found = np.zeros(size, dtype=np.int64)
    for leaf in dict.fromkeys(one.leaf for one in sought(tree) if one.field is None):
        found += np.bincount(finder.spans(leaf).docs, minlength=size)
    return found
