"""CAMEO actor codes: whose a code is, what role it says, and what kind of actor bears it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from articles.mentions.authority import load_authority
from articles.mentions.person_names import PARTICLES
from articles.mentions.spans import Kind
from articles.resolve.names import listed as lexicon
from articles.resolve.names import looks_like_body, normalise

_DATA = Path(__file__).with_name("cameo.toml")
_LETTERS = 3  # of each part of a code
# Roles that people hold in their own name; the others are nearly always those of bodies.
_PERSONAL = frozenset({"GOV", "ELI", "OPP", "JUD", "LEG"})
_BODILY = frozenset({"MNC"})
_ARMED = frozenset({"REB", "INS", "SEP"})
_INTERNATIONAL = frozenset({"IGO", "NGO", "NGM", "IMG", "INT"})
_MOST_WORDS = 6  # of a person's name in these files; beyond it is a description


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code with its days, as one bracket of a dictionary has it; both ends are included."""

    code: str
    start: str | None = None
    end: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The code in its threes: SYRGOVMIL gives ("SYR", "GOV", "MIL")."""
        return tuple(self.code[at : at + _LETTERS] for at in range(0, len(self.code), _LETTERS))

    @property
    def dated(self) -> bool:
        """True when the dictionary limits it to some time."""
        return self.start is not None or self.end is not None


@cache
def _data() -> dict[str, Any]:
    with _DATA.open("rb") as stream:
        return tomllib.load(stream)


@cache
def listed(table: str) -> frozenset[str]:
    """Return a word list of cameo.toml."""
    return frozenset(_data()["names"][table])


@cache
def _states() -> dict[str, str]:
    """Return the names of states by their CAMEO code, which is ISO 3166-1 alpha-3 with a few of its own."""
    from countrynames.mappings import mappings

    three = {state.code: state.name for state in load_authority().states if state.code}
    return {**_data()["states"], **{mappings[two]: name for two, name in three.items() if two in mappings}}


def state_of(code: str) -> str | None:
    """Return the state that three letters stand for."""
    return _states().get(code)


@lru_cache(maxsize=16384)
def _country_code(name: str) -> str | None:
    import countrynames

    try:
        code: str | None = countrynames.to_code_3(name)
    except KeyError:  # a state that is no more has no code of three letters there
        return None
    return code


def names_state(name: str, code: str) -> bool:
    """Return True when `name` is a name of the state with this code, not one of its cities or its people."""
    known = state_of(code)
    return known is not None and (normalise(name) == normalise(known) or _country_code(name) == code)


def state_code(name: str, use: CodeUse) -> str | None:
    """Return the code of the state that a name with this code is, None for what is no state.

    A territory may bear the code of its state alone ([FRA] for Mayotte), or behind it.
    """
    if not use.parts or not all(state_of(part) for part in use.parts):
        return None
    own = _country_code(name)
    return next((code for code in (use.parts[-1], own) if code and names_state(name, code)), None)


def role_of(use: CodeUse) -> tuple[str, str]:
    """Return (title, of) of a code: SYRGOVMIL is ("government, military", "Syria")."""
    data = _data()
    parts = list(use.parts)
    of, words = "", []
    while parts and state_of(parts[0]) and (not of or parts[0] not in data["roles"]):
        of = state_of(parts.pop(0)) or of  # a territory stands behind its state and is the nearer one
    for at, part in enumerate(parts):
        if at == 0 and not of and part in data["international"]:
            words.append(data["international"][part])
        elif part in data["bodies"]:
            of = of or data["bodies"][part]
        elif part in data["roles"]:
            words.append(data["roles"][part])
        elif not of and (state_of(part) or part in data["regions"]):
            of = state_of(part) or data["regions"][part]
    return ", ".join(dict.fromkeys(words)), of


def kind_of(name: str, uses: Sequence[CodeUse], *, personal: bool = False) -> Kind:
    """What kind of actor bears this name (in any case) and these codes.

    `personal` says that the dictionary took the name from a list of people. The name decides first: words of
    bodies make a body. Then the codes: dated ones and those of governments are people's.
    """
    first = uses[0].parts if uses else ()
    words = normalise(name).split()
    telling = [word for word in words if word not in listed("titles") and word not in lexicon("honorific")]
    if uses and state_code(name, uses[0]):
        return Kind.STATE
    if personal and telling:
        # Among people even "Church" may be a surname; only what ends like a body is one.
        ends = len(words) > 2 and words[-1] in lexicon("generic") | listed("body")  # noqa: PLR2004
        return _body(uses) if ends else Kind.PERSON
    if _bodily_words(words) or (first and first[0] in _BODILY) or not telling:
        return _body(uses)
    return Kind.PERSON if _personal_codes(words, telling, uses) else _body(uses)


def _personal_codes(words: list[str], telling: list[str], uses: Sequence[CodeUse]) -> bool:
    """Say whether a name without words of bodies is a person's, by its codes."""
    first = uses[0].parts if uses else ("",)
    dated = any(use.dated for use in uses)
    roles = {part for use in uses for part in use.parts if not state_of(part)}
    if len([word for word in words if word not in PARTICLES]) > _MOST_WORDS or not roles:
        return False
    if names_state(" ".join(telling), first[0]):
        return False  # "American Vice President"
    if len(words) == 1:
        return dated and bool(roles & _PERSONAL)
    if first[0] in _INTERNATIONAL:
        return dated
    return bool(roles & _PERSONAL) or (dated and not roles & _ARMED)


def _bodily_words(words: list[str]) -> bool:
    return looks_like_body(" ".join(words)) or any(word in listed("body") for word in words)


def _body(uses: Sequence[CodeUse]) -> Kind:
    media = any(use.parts[-1] == "MED" and "GOV" not in use.parts for use in uses)
    return Kind.MEDIA if media else Kind.ORGANISATION
