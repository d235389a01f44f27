"""The words that a beginning, a form or a misspelling stands for, among those that the index has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from articles.search.analysis import beginnings, query_terms, stem, stems
from articles.search.expansion import folded, form, literal_part, literal_start
from articles.search.near_words import NearWords
from articles.search.query_text import render
from articles.search.tree import Fuzzy, Phrase, Prefix, Wildcard, Word

# Words that the beginnings, forms and misspellings of one query may stand for together; each costs 10 µs a segment.
# `make bench-search` shows what the bounds come to: the longest of 10,000 random queries.
MOST_EXPANSIONS = 1000
LEAST_EXPANSIONS = 50  # words that each of them may stand for, whatever those before it took
MOST_ALIKE = 200  # words that one misspelling may stand for, the nearest first


class Vocabulary(Protocol):
    """The words that an index has, by field."""

    def near_words(self, field: str) -> NearWords:
        """Return the words of a field to be compared with; some may be of documents that are gone."""

    def of_form(self, field: str, pattern: re.Pattern[str], part: str) -> Iterable[str]:
        """Return the words of a field that match a pattern of whole lines, in order; all of them have `part`."""

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin so, in order."""


def inflections(texts: Vocabulary, field: str, word: str, *, among: Sequence[str] | None = None) -> list[str]:
    """Return the words of a field that have the stem of this one; of an acronym, itself alone.

    `among` are words of the field, these with them; None when they have to be looked for among all that begin so.
    """
    root = stem(word)
    if word.isupper() or not (root.isascii() and root.isalpha()):
        return [word]
    names = among
    if names is None:
        names = [name for start in beginnings(root) for name in texts.starting_names(field, start)]
    return [name for name, its in zip(names, stems(names), strict=True) if its == root and not name.isupper()]


class Expansions:
    """Expands leaves over one snapshot, for one query. `notes` says where a bound was hit, once for each leaf.

    The words of all leaves together are bounded, for each field; the leaves before have theirs first.
    """

    def __init__(self, snapshot: Vocabulary) -> None:
        self.snapshot = snapshot
        self.notes: list[str] = []
        self._left: dict[str, int] = {}
        self._inflections: dict[tuple[str, str], list[str]] = {}
        self._known: dict[tuple[Word | Phrase | Prefix | Wildcard | Fuzzy, str], list[tuple[str, int]]] = {}

    def inflected(self, word: str, field: str) -> list[str]:
        """Return the words of a field that are inflections of this one; see `inflections`."""
        if (word, field) not in self._inflections:
            self._inflections[word, field] = inflections(self.snapshot, field, word)
        return self._inflections[word, field]

    def names(self, leaf: Word | Phrase | Prefix | Wildcard | Fuzzy, field: str) -> list[str]:
        """Return the words of a field that a leaf stands for."""
        if isinstance(leaf, Fuzzy):
            return [name for name, _ in self.alike(leaf, field)]
        if isinstance(leaf, Wildcard):
            return self.of_form(leaf, field)
        text = leaf.start if isinstance(leaf, Prefix) else leaf.text
        words = [word for term in query_terms(text) for word in term.whole]
        start = words[-1].lower() if len(words) == 1 else "".join(words).lower()
        return self.beginning(start, field, typed=render(leaf))

    def beginning(self, start: str, field: str, *, typed: str) -> list[str]:
        """Return the words of a field that begin so, in order; `typed` is what a note calls them."""
        key = Prefix(start)
        if (key, field) not in self._known:
            names = self.snapshot.starting_names(field, start)
            self._keep(key, field, [(name, 0) for name in names], typed)
        return [name for name, _ in self._known[key, field]]

    def of_form(self, leaf: Wildcard, field: str) -> list[str]:
        """Return the words of a form, in order."""
        if (leaf, field) not in self._known:
            pattern, start = form(leaf), literal_start(leaf)
            if start:
                starting = self.snapshot.starting_names(field, start)
                names: Iterable[str] = filter(pattern.fullmatch, starting)
            else:
                names = self.snapshot.of_form(field, pattern, literal_part(leaf))
            # One more than can be kept tells that some are left out.
            self._keep(leaf, field, [(name, 0) for name in islice(names, MOST_EXPANSIONS + 1)], render(leaf))
        return [name for name, _ in self._known[leaf, field]]

    def alike(self, leaf: Fuzzy, field: str) -> list[tuple[str, int]]:
        """Return the words nearly alike, the nearest first, each with the letters it differs by."""
        if (leaf, field) not in self._known:
            found = self.snapshot.near_words(field).near(folded(leaf), leaf.edits)
            if len(found) > MOST_ALIKE:
                self.note(
                    f"More than {MOST_ALIKE} words are nearly like {leaf.text}; the nearest were looked for."
                )
            self._keep(leaf, field, found[:MOST_ALIKE], render(leaf))
        return self._known[leaf, field]

    def cut(self, typed: str) -> None:
        """Note that only the first words were looked for."""
        self.note(
            f"{typed} stands for more than {MOST_EXPANSIONS} words; the first {MOST_EXPANSIONS} were looked"
            " for. More letters make it exact."
        )

    def partly(self, read: int, of: int) -> None:
        """Note that only the newest of the articles that could still match were looked through."""
        if read < of:
            self.note(
                "What asks where words stand, or how often, was looked for in"
                f" {read:,} of {of:,} articles, the newest that days, filters and the rest of the query leave;"
                " the others count as not having it. Rarer words, or fewer articles to look in, make it exact."
            )
        else:
            self.note(
                "What asks where words stand, or how often, was looked for in all articles that are listed here; what"
                " other values of the filters would add was counted in the newest alone."
            )

    def note(self, message: str) -> None:
        """Tell the reader something, once."""
        if message not in self.notes:
            self.notes.append(message)

    def _keep(
        self, leaf: Prefix | Wildcard | Fuzzy, field: str, found: list[tuple[str, int]], typed: str
    ) -> None:
        """Keep as many words as may still be looked for, and tell when some are left out."""
        left = max(self._left.get(field, MOST_EXPANSIONS), LEAST_EXPANSIONS)
        if len(found) > left == MOST_EXPANSIONS:
            self.cut(typed)
        elif len(found) > left:
            self.note(
                f"The words with *, ? or ~ stand for more than {MOST_EXPANSIONS} words together; of"
                f" {typed} the first {left} were looked for. More letters make it exact."
            )
        self._known[leaf, field] = found[:left]
        self._left[field] = left - len(found[:left])
