"""The tree of a query: what to look for, without a word on how it was typed. Pure.

`render` writes a tree back in the language of `articles.search.syntax`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from articles.search.partial_date import days_as_text


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


def published_parts(tree: Node) -> bool:
    """Tell whether any part of a tree asks for days; days in office are a matter of who is meant."""
    if isinstance(tree, And | Or):
        return not _in_office(tree) and any(published_parts(node) for node in tree.nodes)
    return published_parts(tree.node) if isinstance(tree, Not) else isinstance(tree, Published)


def dates_lifted(tree: Node, instead: Node) -> Node:
    """Return the tree that takes another node as well wherever it asks for days.

    What days exclude stays excluded, and days in office stand.
    """
    if isinstance(tree, And) and not _in_office(tree):
        return And(tuple(dates_lifted(node, instead) for node in tree.nodes))
    if isinstance(tree, Or):
        return Or(tuple(dates_lifted(node, instead) for node in tree.nodes))
    return Or((tree, instead)) if isinstance(tree, Published) else tree


def undated_instead(tree: Node) -> Node:
    """Return the tree for the undated articles that its days alone keep out."""
    undated = Trait("is", "undated")
    if isinstance(tree, Published):
        return undated
    if isinstance(tree, And) and any(isinstance(node, Published) for node in tree.nodes):
        rest = [node for node in tree.nodes if not isinstance(node, Published)]
        return conjunction([*(dates_lifted(node, undated) for node in rest), undated])
    return conjunction([dates_lifted(tree, undated), negation(tree), undated])


def _in_office(tree: And | Or) -> bool:
    return any(isinstance(node, Carrying) and node.asked.name == "office" for node in tree.nodes)


def negation(node: Node) -> Node:
    """Return the opposite of a node; twice is not at all."""
    return node.node if isinstance(node, Not) else Not(node)


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
