"""What goes wrong around the embedded engine's index."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.search.engines.ask import SearchUnavailable
from articles.search.engines.whoosh import WhooshBackend, segment, store
from tests.engines.contract.asking import ask
from tests.engines.contract.faults import Crashes, ManyAtOnce, Rebuilding, refusal_of
from tests.engines.documents import document


class TestManyAtOnce(ManyAtOnce):
    backend_class = WhooshBackend


class TestRebuilding(Rebuilding):
    backend_class = WhooshBackend


class TestCrashes(Crashes):
    backend_class = WhooshBackend

    @pytest.mark.parametrize(
        ("where", "name", "committed"),
        [(segment, "write_columns", False), (store.TOC, "write", False), (store, "clean_files", True)],
        ids=["segment", "contents", "after"],
    )
    def test_a_killed_writer_leaves_the_last_commit(
        self, path: Path, where: object, name: str, *, committed: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = self.killed_while_writing(path, lambda die: monkeypatch.setattr(where, name, die))

        self.written_after(engine, path, {1: 2, 2: 1} if committed else {1: 1})
        in_use = {segment.name for segment in engine.store.snapshot().segments}
        names = [file.name for file in self.folder_of(path).iterdir()]
        assert {name.split(".")[0] for name in names if name.startswith("MAIN_")} == in_use

    @pytest.mark.parametrize("extension", [".trm", ".pst", ".col", ".toc"])
    def test_a_damaged_index_says_how_to_mend_it(self, path: Path, extension: str) -> None:
        def cut(file: Path) -> None:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])

        said = self.damaged(path, f"*{extension}", cut)

        assert said is not None
        assert "manage.py rebuild_index" in said
        assert str(path) in said

    def test_a_missing_file_says_how_to_mend_it(self, path: Path) -> None:
        said = self.damaged(path, "*.trm", Path.unlink)

        assert said is not None
        assert "manage.py rebuild_index" in said

    def test_a_damaged_index_is_not_written_to(self, path: Path) -> None:
        self.backend(path).write([document(1)])
        for file in self.folder_of(path).glob("*.col"):
            file.write_bytes(b"")

        said = refusal_of(lambda: self.backend(path).write([document(2)]))

        assert said is not None
        assert "manage.py rebuild_index" in said

    def test_an_index_of_the_other_engine_says_how_to_mend_it(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1)])
        (path / "current").write_text("index-tantivy-1.0-abcd")

        with pytest.raises(SearchUnavailable, match=r"for another engine.*rebuild_index"):
            ask(engine)
