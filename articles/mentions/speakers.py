"""Who speaks at a verb of speech: its subject before or behind it, and the agency it came through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from articles.mentions.lexicons import alternatives, words
from articles.mentions.spans import Kind, NameSpan

# A subject stands at most so far before its verb, in characters; an apposition may lie between.
_REACH = 170

# Names between a subject and its verb: more than this, and it is another clause.
_PASSED_OVER = 4

_AUXILIARY = (
    r"(?:has|have|had|also|then|later|now|again|once|often|would|will|did|does|could|has also|had also|just|even|still|first|recently|"
    r"reportedly|repeatedly|previously|himself|herself|itself|was|is|went on to|on \w+day|\w+day|who|which|\w+ly)"
)
_PRONOUN = r"(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey)"
_GAP = rf"(?:\s*,?\s*{_AUXILIARY}\b,?)*\s*"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does the speaking, as it stands in the text: a name, a pronoun, or a phrase without a name of its own."""

    start: int
    end: int
    name: NameSpan | None = None
    pronoun: str | None = None
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its subject; `via` is the agency that quotes or was told."""

    start: int
    end: int
    verb: str
    subject: Subject
    via: NameSpan | None = None
    via_noun: bool = False  # "the agency quoted": the last agency named
    label: bool = False


@cache
def _forms(table: str) -> str:
    found = set(words("cues", f"{table}_irregular"))
    for base in words("cues", table):
        stem = base.removesuffix("e")
        third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
        past = stem + "ed"
        if base.endswith("y") and base[-2] not in "aeiou":
            third, past = base[:-1] + "ies", base[:-1] + "ied"
        found |= {base, third, past, stem + "ing"}
        if base in {"admit", "quip", "slam", "brand", "refer", "dub", "blog", "rip", "label", "chat"}:
            found |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return "|".join(sorted(map(re.escape, found), key=lambda form: (-len(form), form))).replace(r"\ ", r"\s+")


@cache
def verbs() -> re.Pattern[str]:
    """Every cue verb; the group says whether it speaks or labels."""
    return re.compile(rf"(?<![\w-])(?:(?P<speech>{_forms('speech')})|(?P<label>{_forms('label')}))(?![\w-])")


def cues(mask: str, start: int, end: int, names: Sequence[NameSpan], *, floor: int) -> Iterator[Cue]:
    """The verbs of speech in mask[start:end] that have a subject, in the order of the text.

    `floor` is the earliest place a subject may begin: the last quotation or the sentence's begin.
    """
    for verb in verbs().finditer(mask, start, end):
        subject = subject_left(mask, verb.start(), names, floor=floor) or subject_right(
            mask, verb.end(), names, limit=end, verb=verb.group()
        )
        if subject is None:
            continue
        via = _told(mask, verb, names)
        yield Cue(verb.start(), verb.end(), verb.group(), subject, via, label=verb["label"] is not None)


def quoting(mask: str, start: int, end: int, names: Sequence[NameSpan], *, floor: int) -> Iterator[Cue]:
    """ "The agency quoted Bogdanov as saying" and "Bogdanov was quoted by the agency": speaker and carrier."""
    for verb in re.compile(r"(?<![\w-])(?:quoted|quotes|quoting|cited|cites|citing)(?![\w-])").finditer(
        mask, start, end
    ):
        passive = re.search(
            r"\b(?:was|were|is|are|been|being)\s+(?:also\s+)?$",
            mask[max(floor, verb.start() - 14) : verb.start()],
        )
        if passive:
            subject = subject_left(mask, max(floor, verb.start() - 14) + passive.start(), names, floor=floor)
            carrier = re.compile(r"\s+(?:as\s+saying\s+)?by\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?").match(
                mask, verb.end()
            )
            via = (
                _name_at(names, verb.end(), 60, mask, kinds=(Kind.MEDIA, Kind.ORGANISATION))
                if carrier
                else None
            )
        else:
            agency = subject_left(mask, verb.start(), names, floor=floor)
            via = agency.name if agency else None
            subject = _quoted_object(mask, verb.end(), names)
            if (
                subject
                and via is None
                and agency
                and agency.phrase
                and re.search(rf"\b(?:{alternatives('cues', 'medium')})\b", agency.phrase)
            ):
                yield Cue(verb.start(), verb.end(), verb.group(), subject, None, via_noun=True)
                continue
        if subject:
            yield Cue(verb.start(), verb.end(), verb.group(), subject, via)


def _quoted_object(mask: str, at: int, names: Sequence[NameSpan]) -> Subject | None:
    pronoun = re.compile(r"\s+(him|her|them)\b").match(mask, at)
    if pronoun:
        return Subject(
            pronoun.start(1), pronoun.end(1), pronoun={"him": "he", "her": "she", "them": "they"}[pronoun[1]]
        )
    name = _name_at(names, at, 110, mask, kinds=(Kind.PERSON, Kind.ORGANISATION, Kind.STATE))
    return Subject(name.start, name.end, name) if name else None


def _name_at(
    names: Sequence[NameSpan], at: int, reach: int, mask: str, *, kinds: tuple[Kind, ...]
) -> NameSpan | None:
    """The last of the names that stand behind `at` with only words of a title between; persons first."""
    stop = re.compile(r"[.;:\"]|\b(?:as\s+)?(?:saying|telling)\b").search(mask, at, at + reach)
    limit = stop.start() if stop else at + reach
    near = [name for name in names if at <= name.start < limit and name.kind in kinds]
    persons = [name for name in near if name.kind is Kind.PERSON]
    return (persons or near or [None])[0]


def _told(mask: str, verb: re.Match[str], names: Sequence[NameSpan]) -> NameSpan | None:
    """The agency that was told: "Gatilov told Interfax", "said in an interview with Kommersant"."""
    if verb.group().startswith("t"):
        reach = re.compile(r"\s+(?:the\s+)?(?:[\w-]+\s+){0,3}").match(mask, verb.end())
    else:
        reach = re.compile(
            r"\s+(?:\w+\s+){0,2}in\s+(?:an?|remarks|comments)\s*(?:\w+\s+){0,2}(?:interview|to|statement)?\s*(?:with|to|on|published by)?\s+(?:the\s+)?"
        ).match(mask, verb.end())
    if reach is None:
        return None
    return next((n for n in names if n.kind is Kind.MEDIA and verb.end() < n.start <= reach.end()), None)


def subject_left(mask: str, verb: int, names: Sequence[NameSpan], *, floor: int) -> Subject | None:
    """The subject before a verb: the nearest of a name, a pronoun, a phrase, with only auxiliaries or an apposition between."""
    begin = max(floor, verb - _REACH)
    left = mask[begin:verb]
    pronoun = re.search(rf"(?<![\w'])(?:{_PRONOUN}){_GAP}$", left)
    if pronoun:
        return Subject(
            begin + pronoun.start("pronoun"),
            begin + pronoun.end("pronoun"),
            pronoun=pronoun["pronoun"].lower(),
        )
    near = [n for n in names if begin <= n.start and n.end <= verb]
    # Names inside an apposition are passed over: "Osanna Brekk, foreign minister of Vessa, told".
    for name in reversed(near[-_PASSED_OVER:]):
        if _is_subject_gap(mask[name.end : verb]):
            return _with_owner(mask, name, names, begin)
    joined = re.search(rf"\band{_GAP}$", left)
    if joined:
        return _joined_subject(mask, begin, begin + joined.start(), near)
    phrase = re.search(
        rf"(?<![\w'])(?P<phrase>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne of the|[Aa]nother)\s+[^,.;:\"]{{2,60}}?){_GAP}$",
        left,
    )
    if phrase:
        return _phrase_subject(mask, begin + phrase.start("phrase"), begin + phrase.end("phrase"), names)
    return None


def _joined_subject(mask: str, begin: int, end: int, names: Sequence[NameSpan]) -> Subject | None:
    """The subject of the first verb of "Tessedin went back to the table and said": what opens the clause."""
    clause = max((m.end() for m in re.compile(r"[.;:\"]\s|\n").finditer(mask, begin, end)), default=begin)
    opening = re.compile(r"\s*(?:[Bb]ut|[Aa]nd)?\s*(?P<pronoun>[Hh]e|[Ss]he)\s+\w").match(mask, clause, end)
    if opening:
        return Subject(opening.start("pronoun"), opening.end("pronoun"), pronoun=opening["pronoun"].lower())
    inside = [n for n in names if clause <= n.start]
    first = next((n for n in inside if n.kind is Kind.PERSON), inside[0] if inside else None)
    if first is None or re.search(
        r"\b(?:of|for|to|from|with|by|at|against|about|in|on)\s+(?:the\s+)?$", mask[clause : first.start]
    ):
        return None
    return Subject(first.start, first.end, first)


def _is_subject_gap(gap: str) -> bool:
    medium = alternatives("cues", "medium_noun")
    if (
        re.fullmatch(rf",?{_GAP}", gap)
        or re.fullmatch(rf"\s+(?:state\s+)?(?:{medium}){_GAP}", gap)
        or re.fullmatch(rf"\s*\([^)\"]{{1,40}}\){_GAP}", gap)
    ):
        return True
    # An apposition or an age, closed by a comma; or the name's own address: "of Texas", "of the institute".
    if re.fullmatch(rf",\s+[^\"\x01;:]{{2,120}},{_GAP}", gap):
        return True
    return re.fullmatch(
        rf"\s+(?:of|from|at|for)\s+[^,.;:\"]{{2,60}}{_GAP}", gap
    ) is not None and not verbs().search(gap)


def _with_owner(mask: str, name: NameSpan, names: Sequence[NameSpan], begin: int) -> Subject:
    """The name as subject, unless it only belongs to one: "Nadim Houry of Human Rights Watch", "a spokesman for Putin"."""
    left = mask[begin : name.start]
    belongs = re.search(
        r"(?P<noun>[\w'-]+)(?P<role>\s+(?:for|of|to|at|from|with|in)\s+(?:the\s+|former\s+|[A-Z][\w.'-]*\s+|[\w-]+\s+)*?)$",
        left,
    )
    if belongs is None or name.start - (begin + belongs.end("noun")) > 80:
        return Subject(name.start, name.end, name)
    noun_end = begin + belongs.end("noun")
    owner = next(
        (
            n
            for n in reversed(list(names))
            if begin <= n.start
            and n.end <= name.start
            and re.fullmatch(r"(?:,\s[^,\"]*?)?\s*|\s*", mask[n.end : begin + belongs.start("role")])
        ),
        None,
    )
    if owner is not None and owner.end >= noun_end - 1:
        return Subject(owner.start, owner.end, owner)
    if owner is not None and mask[owner.end : owner.end + 1] == ",":
        return Subject(owner.start, owner.end, owner)
    if re.search(rf"\b(?:{alternatives('titles', 'head')})s?$", belongs["noun"], re.I) or belongs["noun"] in {
        "campaign",
        "lawyers",
        "aides",
        "office",
        "source",
        "sources",
        "staff",
        "people",
    }:
        start = _phrase_start(mask, begin, begin + belongs.start("noun"))
        return Subject(start, name.end, phrase=mask[start : name.end])
    return Subject(name.start, name.end, name)


def _phrase_start(mask: str, begin: int, at: int) -> int:
    match = re.search(
        r"(?:\b(?:[Tt]he|[Aa]n?|[Oo]ne of the|[Aa]nother)\s+)?(?:[\w'-]+\s+){0,2}$", mask[begin:at]
    )
    return begin + match.start() if match else at


def _phrase_subject(mask: str, start: int, end: int, names: Sequence[NameSpan]) -> Subject | None:
    phrase = mask[start:end].rstrip()
    if verbs().search(phrase):
        return None
    inside = [n for n in names if start <= n.start and n.end <= end]
    # "the Kremlin", "the KSNA news agency": the name is the phrase's own head when it ends it.
    tail = phrase[inside[-1].end - start :] if inside else ""
    if inside and (len(tail) <= 1 or re.fullmatch(rf"\s+(?:{alternatives('cues', 'medium_noun')})", tail)):
        return _with_owner(mask, inside[-1], names, start)
    return Subject(start, start + len(phrase), phrase=phrase)


def subject_right(
    mask: str, verb_end: int, names: Sequence[NameSpan], *, limit: int, verb: str
) -> Subject | None:
    """The subject behind a verb: "said Sergei Markov", "said the Russian foreign minister, Sergei Lavrov"."""
    if verb.startswith(("tol", "tell")) or verb.endswith("ing"):
        return None
    pronoun = re.compile(rf"\s+{_PRONOUN}\b").match(mask, verb_end, limit)
    if pronoun:
        return Subject(pronoun.start("pronoun"), pronoun.end("pronoun"), pronoun=pronoun["pronoun"].lower())
    for name in names:
        if not verb_end <= name.start < min(limit, verb_end + 110):
            continue
        gap = mask[verb_end : name.start]
        if re.fullmatch(
            r"\s+(?:(?!that\b|it\b|he\b|she\b|they\b|on\b|in\b|to\b|by\b|there\b|if\b)[\w.'-]+,?\s+){0,10}",
            gap,
        ) and not verbs().search(gap):
            later = [
                n for n in names if n.start > name.end and n.kind is Kind.PERSON and n.start < verb_end + 110
            ]
            # "said Russian Deputy Foreign Minister Mikhail Bogdanov": the person at the end, not the state in the title.
            if (
                name.kind is not Kind.PERSON
                and later
                and re.fullmatch(r"(?:'s)?\s+(?:[\w.'-]+,?\s+){0,7}", mask[name.end : later[0].start])
            ):
                return Subject(later[0].start, later[0].end, later[0])
            return _with_owner(mask, name, names, verb_end)
        break
    return None
