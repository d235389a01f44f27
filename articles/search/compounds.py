"""Words that are written together, with a hyphen or apart: cease fire finds the ceasefire, and the other way. Pure.

The analyser indexes both readings of a hyphen. What it cannot know is that two words apart mean one; a small list
does (compounds.toml), as most neighbours that could be joined mean something else (every day, may be). The tree is
rewritten before an engine is asked, so all engines find the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from articles.search.analysis import query_terms, stem
from articles.search.tree import And, AnyOf, Node, Not, Or, Phrase, Word

COMPOUNDS = Path(__file__).with_name("compounds.toml")


def opened(tree: Node) -> Node:
    """Return the tree that finds listed compounds in all their forms; phrases and fields stay as written."""
    if isinstance(tree, Word):
        apart = _apart(tree)
        return Or((tree, apart)) if apart else tree
    if isinstance(tree, AnyOf):
        return AnyOf((*tree.nodes, *_other_forms(tree.nodes)))
    if isinstance(tree, And):
        return And(tuple(_opened_row(tree.nodes)))
    if isinstance(tree, Or):
        return Or(tuple(opened(node) for node in tree.nodes))
    return Not(opened(tree.node)) if isinstance(tree, Not) else tree


def _opened_row(nodes: tuple[Node, ...]) -> Iterable[Node]:
    """Yield the parts of an AND; two words that are a compound stand, or it does, and each is taken once."""
    place = 0
    while place < len(nodes):
        pair = nodes[place : place + 2]
        together = _together(*pair) if len(pair) == 2 else None  # noqa: PLR2004  # the two parts
        if together is not None:
            yield Or((And(pair), together))
            place += 2
        else:
            yield opened(nodes[place])
            place += 1


def _other_forms(nodes: tuple[Node, ...]) -> Iterable[Word | Phrase]:
    """Yield the forms that the words of an any-word query may have besides."""
    for node in nodes:
        if isinstance(node, Word) and (apart := _apart(node)):
            yield apart
    for one, other in pairwise(nodes):
        if together := _together(one, other):
            yield together


def _apart(word: Word) -> Phrase | None:
    """Return a compound's parts as a phrase, with the ending that it has itself: ceasefires, "cease fires"."""
    written = _single(word)
    parts = _listed().get(stem(written)) if written else None
    if parts is None or not written.startswith(parts[0]):
        return None
    return Phrase(f"{parts[0]} {written.removeprefix(parts[0])}")


def _together(one: Node, other: Node) -> Word | None:
    """Return two words as the compound that they are, if any."""
    if not (isinstance(one, Word) and isinstance(other, Word)):
        return None
    first, second = _single(one), _single(other)
    parts = _listed().get(stem(first + second)) if first and second else None
    return Word(first + second) if parts and parts[0] == first else None


def _single(word: Word) -> str:
    """Return a word as the index holds it, if it is one without hyphens; an empty text otherwise."""
    terms = query_terms(word.text)
    return terms[0].whole[0] if len(terms) == 1 and len(terms[0].whole) == 1 else ""


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    """Return the compounds' parts by the stem of the whole."""
    listed = tomllib.loads(COMPOUNDS.read_text(encoding="utf-8"))["compounds"]
    return {stem(compound.replace(" ", "")): tuple(compound.split()) for compound in listed}
