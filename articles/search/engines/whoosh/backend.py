"""Haystack's names for the engine."""

from __future__ import annotations

from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchQuery

from articles.search.engines.backend import ArchiveBackend
from articles.search.engines.whoosh.store import WhooshStore


class WhooshBackend(ArchiveBackend):
    """The embedded engine in pure Python."""

    store_class = WhooshStore


class WhooshEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = WhooshBackend
    query = WhooshSearchQuery
