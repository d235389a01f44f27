"""Which documents are like an article, once an engine has told what the words are worth that each shares with it."""

from __future__ import annotations

import numpy as np

from articles.search.engines.documents import Array, Documents
from articles.search.engines.matching import Matches
from articles.search.engines.schema import STORY
from articles.search.tree import Similar


def similar(node: Similar, worth: Array, documents: Documents) -> Matches:
    """Return the documents that share enough words, but for the article's own story, and how alike each is."""
    mask = worth >= node.least
    mask &= documents.column(STORY) != node.story
    if node.without:
        mask &= ~np.isin(documents.articles, list(node.without))
    scores = np.where(mask, worth, 0).astype(np.float32)
    for one in node.actors:
        scores[mask & documents.carrying(one.field, one.term)] += one.weight
    return Matches(mask, scores)
