"""What an actor is named together with: who else, which roles, which bodies; and what that tells.

A context is a set of short texts, the same for one thing in every article:

    "person:Kofi Annan"     an actor of the same article that the authority files know
    "person:~bst sd"        one they do not know, by the sound of the full name, so that spellings meet
    "organisation:~..."     a body, likewise; acronyms, lone surnames and news outlets tell too little
    "role:foreign minister" the title of one of its own roles, as RoleSpan.title
    "of:russia"             the body or state that role belongs to, as RoleSpan.organisation
    "field:sport"           the field of work that the role's words show (lexicon/roles.toml)
    "gender:f"              what honorifics and pronouns show

`context_of` makes one, `ContextBook` keeps what is known of each actor within bounds and compares.
"""

from __future__ import annotations

import math
import tomllib
from array import array
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from articles.mentions.person_names import REMEMBERED, is_full_name
from articles.mentions.spans import Kind
from articles.resolve.actors import LocalActor
from articles.resolve.names import is_acronym, is_bare_ministry, normalise, organisation_tokens, person_tokens
from articles.resolve.names import skeleton as sound
from articles.resolve.shelves import MapMaker, PackedTexts

_ROLES = Path(__file__).with_name("lexicon") / "roles.toml"

# How many context words are kept of one actor: the bound. Four bytes each and as many for the count.
MOST_KEPT = 50
# How many of an article's other actors make a context; a list of two hundred dead tells nothing of each.
MOST_NAMED = 30

# A match weighs from 0 (a word that every actor carries) to 1 (one that no other does). From WEIGHTY on it
# decides: two things in common that few others share, or four that some share. Between two bearers of one name the
# better one must outweigh the other by CLEAR_TIMES. Below FAINT nothing is in common but what is common to all
# news ("United States"). Reasoned, not fitted: there is no labelled set of namesakes to fit them to.
WEIGHTY = 1.0
CLEAR_TIMES = 3.0
FAINT = 0.3
# So many actors are taken to be known when fewer are: in a young archive one common word decides nothing.
_YOUNG = 10
# From so many co-mentions on both sides a lack of common ones tells something.
ENOUGH_TO_MISS = 3

# Days between two articles from which one person is unlikely to be in the news in both: forty years of working life.
WORKING_LIFE = 40 * 365


@cache
def _fields() -> Mapping[str, str]:
    with _ROLES.open("rb") as stream:
        return {word: name for name, row in tomllib.load(stream).items() for word in row}


def context_of(local: LocalActor, actors: Sequence[LocalActor]) -> dict[str, int]:
    """Return the context of one actor of an article, each word once; `actors` are all actors of the article."""
    return dict.fromkeys(described(local, actors), 1)


def described(local: LocalActor, actors: Sequence[LocalActor]) -> dict[str, str]:
    """Return the context with, for each word, how this article writes it."""
    words: dict[str, str] = {}
    for other in actors[: MOST_NAMED + 1]:
        word = None if other is local else word_for(other.name, other.kind, authority=other.authority)
        if word:
            words[word] = other.name
    for role in local.roles:
        words.update(role_words(role.phrase, role.title, role.organisation))
    genders = {span.gender for span in local.spans if span.gender}
    if len(genders) == 1:
        words[f"gender:{genders.pop()}"] = ""
    return words


@lru_cache(maxsize=REMEMBERED)
def word_for(name: str, kind: Kind, *, authority: str | None = None) -> str | None:
    """Return the context word of a co-mentioned actor, None for one that tells nothing."""
    if kind is Kind.MEDIA:
        return None
    if authority:
        return f"{kind.value}:{authority}"
    if kind is Kind.PERSON:
        heard = sorted(filter(None, map(sound, person_tokens(name)))) if is_full_name(name) else []
    elif is_acronym(name) or is_bare_ministry(name):
        heard = []
    else:
        heard = sorted(filter(None, map(sound, organisation_tokens(name))))
    return f"{kind.value}:~{' '.join(heard)}" if heard else None


def role_words(phrase: str, title: str, organisation: str | None = None) -> dict[str, str]:
    """Return the context words of a role, each with the words it was read from."""
    words = {f"role:{normalise(title)}": phrase} if normalise(title) else {}
    if organisation and normalise(organisation):
        words[f"of:{normalise(organisation)}"] = organisation
    for word in phrase.lower().split():
        name = _fields().get(word.strip(".,;"))
        if name:
            words[f"field:{name}"] = word
    return words


def _evident(word: str) -> bool:
    """Return True for a word that, shared, speaks for one person; field and gender can only contradict."""
    return not word.startswith(("field:", "gender:"))


def _named(word: str) -> bool:
    return not word.startswith(("field:", "gender:", "role:", "of:"))


@dataclass(frozen=True, slots=True)
class Match:
    """How the context of an article fits that of a known actor.

    `weight` is 0 without anything in common; `shared` are the weightiest common things as the article writes them.
    `against` says what contradicts, as a part of a sentence, or is None. `strangers` is True when both are named with
    others and nobody who tells is common to them.
    """

    weight: float
    shared: tuple[str, ...]
    against: str | None
    strangers: bool


