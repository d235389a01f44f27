"""The first step of reading a query: characters to tokens. Pure.

What cannot be searched for becomes a fault here; see `articles.search.syntax` for the language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from articles.search.analysis import has_words
from articles.search.tree import Leaf, Phrase, Prefix, Word

FIELDS = ("title", "outlet", "author", "actor", "office")
LONGEST_QUERY = 2000  # characters; longer ones are pasted texts, which "more like this" serves better
MOST_LEAVES = 64  # words and phrases of one query: each costs a look-up in every segment of the index
WIDEST = 100  # words between the words of a "..."~n
QUOTES = '"“”„‟«»'
NO_QUOTES = str.maketrans(QUOTES, " " * len(QUOTES))
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
LEADING = "+‘’'"  # what may stand before a word without a meaning of its own
OPERATORS = {"AND", "OR", "NOT", "&&", "||"}
SHORTEST_PREFIX = 2  # letters or digits before a *: one letter is a tenth of the vocabulary

SPACE = re.compile(r"\s+")
STOP = re.compile(rf"[\s(){QUOTES}]")
NEARNESS = re.compile(r"~(\d*)")
KNOWN_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE)
UNKNOWN_FIELD = re.compile(r"([^\W\d_]+):(?!//)(?=.)", re.DOTALL)
SINGLE_QUOTED = re.compile(r"‘([^‘’]*(?:’(?=[^\W_])[^‘’]*)*)’(?![^\W_])")
SPECIAL = re.compile(r"[*?~^]")
FUZZY = re.compile(r"(?<=[^\W_])~\d?$")
WEIGHT = re.compile(r"(?<=[^\W_])\^[\d.]*$")


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


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the query that was read otherwise than typed; `start` and `end` count its characters."""

    message: str
    start: int
    end: int


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
            if self.leaves == MOST_LEAVES and self.text[at:limit].strip():
                self._full(at, limit)
                break
        return self.found

    def _limit(self) -> int:
        if len(self.text) <= LONGEST_QUERY:
            return len(self.text)
        cut = max(self.text.rfind(" ", 0, LONGEST_QUERY), 0) or LONGEST_QUERY
        self._fault(
            f"A query can be {LONGEST_QUERY} characters long; the rest was left out.", cut, len(self.text)
        )
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
        stop = STOP.search(self.text, at, limit)
        return self._run(at, stop.start() if stop else limit)

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
            self._fault(
                'A ~ after a phrase needs a number, as in "peace plan"~5; it was left out.', start, end
            )
        elif width > WIDEST:
            self._fault(f"Words can stand at most {WIDEST} apart; that was taken.", start, end)
        return min(width, WIDEST) or None

    def _phrase(self, inside: str, start: int, end: int, within: int | None) -> None:
        words = " ".join(inside.translate(NO_QUOTES).split())
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
        if run[0] in LEADING and len(run) > 1:
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
        """Read a run that is a word, or words with a field's name before them that is none of ours."""
        while (unknown := UNKNOWN_FIELD.match(run)) and has_words(run[unknown.end() :]):
            name, names = unknown.group(1), ", ".join(FIELDS)
            message = f"There is no field called {name}; the fields are {names}. The words were looked for."
            self._fault(message, start, end)
            self._plain(name, start, start + len(name))
            run, start = run[unknown.end() :], start + unknown.end()
        if set(run) == {"*"}:
            self.found.append(Token(Kind.EVERYTHING, start, end))
            return
        run = self._undecorated(run, start, end)
        bare = run.rstrip("*")
        parts = [part for part in SPECIAL.split(bare) if has_words(part)]
        if SPECIAL.search(bare.rstrip("?")):
            message = "A * can stand only at the end of a word; the parts were looked for as words."
            self._fault(message, start, end)
            parts = [piece for part in parts for piece in part.split(":") if has_words(piece)]
        elif len(parts) == 1:
            parts = [bare.rstrip("?^~") or bare]
        parts = [part.lstrip(DASHES + LEADING) for part in parts]
        if not parts:
            self._leaf(Word(run), run, start, end)
            return
        for part in parts[:-1]:
            self._plain(part, start, end)
        self._last_part(parts[-1], start, end, starred=bare != run)

    def _undecorated(self, run: str, start: int, end: int) -> str:
        """Return the run without what other languages write after a word, which is not offered here."""
        if fuzzy := FUZZY.search(run):
            message = "Words nearly alike (word~) cannot be looked for yet; the word itself was taken."
            self._fault(message, start, end)
            return run[: fuzzy.start()]
        if weight := WEIGHT.search(run):
            self._fault("Words cannot be weighted with ^; they count alike.", start, end)
            return run[: weight.start()]
        return run

    def _last_part(self, part: str, start: int, end: int, *, starred: bool) -> None:
        if starred and sum(character.isalnum() for character in part) >= SHORTEST_PREFIX:
            self._leaf(Prefix(part), part, start, end)
            return
        if starred:
            message = f"A * needs at least {SHORTEST_PREFIX} letters before it; the word itself was taken."
            self._fault(message, start, end)
        self._plain(part, start, end)

    def _plain(self, word: str, start: int, end: int) -> None:
        """Add a word; one that would read as an operator, an exclusion or a field goes in quotation marks."""
        lexical = word in OPERATORS or word[0] in DASHES + LEADING or KNOWN_FIELD.match(word)
        if lexical or ((field := UNKNOWN_FIELD.match(word)) and has_words(word[field.end() :])):
            self._leaf(Phrase(word), word, start, end)
        else:
            self._leaf(Word(word), word, start, end)

    def _leaf(self, leaf: Leaf, words: str, start: int, end: int) -> None:
        if not has_words(words):
            typed = self.text[start:end]
            self._fault(f"{typed} holds nothing that can be searched for; it was left out.", start, end)
            return
        if self.leaves == MOST_LEAVES:
            self._full(start, end)
            return
        self.found.append(Token(Kind.LEAF, start, end, leaf=leaf))
        self.leaves += 1

    def _full(self, start: int, end: int) -> None:
        fault = Fault(f"A query can hold {MOST_LEAVES} words; the rest was left out.", start, end)
        if fault not in self.faults[-1:]:
            self.faults.append(fault)

    def _fault(self, message: str, start: int, end: int) -> None:
        self.faults.append(Fault(message, start, end))
