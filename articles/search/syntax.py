"""The query language, as a tree. Pure: no Django, no engine.

    annan syria            both words            annan OR lavrov        either
    "peace plan"           these words in a row  "plan syria"~5         at most 5 words between them
    -fighting, NOT word    without               (a OR b) c             grouping
    diplom*                words that begin so   w?rd, w*rd             words of this form
    brahimi~, brahimi~1    words nearly alike    title:annan            in one of `lexer.FIELDS`
    atleast3:annan         so often              first50:annan          among the first words
    sentence:(annan assad) in one sentence       paragraph:(a b -c)     in one paragraph
    date:2012-07..2012-09  event:2012-06-30  is:partial  has:quotes  lang:en  words:>500
                           see `articles.search.values`

`parse` never raises. Whatever it cannot read it reads in the nearest sensible way and says so in a `Fault`;
nothing that was typed is dropped without one. `render` writes a tree back as a query that parses to the
same tree without faults: that is the repaired query. AND binds tighter than OR; OR, AND and NOT are
operators in capitals only.

Reading goes in three steps:

1. `Lexer` cuts the text into tokens; what cannot be searched for becomes a fault here.
2. `balanced` mends the parentheses.
3. `Reader` builds the tree by recursive descent: OR over AND over NOT, field and group.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.search.analysis import ACRONYM_LENGTH
from articles.search.lexer import FIELDS, UNITS, Fault, Kind, Lexer, Token
from articles.search.query_text import render
from articles.search.tree import (
    And,
    AtLeast,
    Everything,
    Field,
    First,
    Inside,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Word,
    conjunction,
    disjunction,
    negation,
)

__all__ = ["FIELDS", "Fault", "Parsed", "parse"]

DEEPEST = 20  # levels of parentheses
SHORTEST_SHOUT = 4  # words in capitals that may be a sentence; fewer are names
ENDS = (Kind.AND, Kind.OR, Kind.CLOSE, Kind.END)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's tree, what was wrong with it, and how it should have been written."""

    text: str
    tree: Node
    faults: tuple[Fault, ...]

    @property
    def repaired(self) -> str | None:
        """The query without its faults; None when there are none, or when nothing is left."""
        if not self.faults or isinstance(self.tree, Nothing):
            return None
        return render(self.tree)


def parse(text: str) -> Parsed:
    """Read a query. Never raises; see the module's description."""
    lexer = Lexer(text)
    tokens = balanced(lexer.tokens(), lexer.faults)
    tree = Reader(tokens, lexer.faults).disjunction()
    if tree is None:
        tree = Nothing() if text.strip() else Everything()
    faults = tuple(sorted(lexer.faults, key=lambda fault: (fault.start, fault.end)))
    return Parsed(text, tree, faults)


def unshouted(text: str) -> str:
    """Return a query typed all in capitals in small letters, so that WHO and IS are no acronyms, OR no operator.

    A few capitals are names (US UN) or operators: it takes several words and one too long for an acronym.
    """
    words = text.split()
    shouted = len(words) >= SHORTEST_SHOUT and text.upper() == text and text.lower() != text
    return text.lower() if shouted and any(len(word) > ACRONYM_LENGTH for word in words) else text


def balanced(tokens: list[Token], faults: list[Fault]) -> list[Token]:
    """Return the tokens with parentheses that match, at most DEEPEST levels deep."""
    kept: list[Token] = []
    open_levels: list[bool] = []  # whether the parenthesis was kept
    for token in tokens:
        if token.kind is Kind.OPEN:
            keep = len(open_levels) < DEEPEST
            open_levels.append(keep)
            if not keep:
                faults.append(
                    Fault(
                        f"Parentheses go {DEEPEST} levels deep; this one was left out.",
                        token.start,
                        token.end,
                    )
                )
        elif token.kind is Kind.CLOSE:
            keep = open_levels.pop() if open_levels else False
            if not keep and len(open_levels) < DEEPEST:
                faults.append(
                    Fault(
                        "A parenthesis closes that was never opened; it was left out.", token.start, token.end
                    )
                )
        else:
            keep = True
        if keep:
            kept.append(token)
    end = tokens[-1].end if tokens else 0
    for _ in range(sum(open_levels)):
        faults.append(Fault("A parenthesis is not closed; it was closed at the end.", end, end))
        kept.append(Token(Kind.CLOSE, end, end))
    return [*kept, Token(Kind.END, end, end)]


