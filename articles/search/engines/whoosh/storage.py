"""Index files mapped into memory, read in place. Whoosh's own storage copies or seeks; ours does neither."""

from __future__ import annotations

import io
import mmap
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile


class MappedFile(BufferFile):
    """A file mapped into memory. Reading at an offset needs no cursor, so threads can share it."""

    def __init__(self, buffer: Any, name: str) -> None:
        # The library's own constructor would copy the whole file.
        self._buf = buffer
        self._name = name
        self.file = buffer if isinstance(buffer, mmap.mmap) else io.BytesIO(buffer)
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    @property
    def buffer(self) -> Any:
        """The bytes of the file, to be sliced."""
        return self._buf

    def release(self) -> None:
        """Give up the pages that were read: they count as this process's memory until the kernel wants them."""
        if isinstance(self.file, mmap.mmap) and hasattr(self.file, "madvise"):
            self.file.madvise(mmap.MADV_DONTNEED)


class MappedStorage(FileStorage):
    """A folder whose files are mapped when they are opened. A mapping outlives the file's deletion."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def open_file(self, name: str, **_options: Any) -> MappedFile:
        path = Path(self._fpath(name))
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                return MappedFile(b"", name)
            return MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
