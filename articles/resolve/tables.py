"""Tables from keys to numbers: what the register of known names is made of.

A key with one number holds the bare number, one with more an array of four bytes each.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, MutableMapping, Sequence

from articles.resolve.shelves import MapMaker


class Table:
    """A map from texts to growing lists of numbers, lean where most lists hold one."""

    __slots__ = ("_slots",)

    def __init__(self, maps: MapMaker = dict) -> None:
        self._slots: MutableMapping[str, int | array[int]] = maps()

    def __getitem__(self, slot: str) -> Sequence[int]:
        held = self._slots.get(slot)
        if held is None:
            return ()
        return (held,) if isinstance(held, int) else held

    def put(self, slot: str, number: int) -> None:
        """Add a number that is not there yet."""
        held = self._slots.get(slot)
        if held is None:
            self._slots[slot] = number
        elif isinstance(held, int):
            self._slots[slot] = array("I", (held, number))
        else:
            held.append(number)
            self._slots[slot] = held

    def items(self) -> Iterator[tuple[str, int]]:
        """Give each slot with each of its numbers."""
        for slot in self._slots:
            for number in self[slot]:
                yield slot, number

    def drop(self, slot: str, number: int) -> None:
        """Take a number away; nothing happens when it is not there."""
        held = self._slots.get(slot)
        if isinstance(held, int):
            if held == number:
                del self._slots[slot]
        elif held is not None and number in held:
            held.remove(number)
            if held:
                self._slots[slot] = held
            else:
                del self._slots[slot]


TABLES_OF_NAMES = ("exact", "blocks")  # these hold entries, the others actors


class KindTables:
    """The tables of one kind of actor."""

    __slots__ = ("acronyms", "blocks", "exact", "lone", "surnames")

    def __init__(self, maps: MapMaker = dict) -> None:
        self.exact = Table(maps)  # key of the same name -> entries
        self.blocks = Table(maps)  # key of possible variants -> entries
        self.surnames = Table(maps)  # sound or spelling of a surname -> persons known in full
        self.lone = Table(maps)  # the same -> persons known by the surname alone
        self.acronyms = Table(maps)  # letters -> bodies that have been called so
