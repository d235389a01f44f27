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
    """What is indexed of a text: words by position, where paragraphs and sentences begin."""

    words: str
    breaks: bytes


class _Remembered(dict[str, str]):
    """What a surface form becomes, made when it is first met."""

    def __init__(self, make: Callable[[str], str], **marks: str) -> None:
        super().__init__(marks)
        self._make, self._marks = make, marks

    def __missing__(self, surface: str) -> str:
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


_tokens_of = _Remembered(_tokens, **{SENTENCE: SENTENCE, GAP: f"{PARAGRAPH} {FILLER}"})


def stream_of(text: str) -> Stream:
    """Return what is indexed of a text, with its breaks.

    1. Mark where sentences end and paragraphs part, with characters that no word has. 2. Cut the whole of it into
    surface forms and marks at once. 3. Look up the tokens of each. 4. Count positions from mark to mark.
    """
    # 1.
    text = MARKS.sub(" ", text)
    paragraphs = [SENTENCE.join(sentences_of(paragraph)) for paragraph in PARAGRAPH_BREAK.split(text)]
    # 2. and 3.
    surfaces = SURFACE.findall(GAP.join(paragraphs))
    words = " ".join(map(_tokens_of.__getitem__, surfaces))
    # 4.
    begun, sentences, position = array("I"), array("I"), 0
    for paragraph in words.split(f"{PARAGRAPH} {FILLER}"):
        position += PARAGRAPH_GAP if begun else 0
        begun.append(position)
        for sentence in paragraph.split(SENTENCE):
            if held := sentence.split():
                sentences.append(position)
                position += len(held) // 2
    breaks = array("I", [len(begun)]) + begun + sentences
    return Stream(words.replace(f"{SENTENCE} ", "").removesuffix(SENTENCE), breaks.tobytes())


def words_of(text: str) -> str:
    """Return the stream of a text whose sentences are not asked for."""
    surfaces = SURFACE.findall(GAP.join(PARAGRAPH_BREAK.split(MARKS.sub(" ", text))))
    return " ".join(map(_tokens_of.__getitem__, surfaces))


def breaks_of(stored: bytes) -> tuple[array[int], array[int]]:
    """Return where paragraphs and sentences begin, from `Stream.breaks`."""
    numbers = array("I")
    numbers.frombytes(stored)
    return numbers[1 : numbers[0] + 1], numbers[numbers[0] + 1 :]
