"""Index files that threads share: single spots are read by calls, whole files through a mapping.

Whoosh's own storage reads at a cursor, which only one thread at a time can move, or copies whole files.
"""

from __future__ import annotations

import mmap
import os
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import finalize

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class IndexFile(StructFile):
    """A file read at offsets, for which it needs no cursor, so that threads can share it.

    Here and there it is read by calls: looked up in a mapping, each spot would bring 64 kB of the file into the
    memory of the process. What is read from one end to the other is `mapped`, and given up with `release`.
    """

    def __init__(self, path: Path) -> None:
        file = path.open("rb")
        super().__init__(file, name=path.name)
        self._number = file.fileno()
        finalize(self, file.close)

    def get(self, position: int, length: int) -> bytes:
        """Return so many bytes from an offset; fewer where the file ends."""
        return os.pread(self._number, length, position)

    @cached_property
    def mapped(self) -> Any:
        """The bytes of the file, to be sliced. They outlive the file's deletion."""
        if not os.fstat(self._number).st_size:
            return b""
        return mmap.mmap(self._number, 0, access=mmap.ACCESS_READ)

    def release(self) -> None:
        """Give up the mapped pages: they count as this process's memory until the kernel wants them."""
        if isinstance(self.mapped, mmap.mmap) and hasattr(self.mapped, "madvise"):
            self.mapped.madvise(mmap.MADV_DONTNEED)


class IndexStorage(FileStorage):
    """A folder of such files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def open_file(self, name: str, **_options: Any) -> IndexFile:
        return IndexFile(Path(self._fpath(name)))
