"""The subject of a verb: a name, a pronoun or a phrase, before the verb or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from articles.mentions.cue_verbs import verbs
from articles.mentions.lexicons import alternatives
from articles.mentions.spans import Kind, NameSpan

# A subject stands at most so far before its verb, in characters; an apposition may lie between.
_REACH = 190

# Names between a subject and its verb: more than this, and it is another clause.
_PASSED_OVER = 4

# Characters of titles between a preposition and the name it governs: "for Democratic candidate Hillary".
_LONGEST_TITLE = 80

_AUXILIARY = (
    r"(?:has|have|had|also|then|later|now|again|once|often|would|will|did|does|could|may|might|should|not|just|even"
    r"|still|first|recently|reportedly|repeatedly|previously|himself|herself|itself|is|was|been|went on to"
    r"|on \w+day|\w+day|who|which|\w+ly)"
)
_PRONOUN = r"(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey)"
_GAP = rf"(?:\s*,?\s*{_AUXILIARY}\b,?)*\s*"

# Nouns whose "for" or "of" makes the name behind them somebody else's: "lawyers for Assad said".
_OF_SOMEBODY = frozenset(
    {"campaign", "lawyers", "aides", "office", "source", "sources", "staff", "people", "critics", "allies",
     "opponents", "supporters", "friends", "relatives", "members", "spokesmen", "officials", "report",
     "reports", "statement", "emails"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does the speaking, as it stands in the text: a name, a pronoun, or a phrase."""

    start: int
    end: int
    name: NameSpan | None = None
    pronoun: str | None = None
    phrase: str | None = None


def subject_left(mask: str, verb: int, names: Sequence[NameSpan], *, floor: int) -> Subject | None:
    """Return the subject before a verb, with only auxiliaries or an apposition between.

    1. a pronoun, 2. a name, 3. the subject of the verb it is joined to by "and", 4. a phrase.
    """
    begin = max(floor, verb - _REACH)
    left = mask[begin:verb]
    pronoun = re.search(rf"(?<![\w'])(?:{_PRONOUN}){_GAP}$", left)
    if pronoun:
        return _pronoun(begin, pronoun)
    near = [name for name in names if begin <= name.start and name.end <= verb]
    # Names inside an apposition are passed over: "Osanna Brekk, foreign minister of Vessa, told".
    for name in reversed(near[-_PASSED_OVER:]):
        if _is_gap(mask[name.end : verb]):
            return with_owner(mask, name, names, begin)
        if re.fullmatch(rf"'s?\s+(?:[\w-]+\s+){{0,3}}[\w-]+{_GAP}", mask[name.end : verb]):
            # "Clinton's right-hand woman said": somebody of hers, whom only the phrase names.
            return _phrase(mask, name.start, verb, names)
    joined = re.search(rf"\b(?:and|but){_GAP}$", left)
    if joined:
        return _joined(mask, begin, begin + joined.start(), near)
    phrase = re.search(
        r"(?<![\w'])(?P<phrase>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne of the|[Aa]nother)"
        r"\s+[^,.;:\"]{2,60}?)"
        rf"{_GAP}$",
        left,
    )
    return (
        _phrase(mask, begin + phrase.start("phrase"), begin + phrase.end("phrase"), names) if phrase else None
    )


def subject_right(mask: str, verb_end: int, names: Sequence[NameSpan], *, limit: int) -> Subject | None:
    """Return the subject behind a verb: "said Sergei Markov", "said Deputy Foreign Minister Bogdanov"."""
    pronoun = re.compile(rf"\s+{_PRONOUN}\b").match(mask, verb_end, limit)
    if pronoun:
        return _pronoun(0, pronoun)
    near = [name for name in names if verb_end <= name.start < min(limit, verb_end + 110)]
    if not near or not _only_titles(mask[verb_end : near[0].start]):
        return None
    first = near[0]
    person = next((name for name in near[1:] if name.kind is Kind.PERSON), None)
    # The person at the end, not the state in the title.
    if (
        first.kind is not Kind.PERSON
        and person
        and _only_titles(mask[first.end : person.start].removeprefix("'s"))
    ):
        return Subject(person.start, person.end, person)
    return with_owner(mask, first, names, verb_end)


def _only_titles(gap: str) -> bool:
    clause = r"\b(?:that|it|he|she|they|on|in|to|by|there|if|about|with|when|as|and)\b"
    return (
        re.fullmatch(r"\s+(?:[\w.'-]+,?\s+){0,10}", gap) is not None
        and not re.search(clause, gap)
        and not verbs().search(gap)
    )


