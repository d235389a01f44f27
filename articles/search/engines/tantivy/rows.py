"""What is counted and filtered by, as it is stored with each document, and as arrays once it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from articles.search.engines.documents import Array, Interner, Mask
from articles.search.engines.schema import NUMBERS, STORY, Fields, article_of, story_number
from articles.search.engines.tantivy.places import PLACED

COLUMNS = {**NUMBERS, STORY: "<i8", **dict.fromkeys(PLACED, "<i8")}


def row_of(prepared: Mapping[str, Any], fields: Fields, *, placed: Iterable[int]) -> bytes:
    """Return the row of a document that Haystack prepared: its numbers, then its keys by field.

    `placed` says where the words of its text stand (`places.PLACED`).
    """
    numbers = [int(prepared.get(name) or 0) for name in NUMBERS]
    numbers[list(NUMBERS).index("article")] = article_of(prepared)
    numbers += (story_number(prepared[STORY]), *placed)
    # A key is carried once, however often it was given.
    keys = [list(dict.fromkeys(prepared.get(name) or ())) for name in fields.keys]
    return json.dumps([numbers, keys], separators=(",", ":")).encode()


class Rows:
    """Documents read from an index together, in the order of their slots; a `documents.Block`."""

    def __init__(
        self, slots: Array, columns: dict[str, Array], pairs: dict[str, tuple[Array, Array]]
    ) -> None:
        self.slots = slots
        self.columns = columns
        self._pairs = pairs

    @property
    def size(self) -> int:
        """How many documents."""
        return len(self.slots)

    def pairs(self, field: str, interner: Interner) -> tuple[Array, Array]:  # noqa: ARG002  # theirs is in use
        """Return who carries which key of a facet: documents and numbers of keys, side by side."""
        return self._pairs[field]

    @classmethod
    def read(
        cls, slots: list[int], stored: Iterable[bytes], fields: Fields, interners: dict[str, Interner]
    ) -> Rows:
        """Read stored rows; keys are numbered by the interners."""
        numbers: list[list[int]] = []
        docs: dict[str, list[int]] = {name: [] for name in fields.keys}
        values: dict[str, list[int]] = {name: [] for name in fields.keys}
        numbering = [(name, interners.setdefault(name, Interner()).number) for name in fields.keys]
        for document, row in enumerate(stored):
            own, carried = json.loads(row)
            numbers.append(own)
            for (name, number), keys in zip(numbering, carried, strict=True):
                for key in keys:
                    docs[name].append(document)
                    values[name].append(number(key))
        table = np.array(numbers, dtype=np.int64).reshape(len(numbers), len(COLUMNS))
        columns = {name: table[:, place].astype(kind) for place, (name, kind) in enumerate(COLUMNS.items())}
        pairs = {
            name: (np.array(docs[name], dtype=np.int64), np.array(values[name], dtype=np.int64))
            for name in fields.keys
        }
        return cls(np.array(slots, dtype=np.int64), columns, pairs)

    @classmethod
    def joined(cls, parts: list[Rows], live: list[Mask]) -> Rows:
        """Return the live documents of these as one, in their order."""
        kept = list(zip(parts, live, strict=True))
        columns = {
            name: np.concatenate([part.columns[name][mask] for part, mask in kept]) for name in COLUMNS
        }
        pairs = {name: _joined_pairs(name, kept) for name in parts[0]._pairs}  # noqa: SLF001  # its own class
        return cls(np.concatenate([part.slots[mask] for part, mask in kept]), columns, pairs)


def _joined_pairs(name: str, kept: list[tuple[Rows, Mask]]) -> tuple[Array, Array]:
    docs, values, before = [], [], 0
    for part, live in kept:
        carriers, numbers = part._pairs[name]  # noqa: SLF001  # of this module's own class
        still = live[carriers]
        docs.append((np.cumsum(live) - 1 + before)[carriers[still]])
        values.append(numbers[still])
        before += int(live.sum())
    return np.concatenate(docs), np.concatenate(values)