class ContextBook:
    """The contexts of known actors, by their numbers; bounded for each, in some 8 bytes a word."""

    __slots__ = ("_days", "_numbers", "_rows", "_spread", "_words")

    def __init__(self, maps: MapMaker = dict) -> None:
        self._numbers: MutableMapping[str, int] = maps()
        self._words = PackedTexts()
        self._spread = array("I")  # how many actors carry each word
        self._rows: MutableMapping[int, array[int]] = maps()  # word, count, word, count ...
        self._days: MutableMapping[int, tuple[int, int]] = maps()

    def note(self, actor: int, words: Iterable[str] | Mapping[str, int]) -> None:
        """Count words for an actor; beyond MOST_KEPT those that were named least often go."""
        counts = words if isinstance(words, Mapping) else dict.fromkeys(words, 1)
        row = self._rows.get(actor)
        kept = dict(zip(row[::2], row[1::2], strict=True)) if row is not None else {}
        for word, count in counts.items():
            number = self._numbers.get(word)
            if number is None:
                number = self._numbers[word] = len(self._words)
                self._words.append(word)
                self._spread.append(0)
            if number not in kept:
                self._spread[number] += 1
            kept[number] = kept.get(number, 0) + count
        if len(kept) > MOST_KEPT:
            kept = self._bounded(kept)
        if kept:
            self._rows[actor] = array("I", [each for pair in kept.items() for each in pair])

    def _bounded(self, kept: dict[int, int]) -> dict[int, int]:
        stays = bounded(kept)
        for number in kept.keys() - stays.keys():
            self._spread[number] -= 1
        return stays

    def note_days(self, actor: int, first: int, last: int) -> None:
        """Widen the days in which an actor is in the news; proleptic ordinals."""
        before = self._days.get(actor, (first, last))
        self._days[actor] = (min(before[0], first), max(before[1], last))

    def forget(self, actor: int) -> None:
        """Drop what is known of an actor."""
        for number in self._rows.pop(actor, array("I"))[::2]:
            self._spread[number] -= 1
        self._days.pop(actor, None)

    def words_of(self, actor: int) -> dict[str, int]:
        """Return what is kept of an actor, with how often each was noted."""
        row = self._rows.get(actor, array("I"))
        return {self._words[number]: count for number, count in zip(row[::2], row[1::2], strict=True)}

    def _weight(self, word: str) -> float:
        return weight_of(self._spread[self._numbers[word]], len(self._rows))

    def meet(self, actors: Iterable[int]) -> None:
        """Nothing has to be fetched of those that will be compared: all are here."""

    def match(
        self,
        actors: Iterable[int],
        article: Mapping[str, str],
        *,
        day: int | None,
        is_state: Callable[[str], bool],
    ) -> Match:
        """Compare the context of an article with that of one known actor, under all its numbers."""
        theirs: dict[str, int] = {}
        days: list[int] = []
        for actor in actors:
            theirs.update(self.words_of(actor))
            days.extend(self._days.get(actor, ()))
        return compared(article, theirs, self._weight, day=day, days=days, is_state=is_state)


Kept = TypeVar("Kept", int, str)


def bounded(kept: Mapping[Kept, int]) -> dict[Kept, int]:
    """Return the MOST_KEPT words of a context that were named most often, in their order."""
    # What is named often stays; among equals the newest, because an actor's company changes.
    order = sorted(enumerate(kept), key=lambda pair: (-kept[pair[1]], -pair[0]))
    stays = {word for _, word in order[:MOST_KEPT]}
    return {word: count for word, count in kept.items() if word in stays}


def weight_of(carriers: int, known: int) -> float:
    """Return what a common word weighs, from 0 to 1: so many of so many actors with a context carry it."""
    every = known + _YOUNG
    return max(0.0, math.log(every / (carriers + 1)) / math.log(every))


def compared(
    article: Mapping[str, str],
    theirs: Mapping[str, int],
    weight: Callable[[str], float],
    *,
    day: int | None,
    days: Sequence[int],
    is_state: Callable[[str], bool],
) -> Match:
    """Compare the context of an article with that of a known actor, who was in the news on these days."""
    common = sorted((w for w in article if w in theirs and _evident(w)), key=lambda w: -weight(w))
    met = sum(weight(word) for word in common if _named(word))
    company = min(sum(map(_named, article)), sum(map(_named, theirs)))
    return Match(
        weight=sum(map(weight, common)),
        shared=tuple(dict.fromkeys(article[word] for word in common[:3])),
        against=_contradiction(article, theirs, is_state) or _other_times(day, days),
        strangers=company >= ENOUGH_TO_MISS and met < FAINT,
    )


def _other_times(day: int | None, days: Sequence[int]) -> str | None:
    if day is None or not days or min(days) - WORKING_LIFE < day < max(days) + WORKING_LIFE:
        return None
    return "more than forty years lie between"


def _contradiction(
    article: Mapping[str, str], theirs: Iterable[str], is_state: Callable[[str], bool]
) -> str | None:
    """Say what cannot be one person, None when nothing: gender, field of work, the state served."""

    def told(words: Iterable[str], prefix: str) -> set[str]:
        return {word.removeprefix(prefix) for word in words if word.startswith(prefix)}

    genders = told(article, "gender:"), told(theirs, "gender:")
    if all(len(each) == 1 for each in genders) and genders[0] != genders[1]:
        return "one is a woman and one a man"
    fields = told(article, "field:"), told(theirs, "field:")
    if all(fields) and not fields[0] & fields[1]:
        mine, known = (min(each).replace("_", " ") for each in fields)
        return f"the one here works in {mine}, the other in {known}"
    states = [{name for name in told(words, "of:") if is_state(name)} for words in (article, theirs)]
    if all(states) and not states[0] & states[1]:
        return f"the one here serves {article['of:' + min(states[0])]}, the other another state"
    return None
