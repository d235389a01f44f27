"""Known names in running text: longest match at word borders, in the case they are written in."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

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


class _Token(NamedTuple):  # made in the hundreds for each text: a frozen dataclass costs three times as much
    start: int
    end: int
    text: str


class PhraseIndex(Generic[T]):
    """Names of one or more words, found in one pass over the text's tokens."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for name, value in entries:
            tokens = tuple(token.text for token in _split(name.replace("’", "'")))
            if tokens:
                self._by_first[tokens[0]].append((tokens, value))
        for listed in self._by_first.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def find(self, view: str) -> Iterator[Hit[T]]:
        """Yield matches in a plain view, longest first at each place, none overlapping another."""
        tokens = _tokens(view)
        after = 0
        for at, token in enumerate(tokens):
            if at < after or token.text not in self._by_first:
                continue
            hit = self._longest(tokens, at)
            if hit:
                width, value = hit
                after = at + width
                yield Hit(token.start, tokens[after - 1].end, value)

    def _longest(self, tokens: tuple[_Token, ...], at: int) -> tuple[int, T] | None:
        for phrase, value in self._by_first.get(tokens[at].text, ()):
            window = tokens[at : at + len(phrase)]
            if tuple(token.text for token in window) == phrase and _side_by_side(window):
                return len(phrase), value
        return None


# Every index reads the same view, one after the other.
@lru_cache(maxsize=2)
def _tokens(view: str) -> tuple[_Token, ...]:
    return tuple(_split(view))


def _split(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        # "Annan's" must still show the name inside.
        if word.endswith(("'s", "'S")):
            end -= 2
            word = word[:-2]
        yield _Token(start, end, word)


def _side_by_side(window: tuple[_Token, ...]) -> bool:
    return all(after.start - before.end <= 1 for before, after in itertools.pairwise(window))