def _pronoun(begin: int, match: re.Match[str]) -> Subject:
    return Subject(
        begin + match.start("pronoun"), begin + match.end("pronoun"), pronoun=match["pronoun"].lower()
    )


def _joined(mask: str, begin: int, end: int, names: Sequence[NameSpan]) -> Subject | None:
    """Return the subject of "Tessedin went back to the table and said": what opens the clause."""
    clause = max((m.end() for m in re.compile(r"[.;:\"]\s|\n").finditer(mask, begin, end)), default=begin)
    opening = re.compile(rf"\s*(?:[Bb]ut|[Aa]nd)?\s*{_PRONOUN}\s+\w").match(mask, clause, end)
    if opening:
        return _pronoun(0, opening)
    inside = [name for name in names if clause <= name.start]
    first = next((name for name in inside if name.kind is Kind.PERSON), inside[0] if inside else None)
    preposition = r"\b(?:of|for|to|from|with|by|at|against|about|in|on)\s+(?:the\s+)?$"
    if first is None or re.search(preposition, mask[clause : first.start]):
        return None
    return Subject(first.start, first.end, first)


@cache
def _gaps() -> tuple[re.Pattern[str], ...]:
    medium = alternatives("cues", "medium_noun")
    return (
        # A party or an age, then an apposition closed by a comma: "(D-Calif.), who wrote the bill, said".
        re.compile(rf"(?:\s*\([^)\"]{{1,40}}\))?(?:,\s+[^\"\x01\x02;:]{{2,140}},|,)?{_GAP}"),
        re.compile(rf"\s+(?:state\s+)?(?:{medium}){_GAP}"),
    )


def _is_gap(gap: str) -> bool:
    if any(pattern.fullmatch(gap) for pattern in _gaps()):
        return True
    # The name's own address: "of Texas", "of the institute".
    address = re.fullmatch(rf"\s+(?:of|from|at|for)\s+[^,.;:\"]{{2,60}}{_GAP}", gap)
    return address is not None and not verbs().search(gap)


def with_owner(mask: str, name: NameSpan, names: Sequence[NameSpan], begin: int) -> Subject:
    """Return the name as subject, unless it only belongs to one: "a spokesman for Putin"."""
    left = mask[begin : name.start]
    belongs = re.search(
        r"(?P<noun>[\w'-]+)(?P<role>\s+(?:for|of|to|at|from|with|in)\s+(?:the\s+|former\s+|[A-Z][\w.'-]*\s+|[\w-]+\s+)*?)$",
        left,
    )
    if belongs is None or len(left) - belongs.end("noun") > _LONGEST_TITLE:
        return Subject(name.start, name.end, name)
    role = begin + belongs.start("role")
    for other in reversed([n for n in names if begin <= n.start and n.end <= role]):
        if re.fullmatch(r"(?:,\s[^\"]{0,60})?\s*", mask[other.end : role]):
            return Subject(other.start, other.end, other)
        break
    # "Vice President for News Dave Gorab": a title without an article is the name's own.
    if belongs["noun"][0].isupper() and not re.search(
        r"\b(?:an?|the)\s+(?:\w+\s+)*$", left[: belongs.start()], re.IGNORECASE
    ):
        return Subject(name.start, name.end, name)
    head = rf"(?:{alternatives('titles', 'head')})s?"
    if re.fullmatch(head, belongs["noun"], re.IGNORECASE) or belongs["noun"] in _OF_SOMEBODY:
        start = _phrase_start(mask, begin, begin + belongs.start("noun"))
        return Subject(start, name.end, phrase=mask[start : name.end])
    return Subject(name.start, name.end, name)


def _phrase_start(mask: str, begin: int, at: int) -> int:
    match = re.search(
        r"(?:\b(?:[Tt]he|[Aa]n?|[Oo]ne of the|[Aa]nother)\s+)?(?:[\w'-]+\s+){0,2}$", mask[begin:at]
    )
    return begin + match.start() if match else at


def _phrase(mask: str, start: int, end: int, names: Sequence[NameSpan]) -> Subject | None:
    phrase = mask[start:end].rstrip()
    if verbs().search(phrase):
        return None
    inside = [name for name in names if start <= name.start and name.end <= end]
    # "the Kremlin", "the KSNA news agency": the name is the phrase's own head when it ends it.
    tail = phrase[inside[-1].end - start :] if inside else ""
    if inside and (len(tail) <= 1 or re.fullmatch(rf"\s+(?:{alternatives('cues', 'medium_noun')})", tail)):
        return with_owner(mask, inside[-1], names, start)
    return Subject(start, start + len(phrase), phrase=phrase)
