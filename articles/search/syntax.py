"""The query language, as a tree. Pure: no Django, no engine.

    annan syria            both words            annan OR lavrov        either
    "peace plan"           these words in a row  "plan syria"~5         at most 5 words between them
    -fighting, NOT word    without               (a OR b) c             grouping
    diplom*                words that begin so   title:annan            in one field: title, outlet, author, actor

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

import re
from dataclasses import dataclass
from enum import Enum, auto

from articles.search.analysis import has_words
from articles.search.tree import (
    And,
    Everything,
    Field,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Word,
    conjunction,
    disjunction,
    negation,
    render,
)

FIELDS = ("title", "outlet", "author", "actor")
LONGEST_QUERY = 2000  # characters; longer ones are pasted texts, which "more like this" serves better
MOST_LEAVES = 64  # words and phrases of one query: each costs a look-up in every segment of the index
DEEPEST = 20  # levels of parentheses
WIDEST = 100  # words between the words of a "..."~n
QUOTES = "\"“”„‟«»"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
OPERATORS = {"AND", "OR", "NOT", "&&", "||"}
SHORTEST_PREFIX = 2  # letters or digits before a *: one letter is a tenth of the vocabulary

SPACE = re.compile(r"\s+")
RUN = re.compile(rf"[^\s(){QUOTES}]+")
NEARNESS = re.compile(r"~(\d*)")
KNOWN_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE)
UNKNOWN_FIELD = re.compile(r"([^\W\d_]+):(?!//)(?=.)", re.DOTALL)
SINGLE_QUOTED = re.compile(r"‘([^‘’]*(?:’(?=[^\W_])[^‘’]*)*)’(?![^\W_])")
SPECIAL = re.compile(r"[*?~^]")
FUZZY = re.compile(r"(?<=[^\W_])~\d?$")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the query that was read otherwise than typed; `start` and `end` count its characters."""

    message: str
    start: int
    end: int


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


