"""The documents of the index at one commit: Tantivy's searcher, and what is counted by as arrays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
import tantivy

from articles.search.analysis import stem
from articles.search.engines.documents import Array, Documents, Interner, Mask
from articles.search.engines.expanded import inflections
from articles.search.engines.tantivy.common_words import CommonWords
from articles.search.engines.tantivy.places import PLACED
from articles.search.engines.tantivy.rows import Rows
from articles.search.engines.tantivy.schema import BIT, RUN, RUN_LENGTH, SLOT, TEXT
from articles.search.engines.tantivy.stream import OTHER_FORM
from articles.search.engines.tantivy.vocabulary import Vocabulary
from articles.search.near_words import NearWords
from articles.search.sorted_words import SortedWords

ROOTS_KEPT = 10_000  # stems whose words are kept: some 2 MB
# Documents that are listed one by one without a second look, 0.2 to 0.3 µs each.
MOST_LISTED = 8192
# Of more, so many for each run make it quicker to be told runs. That takes 2 to 5 µs a run, whether full or thin, and
# changing articles one by one thins runs. Measured on sets of 5 to 52 documents a run, told both ways, in 1,200 to
# 12,500 runs of 60,000 and 300,000 documents; after an upgrade of Tantivy, time `Snapshot._by_run` against `_by_slot`.
LEAST_A_RUN = 12
MOST_RUNS = 60_000  # runs, of three million documents: Tantivy counts by up to 65,000 values at once


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents of a search, in its order: rows of the snapshot, scores, and where Tantivy has them."""

    rows: Array
    scores: Array
    addresses: list[Any]


