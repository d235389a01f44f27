"""Where a query's words stand in a text, and the passage that shows most of them. Pure.

The analyser is the one that made the index, so what is marked is what was found: inflections for
words, the very words for phrases, what begins so for prefixes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple

from articles.search.analysis import (
    PARAGRAPH_BREAK,
    TOKEN,
    Piece,
    QueryTerm,
    beginnings,
    pieces_of,
    query_terms,
    stem,
)
from articles.search.expansion import alike_in, form, is_alike, of_form_in
from articles.search.query_text import name_of
from articles.search.sought import Sought, sought
from articles.search.syntax import parse
from articles.search.tree import Fuzzy, Node, Phrase, Prefix, Wildcard

PASSAGE_LENGTH = 260  # characters: three lines at the measure of the result list
LEAD = 60  # characters shown before the first hit of a passage
ELLIPSIS = "…"
MOST_SEEN = 5000  # surface forms kept for a query, some 200 bytes each; a page of results has that many

# Where a word may be other than its letters in a row: at a joiner of ASCII inside it (UNPLAIN), and beyond ASCII, whose
# letters are encoded as question marks (FOREIGN), as real ones are: nothing is missed by looking there as well.
JOINERS, PLAIN = b"'-&.,", (ascii_letters + digits).encode()
KINDS = bytes.maketrans(PLAIN + JOINERS, b"a" * len(PLAIN) + b"-" * len(JOINERS))
UNPLAIN = re.compile(b"-a")
FOREIGN = re.compile(rb"-a|\?+")
BLANK = re.compile(r"[ \n]")

# The fields whose words can stand in a body; what was sought in a title is not marked there.
BODY_FIELDS = (None, "actor", "office", "speaker", "quote", "place")


@dataclass(frozen=True, slots=True)
class Mark:
    """One hit in a text: `start` and `end` count characters; `term` names what it is a hit of."""

    start: int
    end: int
    term: str


class Seen(NamedTuple):
    """A surface form: the term that it is a hit of by itself, its words, and those that a sequence asks for."""

    term: str | None
    width: int
    in_sequences: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tree makes one look for: `exact` and `stems` map words to the term they are a hit of.

    `prefixes`, `forms` (w?rd) and `nearly` (word~) are words not written out, each with its term. `seen` keeps
    what surface forms were found to be: the texts of a page share most of theirs. Threads that ask the same share it
    too, and one may clear it at any time. `starts` is what a plain word begins with when it is looked for, those of
    `forms` and `nearly` left aside.
    """

    exact: dict[str, str]
    stems: dict[str, str]
    prefixes: tuple[tuple[str, str], ...]
    sequences: tuple[tuple[tuple[str, ...], str], ...]
    forms: tuple[tuple[Wildcard, str], ...] = ()
    nearly: tuple[tuple[Fuzzy, str], ...] = ()
    starts: tuple[str, ...] = ()
    seen: dict[str, Seen] = field(default_factory=dict, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.exact or self.stems or self.prefixes or self.sequences or self.forms or self.nearly)


def find_marks(text: str, query: str) -> list[Mark]:
    """Return the hits of a query, as a reader typed it, in a text; in order, without overlaps."""
    return marks_in(text, wanted_by(parse(query).tree))


