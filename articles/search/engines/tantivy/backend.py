"""Haystack's names for the engine."""

from __future__ import annotations

from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchQuery

from articles.search.engines.backend import ArchiveBackend
from articles.search.engines.tantivy.store import TantivyStore


class TantivyBackend(ArchiveBackend):
    """The embedded engine for large archives."""

    store_class = TantivyStore


class TantivyEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = TantivyBackend
    query = WhooshSearchQuery
