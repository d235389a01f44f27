"""A server keeps the sets of common words: it asks Tantivy for none of them, and they are those that Tantivy tells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tantivy

from articles.search.engines.tantivy import TantivyBackend, asked, common_words
from articles.search.engines.tantivy.places import side_by_side
from articles.search.engines.tantivy.rows import Rows
from articles.search.engines.tantivy.snapshot import Snapshot
from articles.search.engines.tantivy.store import MOST_BLOCKS, first_outgrown
from articles.search.engines.tantivy.stream import OTHER_FORM
from tests.engines.contract.asking import ask, numbers
from tests.engines.documents import document

ARTICLES = range(1, 61)


class Counted:
    """A searcher that counts how often it was asked for documents."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self.times = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._searcher, name)

    def aggregate(self, *arguments: Any, **named: Any) -> Any:
        self.times += 1
        return self._searcher.aggregate(*arguments, **named)

    def search(self, *arguments: Any, **named: Any) -> Any:
        self.times += 1
        return self._searcher.search(*arguments, **named)


def text_of(number: int) -> str:
    """Return a text: all have a plan, one in two an envoy, one in three a cease-fire, one in thirty a harbour."""
    words = {2: "envoy", 3: "cease-fire", 30: "harbour"}
    return " ".join(["A plan.", *(word for each, word in words.items() if number % each == 0)])


def those_of(*each: int) -> list[int]:
    return [number for number in ARTICLES if all(number % one == 0 for one in each)]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TantivyBackend:
    """Return an engine of which words are common that ten articles have."""
    monkeypatch.setattr(common_words, "LEAST_COMMON", 10)
    engine = TantivyBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)
    engine.write([document(number, text_of(number)) for number in ARTICLES])
    return engine


def asked_for(engine: TantivyBackend, query: str) -> tuple[list[int], int]:
    """Return the articles of a query, and how often Tantivy was asked for documents."""
    now = engine.store.snapshot()
    before, now.searcher = now.searcher, Counted(now.searcher)
    found = numbers(engine, query)
    times, now.searcher = now.searcher.times, before
    return found, times


def told_by_tantivy(now: Snapshot, word: str) -> list[int]:
    query = tantivy.Query.term_set_query(now.schema, "text", [word, OTHER_FORM + word])
    return sorted(now.articles[now.mask_of(query)].tolist())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("plan", those_of()),
        ("plan envoy", those_of(2)),
        ("envoy OR cease-fire", sorted({*those_of(2), *those_of(3)})),
        ("envoy ceasefire plan", those_of(6)),
        ("plan -envoy", [number for number in ARTICLES if number % 2]),
        ("pla* OR nosuch", those_of()),
        ("title:envoy", []),
    ],
)
def test_common_words_are_told_without_asking(engine: TantivyBackend, query: str, found: list[int]) -> None:
    assert asked_for(engine, query)[0] == found
    before = asked_for(engine, query)[1]
    engine.warm()

    after, times = asked_for(engine, query)

    assert after == found
    # A phrase, and a field other than the text, Tantivy is still asked for; for the best of a page always.
    assert times <= (before if "-fire" in query or ":" in query else 1)


@pytest.mark.parametrize(
    "query", ["harbour", "envoy harbour", "harbour OR envoy", "plan -harbour", "plan -harb*"]
)
def test_a_word_that_is_rarer_is_asked_for_and_joined_with_the_others(
    engine: TantivyBackend, query: str
) -> None:
    before = asked_for(engine, query)[0]
    engine.warm()
    assert "harbour" not in engine.store.snapshot().common_words

    assert asked_for(engine, query)[0] == before


def test_what_holds_many_rarer_words_is_left_to_tantivy(
    engine: TantivyBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.warm()
    apart = asked_for(engine, "plan -harbour")
    monkeypatch.setattr(asked, "MOST_APART", 1)

    assert asked_for(engine, "plan -harbour") == apart
    assert apart[0] == [number for number in ARTICLES if number % 30]


def test_sets_follow_the_articles_as_these_are_changed_and_joined(engine: TantivyBackend) -> None:
    engine.warm()
    for turn in range(1, 4 * MOST_BLOCKS):
        number = turn % 45 + 1
        engine.write([document(number, text_of(number + turn), version=turn + 1)], gone=[60 - turn % 7])
        now = engine.store.snapshot()
        assert {"plan", "envoy", "ceasefire"} <= now.common_words.keys()
        for word in now.common_words:
            kept = now.articles[now.with_common([word]) & now.live].tolist()
            assert sorted(kept) == told_by_tantivy(now, word), (turn, word)


def test_what_was_packed_is_not_packed_again_for_each_commit(
    engine: TantivyBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[int] = []

    def counted(words: Any, block: Rows, places: Any) -> Any:
        packed.append(block.size)
        return common_packed(words, block, places)

    common_packed = common_words.packed
    monkeypatch.setattr(common_words, "packed", counted)
    engine.warm()
    changes = 3 * MOST_BLOCKS
    for turn in range(changes):
        engine.write([document(100 + turn, "A plan.")])
        assert ask(engine, "plan").total == len(ARTICLES) + turn + 1

    assert packed.count(len(ARTICLES)) == 1
    assert sum(packed) < len(ARTICLES) + 8 * changes


def test_who_asks_once_has_no_sets_made(engine: TantivyBackend) -> None:
    assert numbers(engine, "plan envoy") == those_of(2)
    assert not engine.store.snapshot().common_words


def test_a_server_has_them_of_a_rebuilt_index_too(engine: TantivyBackend) -> None:
    engine.warm()
    batch = [document(number, "The lighthouse") for number in range(1, 21)]
    engine.rebuild(lambda after: [] if after else [batch], lambda _: [], progress=lambda _: None)

    assert asked_for(engine, "lighthouse") == ([*range(1, 21)], 1)
    assert engine.store.snapshot().common_words.keys() == {"the", "lighthouse"}


def test_an_archive_without_articles_is_made_ready(tmp_path: Path) -> None:
    engine = TantivyBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)
    engine.warm()
    assert numbers(engine, "plan") == []
    engine.write([document(1, "A plan.")])
    assert numbers(engine, "plan") == [1]


def test_words_that_share_the_last_bits_of_their_numbers_are_told_apart(
    engine: TantivyBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common_words, "LAST_BITS", np.uint64(1))
    engine.warm()
    now = engine.store.snapshot()
    assert len(now.common_words) > 4
    for word in now.common_words:
        assert now.articles[now.with_common([word])].tolist() == told_by_tantivy(now, word)


@pytest.mark.parametrize(
    ("sizes", "first"),
    [
        ([100_000, *[1] * 16], 1),
        ([100_000, 31, *[1] * 15], 2),
        ([100_000, 60, 20, *[1] * 14], 1),
        ([10, 10, 100_000, *[1] * 14], 0),
        ([30, *[1] * 16], 0),
    ],
)
def test_a_block_is_joined_when_those_behind_have_come_up_to_half_of_it(sizes: list[int], first: int) -> None:
    assert first_outgrown(sizes) == first


def test_stretches_that_follow_each_other_are_taken_at_once() -> None:
    def taken(*pairs: Iterable[int]) -> list[int]:
        starts, ends = np.array([*pairs]).T
        return side_by_side(np.arange(20), starts, ends).tolist()

    assert taken((2, 5), (5, 7)) == [2, 3, 4, 5, 6]
    assert taken((2, 5), (9, 11)) == [2, 3, 4, 9, 10]
