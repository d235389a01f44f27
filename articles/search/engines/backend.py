"""Haystack's seam: a backend that keeps Haystack's methods and adds those of `engines.ask`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from haystack.backends import log_query
from haystack.backends.whoosh_backend import WhooshSearchBackend
from haystack.exceptions import SearchBackendError, SkipDocument
from haystack.models import SearchResult
from haystack.utils import get_identifier

from articles.models import Article
from articles.search.engines import haystack_search
from articles.search.engines.answer import answer, together
from articles.search.engines.ask import Ask, BetterSpelled, Found, Frequencies, Spelled
from articles.search.engines.schema import STORY, Fields, story_key_of
from articles.search.engines.spelling import Speller
from articles.search.engines.store import IndexStore
from articles.search.facets import FACETS
from articles.search.highlight import best_passage
from articles.search.likeness import similar_to
from articles.search.syntax import parse

MOST_ALIKE_LISTED = 100  # articles like one that Haystack is given when it names no end

# One store for each engine and path of this process: what is read from an index is read once, whichever thread asks.
_stores: dict[tuple[str, str], IndexStore[Any]] = {}
_opening = threading.Lock()


class ArchiveBackend(WhooshSearchBackend):
    """What our engines have in common. Threads each have a backend of their own and share the store behind it.

    Haystack's backend for Whoosh is the base of all, since a `SearchQuerySet` writes its queries in Whoosh's
    language whatever the engine is, and asks the backend how to.
    """

    store_class: type[IndexStore[Any]]
    suits_up_to: int | None = None  # articles beyond which another engine is the better choice

    def setup(self) -> None:
        """Find the store. Nothing is written until there is something to write."""
        from haystack import connections

        fields = connections[self.connection_alias].get_unified_index().all_searchfields()
        self.content_field_name = next(field.index_fieldname for field in fields.values() if field.document)
        with _opening:
            if self._store_key not in _stores:
                _stores[self._store_key] = self.store_class(Path(self.path), Fields.of(fields))
        self.setup_complete = True

    @property
    def store(self) -> IndexStore[Any]:
        """The index behind this connection."""
        if not self.setup_complete:
            self.setup()
        return _stores[self._store_key]

    @property
    def _store_key(self) -> tuple[str, str]:
        return self.store_class.form, self.path

    # What our own code calls.

    def ask(self, ask: Ask) -> Found:
        """Run one search. Raises SearchUnavailable when the index cannot be read."""
        store = self.store
        snapshot = store.snapshot()
        with store.explained():
            return answer(ask, store.matcher(snapshot))

    def together(self, ask: Ask, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Count the articles of a search's result that carry two keys both; see `answer.together`."""
        store = self.store
        snapshot = store.snapshot()
        with store.explained():
            return together(ask, keys, store.matcher(snapshot))

    def better_spelled(
        self, words: Iterable[Spelled], *, few: bool = False, curator: bool = False
    ) -> dict[Spelled, BetterSpelled | None]:
        """Return the unknown words, and where there are `few` results rare ones, with better spellings.

        These are words that a reader, or a curator, can find articles by; see `spelling.Speller`.
        """
        store = self.store
        snapshot = store.snapshot()
        with store.explained():
            seen = snapshot.live if curator else snapshot.visible
            return Speller(snapshot, seen).better(words, few=few)

    def frequencies(self, terms: Iterable[tuple[str, str]], keys: Iterable[tuple[str, str]]) -> Frequencies:
        """Return how many documents hold each term, and carry each key."""
        store = self.store
        snapshot = store.snapshot()
        with store.explained():
            return Frequencies(
                int(snapshot.live.sum()),
                {(field, term): snapshot.frequency(field, term) for field, term in terms},
                {(field, key): snapshot.carriers(field, key) for field, key in keys},
            )

    def write(self, documents: Iterable[dict[str, Any]], *, gone: Iterable[int] = ()) -> int:
        """Index documents that Haystack prepared, take articles out by number; return how many."""
        return self.store.write(documents, gone=gone)

    def check(self) -> None:
        """Open the index. Raises SearchUnavailable, with its cure, when it cannot be read."""
        self.store.snapshot()

    def warm(self) -> None:
        """Open the index and read what every search needs. Raises SearchUnavailable when it cannot be read."""
        store = self.store
        snapshot = store.snapshot()
        with store.explained():
            snapshot.warm()
            answer(Ask(facets=tuple(facet.name for facet in FACETS)), store.matcher(snapshot))

    def size(self) -> int:
        """Return how many articles the index holds, hidden ones too."""
        return int(self.store.snapshot().live.sum())

    def versions(self) -> dict[int, int]:
        """Return the version at which each indexed article stands."""
        snapshot = self.store.snapshot()
        articles, versions = snapshot.articles[snapshot.live], snapshot.column("version")[snapshot.live]
        return {int(article): int(version) for article, version in zip(articles, versions, strict=True)}

    def stories(self) -> dict[int, str]:
        """Return the key of the story under which each indexed article stands."""
        snapshot = self.store.snapshot()
        articles, stories = snapshot.articles[snapshot.live], snapshot.column(STORY)[snapshot.live]
        return {
            int(article): story_key_of(int(story)) for article, story in zip(articles, stories, strict=True)
        }

    def lock(self, *, blocking: bool = True) -> AbstractContextManager[bool]:
        """Hold the right to write; see `place.FileLock.hold`."""
        return self.store.place.lock.hold(blocking=blocking)

    def rebuild(
        self,
        batches_after: Callable[[int], Iterable[list[dict[str, Any]]]],
        present_state: Callable[[set[int]], list[dict[str, Any]]],
        *,
        progress: Callable[[int], None],
    ) -> None:
        """Build anew beside the present index and swap; see `store.IndexStore.rebuild`."""
        self.store.rebuild(batches_after, present_state, progress=progress)

    # What Haystack calls. The next three have its signatures; changes are committed whatever `commit` says.

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        """Index these objects in one commit."""
        documents = []
        for obj in iterable:
            try:
                documents.append(index.full_prepare(obj))
            except SkipDocument:
                self.log.debug("Indexing for object `%s` skipped", obj)
        if documents:
            self.write(documents)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        """Take one object out. Waits for the lock; stock loses the deletion when another process has it."""
        number = int(get_identifier(obj_or_string).rsplit(".", 1)[-1])
        self.write((), gone=[number])

    def clear(self, models: Any = None, commit: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        """Empty the index. Articles are all it holds, so `models` changes nothing."""
        self.store.clear()

    def delete_index(self) -> None:
        """Empty the index."""
        self.store.clear()

    def optimize(self) -> None:
        """Do nothing: commits keep the segments few."""

    @log_query
    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        """Answer a `SearchQuerySet`; see `haystack_search`. What it cannot do it refuses, never ignores."""
        for option in ("date_facets", "query_facets", "within", "dwithin"):
            if options.get(option):
                raise SearchBackendError(f"This engine has no {option}; year and month are facets.")
        if not query_string:
            return {"results": [], "hits": 0}
        store = self.store
        snapshot = store.snapshot()
        with store.explained():
            found = haystack_search.search(
                query_string,
                store.matcher(snapshot),
                fields=store.fields,
                narrow=options.get("narrow_queries") or (),
                sort_by=options.get("sort_by") or (),
                start=options.get("start_offset") or 0,
                end=options.get("end_offset"),
                facets=options.get("facets") or (),
            )
        result_class = options.get("result_class") or SearchResult
        highlighted = self._highlighted(found.articles, query_string) if options.get("highlight") else {}
        return {
            "results": [
                result_class("articles", "article", str(number), score, **highlighted.get(number, {}))
                for number, score in zip(found.articles, found.scores, strict=True)
            ],
            "hits": found.hits,
            "facets": {"fields": found.facets, "dates": {}, "queries": {}},
            "spelling_suggestion": None,
        }

    def _highlighted(self, numbers: Iterable[int], query_string: str) -> dict[int, dict[str, Any]]:
        bodies = Article.objects.filter(pk__in=numbers).values_list("pk", "body")
        tree = parse(query_string).tree
        return {number: {"highlighted": {"text": [best_passage(body, tree)]}} for number, body in bodies}

    def more_like_this(self, model_instance: Article, query: str = "*", **options: Any) -> dict[str, Any]:
        """Answer Haystack's `more_like_this`: articles like one, without its own story, the most alike first."""
        if query != "*":
            raise SearchBackendError(
                "What is alike cannot be narrowed here; like: in a query of `search.run` can."
            )
        start, end = options.get("start_offset") or 0, options.get("end_offset") or MOST_ALIKE_LISTED
        found = self.ask(Ask(similar_to(model_instance, self), size=end, curator=True))
        result_class = options.get("result_class") or SearchResult
        shown = list(zip(found.articles, found.scores, strict=True))[start:]
        results = [result_class("articles", "article", str(number), score) for number, score in shown]
        return {"results": results, "hits": found.total}
