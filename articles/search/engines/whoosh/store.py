"""One index folder, its snapshots and its commits; and `IndexStore`, which follows a place's current folder.

A process keeps one `IndexStore` for each path, shared by its threads; snapshots are opened once for each
commit and reuse the segments that the one before had open.
"""

from __future__ import annotations

import pickle
import shutil
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.fields import Schema
from whoosh.index import TOC, EmptyIndexError, clean_files
from whoosh.index import IndexError as WhooshIndexError

from articles.search.engines.ask import SearchUnavailable
from articles.search.engines.whoosh.merge import Part, choose, merge
from articles.search.engines.whoosh.place import REBUILD, IndexPlace
from articles.search.engines.whoosh.schema import Fields, article_of
from articles.search.engines.whoosh.segment import NAME, Interner, Segment, SegmentBuilder
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.storage import MappedStorage

OPENING_ATTEMPTS = (
    50  # a writer may delete a segment between the table of contents and the opening of its files
)
# Whoosh writes a schema into its table of contents; ours is `schema.Fields`, made from the code each time.
NO_SCHEMA = Schema()

# What reading a damaged index raises, from the table of contents down to a posting.
DAMAGE = (
    WhooshIndexError, pickle.UnpicklingError, struct.error, EOFError, ValueError, KeyError,
    IndexError,
    AttributeError, ImportError, TypeError, AssertionError, UnicodeDecodeError,
)  # fmt: skip


class IndexFolder:
    """One Whoosh index on disk. Writers hold the place's lock."""

    def __init__(self, folder: Path, fields: Fields) -> None:
        self.folder = folder
        self.fields = fields
        self.storage = MappedStorage(folder)
        self._segments: dict[str, Segment] = {}
        self._interners: dict[str, Interner] = {}
        self._opening = threading.Lock()
        self._snapshot: Snapshot | None = None

    def create(self) -> None:
        """Make an empty index."""
        self.folder.mkdir(parents=True)
        TOC.create(self.storage, NO_SCHEMA, NAME)

    def snapshot(self) -> Snapshot:
        """Return the index as last committed. Raises FileNotFoundError when the folder is gone."""
        generation = TOC._latest_generation(self.storage, NAME)  # noqa: SLF001  # it has no public name
        kept = self._snapshot
        if kept is not None and kept.identity == (self.folder.name, generation):
            return kept
        with self._opening:
            self._snapshot = self._open()
            return self._snapshot

    def _open(self) -> Snapshot:
        for attempt in range(OPENING_ATTEMPTS):
            try:
                contents = TOC.read(self.storage, NAME)
                known = self._segments
                opened = [
                    known.get(segment.segment_id()) or Segment(self.storage, segment, self.fields)
                    for segment in contents.segments
                ]
            except (FileNotFoundError, EmptyIndexError) as error:
                # A commit came between, which reading again mends; or a rebuild took the folder away.
                if not self.folder.exists() or attempt + 1 == OPENING_ATTEMPTS:
                    raise FileNotFoundError(str(self.folder)) from error
                continue
            self._segments = {segment.name: segment for segment in opened}
            deleted = [frozenset(segment.deleted_docs()) for segment in contents.segments]
            identity = (self.folder.name, contents.generation)
            return Snapshot(opened, deleted, interners=self._interners, identity=identity)
        raise AssertionError("the loop returns or raises")

    def write(self, documents: Iterable[dict[str, Any]], *, gone: Iterable[int]) -> list[int]:
        """Put documents in place of the ones with their numbers, take others out; return the numbers.

        1. Write the documents as a new segment. 2. Mark what they replace as deleted. 3. Merge segments when
        there are many. 4. Write the table of contents, which makes all of it so; delete unused files.
        A crash before 4 leaves the index as it was.
        """
        snapshot = self.snapshot()
        contents = TOC.read(self.storage, NAME)
        # 1.
        latest = {article_of(prepared): prepared for prepared in documents}
        builder = SegmentBuilder(self.fields)
        for prepared in latest.values():
            builder.add(prepared)
        # 2.
        written = sorted({*latest, *gone})
        replaced = snapshot.live & np.isin(snapshot.articles, written)
        for listed, start, opened in zip(
            contents.segments, snapshot.offsets, snapshot.segments, strict=False
        ):
            for number in np.flatnonzero(replaced[start : start + opened.size]):
                listed.delete_document(int(number))
        # 3.
        segments = self._merged(contents.segments, snapshot, snapshot.live & ~replaced, builder.size)
        # 4.
        if builder.size:
            segments.append(builder.write(self.storage))
        TOC(NO_SCHEMA, segments, contents.generation + 1).write(self.storage, NAME)
        clean_files(self.storage, NAME, contents.generation + 1, segments)
        return written

    def _merged(self, listed: list[Any], snapshot: Snapshot, live: Any, size: int) -> list[Any]:
        """Return the segments that the commit keeps, without those that have no live document."""
        parts = [
            Part(segment, opened, live[start : start + opened.size])
            for segment, start, opened in zip(listed, snapshot.offsets, snapshot.segments, strict=False)
        ]
        parts = [part for part in parts if part.live.any()]
        chosen = choose(parts, written=size)
        merged = merge(chosen, self.storage, self.fields) if chosen else None
        kept = [part.listed for part in parts if part not in chosen]
        return [*kept, merged] if merged is not None else kept


class IndexStore:
    """The index of one path. `snapshot` and `write` follow the current folder wherever a rebuild moves it."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self.place = IndexPlace(path)
        self.fields = fields
        self._folder: IndexFolder | None = None
        self._choosing = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Return the index as last committed. Raises SearchUnavailable when it cannot be read."""
        for _ in range(OPENING_ATTEMPTS):
            current = self.place.current()
            if current is None:
                return Snapshot([], [], interners={}, identity=("", 0))
            try:
                with self.explained():
                    return self._folder_at(current).snapshot()
            except FileNotFoundError as error:
                if self.place.current() == current and not current.exists():
                    message = f"The search index {current} is gone."
                    raise SearchUnavailable(message, REBUILD) from error
        raise SearchUnavailable(f"The search index in {self.place.path} cannot be opened.", REBUILD)

    def _folder_at(self, path: Path) -> IndexFolder:
        with self._choosing:
            if self._folder is None or self._folder.folder != path:
                self._folder = IndexFolder(path, self.fields)
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
        except DAMAGE as error:
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
                IndexFolder(current, self.fields).create()
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
            IndexFolder(folder, self.fields).create()
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
            for batch in batches_after(int(snapshot.articles.max(initial=0))):
                folder.write(batch, gone=())
                done += len(batch)
                progress(done)
            with self.place.lock.hold():
                changed = self.place.changed()
                if changed:
                    folder.write(present_state(changed), gone=changed)
                self.place.point_to(folder.folder)
                self.place.end_building()
                self.place.remove_others()

    def _begun(self) -> IndexFolder:
        with self.place.lock.hold():
            stopped = self.place.building()
            if stopped is not None:
                folder = IndexFolder(stopped, self.fields)
                try:
                    with self.explained():
                        self.place.check_format(stopped.name)
                        folder.snapshot()
                except (SearchUnavailable, FileNotFoundError):
                    shutil.rmtree(stopped, ignore_errors=True)
                else:
                    return folder
            folder = IndexFolder(self.place.new_folder(), self.fields)
            folder.create()
            self.place.begin_building(folder.folder)
            return folder
