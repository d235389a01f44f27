"""The tree of a query: what to look for, without a word on how it was typed. Pure.

`articles.search.query_text` writes a tree back as a query.
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


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of this form: * stands for any letters or none, ? for exactly one."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that become this one by at most so many letters changed, added, left out or swapped."""

    text: str
    edits: int


Leaf = Word | Phrase | Prefix | Wildcard | Fuzzy


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Articles whose text has a leaf at least so many times."""

    count: int
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class First:
    """Articles that have a leaf wholly among the first so many words of their text, headline included."""

    count: int
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Inside:
    """Articles with one "sentence" or "paragraph" of which a tree of leaves holds by itself."""

    unit: str
    node: Node


@dataclass(frozen=True, slots=True)
class Trait:
    """Articles of a kind: `is:partial`, `has:quotes`, `lang:fr`; the kinds are in `articles.search.values`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Length:
    """Articles of so many words of body, both ends included; None leaves an end open."""

    least: int | None = None
    most: int | None = None


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
class AnyOf:
    """Articles that match any of these leaves, the better the more of them they match and the closer together.

    What a reader's choice of "any word" makes of the words typed; no query writes it.
    """

    nodes: tuple[Leaf, ...]


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


@dataclass(frozen=True, slots=True)
class SpeakingOf:
    """Articles whose text names a time among these days (see `articles.search.event_keys`); None: an open end."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Like:
    """Articles like the one with this permanent id: `like:abcdefghijkl`; `Similar` once it was looked at."""

    article: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that articles may share: a word of a field, in any form, or a key; `name` is it for readers.

    A word is folded, as the index holds it. `weight` is what it is worth.
    """

    field: str
    term: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Similar:
    """Articles that share words with one, ranked by the worth of these and of the actors that they share.

    `least` is the worth of the shared words from which an article matches. Articles of the story with the number
    `story` (see `schema.story_number`), and those numbered in `without`, are none of them.
    """

    asked: Like
    words: tuple[Shared, ...]
    actors: tuple[Shared, ...]
    least: int
    story: int
    without: frozenset[int] = frozenset()


Value = Published | SpeakingOf | Trait | Length | Like
Node = (
    Everything
    | Nothing
    | Leaf
    | Field
    | AtLeast
    | First
    | Inside
    | Carrying
    | Similar
    | Value
    | And
    | AnyOf
    | Or
    | Not
)


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


def any_word(tree: Node) -> Node:
    """Return the tree that asks for any of the words and phrases that stand by themselves in a query.

    Fields, dates, exclusions and what is in parentheses are asked for as before; words joined by OR and nothing
    else are words by themselves. One word alone stays.
    """
    if isinstance(tree, Or) and (words := _bare(tree)):
        return AnyOf(words)
    if not isinstance(tree, And):
        return tree
    loose = [node for node in tree.nodes if isinstance(node, Leaf)]
    if len(loose) < 2:  # noqa: PLR2004  # one is no choice
        return tree
    rest = [node for node in tree.nodes if not isinstance(node, Leaf)]
    return conjunction([AnyOf(tuple(loose)), *rest])


def _bare(tree: Or) -> tuple[Leaf, ...]:
    """Return the leaves of an OR of leaves, and of words side by side; nothing when more is in it."""
    found: list[Leaf] = []
    for node in tree.nodes:
        parts = node.nodes if isinstance(node, And) else (node,)
        leaves = [part for part in parts if isinstance(part, Leaf)]
        if len(leaves) < len(parts):
            return ()
        found += leaves
    return tuple(found)


def negation(node: Node) -> Node:
    """Return the opposite of a node; twice is not at all."""
    return node.node if isinstance(node, Not) else Not(node)


def fields_in(tree: Node, name: str) -> Iterator[Field]:
    """Yield the parts of a tree that are bound to one field, excluded ones too, in order."""
    if isinstance(tree, And | Or):
        for node in tree.nodes:
            yield from fields_in(node, name)
    elif isinstance(tree, Not):
        yield from fields_in(tree.node, name)
    elif isinstance(tree, Field) and tree.name == name:
        yield tree


def likes_in(tree: Node) -> Iterator[Like]:
    """Yield the parts of a tree that ask for articles like one, excluded ones too, in order."""
    if isinstance(tree, And | Or):
        for node in tree.nodes:
            yield from likes_in(node)
    elif isinstance(tree, Not):
        yield from likes_in(tree.node)
    elif isinstance(tree, Like):
        yield tree


def replaced(tree: Node, by: Mapping[Field | Like, Node]) -> Node:
    """Return the tree with some of its field parts, or of those that ask for likeness, replaced by other nodes."""
    if isinstance(tree, And):
        return And(tuple(replaced(node, by) for node in tree.nodes))
    if isinstance(tree, Or):
        return Or(tuple(replaced(node, by) for node in tree.nodes))
    if isinstance(tree, Not):
        return Not(replaced(tree.node, by))
    return by.get(tree, tree) if isinstance(tree, Field | Like) else tree
