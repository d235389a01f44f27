"""What is found in a text: names, roles and quotes, each with offsets in characters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What kind of actor a name stands for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    MEDIA = "media"  # an agency or newspaper that the text cites as its source


Zone = Literal["headline", "subtitle", "caption", "source", "body"]
Gender = Literal["f", "m"]
SpeechKind = Literal["direct", "reported", "mixed"]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """One name in a text: `text[start:end] == surface`.

    Honorifics and titles stay outside the span ("Mr. Annan" gives "Annan"; the title is a RoleSpan
    or dropped). `method` names the rule or model that found it, `confidence` runs from 0 to 1.
    `qualifier` is the state a body without a full name belongs to ("Moscow's foreign ministry": Russia),
    or the state that a capital or a government stands for ("Damascus": Syria). `gender` is what the text
    shows by an honorific or the nearest pronoun; two people of one surname are told apart by it.
    """

    start: int
    end: int
    surface: str
    kind: Kind
    zone: Zone
    method: str
    confidence: float
    qualifier: str | None = None
    gender: Gender | None = None
    zone_index: int = 0  # which caption, when the zone is one


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A name read as a place, not as an actor ("talks in Moscow"); `state` is the state it belongs to."""

    start: int
    end: int
    surface: str
    method: str
    state: str | None = None
    zone: Zone = "body"
    zone_index: int = 0  # which caption, when the zone is one


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A role as written beside a name: "Russian Deputy Foreign Minister" with the name's start offset."""

    start: int
    end: int
    phrase: str
    name_start: int
    title: str
    organisation: str | None


@dataclass(frozen=True, slots=True)
class PhraseSpan:
    """An actor as a phrase: a title with its name, a role alone, a group ("coalition forces").

    `method` is "titled name", "role" or "group". `name_start` is the NameSpan of the same text that the
    phrase means, None where the text names none: such a phrase is a mention and never an actor by itself.
    `title` and `organisation` are those of a role alone, for whoever knows who held it on the day.
    """

    start: int
    end: int
    surface: str
    kind: Kind
    method: str
    name_start: int | None
    title: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """What somebody said: quoted words without their marks, or a clause that reports them.

    `kind` is "direct" for quoted words, "reported" for a clause in the writer's words, "mixed" for one that
    holds quoted words, which are there as a direct quote too. `speaker_start` is the offset of the speaker's
    NameSpan in the same text, None when nobody could be named; `cue` is the verb as written; `via` is the
    agency that carried the words ("the agency quoted Bogdanov as saying").
    """

    start: int
    end: int
    speaker_start: int | None
    speaker_text: str | None
    cue: str | None
    via: str | None
    kind: SpeechKind = "direct"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything found in one zone of an article; lists are in the order of the text."""

    names: tuple[NameSpan, ...]
    roles: tuple[RoleSpan, ...]
    quotes: tuple[QuoteSpan, ...]
    places: tuple[PlaceSpan, ...] = ()
    phrases: tuple[PhraseSpan, ...] = ()
    # Reported and mixed speech; `quotes` holds the direct one.
    reported: tuple[QuoteSpan, ...] = ()