class Snapshot(Documents):
    """One commit of the index."""

    def __init__(
        self,
        searcher: Any,
        schema: Any,
        blocks: Sequence[Rows],
        live: Mask,
        interners: dict[str, Interner],
        *,
        places: Array,
        vocabularies: dict[str, Vocabulary],
        common: CommonWords,
    ) -> None:
        super().__init__(blocks, live, interners=interners)
        self.places = places
        if self.size and self._placed_up_to > len(places):
            raise ValueError("The file of places ends before the last text.")
        self.searcher = searcher
        self.schema = schema
        self.rows = blocks
        self.slots = np.concatenate([np.zeros(0, dtype=np.int64), *(block.slots for block in blocks)])
        self._vocabularies = vocabularies
        self._common = common
        self._inflections: dict[tuple[str, str], tuple[str, ...]] = {}

    def warm(self) -> None:
        """Read what searches share, and the words of the fields that are looked into without being named."""
        super().warm()
        for field in (TEXT, "headline", "subtitle", "actor_name"):
            self.near_words(field)
        self._common.serving.set()
        self.with_common(())
        self._of_stem(TEXT, "")
        self._fills_runs(self.live_count)

    @cached_property
    def live_count(self) -> int:
        """How many documents are alive."""
        return int(self.live.sum())

    @cached_property
    def placed(self) -> dict[str, Array]:
        """Where the words of each document's text stand among `places`, as `PLACED` has it."""
        return {name: self.column(name) for name in PLACED}

    @property
    def _placed_up_to(self) -> int:
        """How many numbers the file of places has to have."""
        first, words, others, paragraphs, sentences = (int(self.placed[name][-1]) for name in PLACED)
        return first + words + 2 * others + -(-(paragraphs + sentences) // 2)

    def found(self, query: Any) -> Hits:
        """Return all documents of a query, in the order of their rows, without scores."""
        hits = self._by_slot(query, self.live_count).hits if self.live_count else []
        rows = self._rows_of(map(itemgetter(0), hits), len(hits))
        return Hits(rows, np.zeros(len(rows), dtype=np.float32), [address for _, address in hits])

    def _by_slot(self, query: Any, limit: int) -> Any:
        """Return the first documents of a query, by slot, and the count of all. Asked for so, none is scored."""
        return self.searcher.search(
            query, limit=limit, count=True, order_by_field=SLOT, order=tantivy.Order.Asc
        )

    def _rows_of(self, slots: Iterable[int], count: int) -> Array:
        """Return the rows of so many slots. Every live document's is among the snapshot's, in ascending order."""
        held = np.fromiter(slots, dtype=np.int64, count=count)
        if self._without_gaps:
            return held - self.slots[0]
        return np.searchsorted(self.slots, held)

    @cached_property
    def _without_gaps(self) -> bool:
        return bool(self.size) and int(self.slots[-1] - self.slots[0]) + 1 == self.size

    def ranked(self, query: Any, limit: int) -> Hits:
        """Return the best documents of a query, the best first."""
        hits = self.searcher.search(query, limit=limit, count=False).hits if self.live_count else []
        addresses = [address for _, address in hits]
        slots = self.searcher.fast_field_values(SLOT, addresses) if hits else []
        scores = np.fromiter(map(itemgetter(0), hits), dtype=np.float32, count=len(hits))
        return Hits(self._rows_of(slots, len(hits)), scores, addresses)

    def mask_of(self, query: Any) -> Mask:
        """Return the set of documents of a query."""
        mask = np.zeros(self.size, dtype=np.bool_)
        if self.live_count:
            few = min(MOST_LISTED, self.live_count) if self._fills_runs(self.live_count) else self.live_count
            listed = self._by_slot(query, few)
            if listed.count > few:
                if self._fills_runs(listed.count):
                    return self._by_run(query)
                listed = self._by_slot(query, listed.count)
            mask[self._rows_of(map(itemgetter(0), listed.hits), listed.count)] = True
        return mask

    def _fills_runs(self, count: int) -> bool:
        """Tell whether so many documents are told sooner as runs than one by one."""
        return len(self._runs[0]) <= MOST_RUNS and count >= LEAST_A_RUN * self._live_runs

    @cached_property
    def _live_runs(self) -> int:
        """How many runs hold a live document: Tantivy counts by no others."""
        return len(np.unique(self.slots[self.live] // RUN_LENGTH))

    @property
    def common_words(self) -> Mapping[str, int]:
        """The words whose documents `with_common` tells; none in a process that was not made warm."""
        if not (self.size and self._common.serving.is_set()):
            return {}
        self._words(TEXT)  # which reads what the commonest are
        return self._common.chosen(self._vocabulary(TEXT).commonest, self.size)

    def with_common(self, words: Iterable[str]) -> Mask:
        """Return the documents whose texts have any of these words, in either form, deleted ones included."""
        numbered = self.common_words
        return self._common.union([numbered[word] for word in words], self.rows, self.places)

    def rows_of(self, query: Any) -> Array:
        """Return the rows of a query's documents, ascending."""
        return np.flatnonzero(self.mask_of(query))

    def _by_run(self, query: Any) -> Mask:
        """Return the set of a query, told by Tantivy as one number for each run of slots (`schema.BIT`)."""
        runs, places = self._runs
        asked = {"field": RUN, "size": len(runs), "segment_size": len(runs)}
        told = self.searcher.aggregate(
            query, {"runs": {"terms": asked, "aggs": {"bits": {"sum": {"field": BIT}}}}}
        )["runs"]["buckets"]
        numbers = np.fromiter((one["key"] for one in told), dtype=np.int64, count=len(told))
        sums = np.fromiter((one["bits"]["value"] for one in told), dtype=np.float64, count=len(told))
        bits = np.unpackbits(sums.astype("<i8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
        held = np.zeros((len(runs), RUN_LENGTH), dtype=np.bool_)
        held[np.searchsorted(runs, numbers)] = bits[:, :RUN_LENGTH]
        return held.reshape(-1)[places]

    @cached_property
    def _runs(self) -> tuple[Array, Array]:
        """The runs that there are, ascending, and the place of each row when these stand one after the other."""
        runs, which = np.unique(self.slots // RUN_LENGTH, return_inverse=True)
        return runs, which * RUN_LENGTH + self.slots % RUN_LENGTH

    def among(self, mask: Mask) -> Any:
        """Return the query for the documents of a set; for small ones, as it names them one by one."""
        slots = [int(slot) for slot in self.slots[mask]]
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self.schema, SLOT, slots), 0.0)

    def holding(self, field: str, token: str) -> int:
        """Return how many documents hold a token of the streams, deleted ones not yet merged away included."""
        return int(self.searcher.doc_freq(field, token))

    def inflections(self, field: str, word: str) -> tuple[str, ...]:
        """Return the words of a field that have the stem of this one; see `expanded.inflections`."""
        root = stem(word)
        kept = self._inflections.get((field, root))
        if kept is None:
            if len(self._inflections) >= ROOTS_KEPT:
                self._inflections.clear()
            kept = self._inflections[field, root] = tuple(
                inflections(self, field, word, among=self._of_stem(field, root))
            )
        return kept

    def _of_stem(self, field: str, root: str) -> list[str] | None:
        """Return the words of the text that have a stem, and perhaps more; None where they are not looked up so."""
        if field != TEXT or not self._common.serving.is_set():
            return None
        self._words(field)
        return self._vocabulary(field).of_stem(root)

    def frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term; until they are merged away, deleted ones may count as well."""
        both = OTHER_FORM + term
        if not (self.holding(field, term) and self.holding(field, both)):
            return self.holding(field, term) + self.holding(field, both)
        query = tantivy.Query.term_set_query(self.schema, field, [term, both])
        return int(self.searcher.search(query, limit=1, count=True).count)

    def inflected_frequency(self, field: str, word: str) -> int:
        """Return about how many documents hold a word in any inflection; one with several counts several times."""
        return sum(self.frequency(field, name) for name in self.inflections(field, word))

    def is_in(self, field: str, term: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a term."""
        forms = [one for one in (term, OTHER_FORM + term) if self.holding(field, one)]
        # So many live documents cannot all stand outside of the set.
        enough = self.live_count - int((documents & self.live).sum()) + 1
        return any(
            bool(documents[self.ranked(tantivy.Query.term_query(self.schema, field, one), enough).rows].any())
            for one in forms
        )

    def is_inflected_in(self, field: str, word: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a word in any inflection."""
        return any(self.is_in(field, name, documents) for name in self.inflections(field, word))

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin so, in order; some may be of documents that are gone."""
        return self._words(field).beginning(prefix)

    def of_form(self, field: str, pattern: re.Pattern[str], part: str) -> Iterable[str]:
        """Return the words of a field that match a pattern of whole lines, in order."""
        return self._words(field).matching(pattern, part)

    def near_words(self, field: str) -> NearWords:
        """Return the words of a field to be compared with."""
        return self._vocabulary(field).near_words(self._words(field))

    def _words(self, field: str) -> SortedWords:
        newest = int(self.slots[-1]) if self.size else 0
        return self._vocabulary(field).words(self.searcher, self.schema, newest=newest)

    def _vocabulary(self, field: str) -> Vocabulary:
        return self._vocabularies.setdefault(field, Vocabulary(field))
