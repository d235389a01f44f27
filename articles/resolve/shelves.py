"""What the maps of all that is known are made of, so that they can be kept elsewhere than in memory."""

from __future__ import annotations

from array import array
from collections.abc import Callable, MutableMapping
from typing import Any

# Gives a new empty map on every call: `dict`, or one that keeps copies of what it is given. Whoever changes a value
# in place therefore puts it in again.
MapMaker = Callable[[], MutableMapping[Any, Any]]


class PackedTexts:
    """A growing list of texts, in their bytes and eight more each."""

    __slots__ = ("_bytes", "_ends")

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", (0,))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> str:
        return self._bytes[self._ends[at] : self._ends[at + 1]].decode(errors="surrogatepass")

    def append(self, text: str) -> None:
        """Add a text at the end."""
        self._bytes += text.encode(errors="surrogatepass")
        self._ends.append(len(self._bytes))
