"""One index folder of Whoosh's, its snapshots and its commits.

Snapshots are opened once for each commit and reuse the segments that the one before had open.
"""

from __future__ import annotations

import pickle
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

from articles.search.engines.documents import Interner
from articles.search.engines.schema import FORMAT_VERSION, Fields, article_of
from articles.search.engines.store import IndexStore
from articles.search.engines.whoosh.lexicon import Lexicon
from articles.search.engines.whoosh.match import Matcher
from articles.search.engines.whoosh.merge import Part, choose, merge
from articles.search.engines.whoosh.segment import NAME, Segment, SegmentBuilder
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.storage import IndexStorage

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
        self.storage = IndexStorage(folder)
        self._segments: dict[str, Segment] = {}
        self._interners: dict[str, Interner] = {}
        self._lexicons: dict[str, Lexicon] = {}
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
            return Snapshot(
                opened, deleted, interners=self._interners, lexicons=self._lexicons, identity=identity
            )
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

    @contextmanager
    def filling(self) -> Iterator[Callable[[list[dict[str, Any]]], object]]:
        """Give what adds batches of new articles: each is a commit."""
        yield lambda batch: self.write(batch, gone=())

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


class WhooshStore(IndexStore[Snapshot]):
    """A store of such folders."""

    form = FORMAT_VERSION
    damage = DAMAGE

    def open_folder(self, path: Path) -> IndexFolder:
        """Return a folder of an index."""
        return IndexFolder(path, self.fields)

    def nothing(self) -> Snapshot:
        """Return an index without documents."""
        return Snapshot([], [], interners={}, lexicons={}, identity=("", 0))

    def matcher(self, snapshot: Snapshot) -> Matcher:
        """Return what evaluates queries over one of this store's snapshots."""
        return Matcher(snapshot)
