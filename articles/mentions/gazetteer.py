"""Known names in running text: longest match at word borders, in the case they are written in."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

# A dotted acronym ("U.N.") is one token with its last stop. A hyphen is a token of its own, so that the name
# in "UN-mandated" is found as well as "RIA-Novosti".
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[.'][^\W_]+)*|[-&/+]")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """One match: offsets, and what the name stands for."""

    start: int
    end: int
    value: T


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


class PhraseIndex(Generic[T]):
    """Names of one or more words, found in one pass over the text's tokens."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for name, value in entries:
            tokens = tuple(token.text for token in _tokens(name.replace("’", "'")))
            if tokens:
                self._by_first[tokens[0]].append((tokens, value))
        for listed in self._by_first.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def find(self, view: str) -> Iterator[Hit[T]]:
        """Yield matches in a plain view, longest first at each place, none overlapping another."""
        tokens = list(_tokens(view))
        at = 0
        while at < len(tokens):
            hit = self._longest(tokens, at)
            if hit is None:
                at += 1
                continue
            width, value = hit
            yield Hit(tokens[at].start, tokens[at + width - 1].end, value)
            at += width

    def _longest(self, tokens: list[_Token], at: int) -> tuple[int, T] | None:
        for phrase, value in self._by_first.get(tokens[at].text, ()):
            window = tokens[at : at + len(phrase)]
            if tuple(token.text for token in window) == phrase and _side_by_side(window):
                return len(phrase), value
        return None


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        # "Annan's" and "SANA-run" must still show the name inside.
        for cut in ("'s", "'S"):
            if word.endswith(cut):
                end -= 2
                word = word[:-2]
        yield _Token(start, end, word)


def _side_by_side(window: list[_Token]) -> bool:
    return all(after.start - before.end <= 1 for before, after in itertools.pairwise(window))
