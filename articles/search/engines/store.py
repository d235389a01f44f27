"""The index of one path, whatever engine it is of: reading, writing, rebuilding, and what went wrong.

A process keeps one `IndexStore` for each path, shared by its threads; snapshots are opened once for each
commit.
"""

from __future__ import annotations

import gc
import shutil
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from articles.search.engines.ask import SearchUnavailable
from articles.search.engines.documents import Documents
from articles.search.engines.matching import Matcher
from articles.search.engines.place import REBUILD, IndexPlace
from articles.search.engines.schema import Fields

OPENING_ATTEMPTS = 50  # a rebuild may put another folder in the place of the one that is being opened


Snapshot = TypeVar("Snapshot", bound=Documents)
Commit_co = TypeVar("Commit_co", bound=Documents, covariant=True)


class Folder(Protocol[Commit_co]):
    """One index on disk. Writers hold the place's lock."""

    folder: Path

    def create(self) -> None:
        """Make an empty index."""

    def snapshot(self) -> Commit_co:
        """Return the index as last committed. Raises FileNotFoundError when the folder is gone."""

    def write(self, documents: Iterable[dict[str, Any]], *, gone: Iterable[int]) -> list[int]:
        """Put documents in place of the ones with their numbers, take others out; return the numbers.

        One commit: a crash leaves the index as it was before or as it is after.
        """

    def filling(self) -> AbstractContextManager[Callable[[list[dict[str, Any]]], object]]:
        """Give what adds batches of new articles, for as long as a rebuild goes on.

        What it was given is there when it ends, by an error too; a process that is killed may lose some of it.
        """


class IndexStore(ABC, Generic[Snapshot]):
    """The index of one path. `snapshot` and `write` follow the current folder wherever a rebuild moves it.

    An engine's store says what the engine's folders are called (`form`), how one is opened, what an
    empty index is, who evaluates queries, and which errors mean that the index is damaged.
    """

    form: ClassVar[str]
    damage: ClassVar[tuple[type[BaseException], ...]]

    def __init__(self, path: Path, fields: Fields) -> None:
        self.place = IndexPlace(path, form=self.form)
        self.fields = fields
        self._folder: Folder[Snapshot] | None = None
        self._choosing = threading.Lock()

    @abstractmethod
    def open_folder(self, path: Path) -> Folder[Snapshot]:
        """Return a folder of an index, there already or to be created."""

    @abstractmethod
    def nothing(self) -> Snapshot:
        """Return an index without documents."""

    @abstractmethod
    def matcher(self, snapshot: Snapshot) -> Matcher:
        """Return what evaluates queries over one of this store's snapshots."""

    def snapshot(self) -> Snapshot:
        """Return the index as last committed. Raises SearchUnavailable when it cannot be read."""
        for _ in range(OPENING_ATTEMPTS):
            current = self.place.current()
            if current is None:
                return self.nothing()
            try:
                with self.explained():
                    return self._folder_at(current).snapshot()
            except (FileNotFoundError, SearchUnavailable) as error:
                if self.place.current() != current:
                    continue  # What is missing went with the folder that a rebuild took away.
                if isinstance(error, SearchUnavailable):
                    raise
                if not current.exists():
                    message = f"The search index {current} is gone."
                    raise SearchUnavailable(message, REBUILD) from error
        raise SearchUnavailable(f"The search index in {self.place.path} cannot be opened.", REBUILD)

    def _folder_at(self, path: Path) -> Folder[Snapshot]:
        with self._choosing:
            if self._folder is None or self._folder.folder != path:
                self._folder = self.open_folder(path)
            return self._folder

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what a damaged or unreadable index raises into SearchUnavailable, with the way to mend it."""
        try:
            yield
        except (SearchUnavailable, FileNotFoundError):
            raise
        except OSError as error:
            message = f"The search index in {self.place.path} cannot be used ({error.strerror})."
            owner = "Give the folder to the account that runs the archive."
            disk = "See that the disk is sound and has room, then run `manage.py sync_index`."
            raise SearchUnavailable(message, owner if isinstance(error, PermissionError) else disk) from error
        except self.damage as error:
            message = (
                f"The search index in {self.place.path} cannot be read ({type(error).__name__}: {error})."
            )
            raise SearchUnavailable(message, REBUILD) from error

    def write(self, documents: Iterable[dict[str, Any]], *, gone: Iterable[int] = ()) -> int:
        """Write to the current folder, made when there is none, once the lock is free."""
        prepared = list(documents)  # what fails in preparing them is no fault of the index
        with self.place.lock.hold():
            current = self.place.current()
            if current is None:
                current = self.place.new_folder()
                self.open_folder(current).create()
                self.place.point_to(current)
            self.snapshot()
            with self.explained():
                written = self._folder_at(current).write(prepared, gone=gone)
                self.place.note_changed(written)
            return len(written)

    def clear(self) -> None:
        """Put an empty index in the place of the present one."""
        with self.place.lock.hold():
            folder = self.place.new_folder()
            self.open_folder(folder).create()
            self.place.point_to(folder)
            self.place.remove_others()

    def rebuild(
        self,
        batches_after: Callable[[int], Iterable[list[dict[str, Any]]]],
        present_state: Callable[[set[int]], list[dict[str, Any]]],
        *,
        progress: Callable[[int], None],
    ) -> None:
        """Build a new index beside the current one and swap it in whole; readers notice nothing until then.

        1. Take up the folder of a rebuild that was stopped, or begin a new one.
        2. Fill it: `batches_after(number)` yields prepared documents of the articles after that number, in
           ascending order. `progress` is told how many documents are in.
        3. With the lock held, bring the articles written meanwhile to their `present_state`, and swap.

        Raises SearchUnavailable when another rebuild is running.
        """
        with self.place.rebuild_lock.hold(blocking=False) as held:
            if not held:
                raise SearchUnavailable("Another rebuild is running.", "Wait for it, or stop it first.")
            folder = self._begun()
            snapshot = folder.snapshot()
            done = int(snapshot.live.sum())
            progress(done)
            with collecting_seldom(), folder.filling() as add:
                for batch in batches_after(int(snapshot.articles.max(initial=0))):
                    add(batch)
                    done += len(batch)
                    progress(done)
            with self.place.lock.hold():
                changed = self.place.changed()
                if changed:
                    folder.write(present_state(changed), gone=changed)
                self.place.point_to(folder.folder)
                self.place.end_building()
                self.place.remove_others()

    def _begun(self) -> Folder[Snapshot]:
        with self.place.lock.hold():
            stopped = self.place.building()
            if stopped is not None:
                folder = self.open_folder(stopped)
                try:
                    with self.explained():
                        self.place.check_format(stopped.name)
                        folder.snapshot()
                except (SearchUnavailable, FileNotFoundError):
                    shutil.rmtree(stopped, ignore_errors=True)
                else:
                    return folder
            folder = self.open_folder(self.place.new_folder())
            folder.create()
            self.place.begin_building(folder.folder)
            return folder


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage in cycles a hundred times less often: writing makes millions of objects and no cycles.

    A rebuild is a tenth quicker by it.
    """
    before = gc.get_threshold()
    gc.set_threshold(before[0] * 100, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
