"""The numbers that results are ranked by, and the words that count for less. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.search.analysis import query_terms
from articles.search.tree import Leaf, Word

RANKING = Path(__file__).with_name("ranking.toml")
FUNCTION_WORDS = Path(__file__).with_name("function_words.toml")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The numbers of ranking.toml, which says what each is and where it comes from."""

    saturation: float
    length: float
    as_written: float
    headline: float
    subtitle: float
    headline_apart: float
    near: float
    window: int
    window_worth: float
    missing: float
    function_word: float


@cache
def shipped() -> Ranking:
    """Return the numbers of ranking.toml."""
    return Ranking(**tomllib.loads(RANKING.read_text(encoding="utf-8")))


@cache
def function_words() -> frozenset[str]:
    """Return the words of function_words.toml."""
    listed = tomllib.loads(FUNCTION_WORDS.read_text(encoding="utf-8"))
    return frozenset(word for words in listed.values() for word in words)


def says_little(leaf: Leaf) -> bool:
    """Tell whether a leaf is one function word; an acronym in capitals, as in WHO, is none."""
    if not isinstance(leaf, Word):
        return False
    terms = query_terms(leaf.text)
    return len(terms) == 1 and len(terms[0].whole) == 1 and terms[0].whole[0] in function_words()
