"""The words of an index are read once; a commit brings those of its own articles, and no more is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from articles.search.engines.ask import Spelled
from articles.search.engines.tantivy import TantivyBackend
from tests.engines.contract.asking import numbers
from tests.engines.documents import document


class Counted:
    """A searcher that counts the words it gives away."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self.given = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._searcher, name)

    def terms_with_prefix(self, *arguments: Any, **named: Any) -> list[tuple[str, int]]:
        found = self._searcher.terms_with_prefix(*arguments, **named)
        self.given += len(found)
        return list(found)


@pytest.fixture
def engine(tmp_path: Path) -> TantivyBackend:
    return TantivyBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)


def counted(engine: TantivyBackend) -> Counted:
    """Return the searcher of the present commit, which counts from now on."""
    snapshot = engine.store.snapshot()
    snapshot.searcher = Counted(snapshot.searcher)
    return snapshot.searcher


def test_after_a_commit_only_the_words_that_came_with_it_are_read(engine: TantivyBackend) -> None:
    engine.write([document(1, " ".join(f"word{number}" for number in range(1000)))])
    assert numbers(engine, "wor*") == [1]

    engine.write([document(2, "A lighthouse and a word7.")])
    searcher = counted(engine)

    assert numbers(engine, "lighth*") == [2]
    assert numbers(engine, "lighthouses") == [2]
    assert numbers(engine, "word7") == [1, 2]
    assert numbers(engine, "w?rd999") == [1]
    assert searcher.given == len({"a", "lighthouse", "and", "word7"})
    better = engine.better_spelled([Spelled("lighthuose")], few=True)[Spelled("lighthuose")]
    assert better is not None
    assert better.text == "lighthouse"


def test_a_commit_without_new_articles_has_no_words_read(engine: TantivyBackend) -> None:
    engine.write([document(1, "The lighthouse"), document(2, "The harbour")])
    assert numbers(engine, "lighth*") == [1]

    engine.write([], gone=[1])
    searcher = counted(engine)

    assert numbers(engine, "lighth*") == []
    assert numbers(engine, "harb*") == [2]
    assert searcher.given == 0


def test_an_article_written_again_brings_its_words_as_it_is_now(engine: TantivyBackend) -> None:
    engine.write([document(1, "The lighthouse"), document(2, "The harbour")])
    assert numbers(engine, "lighth*") == [1]

    engine.write([document(1, "The windmill", version=2)])

    assert numbers(engine, "windm*") == [1]
    assert numbers(engine, "lighth*") == []
    # What is gone is not offered.
    assert engine.better_spelled([Spelled("lighthuose")], few=True) == {Spelled("lighthuose"): None}
