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

from articles.search.analysis import PARAGRAPH_BREAK, PARAGRAPH_GAP, TOKEN, pieces_of, sentences_of, stem

FILLER = "_"
PARAGRAPH = "|"
OTHER_FORM = "="
SILENT = (FILLER, PARAGRAPH, "")

REMEMBERED = 100_000  # surface forms whose words are kept: some 30 MB, an English archive has that many


@dataclass(frozen=True, slots=True)
class Stream:
    """What is indexed of a text: words by position, their stems, where paragraphs and sentences begin."""

    words: str
    stems: str
    breaks: bytes


class _Words(dict[str, str]):
    """The tokens of each surface form."""

    def __missing__(self, surface: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        pieces = pieces_of(surface)
        tokens = [FILLER] * (2 * pieces.width)
        for piece in pieces.terms:
            place = 2 * piece.offset
            if tokens[place] == FILLER:
                tokens[place] = piece.term
            else:
                tokens[place + 1] = OTHER_FORM + piece.term
        self[surface] = made = " ".join(tokens)
        return made


class _Stems(dict[str, str]):
    """The stems of each token of a stream; nothing for fillers and acronyms in capitals."""

    def __missing__(self, tokens: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        words = (token.removeprefix(OTHER_FORM) for token in tokens.split(" "))
        self[tokens] = made = " ".join(
            stem(word) for word in words if word not in SILENT and not word.isupper()
        )
        return made


_words = _Words()
_stems = _Stems()


def stream_of(text: str) -> Stream:
    """Return what is indexed of a text, with stems and breaks."""
    paragraphs, begun, stems, position = [], array("I"), [], 0
    sentences = array("I")
    for number, paragraph in enumerate(PARAGRAPH_BREAK.split(text)):
        position += PARAGRAPH_GAP if number else 0
        begun.append(position)
        pieces: list[str] = []
        for sentence in sentences_of(paragraph):
            if surfaces := TOKEN.findall(sentence):
                words = [_words[surface] for surface in surfaces]
                sentences.append(position)
                stems += [_stems[word] for word in words]
                line = " ".join(words)
                position += (line.count(" ") + 1) // 2
                pieces.append(line)
        paragraphs.append(" ".join(pieces))
    breaks = array("I", [len(begun)]) + begun + sentences
    return Stream(_joined(paragraphs), " ".join(filter(None, stems)), breaks.tobytes())


def words_of(text: str) -> str:
    """Return the stream of a short text."""
    paragraphs = PARAGRAPH_BREAK.split(text)
    return _joined(
        [" ".join([_words[surface] for surface in TOKEN.findall(paragraph)]) for paragraph in paragraphs]
    )


def _joined(paragraphs: list[str]) -> str:
    """Return paragraphs as one stream, with one blank between any two tokens also where one is empty."""
    return f" {PARAGRAPH} {FILLER} ".join(paragraphs).replace("  ", " ").strip()


def stems_of(words: str) -> str:
    """Return the stems of a stream's words."""
    return " ".join(filter(None, [_stems[word] for word in words.split(" ")]))


def breaks_of(stored: bytes) -> tuple[array[int], array[int]]:
    """Return where paragraphs and sentences begin, from `Stream.breaks`."""
    numbers = array("I")
    numbers.frombytes(stored)
    return numbers[1 : numbers[0] + 1], numbers[numbers[0] + 1 :]
