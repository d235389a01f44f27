"""What goes wrong around the index of the engine for large archives."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from typing import Any

import pytest

from articles.search.engines.ask import SearchUnavailable
from articles.search.engines.tantivy import TantivyBackend, store
from articles.search.engines.tantivy.places import PLACES
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

    def test_a_writer_that_fails_leaves_no_words_among_those_of_the_next(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, "The plan failed. An envoy came.")])
        size = (self.folder_of(path) / PLACES).stat().st_size

        with pytest.raises(SearchUnavailable) as kept:  # with all that the writer held
            engine.write([document(2, "The harbour burned."), {**document(3), "word_count": "many"}])

        assert (self.folder_of(path) / PLACES).stat().st_size == size
        engine.write([document(4, "The plan of the envoy.")])
        del kept
        gc.collect()
        engine.write([document(5, "Peace, said the envoy, was the plan.")])
        assert numbers(engine, "sentence:(plan envoy)") == [4, 5]
        assert numbers(engine, "first2:plan") == [1, 4]
        assert numbers(engine) == [1, 4, 5]

    def test_a_rebuild_that_fails_keeps_what_it_was_given_and_lets_the_next_one_write(
        self, path: Path
    ) -> None:
        engine = self.backend(path)
        engine.write([document(1, "The plan failed. An envoy came.")])
        folder = store.IndexFolder(self.folder_of(path), engine.store.fields)

        with pytest.raises(ValueError, match="many"), folder.filling() as add:
            add([document(2, "The envoy has a plan."), {**document(3), "word_count": "many"}])

        with folder.filling() as add:
            add([document(4, "The plan of the envoy.")])
        assert numbers(engine, "sentence:(plan envoy)") == [2, 4]

    @pytest.mark.parametrize("pattern", ["places", "*.store", "meta.json"])
    def test_what_a_rebuild_takes_away_while_it_is_opened_is_no_damage(
        self, path: Path, pattern: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = self.backend(path)
        engine.write([document(1)])
        reader = store.TantivyStore(path, engine.store.fields)
        opened: list[Path] = []

        def swapped_before(folder: Path) -> store.IndexFolder:
            opened.append(folder)
            if len(opened) == 1:
                half = shutil.copytree(folder, path / "half")
                engine.clear()
                engine.write([document(2)])
                half.rename(folder)  # as a rebuild has it while it deletes the files
                for file in folder.glob(pattern):
                    file.unlink()
            return store.IndexFolder(folder, reader.fields)

        monkeypatch.setattr(reader, "open_folder", swapped_before)

        assert list(reader.snapshot().articles) == [2]
        assert len(opened) == 2

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
