"""One index folder of Tantivy's: its snapshots, its commits, and what goes wrong with it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from articles.search.engines.documents import Interner
from articles.search.engines.schema import Fields, article_of
from articles.search.engines.store import IndexStore
from articles.search.engines.tantivy.common_words import CommonWords
from articles.search.engines.tantivy.match import Matcher
from articles.search.engines.tantivy.places import PLACES, PlacesWriter, places_in
from articles.search.engines.tantivy.rows import Rows
from articles.search.engines.tantivy.schema import (
    ARTICLE,
    FORM,
    ROW,
    SLOT,
    document_of,
    register_tokenizers,
    schema_of,
)
from articles.search.engines.tantivy.snapshot import Snapshot
from articles.search.engines.tantivy.vocabulary import Vocabulary

CONTENTS = "meta.json"  # Tantivy replaces it with every commit
CLOSED = (CONTENTS, ".managed.json")  # Tantivy makes these for their owner alone, unlike its other files
SLOTS = "next-slot"  # how many slots were ever given out; those of a writer that was killed stay unused
WRITING_MEMORY = 100_000_000  # bytes: a batch of a rebuild is one segment, and no more is taken than it needs
COMMIT_EVERY = 10_000  # documents of a rebuild: some 20 s of work, which a killed process has to do again
OPENING_ATTEMPTS = 50  # a writer may delete a segment between the contents and the opening of its files
MOST_BLOCKS = 16  # blocks of rows side by side before they are put together

# What a damaged index raises: Tantivy's errors reach Python as ValueError, whatever they are.
DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, UnicodeDecodeError)


class IndexFolder:
    """One Tantivy index on disk. Writers hold the place's lock, so Tantivy's own is always free."""

    def __init__(self, folder: Path, fields: Fields, *, serving: threading.Event | None = None) -> None:
        self.folder = folder
        self.fields = fields
        self._common = CommonWords(serving or threading.Event())
        self._interners: dict[str, Interner] = {}
        self._vocabularies: dict[str, Vocabulary] = {}
        self._blocks: list[Rows] = []
        self._opening = threading.Lock()
        self._mirror: tempfile.TemporaryDirectory[str] | None = None
        self._kept: tuple[object, Snapshot] | None = None

    def create(self) -> None:
        """Make an empty index."""
        self.folder.mkdir(parents=True)
        tantivy.Index(schema_of(self.fields), path=str(self.folder))
        (self.folder / PLACES).touch()
        self._share()

    def snapshot(self) -> Snapshot:
        """Return the index as last committed. Raises FileNotFoundError when the folder is gone."""
        identity = self._identity()
        kept = self._kept
        if kept is not None and kept[0] == identity:
            return kept[1]
        with self._opening:
            identity = self._identity()
            if self._kept is None or self._kept[0] != identity:
                self._kept = identity, self._open()
            return self._kept[1]

    def _identity(self) -> object:
        """Return what tells one commit from the next."""
        contents = (self.folder / CONTENTS).stat()
        return contents.st_ino, contents.st_mtime_ns, contents.st_size

    def _open(self) -> Snapshot:
        """Open what is committed now.

        1. Open the index; again when a commit took files away meanwhile.
        2. Ask for the slots of all documents. 3. Read the rows of those not known yet. 4. Put blocks together
        when there are many.
        """
        # 1.
        index = self._opened()
        searcher = index.searcher()
        # 2.
        hits = []
        if searcher.num_docs:
            everything = tantivy.Query.all_query()
            hits = searcher.search(
                everything,
                limit=searcher.num_docs,
                count=False,
                order_by_field=SLOT,
                order=tantivy.Order.Asc,
            ).hits
        slots = np.array([slot for slot, _ in hits], dtype=np.int64)
        # 3.
        known = np.concatenate([np.zeros(0, dtype=np.int64), *(block.slots for block in self._blocks)])
        new = np.flatnonzero(~np.isin(slots, known))
        if len(new):
            stored = (searcher.doc(hits[place][1]).get_first(ROW) for place in new)
            self._blocks.append(
                Rows.read([int(slot) for slot in slots[new]], stored, self.fields, self._interners)
            )
        # 4.
        live = [np.isin(block.slots, slots) for block in self._blocks]
        dead = sum(len(mask) - int(mask.sum()) for mask in live)
        if len(live) > MOST_BLOCKS or dead > len(slots):
            first = 0 if dead > len(slots) else first_outgrown([block.size for block in self._blocks])
            joined = Rows.joined(self._blocks[first:], live[first:])
            self._blocks[first:] = [joined]
            live[first:] = [np.ones(joined.size, dtype=np.bool_)]
        whole = np.concatenate([np.zeros(0, dtype=np.bool_), *live])
        places = places_in(self.folder)
        return Snapshot(
            searcher,
            index.schema,
            tuple(self._blocks),
            whole,
            self._interners,
            places=places,
            vocabularies=self._vocabularies,
            common=self._common,
        )

    def _opened(self) -> Any:
        for attempt in range(OPENING_ATTEMPTS):
            try:
                return self._index(self.folder)
            except ValueError as error:
                if "PermissionDenied" in str(error):
                    return self._index(self._mirrored())
                if "FileDoesNotExist" not in str(error):
                    raise
                # A commit came between, which opening again mends; or a rebuild took the folder away.
                if not self.folder.exists():
                    raise FileNotFoundError(str(self.folder)) from error
                if attempt + 1 == OPENING_ATTEMPTS:
                    raise
        raise AssertionError("the loop returns or raises")

    @staticmethod
    def _index(folder: Path) -> Any:
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")
        register_tokenizers(index)
        index.reload()
        return index

    def _mirrored(self) -> Path:
        """Return a folder of links to the files: Tantivy reads only where it may make a lock file."""
        self._mirror = tempfile.TemporaryDirectory(prefix="dateline-index-")
        for file in self.folder.iterdir():
            if not file.name.endswith(".lock"):
                (Path(self._mirror.name) / file.name).symlink_to(file)
        return Path(self._mirror.name)

    def write(self, documents: Iterable[dict[str, Any]], *, gone: Iterable[int]) -> list[int]:
        """Put documents in place of the ones with their numbers, take others out; return the numbers.

        1. Set slots aside. 2. Delete what is replaced or gone. 3. Add the documents. 4. Commit, which makes all
        of it so, and let merges end. A crash or an error before 4 leaves the index as it was.
        """
        self.snapshot()  # a damaged index is not written to
        latest = {article_of(prepared): prepared for prepared in documents}
        written = sorted({*latest, *gone})
        # 1.
        slot = self._set_aside(len(latest))
        with self._writer() as writer:
            with PlacesWriter(self.folder) as places:
                # 2.
                for number in written:
                    writer.delete_documents_by_term(ARTICLE, number)
                # 3.
                for place, prepared in enumerate(latest.values()):
                    writer.add_document(document_of(prepared, slot + place, self.fields, places))
                # 4.
                places.settle()
            writer.commit()
        return written

    @contextmanager
    def filling(self) -> Iterator[Callable[[list[dict[str, Any]]], object]]:
        """Give what adds batches of new articles: one writer for all, with a commit now and then."""
        with self._writer() as writer, PlacesWriter(self.folder) as places:
            waiting = 0

            def add(batch: list[dict[str, Any]]) -> None:
                nonlocal waiting
                made = []
                try:
                    for slot, prepared in enumerate(batch, self._set_aside(len(batch))):
                        made.append(document_of(prepared, slot, self.fields, places))
                finally:
                    # One after the other: while it waits for the next one, Tantivy's thread takes CPU time for nothing.
                    for document in made:
                        writer.add_document(document)
                waiting += len(batch)
                if waiting >= COMMIT_EVERY:
                    places.settle()
                    writer.commit()
                    waiting = 0

            try:
                yield add
            finally:
                places.settle()
                writer.commit()

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """Give a writer of Tantivy's; ended whatever happens, as its lock keeps out the next one."""
        writer = self._index(self.folder).writer(WRITING_MEMORY, 1)
        try:
            yield writer
        finally:
            ended(writer)
            self._share()

    def _share(self) -> None:
        """Let other accounts read the index, as they can read what else is in the data directory."""
        for name in CLOSED:
            (self.folder / name).chmod(0o644)

    def _set_aside(self, count: int) -> int:
        """Return the first of so many slots that no document ever had."""
        path = self.folder / SLOTS
        first = int(path.read_text()) if path.exists() else 1
        beside = path.with_suffix(".new")
        beside.write_text(str(first + count))
        beside.replace(path)
        return first


