"""What goes wrong around the index of the engine for large archives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from articles.search.engines.ask import SearchUnavailable
from articles.search.engines.tantivy import TantivyBackend, store
from tests.engines.contract.asking import ask, numbers
from tests.engines.contract.faults import Crashes, ManyAtOnce, Rebuilding, refusal_of
from tests.engines.documents import document

FILES = ["*.term", "*.idx", "*.pos", "*.fast", "*.store", "*.fieldnorm", "places", "meta.json"]


class TestManyAtOnce(ManyAtOnce):
    backend_class = TantivyBackend


class TestRebuilding(Rebuilding):
    backend_class = TantivyBackend


class TestCrashes(Crashes):
    backend_class = TantivyBackend

    def test_a_writer_killed_before_its_commit_leaves_the_last_one(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def arm(die: Any) -> None:
            real = store.document_of

            def last(prepared: Any, *others: Any) -> Any:
                die() if prepared["django_id"] == "2" else None
                return real(prepared, *others)

            monkeypatch.setattr(store, "document_of", last)

        engine = self.killed_while_writing(path, arm)

        self.written_after(engine, path, {1: 1})

    def test_a_writer_killed_after_its_commit_leaves_that(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = self.killed_while_writing(path, lambda die: monkeypatch.setattr(store, "ended", die))

        self.written_after(engine, path, {1: 2, 2: 1})

    @pytest.mark.parametrize("pattern", FILES)
    def test_a_damaged_index_says_how_to_mend_it(self, path: Path, pattern: str) -> None:
        def cut(file: Path) -> None:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])

        said = self.damaged(path, pattern, cut)

        assert said is not None
        assert "manage.py rebuild_index" in said
        assert str(path) in said

    @pytest.mark.parametrize("pattern", FILES[:-1])
    def test_a_missing_file_says_how_to_mend_it(self, path: Path, pattern: str) -> None:
        said = self.damaged(path, pattern, Path.unlink)

        assert said is not None
        assert "manage.py rebuild_index" in said

    def test_a_damaged_index_is_not_written_to(self, path: Path) -> None:
        self.backend(path).write([document(1)])
        for file in self.folder_of(path).glob("*.store"):
            file.write_bytes(b"")

        said = refusal_of(lambda: self.backend(path).write([document(2)]))

        assert said is not None
        assert "manage.py rebuild_index" in said

    def test_an_index_of_the_other_engine_says_how_to_mend_it(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1)])
        (path / "current").write_text("index-6.1-abcd")

        with pytest.raises(SearchUnavailable, match=r"for another engine.*rebuild_index"):
            ask(engine)

    def test_slots_are_never_given_twice(self, path: Path) -> None:
        """A reader knows a row by its slot, so the slot of a document that is gone must not mean another."""
        engine = self.backend(path)
        for turn in range(3):
            engine.write([document(1, f"turn{turn}", version=turn)])
            assert numbers(engine, f"turn{turn}") == [1]
            assert engine.versions() == {1: turn}
            engine.write([], gone=[1])
            assert engine.versions() == {}

    def test_rows_are_put_together_when_there_are_many(self, path: Path) -> None:
        engine = self.backend(path)
        for number in range(1, 61):
            engine.write([document(number % 25, "shared", outlet=number % 3 + 1, version=number)])
            found = ask(engine, "shared", facets=("outlet",), size=100)
            assert found.total == sum(found.counts["outlet"].inside.values()) == len(found.articles)

        assert len(engine.store.snapshot().rows) <= store.MOST_BLOCKS
        assert engine.versions() == {number % 25: number for number in range(36, 61)}
