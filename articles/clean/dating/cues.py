"""Cues: which words of a sentence show that it speaks of a fact.

A cue is a text: " & " joins things that must all stand in one sentence, "|" gives alternatives, a "!" in
front of a part says that none of it may stand there. "*" ends a word that may go on, "$name" stands for a
list, a word in capitals matches capitals only ("IS" is not "is")::

    "$manbij & $sdf & took|captured & !trying to"
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.clean.dating.sentences import Sentence, Word, fold

# Words that begin alike are looked up by their first letters, this many.
PREFIX = 3
# As many as `sentences.py` remembers.
WORDS_REMEMBERED = 32_768


class CueError(ValueError):
    """A cue that cannot be read; the message gives it and what is wrong with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A cue read: of `needed` groups each must match, of `barred` terms none may. Numbers are terms.

    `key` is the fact it speaks for, `number` its place among all cues.
    """

    key: str
    number: int
    needed: tuple[frozenset[int], ...]
    barred: frozenset[int]

    def is_met_by(self, terms: frozenset[int]) -> bool:
        """True when each group has one of the terms, and none of them is barred."""
        for group in self.needed:
            if group.isdisjoint(terms):
                return False
        return self.barred.isdisjoint(terms)

    def rank(self, ranks: Mapping[int, int]) -> int:
        """The lowest rank among the terms of the first group."""
        return min([ranks[term] for term in self.needed[0] if term in ranks])


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a sentence: the key it was filed under and the indices of the words that met it."""

    key: str
    first: int
    last: int
    subject: int  # the index of the word that met the first group: what the cue is about


# The terms that begin with a word: each one's number and the words that must follow it.
_Terms = tuple[tuple[int, tuple[str, ...]], ...]


class CueBook:
    """All cues of a set of facts, compiled so that a sentence is read once however many cues there are."""

    def __init__(self, cues: Iterable[tuple[str, str]], lists: Mapping[str, str]) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._by_word: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        self._by_prefix: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        self._rare: dict[int, list[Cue]] = defaultdict(list)
        # What a word begins hangs on it and the next one, and news uses the same words over and over.
        self._begun_by = lru_cache(maxsize=WORDS_REMEMBERED)(self._terms_of)
        self._begun_by_two = lru_cache(maxsize=WORDS_REMEMBERED)(self._terms_of_two)
        self._file([self._read(key, text, lists, number=number) for number, (key, text) in enumerate(cues)])

    def hits(self, sentence: Sentence) -> list[CueHit]:
        """Every fact that the sentence speaks of, each key once, in order of the cues."""
        places = self._places(sentence.words)
        if not places:
            return []
        standing = frozenset(places)
        rare = self._rare
        met = {
            cue.number: cue
            for term in filter(rare.__contains__, places)
            for cue in rare[term]
            if cue.is_met_by(standing)
        }
        if not met:
            return []
        # Of several cues of a key the one counts whose first group is met first in the sentence.
        ranks = {term: rank for rank, term in enumerate(places)}
        found: dict[str, CueHit] = {}
        for cue in sorted(met.values(), key=lambda cue: (cue.rank(ranks), cue.number)):
            if cue.key not in found:
                known = [min([places[term] for term in group & standing]) for group in cue.needed]
                found[cue.key] = CueHit(cue.key, min(known), max(known), known[0])
        return sorted(found.values(), key=lambda hit: (hit.subject, hit.key))

    def _file(self, cues: Sequence[Cue]) -> None:
        """File each cue under the group that the fewest cues share: "sank" before "the government"."""
        uses = Counter(term for cue in cues for group in cue.needed for term in group)
        for cue in cues:
            rarest = min(cue.needed, key=lambda group: sum(uses[term] for term in group))
            for term in rarest:
                self._rare[term].append(cue)

    def _read(self, key: str, text: str, lists: Mapping[str, str], *, number: int) -> Cue:
        needed: list[frozenset[int]] = []
        barred: set[int] = set()
        for part in text.split(" & "):
            stripped = part.strip()
            terms = [self._term(term) for term in _alternatives(stripped.removeprefix("!"), lists, cue=text)]
            if stripped.startswith("!"):
                barred.update(terms)
            else:
                needed.append(frozenset(terms))
        if not needed:
            raise CueError(f"cue {text!r} needs nothing; give at least one part without '!'")
        return Cue(key, number, tuple(needed), frozenset(barred))

    def _term(self, term: str) -> int:
        pattern = tuple(_pattern(word) for word in term.replace("-", " ").split())
        if pattern not in self._numbers:
            number = self._numbers[pattern] = len(self._numbers)
            first = pattern[0]
            if first.endswith("*"):
                self._by_prefix[first[:-1][:PREFIX]].append((number, pattern))
            else:
                self._by_word[first.casefold()].append((number, pattern))
        return self._numbers[pattern]

    def _places(self, words: tuple[Word, ...]) -> dict[int, int]:
        """Each term that stands in the words, with the index of the first word where it does."""
        places: dict[int, int] = {}
        end = len(words) - 1
        for index, begun in enumerate(map(self._begun_by, words)):
            if begun is None:
                continue
            alone, longer = begun
            if longer and index < end:
                for number, rest in self._begun_by_two(words[index], words[index + 1]):
                    if number not in places and (not rest or _matches(rest, words, index + 2)):
                        places[number] = index
            else:
                for number in alone:
                    if number not in places:
                        places[number] = index
        return places

    def _terms_of(self, word: Word) -> tuple[tuple[int, ...], _Terms] | None:
        """The terms that the word makes up alone, and all that it begins if some have more words.

        None for most words, which begin none.
        """
        candidates = [*self._by_word.get(word.folded, ()), *self._by_prefix.get(word.folded[:PREFIX], ())]
        if word.bare:
            candidates += self._by_word.get(word.bare, ())
        terms = tuple((number, pattern[1:]) for number, pattern in candidates if _is(pattern[0], word))
        if not terms:
            return None
        alone = tuple(number for number, rest in terms if not rest)
        return alone, terms if len(alone) < len(terms) else ()

    def _terms_of_two(self, word: Word, following: Word) -> _Terms:
        """The terms that the two words begin, or the first makes up alone, with what must come after them."""
        _, terms = self._begun_by(word) or ((), ())
        return tuple((number, rest[1:]) for number, rest in terms if not rest or _is(rest[0], following))


def _alternatives(part: str, lists: Mapping[str, str], *, cue: str) -> list[str]:
    found: list[str] = []
    for item in part.split("|"):
        term = item.strip()
        if term.startswith("$"):
            if term[1:] not in lists:
                raise CueError(f"cue {cue!r} uses the list {term!r}, which no file has; add it under [words]")
            found += _alternatives(lists[term[1:]], {}, cue=cue)
        elif term:
            found.append(term)
    if not found:
        raise CueError(f"cue {cue!r} has an empty part; remove the stray '&' or '|'")
    return found


def _pattern(word: str) -> str:
    bare = word.replace("'", "").replace("’", "")
    return bare if bare.isupper() else fold(bare.removesuffix("*")) + ("*" if bare.endswith("*") else "")


def _matches(pattern: tuple[str, ...], words: tuple[Word, ...], index: int) -> bool:
    if index + len(pattern) > len(words):
        return False
    return all(_is(part, words[index + step]) for step, part in enumerate(pattern))


def _is(part: str, word: Word) -> bool:
    if part.isupper():
        return word.written in {part, part + "'s", part + "’s"}
    if part.endswith("*"):
        return word.folded.startswith(part[:-1])
    return part in (word.folded, word.bare)
