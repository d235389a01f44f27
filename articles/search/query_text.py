"""A query's tree written back in the language of `articles.search.syntax`. Pure."""

from __future__ import annotations

from articles.search.partial_date import days_as_text
from articles.search.tree import (
    And,
    AnyOf,
    AtLeast,
    Carrying,
    Everything,
    Field,
    First,
    Fuzzy,
    Inside,
    Leaf,
    Length,
    Like,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Published,
    Similar,
    SpeakingOf,
    Trait,
    Value,
    Wildcard,
    Word,
)


def render(tree: Node) -> str:  # noqa: PLR0911  # one line for each kind of node
    """Write a tree as a query that parses to the same tree without a fault; `Nothing` as an empty one."""
    if isinstance(tree, And):
        return " ".join(_grouped(node, Or) for node in tree.nodes)
    if isinstance(tree, Or | AnyOf):
        return " OR ".join(_grouped(node, And) for node in tree.nodes)
    if isinstance(tree, Not):
        return "-" + _grouped(tree.node, And, Or)
    if isinstance(tree, Carrying | Similar):
        return render(tree.asked)
    if isinstance(tree, Field):
        return f"{tree.name}:{render(tree.leaf)}"
    if isinstance(tree, AtLeast):
        return f"atleast{tree.count}:{render(tree.leaf)}"
    if isinstance(tree, First):
        return f"first{tree.count}:{render(tree.leaf)}"
    if isinstance(tree, Inside):
        return f"{tree.unit}:{_grouped(tree.node, And, Or)}"
    if isinstance(tree, Published | SpeakingOf | Trait | Length | Like):
        return _value(tree)
    return "*" if isinstance(tree, Everything) else "" if isinstance(tree, Nothing) else _leaf(tree)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Phrase):
        return f'"{leaf.text}"' + (f"~{leaf.within}" if leaf.within else "")
    if isinstance(leaf, Prefix):
        return f"{leaf.start}*"
    if isinstance(leaf, Fuzzy):
        return f"{leaf.text}~{leaf.edits}"
    return leaf.pattern if isinstance(leaf, Wildcard) else leaf.text


def name_of(leaf: Leaf) -> str:
    """Return what hits of a leaf are counted under: the words without their quotation marks."""
    return leaf.text if isinstance(leaf, Word | Phrase) else _leaf(leaf)


def _value(tree: Value) -> str:
    if isinstance(tree, Trait):
        return f"{tree.name}:{tree.value}"
    if isinstance(tree, Like):
        return f"like:{tree.article}"
    if isinstance(tree, Published):
        return f"date:{days_as_text(tree.first, tree.last)}"
    if isinstance(tree, SpeakingOf):
        return f"event:{days_as_text(tree.first, tree.last)}"
    if tree.least is not None and tree.most is not None:
        return f"words:{tree.least}" + (f"..{tree.most}" if tree.most != tree.least else "")
    return f"words:>={tree.least}" if tree.least is not None else f"words:<={tree.most}"


def _grouped(node: Node, *looser: type) -> str:
    written = render(node)
    return f"({written})" if isinstance(node, looser) else written
