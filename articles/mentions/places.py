"""Whether a name is only ever a place: what all its occurrences in a text say together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from articles.mentions.candidates import Candidate
from articles.mentions.lexicons import alternatives, words
from articles.mentions.reading import is_verb_of_actor
from articles.mentions.spans import Kind, NameSpan, PlaceSpan

# How far left of a name its evidence may stand, in characters: "battle on the outskirts of the".
_LEFT = 40
# How far right: "(Karrini: Hassaq) is a small fishing village".
_RIGHT = 130

_LOOSELY_BEFORE = re.compile(
    r"\b(?:in|near|off|outside|around|at|from|towards?|to|between|via|through|over|across|inside|of|and)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# No person is behind these, but a body may be: "in Congress".
_INSIDE = re.compile(
    r"\b(?:(?:in|inside|reached|above|below)\s+(?:the\s+)?|(?:near|off|outside|around|towards?)\s+the\s+)$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:in|at|to|into|from|near|towards?|through|via|outside|inside|off)\s+(?:the\s+)?$", re.IGNORECASE
)
_FOLLOWING = re.compile(r",?\s+(?:who\b|(\w+))")


@dataclass(slots=True)
class Evidence:
    """How many of a name's occurrences speak for a place, and how.

    `told`: the text says what it is ("the port of Selmouth"); `beside`: it stands as only places do ("near
    Selmouth"); `inside`: as places and bodies do ("in Selmouth"); `loose`: behind a preposition of places and others;
    `acts`: subject of a verb that only actors have; `titled`: behind "Mr.".
    """

    told: int = 0
    beside: int = 0
    inside: int = 0
    loose: int = 0
    acts: int = 0
    titled: int = 0


def as_known(
    view: str, tagged: Iterable[Candidate], *, places: Sequence[PlaceSpan], names: Sequence[NameSpan]
) -> list[Candidate]:
    """Return the tagger's proposals for a headline or a caption with the places of the article's body as places.

    A word alone is one too when the body has it in a place's name and in nobody's: "Selm" of "the Strait of Selm".
    """
    whole = {place.surface for place in places} - {name.surface for name in names}
    parts = _name_words(place.surface for place in places) - _name_words(name.surface for name in names)
    kept: list[Candidate] = []
    for one in tagged:
        surface = view[one.start : one.end]
        known = surface in whole or (one.kind is Kind.PERSON and surface in parts)
        here = known and one.kind in (Kind.PERSON, Kind.ORGANISATION)
        kept.append(replace(one, kind=None, reading="place", method="place") if here else one)
    return kept


def _name_words(surfaces: Iterable[str]) -> set[str]:
    return {word for surface in surfaces for word in surface.split() if word[0].isupper()}


@cache
def _told_before() -> re.Pattern[str]:
    kind = alternatives("places", "kind")
    return re.compile(rf"\b(?:{kind})\s+(?:(?:of|called|named)\s+)?$", re.IGNORECASE)


@cache
def _told_behind() -> re.Pattern[str]:
    """Match "is a village in", ", a small port on", "(the old name) was a town", "is situated"."""
    adjectives = r"(?:(?!(?:of|in|for|from|at|to|and|on|who)\b)[\w'-]+\s+){0,4}?"
    # "the village elder", "a city lawyer" are persons: the noun of a place must end its phrase.
    ended = r"(?=\s*(?:[,.;:()]|$)|\s+(?:in|of|on|near|at|and|that|which|where|with|between|outside|by|from|to|some)\b)"
    return re.compile(
        r"(?:\s*\([^)]{1,60}\))?(?:,|\s+(?:is|was))\s+"
        rf"(?:an?|the|one of the)\s+{adjectives}(?:{alternatives('places', 'kind')})s?{ended}"
        r"|,\s+(?:located|situated)\b"
    )


@cache
def _beside() -> re.Pattern[str]:
    """Match what no body has straight before its name: "near", "the outskirts of", "a camp at", "shells hit"."""
    struck = r"(?:had\s+)?(?:hit|struck|fell\s+on|landed\s+(?:on|in))"
    return re.compile(
        r"\b(?:near|off|outside|around|towards?"
        rf"|(?:{alternatives('places', 'thing_at')})\s+at"
        rf"|(?:{alternatives('places', 'part')})\s+of"
        rf"|(?:{alternatives('places', 'projectile')})\s+{struck}"
        r")\s+$",
        re.IGNORECASE,
    )


@cache
def _honorific_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('titles', 'honorific')})\s+$")


def evidence_of(view: str, same: Sequence[Candidate], places: Collection[int]) -> Evidence:
    """Return what the occurrences of one name say; `places` are the starts of known places and states."""
    found = Evidence()
    for one in same:
        left = view[max(0, one.start - _LEFT) : one.start]
        right = view[one.end : one.end + _RIGHT]
        behind_preposition = _LOOSELY_BEFORE.search(left) is not None
        found.titled += _honorific_before().search(left) is not None
        # "district MVP": capitals alone are no village's name.
        called = not view[one.start : one.end].isupper() and _told_before().search(left) is not None
        found.told += called or _told_behind().match(right) is not None
        # "in Bedham, Ormund": the address goes on with a known place.
        address = _ADDRESSED.search(left) is not None and _address(view, one.end, places)
        found.beside += _beside().search(left) is not None
        found.inside += address or _INSIDE.search(left) is not None
        found.loose += behind_preposition
        following = _FOLLOWING.match(right)
        # "the dead of Oum Tarif stood": the verb is not its own there.
        if following and not behind_preposition:
            found.acts += following[1] is None or is_verb_of_actor(following[1])
    return found


def _address(view: str, end: int, places: Collection[int]) -> bool:
    return view.startswith(", where ", end) or (view.startswith(", ", end) and end + 2 in places)


def only_a_place(view: str, same: Sequence[Candidate], places: Collection[int]) -> bool:
    """Return True for a tagged person or body that the text shows to be a place.

    1. Whoever bears a title is none. 2. What the text calls a village is one. 3. Else most of its occurrences must
    stand as places do, and none may act.
    """
    told = evidence_of(view, same, places)
    # 1.
    if told.titled:
        return False
    # 2.
    if told.told:
        return True
    # 3.
    name = view[same[0].start : same[0].end]
    if same[0].kind is not Kind.PERSON:
        body = name.isupper() or name.rsplit(maxsplit=1)[-1] in words("bodies", "ending")
        return not (told.acts or body) and 2 * told.beside > len(same)
    sure = told.beside + told.inside
    return not told.acts and sure > 0 and 2 * max(sure, told.loose) >= len(same)
