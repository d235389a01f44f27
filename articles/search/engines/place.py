"""The folder of an index: which of its generations is current, who may write, what is being built beside it.

PATH/lock            held (flock) by the one process and thread that writes
PATH/current         the name of the folder that readers use
PATH/index-F-XXXX/   an index of format F
PATH/building        the name of the folder that a rebuild fills, while one is under way
PATH/changed         the articles written to the current index meanwhile, for the rebuild to catch up
PATH/rebuild.lock    held by the one rebuild
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from articles.search.engines.ask import IndexOutdated, SearchUnavailable

REBUILD = "Run `manage.py rebuild_index`."
ENGINE = re.compile(r"index-([a-z]*)")  # what begins a folder's name; Whoosh's have the version alone


class FileLock:
    """A lock among processes and threads, kept by the kernel: whoever dies lets go of it.

    A thread that holds it may take it again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = threading.local()

    @contextmanager
    def hold(self, *, blocking: bool = True) -> Iterator[bool]:
        """Hold the lock; without `blocking` give False when another has it.

        Raises SearchUnavailable when the folder cannot be written.
        """
        if getattr(self._mine, "depth", 0):
            self._mine.depth += 1
            try:
                yield True
            finally:
                self._mine.depth -= 1
            return
        with open_for_writing(self.path) as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise
                yield False
                return
            self._mine.depth = 1
            try:
                yield True
            finally:
                self._mine.depth = 0


@contextmanager
def open_for_writing(path: Path) -> Iterator[int]:
    """Open a lock file; a folder that cannot be written is explained."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        message = f"The search index in {path.parent} cannot be written ({error.strerror})."
        cure = "Give the folder to the account that runs the archive, or point ARCHIVE_SEARCH_URL elsewhere."
        raise SearchUnavailable(message, cure) from error
    try:
        yield handle
    finally:
        os.close(handle)


class IndexPlace:
    """Paths and pointers of one index. Writers hold `lock` around everything that changes here.

    `form` names the engine and the version of what it writes: a folder of another form is not read.
    """

    def __init__(self, path: Path, *, form: str) -> None:
        self.path = path
        self.form = form
        self.lock = FileLock(path / "lock")
        self.rebuild_lock = FileLock(path / "rebuild.lock")

    def current(self) -> Path | None:
        """Return the folder that readers use; None before anything was indexed."""
        name = self._read("current")
        if name is None:
            return None
        self.check_format(name)
        return self.path / name

    def check_format(self, name: str) -> None:
        """Raise IndexOutdated when a folder's format is not the one that this engine reads and writes."""
        if name.startswith(f"index-{self.form}-"):
            return
        same = _engine(name) == _engine(f"index-{self.form}-")
        made = "by another version of Dateline" if same else "for another engine"
        raise IndexOutdated(f"The search index was made {made}.", REBUILD)

    def new_folder(self) -> Path:
        """Return a folder that is not there yet."""
        return self.path / f"index-{self.form}-{secrets.token_hex(4)}"

    def point_to(self, folder: Path) -> None:
        """Make a folder the current one, in one step."""
        self._write("current", folder.name)

    def building(self) -> Path | None:
        """Return the folder that a rebuild is filling."""
        name = self._read("building")
        return self.path / name if name else None

    def begin_building(self, folder: Path) -> None:
        """Note that a rebuild fills this folder; `note_changed` now keeps what it must catch up with."""
        (self.path / "changed").unlink(missing_ok=True)
        self._write("building", folder.name)

    def end_building(self) -> None:
        """Forget the rebuild."""
        (self.path / "building").unlink(missing_ok=True)
        (self.path / "changed").unlink(missing_ok=True)

    def note_changed(self, articles: Iterable[int]) -> None:
        """Note articles that were written to the current index, when a rebuild is under way."""
        if self.building() is None:
            return
        with (self.path / "changed").open("a") as journal:
            journal.writelines(f"{article}\n" for article in articles)

    def changed(self) -> set[int]:
        """Return the articles noted since the rebuild began."""
        try:
            return {int(line) for line in (self.path / "changed").read_text().split()}
        except FileNotFoundError:
            return set()

    def remove_others(self) -> None:
        """Delete the folders that are neither current nor being built. Readers keep what they have open.

        So goes what a process left that was killed while it wrote a name.
        """
        kept = {self._read("current"), self._read("building")}
        for folder in self.path.glob("index-*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
        for name in ("current", "building"):
            for unfinished in self.path.glob(f"{name}.*"):
                unfinished.unlink(missing_ok=True)

    def _read(self, name: str) -> str | None:
        try:
            return (self.path / name).read_text().strip() or None
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _write(self, name: str, content: str) -> None:
        temporary = self.path / f"{name}.{secrets.token_hex(4)}"
        temporary.write_text(content)
        temporary.replace(self.path / name)


def _engine(name: str) -> str:
    found = ENGINE.match(name)
    return found.group(1) if found else ""