class Reader:
    """Builds the tree. Each method reads from `place` on and leaves it after what it read."""

    def __init__(self, tokens: list[Token], faults: list[Fault]) -> None:
        self.tokens = tokens
        self.faults = faults
        self.place = 0

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.place]

    def disjunction(self) -> Node | None:
        """Read parts joined by OR; None when nothing is there."""
        start = self.token.start
        parts: list[Node] = []
        mixed = False
        part, bare = self._conjunction()
        while True:
            if part is not None:
                parts.append(part)
                mixed = mixed or bare
            if self.token.kind is not Kind.OR:
                break
            operator = self.token
            self.place += 1
            following, bare = self._conjunction()
            if part is None and not parts:
                self._dangling(operator)
            if following is None:
                self._dangling(operator)
            part = following
        if not parts:
            return None
        if len(parts) > 1 and mixed:
            message = "AND binds tighter than OR here; parentheses make it plain."
            self.faults.append(Fault(message, start, self.token.start))
        return disjunction(parts)

    def _conjunction(self) -> tuple[Node | None, bool]:
        """Read parts side by side or joined by AND; and whether they are several, without parentheses."""
        parts: list[Node] = []
        operator: Token | None = None
        while self.token.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self.token.kind is Kind.AND:
                if operator is not None or not parts:
                    self._dangling(self.token)
                operator = self.token
                self.place += 1
                continue
            part = self._unary()
            if part is not None:
                parts.append(part)
                operator = None
        if operator is not None and parts:
            self._dangling(operator)
        return (conjunction(parts), len(parts) > 1) if parts else (None, False)

    def _unary(self) -> Node | None:
        """Read a leaf or a group with what stands before it: any number of NOTs and fields' names."""
        before: list[Token] = []
        while self.token.kind in (Kind.NOT, Kind.FIELD):
            before.append(self.token)
            self.place += 1
        part = self._operand(before)
        if part is None:
            for token in before:
                self._dangling(token)
            return None
        for token in reversed(before):
            part = negation(part) if token.kind is Kind.NOT else self._bound(part, token)
        return part

    def _operand(self, before: list[Token]) -> Node | None:
        token = self.token
        if token.kind in ENDS:
            return self._missing(before)
        self.place += 1
        if token.kind is Kind.OPEN:
            return self._group(token)
        return Everything() if token.kind is Kind.EVERYTHING else token.leaf

    def _missing(self, before: list[Token]) -> Node | None:
        """Nothing follows: a field's name was meant as a word, a NOT is left out."""
        last = before[-1]
        if last.kind is Kind.FIELD:
            before.pop()
            message = f"{last.name}: names a field, but no word follows; it was looked for as a word."
            self.faults.append(Fault(message, last.start, last.end))
            return Word(last.name)
        return None

    def _bound(self, part: Node, token: Token) -> Node:
        whole = inside(part, token.name) if token.name in UNITS else bound(part, token.name)
        if whole == part:
            why = "asks for nothing in particular"
            if not isinstance(part, Everything):
                why = "takes words and phrases alone" if token.name in UNITS else "is overruled"
            self.faults.append(
                Fault(f"{token.name}: {why} here; it was left out.", token.start, token.end + 1)
            )
        return whole

    def _group(self, token: Token) -> Node | None:
        inside = self.disjunction()
        if inside is None and self.tokens[self.place - 1] is token:
            self.faults.append(
                Fault("There is nothing between these parentheses.", token.start, self.token.end)
            )
        self.place += 1  # the closing parenthesis, which `balanced` vouches for
        return inside

    def _dangling(self, token: Token) -> None:
        message = "An operator has nothing on one side; it was left out."
        fault = Fault(message, token.start, token.end)
        if fault not in self.faults:
            self.faults.append(fault)


def bound(node: Node, name: str) -> Node:
    """Return the node with its leaves bound to a field; a field named further inside stands."""
    if isinstance(node, And):
        return conjunction([bound(part, name) for part in node.nodes])
    if isinstance(node, Or):
        return disjunction([bound(part, name) for part in node.nodes])
    if isinstance(node, Not):
        return negation(bound(node.node, name))
    return scoped(node, name) if isinstance(node, Leaf) else node


def scoped(leaf: Leaf, name: str) -> Node:
    """Return a leaf under a name: a field, or atleast and first with their number."""
    if name.startswith("atleast"):
        return AtLeast(int(name.removeprefix("atleast")), leaf)
    if name.startswith("first"):
        return First(int(name.removeprefix("first")), leaf)
    return Field(name, leaf)


def inside(node: Node, unit: str) -> Node:
    """Return the node as what one sentence or paragraph is to hold; the node itself where that cannot be."""
    if isinstance(node, Not):
        whole = inside(node.node, unit)
        return node if whole == node.node else Not(whole)
    return Inside(unit, node) if _fits_inside(node) else node


def _fits_inside(node: Node) -> bool:
    """Tell whether it is made of leaves alone, and of exclusions only beside what they are excluded from."""
    if isinstance(node, Or):
        return all(map(_fits_inside, node.nodes))
    if isinstance(node, And):
        wanted = [part for part in node.nodes if not isinstance(part, Not)]
        unwanted = [part.node for part in node.nodes if isinstance(part, Not)]
        return bool(wanted) and all(map(_fits_inside, [*wanted, *unwanted]))
    return isinstance(node, Leaf)
