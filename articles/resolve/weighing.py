"""Weighing whom a local actor may be: who is ruled out, what the context says, and the answer in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.mentions.person_names import name_words
from articles.mentions.spans import Kind
from articles.resolve.actors import Candidate, LocalActor, Resolution
from articles.resolve.compare import word_likeness
from articles.resolve.context import CLEAR_TIMES, FAINT, WEIGHTY, Match
from articles.resolve.known import KnownContexts, KnownNames
from articles.resolve.names import normalise
from articles.resolve.register import is_telling, keys_of, squeezed, surname_words
from articles.resolve.standing import StandingVerdicts

# So many spellings of the local actor are looked up, and so many bearers of one surname weighed.
MOST_SPELLINGS = 4
MOST_BEARERS = 100
# A sound of surnames that more known persons share is not looked through, only the spelling itself.
MOST_OF_ONE_SOUND = 500

MOST_CANDIDATES = 5
# What a bearer of a lone name scores as a candidate when nothing else is known.
MAY_BE = 0.4

# Likeness of two surnames from which on one may be a spelling of the other: same sound, few letters apart.
SAME_SURNAME = 0.95


@dataclass(frozen=True, slots=True)
class Bearer:
    """A known actor that may be meant: under the name that fits best, and the one it stands for."""

    number: int
    root: str
    score: float
    name: str


@dataclass
class Question:
    """A local actor, its article and what is known, with what every step of an answer needs."""

    register: KnownNames
    book: KnownContexts
    verdicts: StandingVerdicts
    local: LocalActor
    article: Sequence[LocalActor]
    words: Mapping[str, str]
    day: int | None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The spellings that tell by themselves.

        A state is found in many ways ("Damascus", "Syrian government"), but only its name joins. A body's bare
        "Foreign Ministry" has been given its full name by the article.
        """
        local = self.local
        spelled = (local.name,) if local.kind is not Kind.PERSON else (local.name, *local.surfaces)
        telling = {
            keys_of(name, local.kind).exact: name
            for name in reversed(spelled)
            if is_telling(name, local.kind)
        }
        return tuple(dict.fromkeys(reversed(telling.values())))[:MOST_SPELLINGS]

    @cached_property
    def ruled_names(self) -> tuple[str, ...]:
        """What people's rulings on names are held against: the name, and lone surnames where no name is full."""
        full = any(is_telling(surface, self.local.kind) for surface in self.local.surfaces)
        return tuple(dict.fromkeys((*(() if full else self.local.surfaces), self.local.name)))

    def may_be(self, number: int) -> bool:
        """Return False where the authority files or a person say that this known actor is another."""
        theirs = self.register.authority(number)
        if self.local.authority and theirs and self.local.authority != theirs:
            return False
        barred = self._barred_names
        if barred and any(normalise(self.register.name(n)) in barred for n in self.register.cluster(number)):
            return False
        return number in self._own or not (self._barred_keys and self._barred_keys & self._keys_of(number))

    @cached_property
    def _barred_names(self) -> frozenset[str]:
        return frozenset[str]().union(
            *(self.verdicts.names_apart_from(n, self.local.kind) for n in self.ruled_names)
        )

    @cached_property
    def _own(self) -> frozenset[int]:
        """The known actors that bear exactly the local one's name; asked for only when keys were ruled apart."""
        if not self.verdicts.any_apart:
            return frozenset()
        if self.names:
            return frozenset(
                n for name in self.names for n in self.register.bearers_of(name, self.local.kind)
            )
        if self.local.kind is not Kind.PERSON:
            return frozenset()
        return frozenset(self.called(self.local.name, in_full=False, spelt_so=True))

    @cached_property
    def _barred_keys(self) -> frozenset[str]:
        keys = (key for number in self._own for key in self._keys_of(number))
        return frozenset[str]().union(*(self.verdicts.apart_from(key) for key in keys))

    def _keys_of(self, number: int) -> frozenset[str]:
        return frozenset(self.register.key(n) for n in self.register.cluster(number))

    def called(self, name: str, *, in_full: bool, spelt_so: bool = False) -> list[int]:
        """Return the persons with this surname, in this spelling or one that sounds alike."""
        mine = normalise(last_word(name))
        found = []
        called = self.register.persons_called(mine, in_full=in_full, most=MOST_OF_ONE_SOUND)
        self.register.meet(called[:MOST_OF_ONE_SOUND])
        for number in called[:MOST_OF_ONE_SOUND]:
            theirs = [normalise(word) for word in surname_words(self.register.names(number))]
            if any(
                squeezed(word) == squeezed(mine)
                or (not spelt_so and word_likeness(mine, word) >= SAME_SURNAME)
                for word in theirs
            ):
                found.append(number)
        return found[:MOST_BEARERS]

    # --- weighing the context ---

    def match(self, one: Bearer) -> Match:
        """Compare the article with what is known of an actor under all its keys."""
        numbers = self.register.cluster(one.number)
        return self.book.match(numbers, self.words, day=self.day, is_state=self.register.is_state)

    def _weighed(self, bearers: Sequence[Bearer]) -> list[tuple[Bearer, Match]]:
        some = bearers[:MOST_BEARERS]
        self.book.meet([number for one in some for number in self.register.cluster(one.number)])
        return [(one, self.match(one)) for one in some]

    def joined_unless_strangers(self, one: Bearer, saying: str) -> Resolution:
        """Join a full name, unless two people of one name are plain to see."""
        match = self.match(one)
        if self.local.kind is Kind.PERSON and match.against and match.strangers:
            return self.doubt(
                [one],
                f"{saying}, but {match.against}, and their articles name nobody in common; a person has to decide",
            )
        return self.join(one, one.score, saying)

    def joined_unless_doubtful(
        self, one: Bearer, saying: str, *, better_name: str | None = None
    ) -> Resolution:
        """Join a surname alone, unless the context speaks against it."""
        match = self.match(one)
        if match.against or (match.strangers and match.weight < FAINT):
            why = match.against or "their articles name nobody in common"
            return self.doubt([one], f"{saying}, but {why}; a person has to decide")
        if match.shared:
            saying += f"; both are named with {_listed(match.shared)}"
        return self.join(one, one.score, saying, better_name=better_name)

    def chosen(self, bearers: Sequence[Bearer], score: float, saying: str) -> Resolution:
        """Join the one of several that the context clearly means, else none."""
        weighed = self._weighed(bearers)
        fitting = sorted((pair for pair in weighed if not pair[1].against), key=lambda pair: -pair[1].weight)
        if fitting and len(bearers) < MOST_BEARERS:
            (best, match), second = fitting[0], fitting[1][1].weight if len(fitting) > 1 else 0.0
            if match.weight >= WEIGHTY and match.weight >= CLEAR_TIMES * second:
                known = self.register.name(best.number)
                return self.join(
                    best,
                    score,
                    f"{saying}; this article names {_listed(match.shared)}, as those on {known} do",
                )
        return self.doubt(bearers, f"{saying}; a person has to decide")

    # --- answers ---

    def bearers(self, numbers: Iterable[int], score: float, name: str = "") -> Iterable[Bearer]:
        """Give those of some known actors that nothing rules out, all with one score."""
        asked = list(numbers)
        self.register.meet(asked)
        return (
            Bearer(n, self.register.root(n), score, name or self.local.name) for n in asked if self.may_be(n)
        )

    def by_root(self, bearers: Iterable[Bearer]) -> list[Bearer]:
        """Return the best of each root, best first; of equals the one whose name comes first."""
        best: dict[str, Bearer] = {}
        for one in sorted(bearers, key=self._order):
            best.setdefault(one.root, one)
        return list(best.values())

    def _order(self, one: Bearer) -> tuple[float, bool, str, str]:
        name = self.register.name(one.number)
        return (-one.score, normalise(name) != normalise(one.name), name, self.register.key(one.number))

    def join(self, one: Bearer, score: float, reason: str, *, better_name: str | None = None) -> Resolution:
        """Return that the local actor is a known one."""
        return Resolution(self.register.key(one.number), score, reason, one.root, better_name=better_name)

    def doubt(self, bearers: Sequence[Bearer], saying: str, *, score: float | None = None) -> Resolution:
        """Return that this is a new actor, and whom it may be."""
        weighed = self._weighed(bearers)
        weighed.sort(key=lambda pair: (-_doubtful(*pair), self._order(pair[0])))
        candidates = tuple(
            Candidate(self.register.key(one.number), _doubtful(one, match), self._why(one, match))
            for one, match in weighed[:MOST_CANDIDATES]
        )
        likeliest = candidates[0].score if candidates else MAY_BE
        return Resolution(None, likeliest if score is None else score, saying, candidates=candidates)

    def _why(self, one: Bearer, match: Match) -> str:
        known, called = self.register.name(one.number), one.name
        saying = f'"{called}" may be {known}'
        if match.shared:
            saying += f"; both are named with {_listed(match.shared)}"
        if match.against:
            saying += f"; but {match.against}"
        return saying


def _doubtful(one: Bearer, match: Match) -> float:
    """Return how likely a candidate is: its likeness, less what the context leaves open; half when it contradicts."""
    if match.against:
        return round(one.score / 2, 3)
    return round(one.score * (0.6 + 0.4 * match.weight / (match.weight + 1)), 3)


def last_word(name: str) -> str:
    """Return the last word of a name, without its article."""
    return (name_words(name) or (name,))[-1]


def _listed(things: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))
