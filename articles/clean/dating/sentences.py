"""A body as sentences of words, each with its place: what every search for evidence reads."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import chain
from operator import attrgetter, itemgetter, or_

from articles.clean.dating.expressions import TimeExpression, clues_of, find_expressions
from articles.clean.dating.lexicons import words

# Between two paragraphs of `CleanArticle.body` stands one blank line.
PARAGRAPH_BREAK = "\n\n"
# A "sentence" longer than this many characters is a list or a page without full stops; it is cut, so that two
# things far apart never count as said together.
LONGEST_SENTENCE = 500
# Shorter words ending in "s" ("was", "his") have no possessive ending.
SHORTEST_OWNER = 3

_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])")
_LAST_WORD = re.compile(r"([^\s.]+(?:\.[^\s.]+)*)\.[\"'”’)\]]*\s*$")
# Initials with their dots, a word with its apostrophes, a figure. Latin letters, nearly all there are, are told
# twice as fast as letters of any script.
_WORD = re.compile(r"[^\W\d_](?:\.(?:[^\W\d_]\.)+|[A-Za-z]*[^\W\d_]*(?:['’][^\W\d_]+)*)|\d+(?:[.,]\d+)*")
_START_OF, _END_OF = itemgetter(0), itemgetter(1)
_FOLDED_OF, _CLUES_OF = attrgetter("folded"), attrgetter("clues")
_APOSTROPHES = str.maketrans("", "", "'’.")


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word as it may stand anywhere: as folded for comparison and as written without dots.

    The same writing is the same object while it is remembered, so words are compared by identity.
    `bare` is the folded word without a possessive ending, "" where it has none; `clues` are the forms of
    time expressions that it may be part of.
    """

    folded: str
    written: str
    bare: str
    clues: int

    @property
    def capital(self) -> bool:
        """True when it begins with a capital."""
        return self.written[0].isupper()


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence; `start` is its offset in the body, `number` counts from 0 through the body."""

    text: str
    start: int
    number: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words from left to right; hyphens part words, apostrophes and the dots of "U.S." go."""
        return tuple(chain.from_iterable(map(_words_of, self.text.split())))

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where each of its words starts and ends, counted from the beginning of the sentence."""
        return tuple(match.span() for match in _WORD.finditer(self.text))

    @cached_property
    def folded(self) -> frozenset[str]:
        """The folded words as a set."""
        return frozenset(map(_FOLDED_OF, self.words))

    @cached_property
    def clues(self) -> int:
        """The clues of its words together: which forms of time may stand in it."""
        return reduce(or_, map(_CLUES_OF, self.words), 0)

    @cached_property
    def expressions(self) -> tuple[TimeExpression, ...]:
        """Its time expressions from left to right; most searches read them, so they are found once."""
        return find_expressions(self.text, self.start, self.clues)

    def has_any(self, listed: frozenset[str]) -> bool:
        """True when one of the folded words is in the list."""
        return not listed.isdisjoint(self.folded)

    def words_before(self, offset: int) -> list[str]:
        """The last two folded words that end at the offset in the body or before it."""
        last = self.ended_by(offset)
        return [word.folded for word in self.words[max(0, last - 2) : last]]

    def ended_by(self, offset: int) -> int:
        """How many of its words end at the offset in the body or before it."""
        return bisect_right(self.places, offset - self.start, key=_END_OF)

    def begun_by(self, offset: int) -> int:
        """How many of its words begin before the offset in the body."""
        return bisect_left(self.places, offset - self.start, key=_START_OF)


def split_body(paragraphs: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences of a body; offsets count in its paragraphs joined by a blank line."""
    found: list[Sentence] = []
    offset = 0
    for paragraph in paragraphs:
        for start, end in _spans(paragraph):
            found.append(Sentence(paragraph[start:end], offset + start, len(found)))
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return tuple(found)


def fold(text: str) -> str:
    """A word or phrase for comparison: small letters, no accents, no apostrophes, no dots in initials."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(character for character in text if not unicodedata.combining(character))
    return text.translate(_APOSTROPHES).casefold()


# Pages of news share most of their words; so many are remembered, some 10 MB of them. With their punctuation
# there are more of them, but no word goes over white space, and to look them up is far cheaper than to find them.
@lru_cache(maxsize=32_768)
def _words_of(token: str) -> tuple[Word, ...]:
    """The words in a stretch of text without white space: "Rub' al-Khali," gives two of its own, "al" and "Khali"."""
    return tuple(map(_word, _WORD.findall(token)))


@lru_cache(maxsize=32_768)
def _word(written: str) -> Word:
    clues = clues_of(written)
    if written[0].isdigit():
        figure = written.replace(",", "")
        return Word(figure, figure, "", clues)
    folded, plain = fold(written), written.replace(".", "")
    # Also where a scraper ate the apostrophe of "Assad's".
    possessive = len(folded) > SHORTEST_OWNER and folded.endswith("s")
    owner = possessive and (plain[0].isupper() or "'" in plain)
    return Word(folded, plain, folded[:-1] if owner else "", clues)


def _spans(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(paragraph):
        if not _is_abbreviation(paragraph, match):
            yield from _cut(paragraph, start, match.end())
            start = match.end()
    yield from _cut(paragraph, start, len(paragraph))


def _is_abbreviation(paragraph: str, match: re.Match[str]) -> bool:
    before = _LAST_WORD.search(paragraph[max(0, match.start() - 20) : match.end()])
    if before is None:
        return False
    word = before[1].casefold()
    return len(word) == 1 or "." in word or word in words("language", "abbreviations")


def _cut(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without outer white space, in pieces of at most LONGEST_SENTENCE, parted at spaces."""
    while start < end:
        stop = end
        if end - start > LONGEST_SENTENCE:
            space = paragraph.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            stop = space if space > start else start + LONGEST_SENTENCE
        piece = paragraph[start:stop]
        inner = piece.strip()
        if inner:
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, start + lead + len(inner)
        start = stop
