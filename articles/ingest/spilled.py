"""Maps that keep in memory what is asked for often, and all else in a file that goes with the process."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, MutableMapping
from typing import Any, TypeVar

Key = TypeVar("Key", int, str)
Value = TypeVar("Value")

# Entries that a map keeps in memory: so many written or asked for last, and at most as many before those. Some
# 300 bytes each; `manage.py resolve` has thirty maps, of which ten grow with the names
# (benchmarks/bench_archive_actors.py prints its memory).
ROOM = 5_000
# Pages of the file in memory, in KiB, for all maps together.
CACHE_KIB = 16_384
_MISSING = object()


class SpillingMaps:
    """Gives maps that share one file. It has no name, and the system deletes it when the process ends."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._tables = 0
        # An empty path is a private file of SQLite's own; nobody else reads it, and nothing is ever restored from it.
        self._file = sqlite3.connect("", isolation_level=None)
        for setting in (f"cache_size = -{CACHE_KIB}", "journal_mode = OFF", "synchronous = OFF"):
            self._file.execute(f"PRAGMA {setting}")

    def __call__(self) -> MutableMapping[Any, Any]:
        """Return a new empty map, with keys that are all texts or all whole numbers."""
        self._tables += 1
        return Spilled(self._file, f"map_{self._tables}", self._room)


class Spilled(MutableMapping[Key, Value]):
    """A map of which most lies in a table. A value that was changed in place has to be put in again."""

    def __init__(self, file: sqlite3.Connection, table: str, room: int) -> None:
        self._file, self._room = file, room
        file.execute(f"CREATE TABLE {table} (key PRIMARY KEY, value) WITHOUT ROWID")
        self._find = f"SELECT value FROM {table} WHERE key = ?"  # noqa: S608  # the names of tables are made above
        self._put = f"INSERT OR REPLACE INTO {table} VALUES (?, ?)"  # noqa: S608
        self._drop = f"DELETE FROM {table} WHERE key = ?"  # noqa: S608
        self._keys = f"SELECT key FROM {table} ORDER BY key"  # noqa: S608
        self._young: dict[Key, Any] = {}
        self._old: dict[Key, Any] = {}
        self._changed: set[Key] = set()
        self._length = 0

    def _value(self, key: Key) -> Any:
        """Return what stands under a key, or _MISSING, and keep it at hand."""
        value = self._young.get(key, self)
        if value is not self:
            return value
        value = self._old.get(key, self)
        if value is self:
            row = self._file.execute(self._find, (key,)).fetchone()
            value = _MISSING if row is None else _read(row[0])
        self._keep(key, value)
        return value

    def _keep(self, key: Key, value: Any) -> None:
        if len(self._young) >= self._room:
            self._spill()
        self._young[key] = value

    def _spill(self) -> None:
        """Write what has changed, and let go of what was not asked for in a while."""
        at_hand = {**self._old, **self._young}
        written = [(key, _written(at_hand[key])) for key in self._changed if at_hand[key] is not _MISSING]
        gone = [(key,) for key in self._changed if at_hand[key] is _MISSING]
        self._file.execute("BEGIN")
        self._file.executemany(self._put, written)
        self._file.executemany(self._drop, gone)
        self._file.execute("COMMIT")
        self._changed.clear()
        self._old, self._young = self._young, {}

    def __getitem__(self, key: Key) -> Value:
        value = self._value(key)
        if value is _MISSING:
            raise KeyError(key)
        return value

    def get(self, key: Key, default: Any = None) -> Any:
        """Return what stands under a key, else the default."""
        value = self._value(key)
        return default if value is _MISSING else value

    def __setitem__(self, key: Key, value: Value) -> None:
        self._length += self._value(key) is _MISSING
        self._keep(key, value)
        self._changed.add(key)

    def __delitem__(self, key: Key) -> None:
        if self._value(key) is _MISSING:
            raise KeyError(key)
        self._length -= 1
        self._keep(key, _MISSING)
        self._changed.add(key)

    def __contains__(self, key: Any) -> bool:
        return self._value(key) is not _MISSING

    def __iter__(self) -> Iterator[Key]:
        self._spill()
        return iter([key for (key,) in self._file.execute(self._keys)])

    def __len__(self) -> int:
        return self._length


def _written(value: Any) -> Any:
    return value if isinstance(value, int) else pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def _read(stored: Any) -> Any:
    return stored if isinstance(stored, int) else pickle.loads(stored)  # noqa: S301  # this process wrote it
