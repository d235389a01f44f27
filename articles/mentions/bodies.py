"""Organisations that a pattern finds: ministries, press services, missions, armies, media, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from articles.mentions.candidates import Candidate, Rank
from articles.mentions.gazetteer import Hit
from articles.mentions.lexicons import alternatives, words
from articles.mentions.plain import Stretch, sentences
from articles.mentions.spans import Kind
from articles.mentions.states import Form, StateWord

# "(SNC)", "(E.U.)": two to eight capitals, an "s" or small connecting letters allowed.
_BRACKETED_ACRONYM = re.compile(r"\s?\((?P<acronym>[A-Z](?:\.?[A-Z&]){1,7}\.?|[A-Z]{1,5}[a-z]?[A-Z]{1,5})\)")
_OR_ACRONYM = re.compile(r",\s+or\s+(?P<acronym>[A-Z]{2,8}),")
_LONG_NAME_LEFT = re.compile(
    r"(?:[A-Z][\w'-]*|of|for|and|the|on|in|de|to|&)(?:\s+(?:[A-Z][\w'-]*|of|for|and|the|on|in|de|to|&))*\s*$"
)
_SMALL = frozenset({"of", "for", "and", "the", "on", "in", "de", "to", "&"})


@cache
def _ministry() -> re.Pattern[str]:
    portfolio = alternatives("bodies", "portfolio")
    return re.compile(
        rf"\b(?:(?:{portfolio})(?:\s+and\s+(?:{portfolio}))?\s+ministry"
        rf"|ministry\s+of\s+(?:the\s+)?(?:{portfolio}|foreign\s+affairs)(?:\s+and\s+(?:{portfolio}))?)\b",
        re.IGNORECASE,
    )


@cache
def _tail(table: str) -> re.Pattern[str]:
    # What follows must not make the noun an adjective: "Russia's military strategy" names no body.
    return re.compile(
        r"(?:'s?)?\s+(?:(?:opposition|national|rebel|central|state|main)\s+){0,2}"
        rf"(?:{alternatives('bodies', table)})(?=\s*(?:[^\w\s]|$)"
        rf"|\s+(?:{alternatives('metonyms', 'auxiliary')}|{alternatives('metonyms', 'verb')}|\w+ed"
        r"|and|or|in|on|at|to|of|for|from|with|by|as|that|which|who|but|after|before|when|while|where|near|against|over|into)\b)"
    )


@cache
def _mission() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives('bodies', 'mission')})(?:\s+(?:in|to|for)\s+[A-Z]\w+)?")


@cache
def _medium_after() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:state\s+|official\s+)?(?:{alternatives('bodies', 'medium')})\b"
        r"(?!\s+(?:reporter|correspondent|columnist))"
    )


def ministries(view: str, hits: list[Hit[StateWord]], *, home: str | None) -> Iterator[Candidate]:
    """Find "Russian Foreign Ministry", "Moscow's foreign ministry" and a bare "Foreign Ministry".

    A bare one belongs to the state whose capital its sentence names, else to that of the only other
    ministry in the text, else to `home`: the outlet's own state or the one that acts most in the text.
    """
    bare: list[Stretch] = []
    owned: set[str] = set()
    for match in _ministry().finditer(view):
        whole = Stretch(match.start(), match.end())
        before = _beside(view, hits, whole, _BEFORE_MINISTRY)
        after = None if before else _beside(view, hits, whole, _BEHIND_MINISTRY)
        owner = before or after
        if owner is None:
            bare.append(whole)
            continue
        owned.add(owner.value.state)
        start, end = min(whole.start, owner.start), max(whole.end, owner.end)
        yield Candidate(
            start, end, Kind.ORGANISATION, Rank.RULE, "ministry", 0.95 if before else 0.9, owner.value.state
        )
    elsewhere = (owned.pop() if len(owned) == 1 else None) if owned else home
    for one in bare:
        state = _capital_of_sentence(view, hits, one) or elsewhere
        method, confidence = ("ministry", 0.8) if state else ("ministry without state", 0.6)
        yield Candidate(one.start, one.end, Kind.ORGANISATION, Rank.RULE, method, confidence, state)


# What may stand between a state and its ministry, on either side.
_BEFORE_MINISTRY = re.compile(r"(?:'s?)?\s+(?:\w+\s+)?")
_BEHIND_MINISTRY = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?")


def _beside(
    view: str, hits: list[Hit[StateWord]], one: Stretch, gap: re.Pattern[str]
) -> Hit[StateWord] | None:
    for hit in hits:
        start, end = (hit.end, one.start) if gap is _BEFORE_MINISTRY else (one.end, hit.start)
        if start < end and gap.fullmatch(view, start, end):
            return hit
    return None


def _capital_of_sentence(view: str, hits: list[Hit[StateWord]], one: Stretch) -> str | None:
    """Return the state of a sentence's only capital: "In Damascus crowds besieged the Foreign Ministry"."""
    here = next((s for s in sentences(view) if s.start <= one.start < s.end), one)
    near = {h.value.state for h in hits if h.value.form is Form.CAPITAL and here.start <= h.start < here.end}
    return near.pop() if len(near) == 1 else None


