"""Verbs of speech with the one who speaks, and the agency the words came through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.mentions.cue_verbs import is_bare, verbs
from articles.mentions.lexicons import alternatives
from articles.mentions.spans import Kind, NameSpan
from articles.mentions.subjects import Subject, subject_left, subject_right

_MODAL = re.compile(
    r"\b(?:will|would|did|does|do|could|can|may|might|must|should|shall|not|n't|[Tt]hey)\s+(?:\w+ly\s+)?$"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+|also\s+)?$")
_SENTENCE_SPEAKS = re.compile(r"(?:[,;]|\b(?:by|of|in|for|after|before|without|while|when))\s*$")
_QUOTING = re.compile(r"(?<![\w-])(?:quoted|quotes|quoting|cited|cites|citing)(?![\w-])")
_OBJECTS = {"him": "he", "her": "she", "them": "they"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its subject; `via` is the agency that quotes or was told.

    `via_noun` stands for "the agency quoted": the last agency named. A `label` verb names a thing with the
    quoted words ("called the talks a ...").
    """

    start: int
    end: int
    verb: str
    subject: Subject
    via: NameSpan | None = None
    via_noun: bool = False
    label: bool = False


def cues(mask: str, start: int, end: int, names: Sequence[NameSpan], *, floor: int) -> Iterator[Cue]:
    """Yield the verbs of speech in mask[start:end] that have a subject, in the order of the text.

    `floor` is the earliest place a subject may begin: the last quotation or the sentence's begin.
    """
    for verb in verbs().finditer(mask, start, end):
        subject = _subject(mask, verb, names, floor=floor, limit=end)
        if subject:
            told = _told(mask, verb, names)
            yield Cue(verb.start(), verb.end(), verb.group(), subject, told, label=verb["label"] is not None)


def _subject(
    mask: str, verb: re.Match[str], names: Sequence[NameSpan], *, floor: int, limit: int
) -> Subject | None:
    word, before = verb.group(), mask[max(floor, verb.start() - 16) : verb.start()]
    if is_bare(word) and not _MODAL.search(before):
        return None  # "a press conference", "to continue", "the state Senate"
    if word.endswith("ing"):
        # "protesters shouting", "is telling a crowd"; behind a comma or "by" the sentence's subject speaks.
        governed = _SENTENCE_SPEAKS.search(before)
        return None if governed else subject_left(mask, verb.start(), names, floor=floor)
    if _PASSIVE.search(before):
        return _by(mask, verb.end(), names)
    subject = subject_left(mask, verb.start(), names, floor=floor)
    if subject is None and not is_bare(word) and not word.startswith("tol"):
        subject = subject_right(mask, verb.end(), names, limit=limit)
    return subject


def participles(mask: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Participles of speech, which have the subject of their sentence: "..., saying", "before claiming"."""
    for verb in verbs().finditer(mask, start, end):
        if verb.group().endswith("ing"):
            yield verb


def quoting(mask: str, start: int, end: int, names: Sequence[NameSpan], *, floor: int) -> Iterator[Cue]:
    """Find "The agency quoted Bogdanov as saying": the speaker and who carried the words."""
    for verb in _QUOTING.finditer(mask, start, end):
        edge = max(floor, verb.start() - 16)
        passive = _PASSIVE.search(mask[edge : verb.start()])
        if passive:
            subject = subject_left(mask, edge + passive.start(), names, floor=floor)
            by = re.compile(r"\s+(?:as\s+saying\s+)?by\s").match(mask, verb.end())
            carrier = (
                _name_behind(mask, verb.end(), names, 60, (Kind.MEDIA, Kind.ORGANISATION)) if by else None
            )
            noun = False
        else:
            agency = subject_left(mask, verb.start(), names, floor=floor)
            subject = _quoted_object(mask, verb.end(), names)
            carrier = agency.name if agency else None
            noun = bool(
                agency
                and agency.phrase
                and re.search(rf"\b(?:{alternatives('cues', 'medium')})$", agency.phrase)
            )
        if subject:
            yield Cue(
                verb.start(), verb.end(), verb.group(), subject, carrier, via_noun=noun and carrier is None
            )


def _quoted_object(mask: str, at: int, names: Sequence[NameSpan]) -> Subject | None:
    pronoun = re.compile(r"\s+(him|her|them)\b").match(mask, at)
    if pronoun:
        return Subject(pronoun.start(1), pronoun.end(1), pronoun=_OBJECTS[pronoun[1]])
    name = _name_behind(mask, at, names, 110, (Kind.PERSON, Kind.ORGANISATION, Kind.STATE))
    if name is None or mask[name.end : name.end + 2] == "'s":
        return None  # "quoted Reagan's commandment"
    return Subject(name.start, name.end, name)


def _by(mask: str, at: int, names: Sequence[NameSpan]) -> Subject | None:
    """Find "was asked by the host, Bill Maher": the speaker of a passive."""
    if not re.compile(r"\s+by\s").match(mask, at):
        return None
    name = _name_behind(mask, at, names, 80, (Kind.PERSON, Kind.ORGANISATION, Kind.MEDIA))
    return Subject(name.start, name.end, name) if name else None


def _name_behind(
    mask: str, at: int, names: Sequence[NameSpan], reach: int, kinds: tuple[Kind, ...]
) -> NameSpan | None:
    """Return the first name behind a place and before the clause ends; persons before others."""
    stop = re.compile(
        r"(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Gen)(?<!Col)[.;:\"]|\b(?:as\s+)?(?:saying|telling)\b"
    ).search(mask, at, at + reach)
    limit = stop.start() if stop else at + reach
    near = [name for name in names if at <= name.start < limit and name.kind in kinds]
    persons = [name for name in near if name.kind is Kind.PERSON]
    return next(iter(persons or near), None)


def _told(mask: str, verb: re.Match[str], names: Sequence[NameSpan]) -> NameSpan | None:
    """Return the agency that was told: "Gatilov told Interfax", "said in an interview with Kommersant"."""
    if verb.group().startswith("t"):
        lead = r"\s+(?:the\s+)?(?:[\w-]+\s+){0,3}"
    else:
        lead = (
            r"\s+(?:\w+\s+){0,2}in\s+(?:an?\s+|remarks\s+|comments\s+)(?:[\w-]+\s+){0,3}"
            r"(?:with|to|on|by)\s+(?:the\s+)?"
        )
    reach = re.compile(lead).match(mask, verb.end())
    if reach is None:
        return None
    return next((n for n in names if n.kind is Kind.MEDIA and verb.end() < n.start <= reach.end()), None)
