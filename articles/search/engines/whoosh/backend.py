"""Haystack's names for the engine."""

from __future__ import annotations

from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchQuery

from articles.search.engines.backend import ArchiveBackend
from articles.search.engines.whoosh.store import WhooshStore

# `suits_up_to` is between the sizes that were measured: at 34,000 articles of 500 words a search with facets took 49 ms
# of CPU at the median on Whoosh and 124 with filters, at 102,000 it took 150 and 361; on Tantivy 9 and 6 (decisions
# 0001 and 0005). `make bench-search` measures both again.


class WhooshBackend(ArchiveBackend):
    """The embedded engine in pure Python."""

    store_class = WhooshStore
    suits_up_to = 50_000


class WhooshEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = WhooshBackend
    query = WhooshSearchQuery
