"""States in running text: by name, by capital, by demonym with a government behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from articles.mentions.authority import Authority
from articles.mentions.candidates import Candidate, Rank
from articles.mentions.gazetteer import Hit, PhraseIndex
from articles.mentions.lexicons import alternatives
from articles.mentions.reading import reading_of
from articles.mentions.spans import Kind


class Form(StrEnum):
    """How a text names a state."""

    NAME = "name"
    CAPITAL = "capital"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True)
class StateWord:
    """What a word stands for: the state's main name, and the form it has here."""

    state: str
    form: Form


class StateFinder:
    """Finds states; built from an authority, with countrynames for formal names it lacks."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._index = PhraseIndex(self._entries())
        self._by_code = {state.code: state.name for state in authority.states if state.code}

    def _entries(self) -> Iterator[tuple[str, StateWord]]:
        # A seat that the files list as a body ("Harbour House") acts under its own name, not as the state.
        own = {name for body in self._authority.bodies for name in (body.name, *body.aliases)}
        for state in self._authority.states:
            for name in (state.name, *state.aliases):
                yield name, StateWord(state.name, Form.NAME)
                if not name.isupper():
                    yield name.upper(), StateWord(state.name, Form.NAME)
            for name in {*state.capitals, *state.metonyms} - own:
                yield name, StateWord(state.name, Form.CAPITAL)
            for name in state.demonyms:
                yield name, StateWord(state.name, Form.DEMONYM)

    @cached_property
    def _government(self) -> re.Pattern[str]:
        return re.compile(rf"(?:'s?)?\s+(?:{alternatives('bodies', 'government')})\b")

    def is_demonym(self, surface: str) -> bool:
        """Return True for "Syrian", "Syrians" and "two Syrias": a people or a word for many, not an actor."""
        return surface in self._demonyms

    @cached_property
    def _demonyms(self) -> frozenset[str]:
        known = {name for state in self._authority.states for name in (state.name, *state.aliases)}
        several = {f"{name}s" for name in known if not name.isupper()} - known
        return frozenset(word for state in self._authority.states for word in state.demonyms) | several

    def words_in(self, view: str) -> list[Hit[StateWord]]:
        """Every state word of a plain view, whatever its reading."""
        return list(self._index.find(view))

    def candidates(self, view: str, hits: list[Hit[StateWord]]) -> Iterator[Candidate]:
        """Proposals from state words: states that act, governments, and places."""
        for hit in hits:
            before = _GOVERNMENT_OF.search(view, max(0, hit.start - 24), hit.start)
            if before and hit.value.form is Form.NAME:
                yield Candidate(
                    before.start(), hit.end, Kind.STATE, Rank.RULE, "government", 0.85, hit.value.state
                )
                continue
            government = self._government.match(view, hit.end)
            if government and hit.value.form is not Form.CAPITAL and not _of_a_person(view, hit.start):
                yield Candidate(
                    hit.start, government.end(), Kind.STATE, Rank.RULE, "government", 0.85, hit.value.state
                )
            elif hit.value.form is Form.DEMONYM:
                continue
            else:
                capital = hit.value.form is Form.CAPITAL
                reading = reading_of(view, hit.start, hit.end, capital=capital)
                yield Candidate(
                    hit.start,
                    hit.end,
                    Kind.STATE if reading == "actor" else None,
                    Rank.GAZETTEER,
                    ("metonym" if capital else "state") if reading == "actor" else "place",
                    0.8 if capital else 0.95,
                    hit.value.state,
                    reading=reading,
                )

    def formal_name(self, surface: str) -> str | None:
        """Return the state behind a formal name ("Islamic Republic of Iran"), by the countrynames package.

        Only a name with a word of state is asked: that package also knows towns and regions by their state.
        """
        if not _FORMAL.search(surface):
            return None
        import countrynames

        code = countrynames.to_code(surface.removeprefix("the ").removeprefix("The "))
        return self._by_code.get(code) if code else None


# "the Government of Ruritania" is its government; "head of government of" is left to the roles.
_GOVERNMENT_OF = re.compile(r"(?<!of )\b[Gg]overnment of (?:the )?$")

# What the formal name of a state has.
_FORMAL = re.compile(
    r"\b(?:Republic|Kingdom|Federation|Emirates?|Sultanate|Commonwealth|Confederation|Principality|Duchy|State|Union"
    r"|States)\b"
)

# "Syrian opposition", "Syrian crisis": the demonym names a people or a matter, not the state.
_NOT_THE_STATE = re.compile(
    r"\s+(?:opposition|people|crisis|conflict|rebels?|refugees?|civil|dissidents?|exiles?|uprising)\b"
)


def main_state(
    view: str, candidates: Iterable[Candidate], hits: Iterable[Hit[StateWord]], *, home: str | None
) -> str | None:
    """Return the state a bare "the Foreign Ministry" belongs to: the one that acts most often in the text.

    When none leads, the one most often named in any form. `home` (the outlet's state) is preferred when it
    acts here at all and is named a third as often: a paper's own ministry needs no adjective. None without
    any, or on a tie.
    """
    acting = Counter(c.qualifier for c in candidates if c.reading == "actor" and c.qualifier and c.kind)
    named = Counter(hit.value.state for hit in hits if not _NOT_THE_STATE.match(view, hit.end))
    if home and acting[home] and 3 * named[home] >= max(named.values(), default=1):
        return home
    return _leader(acting) or _leader(named)


def _leader(counts: Counter[str]) -> str | None:
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _of_a_person(view: str, start: int) -> bool:
    """Return True behind a hyphen ("anti-Syrian government protests")."""
    return view[max(0, start - 1) : start] == "-"
