"""What of a query a match can show in an article's text: its leaves, each with the field it is bound to. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from articles.search.query_text import name_of
from articles.search.tree import (
    And,
    AnyOf,
    AtLeast,
    Carrying,
    Field,
    First,
    Inside,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Similar,
    Word,
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A leaf that articles were found by, with the field it is bound to (None: anywhere).

    `asked` is the name that a spelling was looked for in the place of, empty for what was typed itself.
    """

    leaf: Leaf
    field: str | None
    asked: str = ""


def sought(tree: Node, *, excluded: bool = False) -> Iterator[Sought]:  # noqa: C901  # a branch for each kind of node
    """Yield the leaves that a match can show, in order: all but those that are excluded, unless these count too."""
    if isinstance(tree, And | AnyOf | Or):
        for node in tree.nodes:
            yield from sought(node, excluded=excluded)
    elif isinstance(tree, Not):
        if excluded:
            yield from sought(tree.node, excluded=True)
    elif isinstance(tree, Field):
        yield Sought(tree.leaf, tree.name)
    elif isinstance(tree, AtLeast | First):
        yield Sought(tree.leaf, None)
    elif isinstance(tree, Inside):
        yield from sought(tree.node, excluded=excluded)
    elif isinstance(tree, Carrying):
        asked = tree.asked
        yield from (Sought(Phrase(one), asked.name, name_of(asked.leaf)) for one in tree.spellings)
    elif isinstance(tree, Similar):
        yield from (Sought(Word(one.name), None) for one in tree.words)
    elif isinstance(tree, Leaf):
        yield Sought(tree, None)