@lru_cache(maxsize=64)
def wanted_by(tree: Node, fields: tuple[str | None, ...] = BODY_FIELDS) -> Wanted:
    """Return what to look for in a text that these fields are made of."""
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    prefixes: list[tuple[str, str]] = []
    sequences: list[tuple[tuple[str, ...], str]] = []
    forms: list[tuple[Wildcard, str]] = []
    nearly: list[tuple[Fuzzy, str]] = []
    for leaf, name in ((one.leaf, counted_as(one)) for one in sought(tree) if one.field in fields):
        if isinstance(leaf, Wildcard):
            forms.append((leaf, name))
            continue
        if isinstance(leaf, Fuzzy):
            nearly.append((leaf, name))
            continue
        if isinstance(leaf, Prefix):
            words = [word for term in query_terms(leaf.start) for word in term.whole]
            prefixes.append(("".join(words).lower(), name))
            continue
        terms = query_terms(leaf.text)
        alone = len(terms) == 1 and len(terms[0].whole) == 1
        if isinstance(leaf, Phrase) and (alone or leaf.within is not None):
            exact.update((word, name) for term in terms for word in term.whole)
        elif alone:
            _want_word(terms[0].whole[0], name, exact, stems)
        else:
            sequences.append((tuple(word for term in terms for word in term.whole), name))
            _want_joined(terms, name, exact)
    starts = {
        *(word.lower() for word in exact),
        *(start for root in stems for start in beginnings(root)),
        *(start for start, _ in prefixes),
        *(words[0].lower() for words, _ in sequences),
    }
    return Wanted(
        exact,
        stems,
        tuple(prefixes),
        tuple(sequences),
        tuple(forms),
        tuple(nearly),
        tuple(sorted(starts)),
    )


def counted_as(one: Sought) -> str:
    """Return the term that hits of a leaf are counted under: as it was typed, all spellings of a name as one."""
    return one.asked or name_of(one.leaf)


def _want_word(word: str, term: str, exact: dict[str, str], stems: dict[str, str]) -> None:
    if word.isupper():
        exact[word] = term
    else:
        stems[stem(word)] = term


def _want_joined(terms: tuple[QueryTerm, ...], term: str, exact: dict[str, str]) -> None:
    if len(terms) == 1 and terms[0].joined:
        exact[terms[0].joined] = term


def marks_in(text: str, wanted: Wanted) -> list[Mark]:
    """Return the hits in a text, in order, without overlaps."""
    if not wanted or not text:
        return []
    if len(wanted.seen) > MOST_SEEN:
        wanted.seen.clear()
    seen, marks = wanted.seen, []
    for start, end in _stretches(text, wanted):
        for match in TOKEN.finditer(text, start, end):
            surface = match[0]
            term, _, in_sequences = seen.get(surface) or _see(surface, wanted)
            if term is not None:
                marks.append(Mark(match.start(), match.end(), term))
            if in_sequences:
                marks += _sequence_marks(text, match, in_sequences, wanted)
    return apart(marks)