class Kind(Enum):
    """What a token is."""

    LEAF = auto()
    EVERYTHING = auto()
    FIELD = auto()
    NOT = auto()
    AND = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token with its place in the text. `leaf` is there for LEAF, `name` for FIELD."""

    kind: Kind
    start: int
    end: int
    leaf: Leaf | None = None
    name: str = ""


class Lexer:
    """Cuts a query into tokens. `faults` grows as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.found: list[Token] = []
        self.leaves = 0

    def tokens(self) -> list[Token]:
        """Return the tokens of the whole text."""
        at = 0
        limit = self._limit()
        while at < limit:
            at = self._next(at, limit)
            if self.leaves >= MOST_LEAVES and self.text[at:limit].strip():
                self._fault(f"A query can hold {MOST_LEAVES} words and phrases; the rest was left out.", at, limit)
                break
        return self.found

    def _limit(self) -> int:
        if len(self.text) <= LONGEST_QUERY:
            return len(self.text)
        cut = max(self.text.rfind(" ", 0, LONGEST_QUERY), 0) or LONGEST_QUERY
        self._fault(f"A query can be {LONGEST_QUERY} characters long; the rest was left out.", cut, len(self.text))
        return cut

    def _next(self, at: int, limit: int) -> int:
        character = self.text[at]
        if space := SPACE.match(self.text, at, limit):
            return space.end()
        if character in "()":
            self.found.append(Token(Kind.OPEN if character == "(" else Kind.CLOSE, at, at + 1))
            return at + 1
        if character in QUOTES:
            return self._quoted(at, limit)
        if single := SINGLE_QUOTED.match(self.text, at, limit):
            self._phrase(single.group(1), at, single.end(), None)
            return single.end()
        run = RUN.match(self.text, at, limit)
        assert run is not None  # every character is space, parenthesis, quote or part of a run
        return self._run(at, run.end())

    def _quoted(self, at: int, limit: int) -> int:
        close = next((place for place in range(at + 1, limit) if self.text[place] in QUOTES), None)
        if close is None:
            self._fault("The quotation marks are not closed; the phrase was read to the end.", at, limit)
            self._phrase(self.text[at + 1 : limit], at, limit, None)
            return limit
        within, end = None, close + 1
        if nearness := NEARNESS.match(self.text, end, limit):
            end = nearness.end()
            within = self._width(nearness.group(1), nearness.start(), end)
        self._phrase(self.text[at + 1 : close], at, end, within)
        return end

    def _width(self, digits: str, start: int, end: int) -> int | None:
        width = int(digits[:9] or 0)
        if not digits:
            self._fault('A ~ after a phrase needs a number, as in "peace plan"~5; it was left out.', start, end)
        elif width > WIDEST:
            self._fault(f"Words can stand at most {WIDEST} apart; that was taken.", start, end)
        return min(width, WIDEST) or None

    def _phrase(self, inside: str, start: int, end: int, within: int | None) -> None:
        words = " ".join(inside.split())
        if SPECIAL.search(words) and has_words(words):
            plain = " ".join(SPECIAL.sub(" ", words).split())
            if "*" in words:
                self._fault("Inside quotation marks a * has no meaning; it was left out.", start, end)
            words = plain
        self._leaf(Phrase(words, within), words, start, end)

    def _run(self, start: int, end: int) -> int:
        """Read a run of characters without spaces from its start; return where reading goes on."""
        run = self.text[start:end]
        if run in OPERATORS:
            kind = {"AND": Kind.AND, "&&": Kind.AND, "OR": Kind.OR, "||": Kind.OR, "NOT": Kind.NOT}[run]
            self.found.append(Token(kind, start, end))
            return end
        if run[0] in DASHES and self._binds(start, end):
            self.found.append(Token(Kind.NOT, start, start + 1))
            return start + 1
        if run[0] in "+‘’'" and len(run) > 1:
            return start + 1
        if known := KNOWN_FIELD.match(run):
            self.found.append(Token(Kind.FIELD, start, start + known.end(), name=known.group(1).lower()))
            return start + known.end()
        self._word(run, start, end)
        return end

    def _binds(self, start: int, end: int) -> bool:
        """Tell whether the dash at `start` stands before something to exclude."""
        follows = self.text[start + 1 : start + 2]
        return bool(self.text[start + 1 : end].strip(DASHES)) or (follows != "" and follows in "(" + QUOTES)

    def _word(self, run: str, start: int, end: int) -> None:
        if set(run) == {"*"}:
            self.found.append(Token(Kind.EVERYTHING, start, end))
            return
        if (unknown := UNKNOWN_FIELD.match(run)) and has_words(run[unknown.end() :]):
            names = ", ".join(FIELDS)
            self._fault(
                f"There is no field called {unknown.group(1)}; the fields are {names}. The words were looked for.",
                start,
                end,
            )
            middle = start + unknown.end()
            self._word(unknown.group(1), start, middle - 1)
            self._word(run[unknown.end() :], middle, end)
            return
        if fuzzy := FUZZY.search(run):
            self._fault("Words nearly alike (word~) cannot be looked for yet; the word itself was taken.", start, end)
            run = run[: fuzzy.start()]
        stars = len(run) - len(run.rstrip("*"))
        bare = run[: len(run) - stars]
        parts = [part for part in SPECIAL.split(bare) if has_words(part)]
        if SPECIAL.search(bare.rstrip("?")):
            self._fault(self._why_special(bare), start, end)
        elif len(parts) == 1:
            parts = [bare.rstrip("?^~") or bare]
        if not parts:
            self._leaf(Word(run), run, start, end)
            return
        for part in parts[:-1]:
            self._plain(part, start, end)
        if stars and sum(character.isalnum() for character in parts[-1]) >= SHORTEST_PREFIX:
            self._leaf(Prefix(parts[-1]), parts[-1], start, end)
            return
        if stars:
            self._fault(f"A * needs at least {SHORTEST_PREFIX} letters before it; the word itself was taken.", start, end)
        self._plain(parts[-1], start, end)

    @staticmethod
    def _why_special(bare: str) -> str:
        if "^" in bare:
            return "Words cannot be weighted with ^; they count alike."
        return "A * can stand only at the end of a word, ? and ~ nowhere inside; the parts were looked for as words."

    def _plain(self, word: str, start: int, end: int) -> None:
        """Add a word; one that would read as an operator, an exclusion or a field goes in quotation marks."""
        lexical = word in OPERATORS or word[0] in DASHES + "+‘’'" or KNOWN_FIELD.match(word)
        if lexical or ((field := UNKNOWN_FIELD.match(word)) and has_words(word[field.end() :])):
            self._leaf(Phrase(word), word, start, end)
        else:
            self._leaf(Word(word), word, start, end)

    def _leaf(self, leaf: Leaf, words: str, start: int, end: int) -> None:
        if not has_words(words):
            typed = self.text[start:end]
            self._fault(f"{typed} holds nothing that can be searched for; it was left out.", start, end)
            return
        self.found.append(Token(Kind.LEAF, start, end, leaf=leaf))
        self.leaves += 1

    def _fault(self, message: str, start: int, end: int) -> None:
        self.faults.append(Fault(message, start, end))


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
                    Fault(f"Parentheses go {DEEPEST} levels deep; this one was left out.", token.start, token.end)
                )
        elif token.kind is Kind.CLOSE:
            keep = open_levels.pop() if open_levels else False
            if not keep and len(open_levels) < DEEPEST:
                faults.append(Fault("A parenthesis closes that was never opened; it was left out.", token.start, token.end))
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
        token = self.token
        self.place += 1
        if token.kind is Kind.NOT:
            if self.token.kind in (Kind.AND, Kind.OR, Kind.CLOSE, Kind.END):
                self._dangling(token)
                return None
            part = self._unary()
            return None if part is None else negation(part)
        if token.kind is Kind.FIELD:
            return self._field(token)
        if token.kind is Kind.OPEN:
            return self._group(token)
        if token.kind is Kind.EVERYTHING:
            return Everything()
        assert token.leaf is not None  # only leaves are left: `balanced` took unmatched parentheses out
        return token.leaf

    def _group(self, token: Token) -> Node | None:
        inside = self.disjunction()
        if inside is None and self.tokens[self.place - 1] is token:
            self.faults.append(Fault("There is nothing between these parentheses.", token.start, self.token.end))
        self.place += 1  # the closing parenthesis, which `balanced` vouches for
        return inside

    def _field(self, token: Token) -> Node | None:
        if self.token.kind in (Kind.AND, Kind.OR, Kind.CLOSE, Kind.END):
            message = f"{token.name}: names a field, but no word follows; it was looked for as a word."
            self.faults.append(Fault(message, token.start, token.end))
            return Word(token.name)
        start = self.token
        part = self._unary()
        if isinstance(part, Everything):
            message = f"{token.name}:* asks for nothing in particular; it was left out."
            self.faults.append(Fault(message, token.start, start.end))
        return None if part is None else bound(part, token.name)

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
    if isinstance(node, Word | Phrase | Prefix):
        return Field(name, node)
    return node
