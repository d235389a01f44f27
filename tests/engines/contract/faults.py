"""What can go wrong around an index on disk, and what its readers and writers then see.

An engine's tests subclass `ManyAtOnce`, `Crashes` and `Rebuilding`, and give `backend_class`.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from articles.search.engines.ask import SearchUnavailable
from articles.search.engines.backend import ArchiveBackend
from articles.search.engines.place import IndexPlace
from tests.engines.contract.asking import ask, numbers
from tests.engines.documents import document

# Children are forked so that they need not import Django again; each opens the index for itself.
FORK = multiprocessing.get_context("fork")
NOBODY = 65534
READERS = 8


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked process and return its exit code."""
    child = FORK.Process(target=work)
    child.start()
    child.join(60)
    assert child.exitcode is not None, "the child did not end"
    return child.exitcode


def refusal_of(work: Callable[[], object]) -> str | None:
    """Return what a child process is refused with while it does `work`, and how to mend it; None if it is not."""
    reader, writer = os.pipe()

    def child() -> None:
        try:
            work()
        except SearchUnavailable as error:
            os.write(writer, f"{error}\n{error.cure}".encode())
            os._exit(0)
        os._exit(4)

    code = in_child(child)
    os.close(writer)
    with os.fdopen(reader) as said:
        assert code in (0, 4), f"the child met what is not explained: {code}"
        return said.read() or None


