"""The systems that `bench_search` measures: our engines, and those a Django project would otherwise take.

Each takes the generated documents in, and answers a query with the ids and snippets of the first twenty hits and
the twenty commonest values of three facets: outlet, month, person. Each is set up as its manual says, and
nothing it could do faster is held back: stock Haystack's index is written in one segment, which its own
`rebuild_index` does not manage, and neither rival reads or renders a page.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol

from benchmarks.generated_queries import FTS5, OURS, TANTIVY, WHOOSH, Asked

FACETS = ("outlet", "month", "person")
HITS = 20
VALUES = 20  # of a facet
BATCH = 500  # documents handed over at a time: `articles.search.pending.BATCH`
# Documents by which stock Haystack's slowing down is measured; 20,000 would take an hour.
STOCK_GROWTH = 3_000

Document = dict[str, Any]
Batches = Iterable[list[Document]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave: how many hits, the first ones, and the commonest values of each facet."""

    total: int
    articles: tuple[int, ...]
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Written:
    """CPU seconds of each batch of BATCH documents in turn, and of all there was to do."""

    batches: list[float]
    seconds: float


class System(Protocol):
    """One of those measured, with its files in a folder."""

    def write(self, batches: Batches) -> Written:
        """Index the documents, from nothing."""

    def open(self) -> None:
        """Get ready, as a server does before its first reader."""

    def search(self, asked: Asked) -> Answer | None:
        """Answer a query; None when the system has nothing for its kind."""


class Clock:
    """CPU time spent on batches, without that of making them: the first of all threads, the second of ours."""

    def __init__(self) -> None:
        self.batches: list[float] = []
        self.making = 0.0

    def fed(self, batches: Batches) -> Iterator[list[Document]]:
        """Yield the batches, and take the time until the next is asked for."""
        begun = time.thread_time()
        for batch in batches:
            self.making += time.thread_time() - begun
            handed = time.process_time()
            yield batch
            self.batches.append(time.process_time() - handed)
            begun = time.thread_time()
        self.making += time.thread_time() - begun

    def timed(self, work: Callable[[Iterator[list[Document]]], object], batches: Batches) -> Written:
        """Do the work with the batches; return the time without that of making them."""
        begun = time.process_time()
        work(self.fed(batches))
        return Written(self.batches, time.process_time() - begun - self.making)


class Dateline:
    """The archive, with any of its engines. Bodies for snippets stand in a table, as they do in its database."""

    def __init__(self, folder: Path, engine: str) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings.prod"
        os.environ["ARCHIVE_DATA_DIR"] = str(folder)
        os.environ["ARCHIVE_SEARCH_URL"] = f"{engine}://index"
        import django

        django.setup()
        self.bodies = sqlite3.connect(folder / "bodies.sqlite3")

    def write(self, batches: Batches) -> Written:
        from articles.search.run import backend

        self.bodies.execute("CREATE TABLE body (article INTEGER PRIMARY KEY, body TEXT)")

        def rebuild(fed: Iterator[list[Document]]) -> None:
            backend().rebuild(lambda _: fed, lambda _: [], progress=lambda _: None)

        written = Clock().timed(rebuild, self._keeping_bodies(batches))
        self.bodies.commit()
        return written

    def _keeping_bodies(self, batches: Batches) -> Iterator[list[Document]]:
        for batch in batches:
            rows = [(int(document["django_id"]), document["text"]) for document in batch]
            self.bodies.executemany("INSERT INTO body VALUES (?, ?)", rows)
            yield batch

    def open(self) -> None:
        import articles.search.highlight
        import articles.search.syntax  # noqa: F401  # a server has loaded both before its first reader
        from articles.search.run import backend

        backend().warm()

    def search(self, asked: Asked) -> Answer:
        from articles.search.engines.ask import Ask, Choice, Range
        from articles.search.highlight import best_passage
        from articles.search.run import backend
        from articles.search.syntax import parse
        from articles.search.tree import any_word

        tree = parse(asked.written(OURS) or "").tree
        tree = any_word(tree) if asked.kind == "any" else tree
        choices = {"outlet": Choice(frozenset({f"outlet:{asked.outlet}"}))} if asked.outlet else {}
        found = backend().ask(
            Ask(tree, choices=choices, published=Range(asked.first, asked.last), facets=FACETS, size=HITS)
        )
        marks = ",".join("?" * len(found.articles))
        bodies = self.bodies.execute(
            f"SELECT body FROM body WHERE article IN ({marks})",  # noqa: S608  # question marks
            found.articles,
        )
        for (body,) in bodies:
            best_passage(body, tree)
        counts = {
            name: dict(nlargest(VALUES, found.counts[name].inside.items(), key=itemgetter(1)))
            for name in FACETS
        }
        return Answer(found.total, found.articles, counts)

    def better_spelled(self, asked: Asked) -> str | None:
        """Return what a word that is misspelled was perhaps to be."""
        from articles.search.engines.ask import Spelled
        from articles.search.run import backend

        typed = Spelled(asked.words[0])
        better = backend().better_spelled([typed], few=True).get(typed)
        return None if better is None else str(better.text)


