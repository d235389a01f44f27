"""The words that a beginning, a form or a misspelling stands for, among those that the index has."""

from __future__ import annotations

import re
from typing import Protocol

from articles.search.analysis import query_terms
from articles.search.expansion import alike, form, literal_start
from articles.search.tree import Fuzzy, Phrase, Prefix, Wildcard, Word, render

MOST_EXPANSIONS = 1000  # words that one prefix or form may stand for; each costs about 20 µs a segment
MOST_ALIKE = 200  # words that one misspelling may stand for, the nearest first


class Vocabulary(Protocol):
    """The words that an index has, by field."""

    def vocabulary(self, field: str) -> list[str]:
        """Return all words of a field; one may come several times."""

    def of_form(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """Return the words of a field that match a pattern of whole lines, in order."""

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin so, in order."""


class Expansions:
    """Expands leaves over one snapshot. `notes` says where a bound was hit, once for each leaf."""

    def __init__(self, snapshot: Vocabulary) -> None:
        self.snapshot = snapshot
        self.notes: list[str] = []

    def names(self, leaf: Word | Phrase | Prefix | Wildcard | Fuzzy, field: str) -> list[str]:
        """Return the words of a field that a leaf stands for."""
        if isinstance(leaf, Fuzzy):
            return [name for name, _ in self.alike(leaf, field)]
        if isinstance(leaf, Wildcard):
            return self.of_form(leaf, field)
        text = leaf.start if isinstance(leaf, Prefix) else leaf.text
        words = [word for term in query_terms(text) for word in term.whole]
        start = words[-1].lower() if len(words) == 1 else "".join(words).lower()
        return self._bounded(self.snapshot.starting_names(field, start), leaf)

    def of_form(self, leaf: Wildcard, field: str) -> list[str]:
        """Return the words of a form, in order."""
        pattern, start = form(leaf), literal_start(leaf)
        if not start:
            return self._bounded(self.snapshot.of_form(field, pattern), leaf)
        names = self.snapshot.starting_names(field, start)
        return self._bounded([name for name in names if pattern.fullmatch(name)], leaf)

    def alike(self, leaf: Fuzzy, field: str) -> list[tuple[str, int]]:
        """Return the words nearly alike, the nearest first, each with the letters it differs by."""
        found = alike(leaf, self.snapshot.vocabulary(field), limit=MOST_ALIKE + 1)
        if len(found) > MOST_ALIKE:
            self.note(
                f"More than {MOST_ALIKE} words are nearly like {leaf.text}; the nearest were looked for."
            )
        return found[:MOST_ALIKE]

    def cut(self, typed: str) -> None:
        """Note that only the first words were looked for."""
        self.note(
            f"{typed} stands for more than {MOST_EXPANSIONS} words; the first {MOST_EXPANSIONS} were looked"
            " for. More letters make it exact."
        )

    def note(self, message: str) -> None:
        """Tell the reader something, once."""
        if message not in self.notes:
            self.notes.append(message)

    def _bounded(self, names: list[str], leaf: Word | Phrase | Prefix | Wildcard) -> list[str]:
        if len(names) > MOST_EXPANSIONS:
            self.cut(render(leaf))
        return names[:MOST_EXPANSIONS]
