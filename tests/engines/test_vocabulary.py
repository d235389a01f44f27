"""The words of an index are read once; a commit brings those of its own articles, and no more is read."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from articles.search.engines.ask import Spelled
from articles.search.engines.expanded import inflections
from articles.search.engines.tantivy import TantivyBackend
from articles.search.engines.tantivy.vocabulary import MANY_LATER
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


def test_a_server_looks_up_the_words_of_a_stem_and_looks_at_no_others(engine: TantivyBackend) -> None:
    begun_so = [f"do{first}{second}" for first in ascii_lowercase for second in ascii_lowercase]
    engine.write([document(1, " ".join(["do", "doing", *begun_so])), document(2, "harbours")])
    engine.warm()
    now = engine.store.snapshot()
    assert now._of_stem("text", "do") == ["do", "doed", "doing"]

    engine.write([document(3, "It was redone. DO! Dos, as doings were; harboured.")])
    later = engine.store.snapshot()
    # Of the words that came later all that begin so are looked at, and no others.
    assert sorted(later._of_stem("text", "do") or ()) == ["do", "doed", "doing", "doings", "dos"]
    for word in ("do", "does", "doing", "harbour", "DO", "redone", "dogs", "nosuch", "1500"):
        assert sorted(later.inflections("text", word)) == sorted(inflections(later, "text", word)), word
    assert numbers(engine, "harbouring") == [2, 3]


def test_words_that_came_later_are_looked_up_by_their_stems_once_they_are_many(
    engine: TantivyBackend,
) -> None:
    engine.write([document(1, "The harbour")])
    engine.warm()
    for number in range(2, 30):
        engine.write([document(number, f"harbour{'s' * (number % 2)} quay{chr(95 + number)}")])
        now = engine.store.snapshot()
        assert set(now.inflections("text", "harbouring")) == set(inflections(now, "text", "harbouring"))
        [(later, all_of_them)] = [
            (len(one._later), len(one._words)) for field, one in now._vocabularies.items() if field == "text"
        ]
        assert later * MANY_LATER <= all_of_them


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
