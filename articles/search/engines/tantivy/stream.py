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
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Generic, TypeVar

from articles.search.analysis import PARAGRAPH_BREAK, PARAGRAPH_GAP, TOKEN, pieces_of, sentences_of

FILLER = "_"
PARAGRAPH = "|"
OTHER_FORM = "="
BETWEEN = f"{PARAGRAPH} {FILLER}"  # of two paragraphs

# What may stand around a word between two blanks without being part of it; what else is there is looked at closely.
AROUND = ".,;:!?()[]\"'“”‘’«»…–—"

# Stretches between blanks whose words are kept, at most some 80 MB: those of some 10,000 articles, and the common ones
# of any archive.
REMEMBERED = 200_000


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


Made = TypeVar("Made", str, bytes)


class _Remembered(dict[str, Made], Generic[Made]):
    """What a stretch between blanks becomes, made when it is first met."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make: Callable[[str], Made] = make

    def __missing__(self, stretch: str) -> Made:
        if len(self) >= REMEMBERED:
            self.clear()
        self[stretch] = made = self._make(stretch)
        return made


def _tokens(stretch: str) -> str:
    """Return the tokens of a stretch, two to a position; no word of ours has a blank inside."""
    word = stretch.strip(AROUND)
    if word.isascii() and word.isalpha() and not word.isupper():
        return f"{word.lower()} {FILLER}"
    return " ".join(_tokens_of_surface(surface) for surface in TOKEN.findall(stretch))


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
    return blake2b(word.encode(errors="surrogatepass"), digest_size=8).digest()


def _numbers(stretch: str) -> bytes:
    """Return the numbers of the words of a stretch, one to a position."""
    return b"".join(map(_digest, _tokens_of[stretch].split()[::2]))


_tokens_of = _Remembered(_tokens)
_numbers_of = _Remembered(_numbers)


def stream_of(text: str) -> Stream:
    """Return what is indexed of a text, with its breaks.

    1. Cut the text into paragraphs, these into sentences, these at blanks. 2. Look up the numbers and the tokens of
    each stretch. 3. Note the other forms, which few stretches have.
    """
    lines: list[str] = []
    numbers: list[bytes] = []
    others: list[bytes] = []
    paragraphs, sentences = array("I"), array("I")
    position = 0
    # 1.
    for order, paragraph in enumerate(PARAGRAPH_BREAK.split(text)):
        gaps = PARAGRAPH_GAP * order
        if order:
            lines.append(BETWEEN)
        paragraphs.append(position + gaps)
        for sentence in sentences_of(paragraph):
            # 2.
            stretches = sentence.split()
            held = b"".join(map(_numbers_of.__getitem__, stretches))
            if not held:
                continue
            tokens = " ".join(map(_tokens_of.__getitem__, stretches))
            sentences.append(position + gaps)
            lines.append(tokens)
            numbers.append(held)
            # 3.
            if OTHER_FORM in tokens:
                others += [
                    place.to_bytes(8, "little") + _digest(form.removeprefix(OTHER_FORM))
                    for place, form in enumerate(tokens.split()[1::2], position)
                    if form != FILLER
                ]
            position += len(held) // 8
    return Stream(" ".join(lines), b"".join(numbers), b"".join(others), paragraphs, sentences)


def words_of(text: str) -> str:
    """Return the stream of a text whose sentences are not asked for."""
    paragraphs = PARAGRAPH_BREAK.split(text)
    return f" {BETWEEN} ".join(" ".join(map(_tokens_of.__getitem__, one.split())) for one in paragraphs)