def first_outgrown(sizes: Sequence[int]) -> int:
    """Return the first block that those behind it have come up to, to half of its size: from it on they are joined.

    A large block is seldom joined with small ones then, and each document as often as blocks can double.
    """
    behind = np.cumsum(sizes[::-1])[::-1] - sizes
    return int(np.argmax(2 * behind >= np.array(sizes)))


def ended(writer: Any) -> None:
    """Let a writer's merges end, and it with them."""
    writer.wait_merging_threads()


class TantivyStore(IndexStore[Snapshot]):
    """A store of such folders."""

    form = FORM
    damage = DAMAGE

    def __init__(self, path: Path, fields: Fields) -> None:
        super().__init__(path, fields)
        self._serving = threading.Event()  # set once a server has made itself ready for many readers

    def open_folder(self, path: Path) -> IndexFolder:
        """Return a folder of an index."""
        return IndexFolder(path, self.fields, serving=self._serving)

    def nothing(self) -> Snapshot:
        """Return an index without documents."""
        index = tantivy.Index(schema_of(self.fields))
        register_tokenizers(index)
        none = np.zeros(0, dtype=np.bool_)
        places = np.zeros(0, dtype=np.uint64)
        return Snapshot(
            index.searcher(),
            index.schema,
            (),
            none,
            {},
            places=places,
            vocabularies={},
            common=CommonWords(self._serving),
        )

    def matcher(self, snapshot: Snapshot) -> Matcher:
        """Return what evaluates queries over one of this store's snapshots."""
        return Matcher(snapshot)
