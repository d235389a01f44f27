"""A text as the stream of words that Tantivy indexes, and where the words of stored streams stand.

Tantivy gives every token between blanks the next position and takes no two at one position; ours has
two where a word is also found by another form (cease-fire: the words cease and fire, and ceasefire at both). So
every position of ours is two tokens: the word, then its other form with a `=` before it, or FILLER.

    the cease-fire held    the _ cease =ceasefire fire =ceasefire held _

PARAGRAPH stands between paragraphs, which keeps phrases from running across. Both are stop words to Tantivy:
they take up their position and nothing else.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, compress, pairwise
from typing import NamedTuple

from articles.search.analysis import PARAGRAPH_BREAK, PARAGRAPH_GAP, TOKEN, pieces_of, sentences_of

FILLER = "_"
PARAGRAPH = "|"
OTHER_FORM = "="
BETWEEN = f"{PARAGRAPH} {FILLER}"  # of two paragraphs
WIDTH = 8  # bytes of a number

# What may stand around a word between two blanks without being part of it; what else is there is looked at closely.
AROUND = ".,;:!?()[]\"'“”‘’«»…–—"

# Stretches between blanks that are remembered until so many others were met: some 60 MB, and as much again for those
# met before. 20,000 articles of the generated archive have 220,000 of them.
REMEMBERED = 150_000
LONGEST_REMEMBERED = 100  # characters: no word is longer, but encoded pictures are, without a blank


@dataclass(frozen=True, slots=True)
class Stream:
    """What is indexed of a text.

    `words` is what Tantivy is given. `numbers` has eight bytes for each position, `others` sixteen for each further
    form: its position, and its number (`number_of`). `paragraphs` and `sentences` are the positions at which they
    begin, the gaps between paragraphs counted; in the others they are not.
    """

    words: str
    numbers: bytes
    others: bytes
    paragraphs: array[int]
    sentences: array[int]


class Cut(NamedTuple):
    """What a stretch between blanks becomes: the same as in a `Stream`, `others` with positions within the stretch."""

    tokens: str
    numbers: bytes
    others: tuple[tuple[int, bytes], ...]


BREAK = "\n\n"  # stands among stretches for the end of a paragraph: none of them has a blank inside


class Remembered(dict[str, Cut]):
    """What stretches become, made when one is first met; those not met for long are forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[str, Cut] = {}

    def __missing__(self, stretch: str) -> Cut:
        if len(stretch) > LONGEST_REMEMBERED:
            return _cut(stretch)
        if len(self) > REMEMBERED:
            self._before = self.copy()
            self.clear()
        self[stretch] = made = self._before.get(stretch) or self._made(stretch)
        return made

    def _made(self, stretch: str) -> Cut:
        """Cut a stretch. What is a plain word within shares the cut of that word, so that it is near when needed."""
        word = stretch.strip(AROUND)
        if not (word.isascii() and word.isalpha()) or word.isupper():
            return _cut(stretch)
        lower = word.lower()
        return self[lower] if lower != stretch else Cut(f"{word} {FILLER}", _digest(word), ())


def _cut(stretch: str) -> Cut:
    """Return what a stretch becomes, two tokens to a position; no word of ours has a blank inside."""
    if stretch == BREAK:
        return Cut(BETWEEN, b"", ())
    tokens = " ".join(_tokens_of_surface(surface) for surface in TOKEN.findall(stretch))
    row = tokens.split()
    others = ((place, form) for place, form in enumerate(row[1::2]) if form != FILLER)
    return Cut(
        tokens,
        b"".join(map(_digest, row[::2])),
        tuple((place, _digest(form.removeprefix(OTHER_FORM))) for place, form in others),
    )


def _tokens_of_surface(surface: str) -> str:
    pieces = pieces_of(surface)
    tokens = [FILLER] * (2 * pieces.width)
    for piece in pieces.terms:
        place = 2 * piece.offset
        if tokens[place] == FILLER:
            tokens[place] = piece.term
        else:
            tokens[place + 1] = OTHER_FORM + piece.term
    return " ".join(tokens)


def number_of(word: str) -> int:
    """Return the number that stands for a word: 64 bits of its digest, which no two words of an archive share."""
    return int.from_bytes(_digest(word), "little")


def _digest(word: str) -> bytes:
    return blake2b(word.encode(errors="surrogatepass"), digest_size=WIDTH).digest()


_known = Remembered()


def stream_of(text: str) -> Stream:
    """Return what is indexed of a text, with its breaks.

    1. Cut the text into paragraphs, these into sentences, these at blanks; note before which stretch each begins.
    2. Look up what the stretches become. 3. Say in positions what was noted; a sentence without words begins nowhere.
    """
    # 1.
    stretches: list[str] = []
    paragraphs: list[int] = []
    sentences: list[int] = []
    gaps: list[int] = []  # the positions left free before each sentence
    for order, paragraph in enumerate(PARAGRAPH_BREAK.split(text)):
        if order:
            stretches.append(BREAK)
        paragraphs.append(len(stretches))
        for sentence in sentences_of(paragraph):
            sentences.append(len(stretches))
            gaps.append(PARAGRAPH_GAP * order)
            stretches += sentence.split()
    if not stretches:
        return Stream("", b"", b"", array("I", [0]), array("I"))
    # 2.
    tokens, numbers, forms = zip(*map(_known.__getitem__, stretches), strict=True)
    # 3.
    ends = [0, *accumulate(map(len, numbers))]  # in bytes
    begun = pairwise([*(ends[first] // WIDTH for first in sentences), ends[-1] // WIDTH])
    return Stream(
        " ".join(tokens),
        b"".join(numbers),
        b"".join(
            (end // WIDTH + offset).to_bytes(WIDTH, "little") + number
            for end, others in compress(zip(ends, forms, strict=False), forms)
            for offset, number in others
        ),
        array("I", [ends[first] // WIDTH + PARAGRAPH_GAP * order for order, first in enumerate(paragraphs)]),
        array("I", [first + gap for (first, end), gap in zip(begun, gaps, strict=True) if first < end]),
    )


def words_of(text: str) -> str:
    """Return the stream of a text whose sentences are not asked for."""
    stretches: list[str] = []
    for order, paragraph in enumerate(PARAGRAPH_BREAK.split(text)):
        if order:
            stretches.append(BREAK)
        stretches += paragraph.split()
    return " ".join([_known[stretch].tokens for stretch in stretches])
