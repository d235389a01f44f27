"""Cues: which words of a sentence show that it speaks of a fact.

A cue is a text: " & " joins things that must all stand in one sentence, "|" gives alternatives, a "!" in
front of a part says that none of it may stand there. "*" ends a word that may go on, "$name" stands for a
list, a word in capitals matches capitals only ("IS" is not "is")::

    "$manbij & $sdf & took|captured & !trying to"
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.clean.dating.sentences import Sentence, Word, fold

# Words that begin alike are looked up by their first letters, this many.
PREFIX = 3
# As many as `sentences.py` remembers.
WORDS_REMEMBERED = 32_768


class CueError(ValueError):
    """A cue that cannot be read; the message gives it and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue read: of `needed` groups each must match, of `barred` terms none may. Numbers are terms."""

    needed: tuple[frozenset[int], ...]
    barred: frozenset[int]

    def is_met_by(self, terms: frozenset[int]) -> bool:
        """True when each group has one of the terms."""
        for group in self.needed:  # noqa: SIM110 (a generator costs more than what it asks, and this runs often)
            if group.isdisjoint(terms):
                return False
        return True


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a sentence: the key it was filed under and the indices of the words that met it."""

    key: str
    first: int
    last: int
    subject: int  # the index of the word that met the first group: what the cue is about


@dataclass(frozen=True, slots=True)
class _Begun:
    """The terms that a word begins, each with the words that must follow, and those it makes up alone.

    `seconds` are the words that follow it in any of them; `loose` says that one of these is no whole word
    in small letters, so that only a look at each term tells.
    """

    terms: tuple[tuple[int, tuple[str, ...]], ...]
    alone: tuple[tuple[int, tuple[str, ...]], ...]
    seconds: frozenset[str]
    loose: bool

    def may_go_on(self, following: Word | None) -> bool:
        """False when none of the terms of several words can stand here."""
        if following is None or not self.seconds:
            return False
        return self.loose or following.folded in self.seconds or following.bare in self.seconds


class CueBook:
    """All cues of a set of facts, compiled so that a sentence is read once however many cues there are."""

    def __init__(self, cues: Iterable[tuple[str, str]], lists: Mapping[str, str]) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._by_word: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        self._by_prefix: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        self._by_term: dict[int, list[tuple[str, Cue]]] = defaultdict(list)
        # What a word begins hangs on the word alone, and news uses the same words over and over.
        self._begun_by = lru_cache(maxsize=WORDS_REMEMBERED)(self._terms_begun_by)
        for key, text in cues:
            cue = self._read(text, lists)
            for term in cue.needed[0]:
                self._by_term[term].append((key, cue))

    def hits(self, sentence: Sentence) -> list[CueHit]:
        """Every fact that the sentence speaks of, each key once, in order of the cues."""
        places = self._places(sentence.words)
        standing = frozenset(places)
        found: dict[str, CueHit] = {}
        for term in places:
            for key, cue in self._by_term.get(term, ()):
                if key in found or not cue.barred.isdisjoint(standing) or not cue.is_met_by(standing):
                    continue
                known = [min([places[term] for term in group & standing]) for group in cue.needed]
                found[key] = CueHit(key, min(known), max(known), known[0])
        return sorted(found.values(), key=lambda hit: (hit.subject, hit.key))

    def _read(self, text: str, lists: Mapping[str, str]) -> Cue:
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
        return Cue(tuple(needed), frozenset(barred))

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
        begun_by = self._begun_by
        for index, word in enumerate(words):
            begun = begun_by(word)
            if begun is None:
                continue
            following = words[index + 1] if index + 1 < len(words) else None
            for number, rest in begun.terms if begun.may_go_on(following) else begun.alone:
                if number not in places and (not rest or _matches(rest, words, index + 1)):
                    places[number] = index
        return places

    def _terms_begun_by(self, word: Word) -> _Begun | None:
        """The terms whose first word it is; None for most words, which begin none."""
        candidates = [*self._by_word.get(word.folded, ()), *self._by_prefix.get(word.folded[:PREFIX], ())]
        if word.bare:
            candidates += self._by_word.get(word.bare, ())
        terms = tuple((number, pattern[1:]) for number, pattern in candidates if _is(pattern[0], word))
        if not terms:
            return None
        seconds = {rest[0] for _, rest in terms if rest}
        loose = any(second.endswith("*") or second.isupper() for second in seconds)
        alone = tuple(term for term in terms if not term[1])
        return _Begun(terms, alone, frozenset(seconds), loose=loose)


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
