"""Haystack's names for the engine."""

from __future__ import annotations

from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchQuery

from articles.search.engines.backend import ArchiveBackend
from articles.search.engines.whoosh.store import WhooshStore

# `suits_up_to` comes from the prototype of decision 0001, CPU at the median for a search with facets: 49 ms at 34,000
# articles, 150 at 102,000; Tantivy 9. The engine has become quicker since: at 20,000 both take as long, and writing is
# what Tantivy does better: at 100,000 this engine indexed 194 articles a CPU second and took up to 9.7 s for a commit.
# `make bench-search` measures both; move the number by its 100,000.


class WhooshBackend(ArchiveBackend):
    """The embedded engine in pure Python."""

    store_class = WhooshStore
    suits_up_to = 50_000


class WhooshEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = WhooshBackend
    query = WhooshSearchQuery
