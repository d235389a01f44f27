"""The first step of reading a query: characters to tokens. Pure.

What cannot be searched for becomes a fault here; see `articles.search.syntax` for the language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from articles.search import values
from articles.search.analysis import has_words, query_terms
from articles.search.tree import Fuzzy, Leaf, Phrase, Prefix, Value, Wildcard, Word

FIELDS = (
    "title",
    "outlet",
    "author",
    "actor",
    "office",
    "speaker",
    "quote",
    "source",
    "place",
    "tag",
    "collection",
)
UNITS = ("sentence", "paragraph")
LONGEST_QUERY = 2000  # characters; longer ones are pasted texts, which "more like this" serves better
MOST_LEAVES = 64  # words and phrases of one query: each costs a look-up in every segment of the index
WIDEST = 100  # words between the words of a "..."~n
QUOTES = '"“”„‟«»'
NO_QUOTES = str.maketrans(QUOTES, " " * len(QUOTES))
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
LEADING = "+‘’'"  # what may stand before a word without a meaning of its own
OPERATORS = {"AND", "OR", "NOT", "&&", "||"}
SHORTEST_PREFIX = 2  # letters or digits with a * or ?: one letter is a tenth of the vocabulary
SHORTEST_FUZZY = 3  # letters or digits before a ~: every word of two is nearly like hundreds
MOST_OPEN = 10  # words with *, ? or ~ of one query: each is held against every word of the archive
MOST_EDITS = 2  # letters: three off, and Hassan is Kazan
TWO_EDITS_FROM = 6  # letters or digits of a word that a lone ~ gives two: shorter ones become other words

SPACE = re.compile(r"\s+")
STOP = re.compile(rf"[\s(){QUOTES}]")
NEARNESS = re.compile(r"~(\d*)")
SCOPES = (*FIELDS, *UNITS, r"atleast[1-9][0-9]{0,2}", r"first[1-9][0-9]{0,4}")
KNOWN_FIELD = re.compile(rf"({'|'.join(SCOPES)}):", re.IGNORECASE)
VALUE_FIELD = re.compile(rf"({'|'.join(values.NAMES)}):", re.IGNORECASE)
# What stands behind date: and the like, perhaps after a space or in quotation marks.
VALUE = re.compile(
    rf"\s*(?P<sign>[<>]=?|[≤≥])?\s*(?:[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]|(?P<bare>[^\s(){QUOTES}]+))"
)
UNKNOWN_FIELD = re.compile(r"([^\W\d_]+):(?!//)(?=.)", re.DOTALL)
PLAIN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
SINGLE_QUOTED = re.compile(r"‘([^‘’]*(?:’(?=[^\W_])[^‘’]*)*)’(?![^\W_])")
SPECIAL = re.compile(r"[*?~^]")
FORM = re.compile(r"(?:[^\W_]|[*?])(?:[^\W_]|[*?'’\-\u2010\u2011])*")
FUZZY = re.compile(r"(?<=[^\W_])~([0-9]?)$")
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
    leaf: Leaf | Value | None = None
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
        self.open = 0

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
        return self._run(at, stop.start() if stop else limit, limit)

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

    def _run(self, start: int, end: int, limit: int) -> int:  # noqa: PLR0911  # one line for each kind of run
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
        if valued := VALUE_FIELD.match(run):
            return self._value(valued.group(1).lower(), start, start + valued.end(), limit)
        if (unknown := UNKNOWN_FIELD.match(run)) and _named(run[unknown.end() :]):
            return self._unknown(unknown.group(1), start, end)
        self._word(run, start, end)
        return end

    def _unknown(self, name: str, start: int, end: int) -> int:
        """Read a name of no field of ours as a word; return the place after its colon."""
        names = ", ".join((*FIELDS, *values.NAMES))
        message = f"There is no field called {name}; the fields are {names}. The words were looked for."
        self._fault(message, start, end)
        self._plain(name, start, start + len(name))
        return start + len(name) + 1

    def _value(self, name: str, start: int, colon: int, limit: int) -> int:
        """Read the value behind a name such as date: (`colon` is the place after it); return where it ends."""
        found = VALUE.match(self.text, colon, limit)
        if found is None or found["bare"] in OPERATORS:
            message = f"{name}: names a field, but no value follows; it was looked for as a word."
            self._fault(message, start, colon)
            self._plain(name, start, colon)
            return colon
        inside = found["bare"] if found["quoted"] is None else found["quoted"].strip()
        typed = (found["sign"] or "") + inside
        reading = values.read_value(name, typed)
        if reading.fault:
            taken = "" if reading.node else " The words were looked for."
            self._fault(reading.fault + taken, start, found.end())
        if reading.node is not None:
            self._add(reading.node, start, found.end())
            return found.end()
        self._plain(name, start, colon)
        if PLAIN.fullmatch(inside):
            self._plain(inside, start, found.end())
        elif has_words(inside):
            self._phrase(inside, start, found.end(), None)
        return found.end()

    def _binds(self, start: int, end: int) -> bool:
        """Tell whether the dash at `start` stands before something to exclude."""
        follows = self.text[start + 1 : start + 2]
        return bool(self.text[start + 1 : end].strip(DASHES)) or (follows != "" and follows in "(" + QUOTES)

    def _word(self, run: str, start: int, end: int) -> None:
        """Read a run that is a word, or words with a field's name before them that is none of ours."""
        while (unknown := UNKNOWN_FIELD.match(run)) and has_words(run[unknown.end() :]):
            start = self._unknown(unknown.group(1), start, end)
            run = run[unknown.end() :]
        if set(run) == {"*"}:
            self.found.append(Token(Kind.EVERYTHING, start, end))
            return
        run = self._unweighted(run, start, end)
        if (fuzzy := FUZZY.search(run)) and self._fuzzy(run[: fuzzy.start()], fuzzy.group(1), start, end):
            return
        run = FUZZY.sub("", run)
        asked = run.rstrip("?")
        if (
            re.search(r"[*?]", asked.rstrip("*"))
            and FORM.fullmatch(asked)
            and _letters(asked) >= SHORTEST_PREFIX
        ):
            self._leaf(Wildcard(re.sub(r"\*+", "*", asked)), asked, start, end)
            return
        self._ending(run, start, end)

    def _ending(self, run: str, start: int, end: int) -> None:
        """Read a word that may end in a *; what else is no letter in it parts it into several, with a fault."""
        bare = run.rstrip("*")
        parts = [part for part in SPECIAL.split(bare) if has_words(part)]
        if SPECIAL.search(bare.rstrip("?")):
            message = (
                f"A * or ? needs a word of letters around it, at least {SHORTEST_PREFIX}; the parts were"
                " looked for as words."
            )
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

    def _unweighted(self, run: str, start: int, end: int) -> str:
        """Return the run without the weight that other languages write after a word."""
        if weight := WEIGHT.search(run):
            self._fault("Words cannot be weighted with ^; they count alike.", start, end)
            return run[: weight.start()]
        return run

    def _fuzzy(self, word: str, digit: str, start: int, end: int) -> bool:
        """Add a word to be looked for with what is nearly like it; False, with a fault, when it cannot be."""
        word = word.lstrip(DASHES + LEADING)
        terms = query_terms(word)
        single = len(terms) == 1 and (len(terms[0].whole) == 1 or terms[0].joined is not None)
        if not single or SPECIAL.search(word) or _letters(word) < SHORTEST_FUZZY or digit == "0":
            message = (
                f"A ~ looks for words nearly like one word of at least {SHORTEST_FUZZY} letters; here it was"
                " left out."
            )
            self._fault(message, start, end)
            return False
        edits = int(digit or (2 if _letters(word) >= TWO_EDITS_FROM else 1))
        if edits > MOST_EDITS:
            self._fault(f"Words can differ by at most {MOST_EDITS} letters; that was taken.", start, end)
        self._leaf(Fuzzy(word, min(edits, MOST_EDITS)), word, start, end)
        return True

    def _last_part(self, part: str, start: int, end: int, *, starred: bool) -> None:
        if starred and _letters(part) >= SHORTEST_PREFIX:
            if _named(part) or UNKNOWN_FIELD.match(part) or part.endswith(":"):
                # What would read as a field is none here: the parts are words.
                *before, part = (piece for piece in part.split(":") if has_words(piece))
                for piece in before:
                    self._plain(piece.lstrip(DASHES + LEADING), start, end)
                part = part.lstrip(DASHES + LEADING)
            short = _letters(part) < SHORTEST_PREFIX
            self._leaf(Word(part) if short else Prefix(part), part, start, end)
            return
        if starred:
            message = f"A * needs at least {SHORTEST_PREFIX} letters before it; the word itself was taken."
            self._fault(message, start, end)
        self._plain(part, start, end)

    def _plain(self, word: str, start: int, end: int) -> None:
        """Add a word; one that would read as an operator, an exclusion or a field goes in quotation marks."""
        lexical = word in OPERATORS or word[0] in DASHES + LEADING
        if (
            lexical
            or _named(word)
            or ((field := UNKNOWN_FIELD.match(word)) and has_words(word[field.end() :]))
        ):
            self._leaf(Phrase(word), word, start, end)
        else:
            self._leaf(Word(word), word, start, end)

    def _leaf(self, leaf: Leaf, words: str, start: int, end: int) -> None:
        if not has_words(words):
            typed = self.text[start:end]
            self._fault(f"{typed} holds nothing that can be searched for; it was left out.", start, end)
            return
        self._add(leaf, start, end)

    def _add(self, leaf: Leaf | Value, start: int, end: int) -> None:
        if self.leaves == MOST_LEAVES:
            self._full(start, end)
            return
        if isinstance(leaf, Prefix | Wildcard | Fuzzy):
            self.open += 1
            if self.open > MOST_OPEN:
                typed = self.text[start:end]
                message = f"A query can hold {MOST_OPEN} words with *, ? or ~; {typed} was left out."
                self._fault(message, start, end)
                return
        self.found.append(Token(Kind.LEAF, start, end, leaf=leaf))
        self.leaves += 1

    def _full(self, start: int, end: int) -> None:
        fault = Fault(f"A query can hold {MOST_LEAVES} words; the rest was left out.", start, end)
        if fault not in self.faults[-1:]:
            self.faults.append(fault)

    def _fault(self, message: str, start: int, end: int) -> None:
        self.faults.append(Fault(message, start, end))


def _named(run: str) -> bool:
    """Tell whether a run begins with one of our names and a colon."""
    return bool(KNOWN_FIELD.match(run) or VALUE_FIELD.match(run))


def _letters(word: str) -> int:
    return sum(character.isalnum() for character in word)