class StockHaystack:
    """Haystack's own Whoosh backend, with the field classes of its documentation and its settings' defaults."""

    def __init__(self, folder: Path) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings.prod"
        os.environ["ARCHIVE_DATA_DIR"] = str(folder)
        import django
        from django.conf import settings

        django.setup()
        settings.HAYSTACK_LIMIT_TO_REGISTERED_MODELS = True
        settings.HAYSTACK_CONNECTIONS["default"].update(
            ENGINE="haystack.backends.whoosh_backend.WhooshEngine", PATH=str(folder / "stock")
        )
        from haystack import connections

        self.index = _stock_index()
        connections["default"].get_unified_index().build(indexes=[self.index])
        self.backend = connections["default"].get_backend()

    def write(self, batches: Batches) -> Written:
        """Take STOCK_GROWTH documents by `update`, then all of them into one segment for the queries."""
        kept: list[list[Document]] = []

        def update(fed: Iterator[list[Document]]) -> None:
            for batch in fed:
                kept.append(batch)
                self.backend.update(self.index, [self.index.of(document) for document in batch])
                if len(kept) * BATCH >= STOCK_GROWTH:
                    return

        batches = iter(batches)
        written = Clock().timed(update, batches)
        self.backend.delete_index()
        self.backend.setup()
        writer = self.backend.index.writer(limitmb=256)
        for batch in (*kept, *batches):
            for document in batch:
                prepared = self.index.of(document)
                writer.add_document(
                    **{name: self.backend._from_python(value) for name, value in prepared.items()}  # noqa: SLF001
                )
        writer.commit()
        return written

    def open(self) -> None:
        self.backend.setup()

    def search(self, asked: Asked) -> Answer | None:
        query = asked.written(WHOOSH)
        if query is None:
            return None
        narrow = {f'outlet_exact:"{asked.outlet}"'} if asked.outlet else set()
        if asked.first and asked.last:
            narrow.add(f"published:[{asked.first:%Y%m%d}000000 TO {asked.last:%Y%m%d}235959]")
        found = self.backend.search(
            query,
            start_offset=0,
            end_offset=HITS,
            highlight=asked.kind != "everything",
            facets={f"{name}_exact": {} for name in FACETS},
            narrow_queries=narrow or None,
        )
        if not found["hits"]:
            return Answer(0, (), {})
        counts = {name: dict(found["facets"]["fields"][f"{name}_exact"][:VALUES]) for name in FACETS}
        return Answer(found["hits"], tuple(int(hit.pk) for hit in found["results"]), counts)