@contextmanager
def switching_often() -> Iterator[None]:
    """Let threads take turns every microsecond, so that what they could do to each other happens."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


class Faults:
    """What the tests of one engine have in common."""

    backend_class: type[ArchiveBackend]

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "index"

    def backend(self, path: Path) -> ArchiveBackend:
        return self.backend_class("default", PATH=str(path), SILENTLY_FAIL=False)

    def place(self, path: Path) -> IndexPlace:
        return IndexPlace(path, form=self.backend_class.store_class.form)

    def folder_of(self, path: Path) -> Path:
        folder = self.place(path).current()
        assert folder is not None
        return folder


class ManyAtOnce(Faults):
    def test_readers_in_threads_while_a_process_writes(self, path: Path) -> None:
        """Every search sees one commit: the articles it finds and the counts it gives belong together."""
        engine = self.backend(path)
        engine.write([document(0, "shared word", outlet=1)])
        stop, go = threading.Event(), FORK.Event()
        faults: list[object] = []
        seen: set[int] = set()

        def write() -> None:
            go.wait(60)
            own = self.backend(path)
            for number in range(1, 61):
                own.write([document(number, "shared word", outlet=number % 3)])

        writer = FORK.Process(target=write)  # forked before there are threads
        writer.start()

        def read() -> None:
            own = self.backend(path)
            while not stop.is_set():
                try:
                    found = ask(own, "shared", size=100, facets=("outlet",))
                    counted = sum(found.counts["outlet"].inside.values())
                    if not len(found.articles) == found.total == counted == found.archive_total:
                        faults.append((found.total, counted, found.archive_total))
                    seen.add(found.total)
                except Exception as error:  # whatever it is, the test must show it
                    faults.append(error)
                    raise

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        go.set()
        writer.join(120)
        stop.set()
        for reader in readers:
            reader.join(60)

        assert writer.exitcode == 0
        assert faults == []
        assert len(seen) > 1
        assert ask(engine, "shared").total == 61

    def test_threads_that_meet_new_words_together_make_them_ready_once(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, " ".join(f"word{number}" for number in range(5000)))])
        snapshot = engine.store.snapshot()
        start = threading.Barrier(READERS)
        made: list[object] = []

        def read() -> None:
            start.wait(60)
            made.append(snapshot.near_words("text"))

        readers = [threading.Thread(target=read) for _ in range(READERS)]
        with switching_often():
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join(60)

        assert len(made) == READERS
        assert len(set(map(id, made))) == 1

    def test_two_processes_and_two_threads_write_and_nothing_is_lost(self, path: Path) -> None:
        def write(start: int) -> None:
            own = self.backend(path)
            for number in range(start, start + 15):
                own.write([document(number)], gone=[1000 + number])

        self.backend(path).write([document(1000 + number) for number in range(1, 31)])
        children = [FORK.Process(target=write, args=(start,)) for start in (1, 101)]
        threads = [threading.Thread(target=write, args=(start,)) for start in (201, 301)]
        for one in (*children, *threads):
            one.start()
        for one in (*children, *threads):
            one.join(120)

        expected = {number + start for start in (1, 101, 201, 301) for number in range(15)}
        kept = {1000 + number for number in range(1, 31)} - {1000 + number for number in range(1, 16)}
        assert set(self.backend(path).versions()) == expected | kept

    def test_a_removal_waits_for_the_lock(self, path: Path) -> None:
        """The stock backend logs the lock as an error and keeps the document for good."""
        engine = self.backend(path)
        engine.write([document(1), document(2)])
        started, removed = threading.Event(), threading.Event()

        def remove() -> None:
            started.set()
            self.backend(path).remove("articles.article.1")
            removed.set()

        with engine.lock():
            remover = threading.Thread(target=remove)
            remover.start()
            started.wait(10)
            assert not removed.wait(0.2)
        remover.join(10)

        assert numbers(engine) == [2]

    def test_the_lock_tells_when_another_holds_it(self, path: Path) -> None:
        engine = self.backend(path)
        answers: list[bool] = []

        def try_it() -> None:
            with self.backend(path).lock(blocking=False) as held:
                answers.append(held)

        with engine.lock() as held, engine.lock(blocking=False) as again:
            other = threading.Thread(target=try_it)
            other.start()
            other.join(10)
            assert held
            assert again
        try_it()
        assert answers == [False, True]


class Crashes(Faults):
    def damaged(self, path: Path, pattern: str, damage: Callable[[Path], object]) -> str | None:
        """Return what a reader is told about an index with these files damaged."""
        self.backend(path).write(
            [document(number, f"word{number} " * 50, outlet=number) for number in range(1, 200)]
        )
        files = list(self.folder_of(path).glob(pattern))
        assert files
        for file in files:
            damage(file)

        def search() -> None:
            ask(self.backend(path), "word5 OR the OR outlet", facets=("outlet",))
            ask(self.backend(path), "word*")

        return refusal_of(search)

    def killed_while_writing(
        self, path: Path, arm: Callable[[Callable[..., None]], object]
    ) -> ArchiveBackend:
        """Kill a writer where `arm` puts what kills it; return a reader that was open all the while."""
        engine = self.backend(path)
        engine.write([document(1, "before")])
        assert engine.versions() == {1: 1}

        def die(*_args: Any, **_options: Any) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        def write() -> None:
            arm(die)
            self.backend(path).write([document(1, "after", version=2), document(2)])

        assert in_child(write) == -signal.SIGKILL
        return engine

    def written_after(self, engine: ArchiveBackend, path: Path, expected: dict[int, int]) -> None:
        """Check what is there after a writer was killed, and that the next one writes as if nothing was."""
        assert self.backend(path).versions() == expected
        assert engine.versions() == expected
        assert numbers(engine, "after") == ([1] if expected[1] > 1 else [])

        engine.write([document(3)])
        assert set(engine.versions()) == {*expected, 3}

    def test_an_index_of_another_version_says_how_to_mend_it(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1)])
        older = re.sub(r"\d+", "0", self.place(path).form)
        (path / "current").write_text(f"index-{older}-abcd")

        with pytest.raises(SearchUnavailable, match=r"another version.*rebuild_index"):
            ask(engine)

    def test_an_index_whose_folder_is_gone_says_how_to_mend_it(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1)])
        self.folder_of(path).rename(path / "elsewhere")

        with pytest.raises(SearchUnavailable, match=r"gone.*rebuild_index"):
            ask(engine)

    def test_an_index_that_may_not_be_written_answers_and_says_whose_it_must_be(self, path: Path) -> None:
        self.backend(path).write([document(1, "readable")])
        os.chmod(path.parent, 0o755)
        ours = (parent for parent in path.parents if Path(tempfile.gettempdir()) in parent.parents)
        for parent in ours:
            if parent.stat().st_uid == os.getuid():
                os.chmod(parent, 0o755)

        temporary = path.parent / "temporary"
        temporary.mkdir()
        os.chmod(temporary, 0o777)

        def use() -> None:
            tempfile.tempdir = str(temporary)
            if os.getuid() == 0:
                os.setuid(NOBODY)
            else:
                os.chmod(path, 0o555)
            own = self.backend(path)
            if numbers(own, "readable") != [1]:
                os._exit(3)
            try:
                own.write([document(2)])
            except SearchUnavailable as error:
                os._exit(0 if "cannot be written" in str(error) and "Give the folder" in error.cure else 4)
            os._exit(5)

        assert in_child(use) == 0


class Rebuilding(Faults):
    @staticmethod
    def batches(*documents: dict[str, Any]) -> Callable[[int], Iterable[list[dict[str, Any]]]]:
        def after(number: int) -> Iterable[list[dict[str, Any]]]:
            for one in documents:
                if int(one["django_id"]) > number:
                    yield [one]

        return after

    def test_readers_keep_the_old_index_until_the_new_one_is_whole(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, "old"), document(2, "old")])
        seen = []
        progress = []

        def after(number: int) -> Iterable[list[dict[str, Any]]]:
            for fresh in (document(1, "new"), document(3, "new")):
                seen.append((numbers(engine, "old"), numbers(engine, "new")))
                yield [fresh]

        engine.rebuild(after, lambda changed: [], progress=progress.append)

        assert seen == [([1, 2], []), ([1, 2], [])]
        assert numbers(engine, "new") == [1, 3]
        assert numbers(engine, "old") == []
        assert progress == [0, 1, 2]
        assert len(list(path.glob("index-*"))) == 1

    def test_what_is_written_meanwhile_is_in_the_new_index(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, "old"), document(2, "old")])

        def after(number: int) -> Iterable[list[dict[str, Any]]]:
            yield [document(1, "read early"), document(2, "read early")]
            self.backend(path).write([document(1, "saved", version=2), document(4, "saved")], gone=[2])

        def present(changed: set[int]) -> list[dict[str, Any]]:
            assert changed == {1, 2, 4}
            return [document(1, "saved", version=2), document(4, "saved")]

        engine.rebuild(after, present, progress=lambda done: None)

        assert engine.versions() == {1: 2, 4: 1}
        assert numbers(engine, "saved") == [1, 4]

    def test_a_stopped_rebuild_goes_on_where_it_was(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, "old")])

        def stopped(number: int) -> Iterable[list[dict[str, Any]]]:
            yield [document(1, "new")]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(stopped, lambda changed: [], progress=lambda done: None)
        assert numbers(engine, "old") == [1]

        asked = []

        def rest(number: int) -> Iterable[list[dict[str, Any]]]:
            asked.append(number)
            yield [document(2, "new")]

        engine.rebuild(rest, lambda changed: [], progress=lambda done: None)
        assert asked == [1]
        assert numbers(engine, "new") == [1, 2]

    def test_a_rebuild_begins_again_when_what_was_there_is_damaged(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, "old")])
        place = self.place(path)
        place.begin_building(path / "index-damaged")

        engine.rebuild(self.batches(document(1, "new")), lambda changed: [], progress=lambda done: None)
        assert numbers(engine, "new") == [1]

    def test_a_damaged_index_is_mended_by_it(self, path: Path) -> None:
        engine = self.backend(path)
        engine.write([document(1, "old")])
        for file in self.folder_of(path).iterdir():
            file.write_bytes(b"damaged")

        fresh = self.backend(path)
        fresh.rebuild(self.batches(document(1, "new")), lambda changed: [], progress=lambda done: None)
        assert numbers(fresh, "new") == [1]

    def test_two_rebuilds_do_not_run_at_once(self, path: Path) -> None:
        engine = self.backend(path)
        errors = []

        def second() -> None:
            try:
                self.backend(path).rebuild(self.batches(), lambda changed: [], progress=lambda done: None)
            except SearchUnavailable as error:
                errors.append(str(error))

        def after(number: int) -> Iterable[list[dict[str, Any]]]:
            other = threading.Thread(target=second)
            other.start()
            other.join(10)
            yield [document(1)]

        engine.rebuild(after, lambda changed: [], progress=lambda done: None)
        assert errors == ["Another rebuild is running. Wait for it, or stop it first."]
        assert numbers(engine) == [1]
