"""A large set is told as runs of documents where these are well filled, and one by one where changes thinned them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tantivy

from articles.search.engines.tantivy import TantivyBackend, snapshot
from articles.search.engines.tantivy.schema import RUN_LENGTH
from tests.engines.documents import document

RUNS = 4
ARTICLES = range(1, RUNS * RUN_LENGTH + 1)


class Counted:
    """A searcher that counts how often it was asked for runs, and how often for a list."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self.runs = self.lists = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._searcher, name)

    def aggregate(self, *arguments: Any, **named: Any) -> Any:
        self.runs += 1
        return self._searcher.aggregate(*arguments, **named)

    def search(self, *arguments: Any, **named: Any) -> Any:
        self.lists += 1
        return self._searcher.search(*arguments, **named)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TantivyBackend:
    """Return an archive of full runs: all have a plan, one in three an envoy, one in thirteen a harbour."""
    monkeypatch.setattr(snapshot, "MOST_LISTED", 1)
    engine = TantivyBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)
    engine.write([document(number, text_of(number)) for number in ARTICLES])
    return engine


def text_of(number: int) -> str:
    return "plan" + " envoy" * (number % 3 == 0) + " harbour" * (number % 13 == 0)


def told(engine: TantivyBackend, word: str) -> tuple[list[int], int, int]:
    """Return the articles with a word, and how often Tantivy was asked for runs and for lists."""
    now = engine.store.snapshot()
    now.searcher = counted = Counted(now.searcher)
    rows = now.rows_of(tantivy.Query.term_query(now.schema, "text", word))
    return sorted(now.articles[rows].tolist()), counted.runs, counted.lists


def test_what_fills_runs_is_told_by_them(engine: TantivyBackend) -> None:
    assert told(engine, "plan") == ([*ARTICLES], 1, 1)
    assert told(engine, "envoy") == ([*ARTICLES[2::3]], 1, 1)


def test_what_is_thin_in_its_runs_is_listed_once_it_is_counted(engine: TantivyBackend) -> None:
    assert told(engine, "harbour") == ([*ARTICLES[12::13]], 0, 2)


def test_an_archive_of_thin_runs_is_listed_at_once(engine: TantivyBackend) -> None:
    left = ARTICLES[::10]
    engine.write([], gone=sorted({*ARTICLES} - {*left}))
    assert told(engine, "plan") == ([*left], 0, 1)


def test_runs_of_which_nothing_is_left_do_not_count(engine: TantivyBackend) -> None:
    """The rows of what was replaced stay in memory for a while; Tantivy counts by what is alive."""
    before = engine.store.snapshot()
    engine.write([document(number, text_of(number), version=2) for number in ARTICLES])
    assert engine.store.snapshot().size == 2 * before.size
    assert told(engine, "envoy") == ([*ARTICLES[2::3]], 1, 1)