def _stock_index() -> Any:
    from datetime import datetime

    from haystack import indexes

    from articles.models import Article

    class Stock(indexes.SearchIndex, indexes.Indexable):
        text = indexes.CharField(document=True)
        headline = indexes.CharField()
        outlet = indexes.MultiValueField(faceted=True)
        month = indexes.MultiValueField(faceted=True)
        person = indexes.MultiValueField(faceted=True)
        published = indexes.DateTimeField(null=True)

        def get_model(self) -> type[Article]:
            return Article

        def full_prepare(self, obj: Document) -> Document:
            return obj

        @staticmethod
        def of(document: Document) -> Document:
            """Return what its own `full_prepare` would make of the article."""
            held = {name: document[name] for name in ("id", "django_ct", "django_id", "text", "headline")}
            for name in FACETS:
                held[name] = held[f"{name}_exact"] = [key.partition(":")[2] for key in document[name]]
            day = document["first_day"]
            # No time zone: Whoosh's date column has none.
            return held | ({"published": datetime.fromordinal(day)} if day else {})

    return Stock()


class RawTantivy:
    """tantivy-py, one thread, facets as aggregations over fast fields."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("article", stored=True, indexed=True, fast=True)
        for name in ("headline", "text"):
            builder.add_text_field(name, stored=name == "text", tokenizer_name="en_stem")
        for name in FACETS:
            builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
        for name in ("first_day", "last_day"):
            builder.add_integer_field(name, indexed=True, fast=True)
        self.schema = builder.build()
        path = folder / "tantivy"
        path.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(path))

    def write(self, batches: Batches) -> Written:
        def add(fed: Iterator[list[Document]]) -> None:
            writer = self.index.writer(128_000_000, 1)
            for batch in fed:
                for document in batch:
                    writer.add_document(
                        self.tantivy.Document(
                            article=int(document["django_id"]),
                            **{name: document[name] for name in ("headline", "text", *FACETS)},
                            **{name: document[name] for name in ("first_day", "last_day")},
                        )
                    )
            writer.commit()
            writer.wait_merging_threads()

        return Clock().timed(add, batches)

    def open(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, asked: Asked) -> Answer | None:
        text = asked.written(TANTIVY)
        if text is None:
            return None
        query = self._filtered(self._query(asked.kind, text), asked)
        found = self.searcher.search(query, HITS)
        snippets = self.tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        articles = []
        for _, address in found.hits:
            document = self.searcher.doc(address)
            articles.append(document.get_first("article"))
            snippets.snippet_from_doc(document).to_html()
        # A segment gives its commonest values alone; with so many of each the counts are exact.
        terms = {"size": VALUES, "segment_size": 5000}
        groups = self.searcher.aggregate(
            query, {name: {"terms": {"field": name, **terms}} for name in FACETS}
        )
        counts = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in groups[name]["buckets"]}
            for name in FACETS
        }
        return Answer(found.count, tuple(articles), counts)

    def _query(self, kind: str, text: str) -> Any:
        if kind == "everything":
            return self.tantivy.Query.all_query()
        if kind in ("prefix", "wildcard"):
            return self.tantivy.Query.regex_query(self.schema, "text", text)
        if kind == "fuzzy":
            return self.tantivy.Query.fuzzy_term_query(self.schema, "text", text, 1)
        return self.index.parse_query(text, ["text", "headline"])

    def _filtered(self, query: Any, asked: Asked) -> Any:
        one, must = self.tantivy.Query, self.tantivy.Occur.Must
        parts = [(must, query)]
        if asked.outlet:
            parts.append((must, one.term_query(self.schema, "outlet", f"outlet:{asked.outlet}")))
        if asked.first and asked.last:
            integer = self.tantivy.FieldType.Integer
            first, last = asked.first.toordinal(), asked.last.toordinal()
            begun = one.range_query(self.schema, "first_day", integer, 1, last)
            not_over = one.range_query(self.schema, "last_day", integer, first, 10**9)
            parts += [(must, begun), (must, not_over)]
        return query if len(parts) == 1 else one.boolean_query(parts)


class Sqlite:
    """FTS5 with the Porter stemmer; facets by GROUP BY over indexed tables."""

    def __init__(self, folder: Path) -> None:
        self.base = sqlite3.connect(folder / "fts5.sqlite3")

    def write(self, batches: Batches) -> Written:
        self.base.executescript(
            """PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
            CREATE VIRTUAL TABLE words USING fts5(text, headline, tokenize='porter unicode61');
            CREATE TABLE article (id INTEGER PRIMARY KEY, outlet TEXT, month TEXT, first_day INT, last_day INT);
            CREATE TABLE person (article INT, key TEXT, PRIMARY KEY (article, key)) WITHOUT ROWID;
            CREATE INDEX by_outlet ON article (outlet); CREATE INDEX by_day ON article (first_day);"""
        )

        def insert(fed: Iterator[list[Document]]) -> None:
            for batch in fed:
                numbered = [(int(document["django_id"]), document) for document in batch]
                self.base.executemany(
                    "INSERT INTO words (rowid, text, headline) VALUES (?, ?, ?)",
                    [(number, one["text"], one["headline"]) for number, one in numbered],
                )
                self.base.executemany(
                    "INSERT INTO article VALUES (?, ?, ?, ?, ?)",
                    [
                        (number, one["outlet"][0], one["month"][0], one["first_day"], one["last_day"])
                        for number, one in numbered
                    ],
                )
                self.base.executemany(
                    "INSERT INTO person VALUES (?, ?)",
                    [(number, key) for number, one in numbered for key in one["person"]],
                )
                self.base.commit()
            self.base.execute("INSERT INTO words(words) VALUES ('optimize')")
            self.base.commit()

        return Clock().timed(insert, batches)

    def open(self) -> None:
        self.base.execute("SELECT count(*) FROM article").fetchone()

    def search(self, asked: Asked) -> Answer | None:
        text = asked.written(FTS5)
        if text is None:
            return None
        tables, where, values = "article", ["1"], []
        if text:
            tables = "words JOIN article ON article.id = words.rowid"
            where, values = ["words MATCH ?"], [text]
        if asked.outlet:
            where.append("outlet = ?")
            values.append(f"outlet:{asked.outlet}")
        if asked.first and asked.last:
            where.append("first_day BETWEEN 1 AND ? AND last_day >= ?")
            values += [asked.last.toordinal(), asked.first.toordinal()]
        wanted = f"FROM {tables} WHERE {' AND '.join(where)}"
        shown = "snippet(words, 0, '<b>', '</b>', '…', 30)" if text else "''"
        order = "rank" if text else "id DESC"
        rows = self._rows(f"SELECT id, {shown} {wanted} ORDER BY {order} LIMIT {HITS}", values)
        counts = {}
        for name in FACETS:
            key, source = (name, wanted)
            if name == "person":
                key = "person.key"
                source = wanted.replace(" WHERE", " JOIN person ON person.article = article.id WHERE")
            grouped = f"SELECT {key}, count(*) AS n {source} GROUP BY 1 ORDER BY n DESC LIMIT {VALUES}"
            counts[name] = dict(self._rows(grouped, values))
        total = self._rows(f"SELECT count(*) {wanted}", values)[0][0]
        return Answer(total, tuple(row[0] for row in rows), counts)

    def _rows(self, statement: str, values: list[object]) -> list[Any]:
        return self.base.execute(statement, values).fetchall()


OUR_ENGINES = ("whoosh", "tantivy")
RIVALS: dict[str, Callable[[Path], System]] = {
    "stock-haystack": StockHaystack,
    "tantivy-py": RawTantivy,
    "sqlite-fts5": Sqlite,
}


def system(name: str, folder: Path) -> System:
    """Return a system by name: one of RIVALS, or "dateline-" and one of OUR_ENGINES."""
    if name in RIVALS:
        return RIVALS[name](folder)
    return Dateline(folder, name.removeprefix("dateline-"))
