"""The tree of a query: what to look for, without a word on how it was typed. Pure.

`render` writes a tree back in the language of `articles.search.syntax`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles: what an empty query and a lone * ask for."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article: something was typed, and none of it can be searched for."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, in any of its inflections."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row as written; with `within`, in any order and with at most so many others among them."""

    text: str
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin like this."""

    start: str


Leaf = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class Field:
    """A leaf that is looked for in one field only."""

    name: str
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match all of these, two or more."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match any of these, two or more."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match this."""

    node: Node


@dataclass(frozen=True, slots=True)
class Carrying:
    """Articles with any of these keys: an `actor:` part once the archive knows who is meant.

    `keys` are pairs of a field of keys and a key. `asked` is the part as typed, `spellings` are the names
    that a text can show for it.
    """

    keys: frozenset[tuple[str, str]]
    asked: Field
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """Articles whose publication interval overlaps these days, both included; None leaves an end open."""

    first: date | None = None
    last: date | None = None


Node = Everything | Nothing | Word | Phrase | Prefix | Field | Carrying | Published | And | Or | Not


def conjunction(nodes: list[Node]) -> Node:
    """Return the AND of the nodes, flat; "everything" adds nothing to it."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, And) else (node,))
    telling = [node for node in flat if not isinstance(node, Everything)]
    if not telling:
        return Everything()
    return telling[0] if len(telling) == 1 else And(tuple(telling))


def disjunction(nodes: list[Node]) -> Node:
    """Return the OR of the nodes, flat."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, Or) else (node,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negation(node: Node) -> Node:
    """Return the opposite of a node; twice is not at all."""
    return node.node if isinstance(node, Not) else Not(node)


def render(tree: Node) -> str:  # noqa: PLR0911  # one line for each kind of node
    """Write a tree as a query that parses to the same tree without a fault; `Nothing` as an empty one."""
    if isinstance(tree, And):
        return " ".join(_grouped(node, Or) for node in tree.nodes)
    if isinstance(tree, Or):
        return " OR ".join(_grouped(node, And) for node in tree.nodes)
    if isinstance(tree, Not):
        return "-" + _grouped(tree.node, And, Or)
    if isinstance(tree, Carrying):
        return render(tree.asked)
    if isinstance(tree, Field):
        return f"{tree.name}:{render(tree.leaf)}"
    if isinstance(tree, Phrase):
        return f'"{tree.text}"' + (f"~{tree.within}" if tree.within else "")
    if isinstance(tree, Prefix):
        return f"{tree.start}*"
    if isinstance(tree, Word):
        return tree.text
    return "*" if isinstance(tree, Everything) else ""


def _grouped(node: Node, *looser: type) -> str:
    written = render(node)
    return f"({written})" if isinstance(node, looser) else written


@dataclass(frozen=True, slots=True)
class Sought:
    """A leaf that articles were found by, with the field it is bound to (None: anywhere)."""

    leaf: Leaf
    field: str | None


def sought(tree: Node) -> Iterator[Sought]:
    """Yield the leaves that a match can show, in order: all but those that are excluded."""
    if isinstance(tree, And | Or):
        for node in tree.nodes:
            yield from sought(node)
    elif isinstance(tree, Field):
        yield Sought(tree.leaf, tree.name)
    elif isinstance(tree, Carrying):
        yield from (Sought(Phrase(spelling), tree.asked.name) for spelling in tree.spellings)
    elif isinstance(tree, Word | Phrase | Prefix):
        yield Sought(tree, None)


def fields_in(tree: Node, name: str) -> Iterator[Field]:
    """Yield the parts of a tree that are bound to one field, excluded ones too, in order."""
    if isinstance(tree, And | Or):
        for node in tree.nodes:
            yield from fields_in(node, name)
    elif isinstance(tree, Not):
        yield from fields_in(tree.node, name)
    elif isinstance(tree, Field) and tree.name == name:
        yield tree


def replaced(tree: Node, by: Mapping[Field, Node]) -> Node:
    """Return the tree with some of its field parts replaced by other nodes."""
    if isinstance(tree, And):
        return And(tuple(replaced(node, by) for node in tree.nodes))
    if isinstance(tree, Or):
        return Or(tuple(replaced(node, by) for node in tree.nodes))
    if isinstance(tree, Not):
        return Not(replaced(tree.node, by))
    return by.get(tree, tree) if isinstance(tree, Field) else tree
