"""The documents of the index at one commit: Tantivy's searcher, and what is counted by as arrays."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import tantivy

from articles.search.engines.documents import Array, Documents, Interner, Mask
from articles.search.engines.tantivy.rows import Rows
from articles.search.engines.tantivy.schema import SLOT
from articles.search.engines.tantivy.stream import OTHER_FORM
from articles.search.near_words import NearWords


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents of a search, in its order: rows of the snapshot, scores, and where Tantivy has them."""

    rows: Array
    scores: Array
    addresses: list[Any]


class Snapshot(Documents):
    """One commit of the index."""

    def __init__(
        self, searcher: Any, schema: Any, blocks: Sequence[Rows], live: Mask, interners: dict[str, Interner]
    ) -> None:
        super().__init__(blocks, live, interners=interners)
        self.searcher = searcher
        self.schema = schema
        self.rows = blocks
        self.slots = np.concatenate([np.zeros(0, dtype=np.int64), *(block.slots for block in blocks)])
        self._vocabularies: dict[str, str] = {}
        self._near_words: dict[str, NearWords] = {}
        self._reading = threading.Lock()

    def warm(self) -> None:
        """Read what searches share, and the words that misspelled ones are compared with."""
        super().warm()
        for field in ("text", "actor_name"):
            self.near_words(field)

    @cached_property
    def live_count(self) -> int:
        """How many documents are alive."""
        return int(self.live.sum())

    def found(self, query: Any) -> Hits:
        """Return all documents of a query, in the order of their rows, without scores."""
        if not self.live_count:
            return _hits(self, [], [])
        # Asked for by slot, as Tantivy then computes no scores.
        hits = self.searcher.search(
            query, limit=self.live_count, count=False, order_by_field=SLOT, order=tantivy.Order.Asc
        ).hits
        return _hits(self, [slot for slot, _ in hits], hits)

    def ranked(self, query: Any, limit: int) -> Hits:
        """Return the best documents of a query, the best first."""
        if not self.live_count:
            return _hits(self, [], [])
        hits = self.searcher.search(query, limit=limit, count=False).hits
        slots = self.searcher.fast_field_values(SLOT, [address for _, address in hits]) if hits else []
        return _hits(self, slots, hits)

    def mask_of(self, query: Any) -> Mask:
        """Return the set of documents of a query."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.found(query).rows] = True
        return mask

    def among(self, mask: Mask) -> Any:
        """Return the query for the documents of a set; for small ones, as it names them one by one."""
        slots = [int(slot) for slot in self.slots[mask]]
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self.schema, SLOT, slots), 0.0)

    def holds(self, field: str, term: str) -> bool:
        """Tell whether any document may hold a term."""
        return bool(self.searcher.doc_freq(field, term))

    def frequency(self, field: str, term: str) -> int:
        """Return about how many documents hold a term, deleted ones included; one with both its forms counts twice."""
        return int(self.searcher.doc_freq(field, term) + self.searcher.doc_freq(field, OTHER_FORM + term))

    def is_in(self, field: str, term: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a term."""
        forms = [one for one in (term, OTHER_FORM + term) if self.holds(field, one)]
        # So many live documents cannot all stand outside of the set.
        enough = self.live_count - int((documents & self.live).sum()) + 1
        return any(
            bool(documents[self.ranked(tantivy.Query.term_query(self.schema, field, one), enough).rows].any())
            for one in forms
        )

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin so, in order."""
        found = {name for name, _ in self.searcher.terms_with_prefix(field, prefix)}
        others = self.searcher.terms_with_prefix(field, OTHER_FORM + prefix)
        found.update(name.removeprefix(OTHER_FORM) for name, _ in others)
        return sorted(name for name in found if not name.startswith(OTHER_FORM))

    def vocabulary(self, field: str) -> list[str]:
        """Return all words of a field."""
        text = self._vocabulary(field)
        return text.split("\n") if text else []

    def of_form(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """Return the words of a field that match a pattern of whole lines, in order."""
        return sorted({match.group() for match in pattern.finditer(self._vocabulary(field))} - {""})

    def near_words(self, field: str) -> NearWords:
        """Return the words of a field to be compared with, kept once made."""
        lines = self._vocabulary(field)
        with self._reading:
            if field not in self._near_words:
                self._near_words[field] = NearWords(lines)
            return self._near_words[field]

    def _vocabulary(self, field: str) -> str:
        """Return the words of a field, one a line; 100,000 articles have some 3 MB of them, kept once read."""
        with self._reading:
            if field not in self._vocabularies:
                self._vocabularies[field] = "\n".join(self.starting_names(field, ""))
            return self._vocabularies[field]


def _hits(snapshot: Snapshot, slots: list[int], hits: list[Any]) -> Hits:
    """Return hits by their rows. Every live document's slot is among the snapshot's, in ascending order."""
    rows = np.searchsorted(snapshot.slots, np.array(slots, dtype=np.int64))
    return Hits(rows, np.array([score for score, _ in hits], dtype=np.float32), [one for _, one in hits])
