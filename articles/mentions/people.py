"""Persons: titles off, titles as evidence, surnames of people named in full before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from articles.mentions.candidates import Candidate, Rank
from articles.mentions.cue_verbs import verbs
from articles.mentions.lexicons import alternatives, words
from articles.mentions.person_names import BEFORE_SURNAME, NAME, is_full_name, name_words, surnames_of
from articles.mentions.plain import Stretch
from articles.mentions.spans import Gender, Kind

# Small words and prepositions before a name, which the tagger takes along: "so-called", "Near Ar Rand".
_NO_PART = re.compile(
    r"(?:the|The|an?|An?|[Ss]o-called|self-styled|(?:In|At|Near|From|Outside|Inside|Around|Off|Towards?)(?=\s+[A-Z]))\s+"
)
# A footnote's mark or a bracket that is stuck to a name: "Larch Society,[3", "Qanbar(Arabic".
_STUCK = re.compile(r"[.,]?\[\d*|(?<=\w)\((?=[A-Z]\w+$)")
_LEADING = re.compile(r"^[\s\"“(\[]+")


# Shorter surnames ("Xi", "Hu") are too often something else to be looked for by themselves.
_SHORTEST_SURNAME = 3


@dataclass(frozen=True, slots=True)
class Head:
    """A person named in full in this text, and the words that may stand for him or her alone."""

    name: str
    surnames: tuple[str, ...]


@cache
def _honorific_start() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives('titles', 'honorific')})\s+(?=\S)")


@cache
def _behind_honorific() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<title>{alternatives('titles', 'honorific')})\s+(?P<name>{NAME})")


@cache
def _behind_title() -> re.Pattern[str]:
    strong = "|".join(
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted(words("titles", "head") - words("titles", "weak"), key=lambda w: (-len(w), w))
    )
    # "Foreign Minister NAME", "a ship's cook called NAME".
    return re.compile(rf"(?<![\w-])(?P<title>(?i:{strong}))(?:\s+(?:called|named))?\s+(?P<name>{NAME})")


def trimmed(view: str, one: Candidate) -> Candidate | None:
    """Return the candidate without article, honorific and possessive; None when nothing is left."""
    start, end = one.start, one.end
    moved = True
    while moved and start < end:
        text = view[start:end]
        cut = _LEADING.match(text) or _NO_PART.match(text)
        if cut is None and one.kind is Kind.PERSON:
            cut = _honorific_start().match(text)
        moved = cut is not None
        start += cut.end() if cut else 0
    stuck = _STUCK.search(view, start, end)
    end = stuck.start() if stuck else end
    tail = re.search(r"(?:'s?|[\s,;:!?)\]\"”]+|(?<![A-Z])\.)+$", view[start:end])
    end -= len(tail.group()) if tail else 0
    return replace(one, start=start, end=end) if start < end else None


def titled(view: str, taken: list[Candidate]) -> Iterator[Candidate]:
    """Names behind "Mr." or "Foreign Minister": persons, also where the tagger saw nothing or something else.

    `taken` are states and known bodies: "Prime Minister Syria" does not make Syria a person.
    """
    stop = words("words", "days") | words("words", "opening") | words("words", "never")
    for pattern, sure in ((_behind_honorific(), True), (_behind_title(), False)):
        for match in pattern.finditer(view):
            start, end = match.span("name")
            end = _before_stop(view, start, end, stop)
            surface = view[start:end]
            if not surface or any(c.start < end and start < c.end for c in taken):
                continue
            if (
                surface.split()[-1] in words("bodies", "ending") | words("bodies", "building")
                or surface.isupper()
            ):
                continue
            # Behind a bare noun one word is not enough: "the writer Monday", "analyst Brent".
            if sure or " " in surface or match["title"][0].isupper():
                yield Candidate(
                    start,
                    end,
                    Kind.PERSON,
                    Rank.PERSON_RULE,
                    "title",
                    0.9 if sure else 0.8,
                    gender=_gender(match["title"]),
                )


@cache
def _beside_quote() -> re.Pattern[str]:
    """Match a name beside a closing mark and a verb of speech: "...," Viguerie notes."""
    speech = verbs().pattern.replace("?P<speech>", "").replace("?P<label>", "")
    before = rf"(?P<before>{NAME})\s+(?:\w+ly\s+|also\s+)?{speech}"
    return re.compile(rf"[”\"]\s+(?:{before}|said\s+(?P<behind>{NAME}))")


def speaking(view: str, taken: list[Candidate]) -> Iterator[Candidate]:
    """Yield names that speak beside a quotation and that nothing else has seen."""
    never = words("words", "opening") | words("words", "days") | words("words", "never")
    for match in _beside_quote().finditer(view):
        start, end = match.span("before") if match["before"] else match.span("behind")
        one = Candidate(start, end, Kind.PERSON, Rank.GUESS, "speaks", 0.6)
        first = view[start:end].split(maxsplit=1)[0]
        if (
            first not in never
            and first not in words("titles", "honorific")
            and not any(one.overlaps(c) for c in taken)
        ):
            yield one


def _before_stop(view: str, start: int, end: int, stop: frozenset[str]) -> int:
    """Where a run of capitalised words must end because a day, an opening word or another title begins."""
    honorific = words("titles", "honorific")
    for word in re.finditer(r"[\w.'-]+", view[start:end]):
        if word.group() in stop or (word.start() and word.group() in honorific):
            return start + len(view[start : start + word.start()].rstrip())
    return end


def _gender(title: str) -> Gender | None:
    if title in words("titles", "male"):
        return "m"
    return "f" if title in words("titles", "female") or title.lower().endswith("woman") else None


def genders(view: str, persons: list[Candidate], sentences: tuple[Stretch, ...]) -> list[Candidate]:
    """Return persons with what the text shows of their sex: an honorific, else the next pronoun."""
    honorific = re.compile(rf"(?:{alternatives('titles', 'male')}|{alternatives('titles', 'female')})\s+$")
    told: list[Candidate] = []
    for one in persons:
        before = honorific.search(view, max(0, one.start - 12), one.start)
        gender = (
            one.gender
            or (_gender(before.group().strip()) if before else None)
            or _by_pronoun(view, one, persons, sentences)
        )
        told.append(replace(one, gender=gender))
    return told


def _by_pronoun(
    view: str, one: Candidate, persons: list[Candidate], sentences: tuple[Stretch, ...]
) -> Gender | None:
    """Return the sex of the pronoun that follows a full name, with no other person between."""
    at = next((i for i, s in enumerate(sentences) if s.start <= one.start < s.end), None)
    if at is None or not is_full_name(view[one.start : one.end]):
        return None
    reach = sentences[at].end
    if at + 1 < len(sentences):
        reach = min(sentences[at + 1].end, sentences[at + 1].start + 30)
    others = [p.start for p in persons if one.end <= p.start < reach]
    match = re.search(
        r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b",
        view[one.end : min([reach, *others])],
        re.IGNORECASE,
    )
    if match is None:
        return None
    return "m" if match.group(1) else "f"


def heads(view: str, persons: Iterable[Candidate], known: Iterable[str] = ()) -> list[Head]:
    """Return the people named in full, in the text or in `known` names from elsewhere in the article."""
    names = dict.fromkeys([*(view[p.start : p.end] for p in persons if p.kind is Kind.PERSON), *known])
    return [Head(name, surnames_of(name)) for name in names if is_full_name(name)]


def retyped(view: str, candidates: Iterable[Candidate], found: list[Head]) -> Iterator[Candidate]:
    """Yield what the tagger called a body or a place, but bears the name of a person of this text."""
    surnames = {surname for head in found for surname in head.surnames}
    full = {head.name for head in found}
    for one in candidates:
        if one.kind is Kind.PERSON or one.rank is not Rank.MODEL:
            continue
        surface = view[one.start : one.end]
        parts = name_words(surface)
        if surface in full or (len(parts) == 1 and parts[0] in surnames):
            yield one.as_kind(Kind.PERSON, method="surname")
        elif (
            _in_person_apposition(view, one)
            and is_full_name(surface)
            and surface.split()[-1] not in words("bodies", "ending")
        ):
            yield one.as_kind(Kind.PERSON, method="apposition", confidence=0.75)


@cache
def _apposition_after() -> re.Pattern[str]:
    return re.compile(
        rf",\s+(?:an?|the|who|one of the)?\s*(?:[\w'-]+\s+){{0,4}}(?:{alternatives('titles', 'head')})\b",
        re.IGNORECASE,
    )


@cache
def _apposition_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives('titles', 'head')})(?:\s+(?:of|for|at|to|from)\s+[^,.;]{{2,60}})?,\s+$",
        re.IGNORECASE,
    )


def _in_person_apposition(view: str, one: Candidate) -> bool:
    """Find "the new head of the X, NAME," and "NAME, a spokesman for": only a person is either."""
    behind = view[one.end : one.end + 70]
    if re.search(
        r"\b(?:in|at|from|near|to|outside|the)\s+$", view[max(0, one.start - 9) : one.start], re.IGNORECASE
    ):
        return False  # "In Dar Senna, the foreign minister" names a place, "the Larch Valleys" no person
    if _apposition_after().match(behind):
        return True
    before = view[max(0, one.start - 90) : one.start]
    return (
        view[one.end : one.end + 1] in {",", "."}
        and before.rstrip().endswith(",")
        and _apposition_before().search(before) is not None
    )


def surname_uses(view: str, found: list[Head], taken: list[Candidate]) -> Iterator[Candidate]:
    """Every bare surname of a person of this text that nothing else has claimed."""
    opening = words("words", "opening") | words("words", "days")
    owners: dict[str, set[str]] = defaultdict(set)
    for head in found:
        for surname in head.surnames:
            owners[surname].add(head.name)
    sought = [one for one in owners if one not in opening and len(one) >= _SHORTEST_SURNAME]
    if not sought:
        return
    alternation = "|".join(re.escape(one) for one in sorted(sought, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w'-]){BEFORE_SURNAME}(?:{alternation})(?![\w-]|'[a-rt-z])", view):
        one = Candidate(match.start(), match.end(), Kind.PERSON, Rank.PERSON_RULE, "surname", 0.85)
        if not any(one.overlaps(other) for other in taken):
            yield one