def _stretches(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Yield where what stands between blanks may hold a hit, in order: one text in ten is looked at closely.

    A plain word holds one only where it begins so; of one with joiners or accents that is not said here.
    """
    small = text.lower()
    if len(small) != len(text):
        yield 0, len(text)
        return
    places = _unplain(text)
    formed = (word for wildcard, _ in wanted.forms for word in of_form_in(wildcard, small))
    near = (word for fuzzy, _ in wanted.nearly for word in alike_in(fuzzy, small))
    for start in {*wanted.starts, *formed, *near}:
        place = small.find(start)
        while place >= 0:
            if not place or not small[place - 1].isalnum():
                places.append(place)
            place = small.find(start, place + 1)
    done = 0
    for place in sorted(places):
        if place < done:
            continue
        blank = BLANK.search(text, place)
        begun = max(text.rfind(" ", done, place), text.rfind("\n", done, place), done - 1) + 1
        done = blank.start() if blank else len(text)
        yield begun, done


def _unplain(text: str) -> list[int]:
    """Return where words may be others than their letters in a row; of places side by side, the first."""
    kinds = text.encode("ascii", "replace").translate(KINDS)
    return [found.start() for found in (UNPLAIN if text.isascii() else FOREIGN).finditer(kinds)]


def apart(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in order without those that overlap an earlier one; of two from one place the longer stays."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _see(surface: str, wanted: Wanted) -> Seen:
    """Return what a surface form is, and keep it."""
    pieces = pieces_of(surface)
    sought = {word for words, _ in wanted.sequences for word in words}
    terms = (_term_of(piece.term, wanted) for piece in pieces.terms)
    seen = wanted.seen[surface] = Seen(
        next((term for term in terms if term is not None), None),
        pieces.width,
        tuple(piece for piece in pieces.terms if piece.term in sought),
    )
    return seen


def _term_of(word: str, wanted: Wanted) -> str | None:
    """Return what a word is a hit of by itself."""
    term = wanted.exact.get(word)
    if term is None and wanted.stems:
        term = wanted.stems.get(stem(word))
    if term is None and wanted.prefixes:
        term = next((name for start, name in wanted.prefixes if word.startswith(start)), None)
    return _expanded(word, wanted) if term is None else term


def _expanded(word: str, wanted: Wanted) -> str | None:
    """Return the form or the misspelling that a word is a hit of."""
    for wildcard, name in wanted.forms:
        if form(wildcard).fullmatch(word):
            return name
    return next((name for fuzzy, name in wanted.nearly if is_alike(fuzzy, word)), None)


def _sequence_marks(
    text: str, first: re.Match[str], opening: tuple[Piece, ...], wanted: Wanted
) -> Iterator[Mark]:
    """Yield the hits of words in a row of which the first is among these pieces of a surface form."""
    rows = [
        (piece.offset, words, name)
        for words, name in wanted.sequences
        for piece in opening
        if piece.term == words[0]
    ]
    if not rows:
        return
    longest = max(offset + len(words) for offset, words, _ in rows)
    gap = PARAGRAPH_BREAK.search(text, first.end())
    at: dict[tuple[int, str], re.Match[str]] = {}
    position = 0
    for match in TOKEN.finditer(text, first.start(), gap.start() if gap else len(text)):
        seen = wanted.seen.get(match[0]) or _see(match[0], wanted)
        for piece in seen.in_sequences:
            at[position + piece.offset, piece.term] = match
        position += seen.width
        if position >= longest:
            break
    for offset, words, name in rows:
        row = [at.get((offset + place, word)) for place, word in enumerate(words)]
        last = row[-1]
        if None not in row and last is not None:
            yield Mark(first.start(), last.end(), name)


def best_passage(text: str, tree: Node) -> str:
    """Return the passage that shows most of what was sought, escaped, with the hits in <mark>."""
    return passage_with(text, marks_in(text, wanted_by(tree)))


def passage_with(text: str, marks: list[Mark]) -> str:
    """Return the passage that shows most of these hits, which are in order, escaped and in <mark>.

    Most different terms first, then most hits, then the earliest. Without a hit it is the beginning.
    """
    if not marks:
        return _cut(text, 0, [])
    ends = [mark.end for mark in marks]
    best_start, best_worth = 0, (0, 0)
    for number, mark in enumerate(marks):
        start = max(0, mark.start - LEAD)
        inside = marks[number : bisect_right(ends, start + PASSAGE_LENGTH)]
        worth = (len(Counter(one.term for one in inside)), len(inside))
        if worth > best_worth:
            best_start, best_worth = start, worth
    return _cut(text, best_start, marks)


def _cut(text: str, start: int, marks: list[Mark]) -> str:
    """Return about PASSAGE_LENGTH characters from a word's start near `start`, escaped and marked."""
    if start:
        space = text.find(" ", start)
        start = space + 1 if 0 <= space < start + LEAD // 2 else start
    end = min(len(text), start + PASSAGE_LENGTH)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    parts, place = [], start
    for mark in marks:
        if mark.start < place or mark.end > end:
            continue
        parts.append(html.escape(text[place : mark.start]))
        parts.append(f"<mark>{html.escape(text[mark.start : mark.end])}</mark>")
        place = mark.end
    parts.append(html.escape(text[place:end]))
    passage = " ".join("".join(parts).split())
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    return f"{before}{passage}{after}"
