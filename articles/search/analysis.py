"""Turn text into index terms: the one analyser that indexing, queries and highlighting share. Pure.

What is folded, so that one finds the other:

- case, accents and compatibility forms: Müller, MULLER, muller
- possessives and apostrophes: opposition's, opposition; O'Brien, OBrien
- dotted acronyms: U.N., UN. An acronym that is also a common word (US, WHO, IS) keeps a term of its
  own, so that a search for U.S. does not return every "us".
- hyphens: cease-fire is both the words "cease fire" and the word "ceasefire"
- digits: 1,500 and 1500

No word is left out: the shortest word of a phrase counts as well. Words are indexed whole, which is
what names, phrases and prefixes look up; their English stems stand beside them in a field of their own.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import tantivy
from anyascii import anyascii

# Raise this number when the terms that a text yields change: old indexes then say that they must be rebuilt.
ANALYSIS_VERSION = 2

# Positions left free between paragraphs (and names of a list), so that no phrase runs across them.
PARAGRAPH_GAP = 50

# Surface forms and stems remembered: an entry takes about 500 bytes. A full table of both is 64 MB, which a
# worker reaches only after it has indexed or highlighted tens of thousands of articles.
REMEMBERED_SURFACES = 65_536

# English by Snowball's rules, which tell interval from internal and take a twentieth of the time of Whoosh's.
STEMMER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
STEMMED_FROM = 4  # characters; shorter words lose their meaning with their ending

# Words that are acronyms when they are written in capitals.
TWO_FACED_WORDS = frozenset(
    [
        *(
            "a",
            "all",
            "am",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "by",
            "can",
            "do",
            "for",
            "go",
            "had",
            "has",
        ),
        *("he", "her", "his", "i", "if", "in", "is", "it", "may", "me", "my", "no", "not", "of", "on", "or"),
        *("our", "out", "she", "so", "the", "they", "to", "up", "us", "was", "we", "who"),
    ]
)
ACRONYM_LENGTH = 5  # letters: longer words in capitals are shouted, not abbreviated

APOSTROPHES = "'\u2019\u02bc"
HYPHENS = "\\-\u2010\u2011"
# What each alternative begins with is looked at first: most words are neither, and are told so in one step.
ACRONYM = (
    r"(?=[^\W\d_]\.[^\W\d_])(?<![^\W_])(?:(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W\d_]\.[^\W\d_](?![^\W_]))"
    rf"(?:[{APOSTROPHES}]s(?![^\W_]))?"
)
NUMBER = r"(?=\d)\d+(?:[.,]\d+)+(?![^\W_])"
WORD = rf"[^\W_]+(?:[{APOSTROPHES}{HYPHENS}&][^\W_]+)*"
TOKEN = re.compile(f"{ACRONYM}|{NUMBER}|{WORD}")
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
HYPHEN = re.compile(f"[{HYPHENS}]")
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
POSSESSIVE = re.compile(f"[{APOSTROPHES}][sS]$")
# Written as one of them and more of them, so that a text is searched for the first: half of the time.
SENTENCE_END = re.compile(r"([.!?…][.!?…]*)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])")
LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
LONGEST_ABBREVIATION = 12  # characters before a full stop that are looked at
ABBREVIATIONS = Path(__file__).with_name("abbreviations.toml")
DIGIT_GROUPING = re.compile(r",(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Piece:
    """One term of a surface form: its place counted from the form's first word."""

    offset: int
    term: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a surface form becomes. `width` is the number of positions it takes up."""

    terms: tuple[Piece, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Token:
    """One surface form in a text: `start` and `end` count characters, `position` counts words."""

    start: int
    end: int
    position: int
    pieces: Pieces


def fold(word: str) -> str:
    """Return the word in lower case without accents and apostrophes; it is never empty."""
    if word.isascii():
        return APOSTROPHE.sub("", word).lower()
    decomposed = APOSTROPHE.sub("", unicodedata.normalize("NFKD", word))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    latin = "".join(
        anyascii(character) if "\u0080" <= character <= "\u024f" else character for character in bare
    )
    kept = "".join(character for character in latin.lower() if character.isalnum())
    return kept or word.lower()


@lru_cache(maxsize=REMEMBERED_SURFACES)
def stem(word: str) -> str:
    """Return the English stem of a folded word; words with digits or other letters stay as they are."""
    if len(word) < STEMMED_FROM or not (word.isascii() and word.isalpha()):
        return word
    return STEMMER.analyze(word)[0]


def stems(words: Sequence[str]) -> list[str]:
    """Return the stem of each of these folded words: a fifth of the time of asking for one after the other."""
    found = STEMMER.analyze(" ".join(words))
    return [
        root if root == word or (len(word) >= STEMMED_FROM and word.isascii() and word.isalpha()) else word
        for word, root in zip(words, found, strict=True)
    ]


def beginnings(root: str) -> tuple[str, ...]:
    """Return what all words of a stem begin with, one of these each.

    A stem's last letter can be another one in the word (party, parti; skies, sky), or stand for none of it (hoping,
    hope; ability, abl); and dying's is die. Words have at least two of a stem's letters.
    """
    if len(root) <= 2 or not (root.isascii() and root.isalpha()):  # noqa: PLR2004  # two letters are the word
        return (root,)
    if root.endswith("ie"):
        return root[:-1], root[:-2] + "y"
    if root.endswith(("i", "y")):
        return root[:-1] + "i", root[:-1] + "y"
    return (root[:-1],) if root.endswith(("e", "bl")) else (root,)


def has_words(text: str) -> bool:
    """Tell whether anything in this text could be searched for."""
    return TOKEN.search(text) is not None


def tokens(text: str) -> Iterator[Token]:
    """Yield the surface forms of a text in order. A blank line moves the position on by PARAGRAPH_GAP."""
    position = 0
    for start, end in paragraph_places(text):
        for match in TOKEN.finditer(text, start, end):
            pieces = pieces_of(match.group())
            yield Token(match.start(), match.end(), position, pieces)
            position += pieces.width
        position += PARAGRAPH_GAP


def paragraph_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of a text starts and ends, in characters."""
    start = 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index holds of a text: terms with their positions, and where paragraphs and sentences begin.

    All positions ascend. A paragraph without words has a place, as the positions left free around it do
    count; a sentence without words has none.
    """

    terms: dict[str, list[int]]
    paragraphs: list[int]
    sentences: list[int]


def positions_by_term(text: str) -> dict[str, list[int]]:
    """Return every term of a text with its positions, in ascending order."""
    return indexed(text).terms


def indexed(text: str) -> Indexed:
    """Return what an index holds of a text.

    The same as walking through `tokens`, in a third of the time: surface forms are gathered first, and
    each is taken apart once.
    """
    surfaces: dict[str, tuple[Pieces, list[int]]] = {}
    paragraphs: list[int] = []
    sentences: list[int] = []
    position = 0
    for number, paragraph in enumerate(PARAGRAPH_BREAK.split(text)):
        position += PARAGRAPH_GAP if number else 0
        paragraphs.append(position)
        for sentence in sentences_of(paragraph):
            begun = position
            for surface in TOKEN.findall(sentence):
                held = surfaces.get(surface)
                if held is None:
                    held = surfaces[surface] = (pieces_of(surface), [])
                held[1].append(position)
                position += held[0].width
            if position > begun:
                sentences.append(begun)
    found: dict[str, list[int]] = {}
    mixed = set()
    for pieces, positions in surfaces.values():
        for piece in pieces.terms:
            places = [place + piece.offset for place in positions] if piece.offset else positions
            if piece.term in found:
                found[piece.term] = found[piece.term] + places
                mixed.add(piece.term)
            else:
                found[piece.term] = places
    for term in mixed:
        found[term] = sorted(found[term])
    return Indexed(found, paragraphs, sentences)


def sentences_of(paragraph: str) -> Iterator[str]:
    """Yield a paragraph's sentences with the white space after them; joined they are the paragraph.

    One ends at a full stop, question or exclamation mark before white space and a capital, a figure or a
    quotation mark; not after an initial, letters with stops between them, or an abbreviation of the list.
    """
    start = 0
    for end in SENTENCE_END.finditer(paragraph):
        if end.group(1) == "." and _goes_on_after(paragraph, end.start()):
            continue
        yield paragraph[start : end.end()]
        start = end.end()
    yield paragraph[start:]


def _goes_on_after(paragraph: str, stop: int) -> bool:
    """Tell whether the word before a full stop takes one without ending a sentence."""
    before = max(0, stop - LONGEST_ABBREVIATION)
    # Nearly every word is letters alone since the last blank, which is seen in a third of the time.
    word = paragraph[before:stop].rpartition(" ")[2]
    if not word.isalnum():
        found = LAST_WORD.search(paragraph, before, stop)
        if found is None:
            return False
        word = found.group()
    initial = len(word) == 1 and word.isalpha()
    return initial or DOTTED.fullmatch(word) is not None or word.lower() in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    listed = tomllib.loads(ABBREVIATIONS.read_text(encoding="utf-8"))
    return frozenset(word for words in listed.values() for word in words)


@lru_cache(maxsize=REMEMBERED_SURFACES)
def pieces_of(surface: str) -> Pieces:
    """Return the terms of one surface form, as `TOKEN` cut it out."""
    bare = POSSESSIVE.sub("", surface)
    if "." in bare or "," in bare:
        if bare[0].isdigit():
            return Pieces((Piece(0, DIGIT_GROUPING.sub("", bare)),), 1)
        return Pieces(_acronym_terms(bare.replace(".", "")), 1)
    parts = [part for part in HYPHEN.split(bare) if part]
    if len(parts) == 1:
        if bare.isupper() and len(bare) <= ACRONYM_LENGTH:
            return Pieces(_acronym_terms(bare), 1)
        return Pieces((Piece(0, fold(bare)),), 1)
    folded = [fold(part) for part in parts]
    terms = [Piece(place, part) for place, part in enumerate(folded)]
    if not any(character.isdigit() for character in bare):
        # The joined word stands at the first and the last place, so that phrases fit on both sides of it.
        joined = "".join(folded)
        terms += [Piece(0, joined), Piece(len(parts) - 1, joined)]
    return Pieces(tuple(terms), len(parts))


def _acronym_terms(letters: str) -> tuple[Piece, ...]:
    folded = fold(letters)
    if folded in TWO_FACED_WORDS and letters.isupper() and len(letters) > 1:
        return Piece(0, folded), Piece(0, folded.upper())
    return (Piece(0, folded),)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word that a query asks for: `whole` as written and folded, `joined` when hyphens were taken out."""

    whole: tuple[str, ...]
    joined: str | None = None


def query_terms(text: str) -> tuple[QueryTerm, ...]:
    """Return what a piece of a query asks for, in order; an acronym in capitals, for the acronym alone."""
    asked = []
    for token in tokens(text):
        terms = token.pieces.terms
        if token.pieces.width > 1:
            parts = tuple(piece.term for piece in terms[: token.pieces.width])
            joined = terms[-1].term if len(terms) > token.pieces.width else None
            asked.append(QueryTerm(parts, joined))
        else:
            asked.append(QueryTerm((terms[-1].term,)))
    return tuple(asked)
