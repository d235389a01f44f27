"""A better spelling for a word that an index does not know, or hardly: from its own words, those of actors first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from articles.resolve.names import skeleton
from articles.search.engines.ask import BetterSpelled, Spelled
from articles.search.engines.documents import Mask
from articles.search.engines.schema import FIELDS, STEMMED
from articles.search.near_words import NearWords

SHORTEST = 4  # letters: every word of three is nearly like dozens of others
TWO_EDITS_FROM = 6  # letters, as for the ~ of the query language
MOST_PUT_RIGHT = 4  # words of a query: with more of them unknown it is in another language, or pasted
MOST_WEIGHED = (
    40  # words, the nearest first, whose frequency is looked up; each is a look-up in every segment
)
RARE = 2  # documents: a word that no more than these hold may be a slip of theirs
COMMONER = 10  # times as many documents have to hold what a known word is corrected to

# What a letter's difference costs, and what speaks for a word, in powers of ten of the documents that hold it. Of words
# of the generated archive, misspelled at random, 92 % are found again with one letter wrong and 70 % with two; between
# 1 and 3 a letter it is 1 % less at most. `bench_search` prints the shares.
A_LETTER, AN_ACTOR, SAME_START = 2.0, 0.5, 0.5
ACTORS = "actor_name"


class Words(Protocol):
    """The words of one commit; every snapshot offers these."""

    def near_words(self, field: str) -> NearWords:
        """Return the words of a field to be compared with; some may be of documents that are gone."""

    def frequency(self, field: str, term: str) -> int:
        """Return about how many documents hold a term, deleted and hidden ones included."""

    def inflected_frequency(self, field: str, word: str) -> int:
        """Return about how many documents hold a word in any inflection, deleted and hidden ones included."""

    def is_inflected_in(self, field: str, word: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a word in any inflection."""

    def is_in(self, field: str, term: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a term."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A word that may have been meant."""

    text: str
    distance: int
    documents: int
    worth: float


class Speller:
    """Looks for better spellings in one commit, among the words of those documents that a reader may see."""

    def __init__(self, words: Words, seen: Mask) -> None:
        self.words = words
        self.seen = seen

    def better(self, asked: Iterable[Spelled], *, few: bool) -> dict[Spelled, BetterSpelled | None]:
        """Return the words that may be misspelled, each with a better spelling where there is one.

        1. Words that no document has. What stands in no text but is a spelling of an actor, is asked for as such.
        2. Where there are `few` results, also words that hardly any document has, if others are much commoner.
        With more than MOST_PUT_RIGHT of them nothing is looked for.
        """
        held = {one: self._held(one.text, one.field, few=few) for one in dict.fromkeys(asked)}
        doubtful = {one: count for one, count in held.items() if count <= (RARE if few else 0)}
        if len(doubtful) > MOST_PUT_RIGHT:
            return {}
        found: dict[Spelled, BetterSpelled | None] = {}
        for one, count in doubtful.items():
            better = self._as_actor(one) if not count else None
            better = better or self._better(one, least=max(1, COMMONER * count))
            if better or not count:
                found[one] = better
        return found

    def _as_actor(self, asked: Spelled) -> BetterSpelled | None:
        if asked.field is None and self.words.is_in(ACTORS, asked.text, self.seen):
            return BetterSpelled(asked.text, field="actor")
        return None

    def _held(self, word: str, name: str | None, *, few: bool) -> int:
        """Return about how many documents hold a word, in any inflection where those are looked for.

        Where it matters, a word of hidden or deleted documents alone is held by none: where hardly any have it, and
        where there are `few` results.
        """
        field = FIELDS.get(name or "", "text")
        inflected = field in STEMMED and not word.isupper()
        held = self.words.frequency(field, word)
        if inflected:
            held = max(held, self.words.inflected_frequency(field, word))
        if not held or not (few or held <= RARE):
            return held
        seen = self.words.is_in(field, word, self.seen) or (
            inflected and self.words.is_inflected_in(field, word, self.seen)
        )
        return held if seen else 0

    def _better(self, asked: Spelled, *, least: int) -> BetterSpelled | None:
        word = asked.text
        if len(word) < SHORTEST or not word.isalpha():
            return None
        weighed = self._weighed(asked, least)
        for one in sorted(weighed, key=lambda one: (-one.worth, one.text)):
            if self.words.is_in(FIELDS.get(asked.field or "", "text"), one.text, self.seen):
                return BetterSpelled(one.text, asked.field)
        return None

    def _weighed(self, asked: Spelled, least: int) -> list[_Weighed]:
        """Return the words that may have been meant; those of actors' names first, then those a letter off."""
        word, field = asked.text, FIELDS.get(asked.field or "", "text")
        named = {} if field not in ("text", ACTORS) else self._names_near(word)
        near = dict(named)
        for edits in (1, 2) if len(word) >= TWO_EDITS_FROM else (1,):
            for text, distance in self.words.near_words(field).near(word, edits)[:MOST_WEIGHED]:
                near.setdefault(text, distance)
            weighed = [
                self._worth(text, asked, distance=distance, of_actor=text in named)
                for text, distance in near.items()
            ]
            weighed = [one for one in weighed if one.documents >= least and one.distance]
            # A common word one letter off is what was meant; two letters off are many.
            if any(one.distance == 1 and one.documents > RARE for one in weighed):
                break
        return weighed

    def _names_near(self, word: str) -> dict[str, int]:
        """Return the words of actors' names that are nearly this one, or sound the same (which is a letter off)."""
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        sound = skeleton(word)
        near = self.words.near_words(ACTORS).near(word, edits + 1)[:MOST_WEIGHED]
        heard = {text: min(distance, 1) for text, distance in near if skeleton(text) == sound}
        return {text: distance for text, distance in near if distance <= edits} | heard

    def _worth(self, text: str, asked: Spelled, *, distance: int, of_actor: bool) -> _Weighed:
        documents = self.words.frequency(FIELDS.get(asked.field or "", "text"), text)
        worth = math.log10(documents + 1) - A_LETTER * distance
        worth += AN_ACTOR * of_actor + SAME_START * (text[0] == asked.text[0])
        return _Weighed(text, distance, documents, worth)