def state_bodies(view: str, hits: list[Hit[StateWord]]) -> Iterator[Candidate]:
    """Find "the Syrian army", "the Syrian opposition council": a demonym and the common noun of a body."""
    for hit in hits:
        if hit.value.form is Form.CAPITAL:
            continue
        for table, confidence in (("institution", 0.7), ("group", 0.7)):
            match = _tail(table).match(view, hit.end)
            if match and (hit.value.form is Form.DEMONYM or view[hit.end : hit.end + 1] == "'"):
                yield Candidate(
                    hit.start,
                    match.end(),
                    Kind.ORGANISATION,
                    Rank.RULE,
                    f"state {table}",
                    confidence,
                    hit.value.state,
                )


# "US-led coalition", "the Saudi-led alliance".
_LED = re.compile(
    r"-led\s+(?:(?:international|global|military|anti-\S+)\s+){0,2}(?:[Cc]oalition|[Aa]lliance|[Ff]orce)\b"
)


def led_coalitions(view: str, hits: Iterable[Hit[StateWord]]) -> Iterator[Candidate]:
    """Find "the US-led coalition": a body of many states that is called by the one that leads it."""
    for hit in hits:
        match = _LED.match(view, hit.end)
        if match:
            yield Candidate(
                hit.start,
                match.end(),
                Kind.ORGANISATION,
                Rank.DEFINED,
                "led coalition",
                0.85,
                hit.value.state,
            )


def press_services(view: str, persons: Iterable[Candidate]) -> Iterator[Candidate]:
    """Find "Putin's press service": an office that speaks for a person."""
    tail = re.compile(rf"'s?\s+(?:{alternatives('bodies', 'office')})\b")
    for person in persons:
        match = tail.match(view, person.end)
        if match:
            yield Candidate(person.start, match.end(), Kind.ORGANISATION, Rank.DEFINED, "press service", 0.9)


def missions(view: str, bodies: Iterable[Candidate]) -> Iterator[Candidate]:
    """Find "UN observer mission in Syria": a known body and the common noun of its mission."""
    for body in bodies:
        match = _mission().match(view, body.end)
        if match:
            yield Candidate(body.start, match.end(), Kind.ORGANISATION, Rank.RULE, "mission", 0.85)


def media_by_noun(view: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Find "Kommersant newspaper", "the Harbour Gazette": a medium by the noun that ends its name."""
    endings = words("bodies", "medium_ending")
    for one in candidates:
        if one.kind in (Kind.MEDIA, Kind.STATE) or one.rank > Rank.GAZETTEER:
            continue
        surface = view[one.start : one.end]
        named = " " in surface and (
            surface.split()[-1] in endings or " ".join(surface.split()[-2:]) in endings
        )
        if _medium_after().match(view, one.end) or (named and one.kind is not Kind.PERSON):
            yield one.as_kind(Kind.MEDIA, method="medium", rank=Rank.PERSON_RULE)


def acronym_definitions(view: str, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Find "Long Name (ABC)" and "Long Name, or ABC,": the long name, then the acronym at once behind it.

    The definition holds for this text alone, so the pair is proposed together; `within` joins them
    because they touch.
    """
    for pattern in (_BRACKETED_ACRONYM, _OR_ACRONYM):
        for match in pattern.finditer(view):
            long_name = _long_name_before(view, match.start(), match["acronym"], candidates)
            if long_name is None:
                continue
            yield long_name
            start, end = match.span("acronym")
            yield Candidate(start, end, long_name.kind, Rank.DEFINED, "acronym defined", 0.95)


def _long_name_before(view: str, end: int, acronym: str, candidates: list[Candidate]) -> Candidate | None:
    while end and view[end - 1] == " ":
        end -= 1
    letters = acronym.replace(".", "").upper()
    run = _LONG_NAME_LEFT.search(view, max(0, end - 120), end)
    if run:
        start = _initials_start(view, run.start(), end, letters)
        if start is not None:
            touching = [c for c in candidates if c.end == end and c.kind]
            kind = Kind.MEDIA if any(c.kind is Kind.MEDIA for c in touching) else Kind.ORGANISATION
            return Candidate(start, end, kind, Rank.DEFINED, "long name of an acronym", 0.95)
    # The initials do not fit ("National Coalition for ... Forces (SNC)"): take the body that ends here.
    for one in candidates:
        if (
            one.end == end
            and one.kind in (Kind.ORGANISATION, Kind.MEDIA)
            and end - one.start > len(acronym) + 4
        ):
            return one.as_kind(one.kind, method="long name of an acronym", rank=Rank.DEFINED, confidence=0.9)
    return None


def _initials_start(view: str, start: int, end: int, letters: str) -> int | None:
    """Where the words before `end` begin whose capital initials are `letters`; None when they are not."""
    found = [(m.start(), m.group()) for m in re.finditer(r"[^\W_]+|&", view[start:end])]
    taken = len(letters)
    for offset, word in reversed(found):
        if word[0].isupper() and taken and word[0] == letters[taken - 1]:
            taken -= 1
            if not taken:
                return start + offset
        elif word not in _SMALL:
            return None
    return None


def acronym_uses(view: str, definitions: Iterable[Candidate]) -> Iterator[Candidate]:
    """Every later use of an acronym that this text defines."""
    for one in definitions:
        if one.method != "acronym defined":
            continue
        name = view[one.start : one.end]
        for match in re.finditer(rf"(?<![\w(]){re.escape(name)}(?![\w)])", view):
            yield Candidate(match.start(), match.end(), one.kind, Rank.DEFINED, "acronym", 0.9)
