"""A text as the stream of words that Tantivy indexes, and where the words of stored streams stand.

Tantivy gives every token between blanks the next position and takes no two at one position; ours has
two where a word is also found by another form (cease-fire: the words cease and fire, and ceasefire at both). So
every position of ours is two tokens: the word, then its other form with a `=` before it, or FILLER.

    the cease-fire held    the _ cease =ceasefire fire =ceasefire held _

PARAGRAPH stands between paragraphs, which keeps phrases from running across. Both are stop words to Tantivy:
they take up their position and nothing else.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Generic, TypeVar

from articles.search.analysis import (
    APOSTROPHES,
    HYPHENS,
    PARAGRAPH_BREAK,
    PARAGRAPH_GAP,
    TOKEN,
    pieces_of,
    sentences_of,
)

FILLER = "_"
PARAGRAPH = "|"
OTHER_FORM = "="

# Marks put into a text before it is cut: control characters, of which no word is made.
SENTENCE, GAP = "\x1e", "\x1d"
MARKS = re.compile(f"[{SENTENCE}{GAP}]")

# The analyser's surface forms, those of two letters and more first that nothing can make longer: three words of four,
# found in two thirds of the time.
SURFACE = re.compile(rf"[A-Za-z]{{2,}}(?![^\W_]|[{APOSTROPHES}{HYPHENS}&])|{TOKEN.pattern}|{MARKS.pattern}")


REMEMBERED = 100_000  # surface forms whose words are kept: some 30 MB, an English archive has that many


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
    """What a surface form becomes, made when it is first met."""

    def __init__(self, make: Callable[[str], Made], marks: dict[str, Made]) -> None:
        super().__init__()
        self.update(marks)
        self._make: Callable[[str], Made] = make
        self._marks: dict[str, Made] = marks

    def __missing__(self, surface: str) -> Made:
        if len(self) >= REMEMBERED:
            self.clear()
            self.update(self._marks)
        self[surface] = made = self._make(surface)
        return made


def _tokens(surface: str) -> str:
    """Return the tokens of a surface form, two to a position."""
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


def _numbers(surface: str) -> bytes:
    """Return the numbers of the words of a surface form, one to a position."""
    return b"".join(map(_digest, _tokens_of[surface].split()[::2]))


_tokens_of = _Remembered(_tokens, {SENTENCE: SENTENCE, GAP: f"{PARAGRAPH} {FILLER}"})
_numbers_of = _Remembered(_numbers, {SENTENCE: b"", GAP: b""})


def stream_of(text: str) -> Stream:
    """Return what is indexed of a text, with its breaks.

    1. Mark where sentences end and paragraphs part, with characters that no word has. 2. Cut the whole of it into
    surface forms and marks at once. 3. Look up the tokens and numbers of each. 4. Count positions from mark to mark.
    """
    # 1.
    text = MARKS.sub(" ", text)
    parted = [SENTENCE.join(sentences_of(paragraph)) for paragraph in PARAGRAPH_BREAK.split(text)]
    # 2. and 3.
    surfaces = SURFACE.findall(GAP.join(parted))
    words = " ".join(map(_tokens_of.__getitem__, surfaces))
    numbers = b"".join(map(_numbers_of.__getitem__, surfaces))
    # 4.
    paragraphs, sentences, others = array("I"), array("I"), []
    position, gaps = 0, 0
    for paragraph in words.split(f"{PARAGRAPH} {FILLER}"):
        gaps += PARAGRAPH_GAP if paragraphs else 0
        paragraphs.append(position + gaps)
        for sentence in paragraph.split(SENTENCE):
            if held := sentence.split():
                sentences.append(position + gaps)
                if OTHER_FORM in sentence:
                    others += [
                        position.to_bytes(8, "little") + _digest(form[1:])
                        for position, form in enumerate(held[1::2], position)
                        if form != FILLER
                    ]
                position += len(held) // 2
    words = words.replace(f"{SENTENCE} ", "").removesuffix(SENTENCE)
    return Stream(words, numbers, b"".join(others), paragraphs, sentences)


def words_of(text: str) -> str:
    """Return the stream of a text whose sentences are not asked for."""
    surfaces = SURFACE.findall(GAP.join(PARAGRAPH_BREAK.split(MARKS.sub(" ", text))))
    return " ".join(map(_tokens_of.__getitem__, surfaces))
