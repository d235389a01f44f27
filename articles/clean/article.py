"""The records of a cleaned page: every field with its evidence, every line with its label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Precision = Literal["day", "month", "year", "interval", "unknown"]


class Label(StrEnum):
    """What an input line is. Only BODY lines become paragraphs of the article."""

    HEADLINE = "headline"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    SECTION = "section"
    CAPTION = "caption"
    CREDIT = "credit"  # who made a picture
    SOURCE = "source"  # which agency the story was taken from: "(Reuters, MT)"
    PAGE_MARKER = "page marker"  # "(Page 2 of 2)"
    CORRECTION = "correction"  # "Correction, March 17: an earlier version ...": about the story, not of it
    BODY = "body"
    CHROME = "chrome"  # menus, promos, comments, links: not the article
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One input line. `number` counts from 1 as an editor does; `reason` is a sentence for a person.

    `overruled` is what spoke for the line as the story's, where a rule or the outlet's memory took it out all the
    same; else it is empty.
    """

    number: int
    text: str
    label: Label
    reason: str
    overruled: str = ""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value with what supports it.

    `method` names the rule that produced the value ("none" when nothing did), `confidence` runs
    from 0 to 1, `lines` are line numbers of the page (empty when the value came from the address
    or from HTML metadata), `note` is a sentence for the reader.
    """

    value: T
    method: str
    confidence: float
    lines: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateInterval:
    """When something happened, both ends included; both None when it is unknown."""

    start: date | None
    end: date | None
    precision: Precision

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"interval ends before it starts: {self.start} > {self.end}")

    @property
    def known(self) -> bool:
        """True when at least one end is known."""
        return self.start is not None or self.end is not None


UNKNOWN_DATE = DateInterval(None, None, "unknown")


@dataclass(frozen=True, slots=True)
class Witness:
    """A sentence of the body that says something about the day on which it was written.

    `start` and `end` are offsets in the body (-1 where the evidence is not in it), `window` the days it
    allows, `shows` what it rests on, in plain words. `reason` says why it was set aside when not `used`.
    """

    quote: str
    start: int
    end: int
    window: DateInterval
    shows: str
    used: bool
    reason: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time that the body names, such as "last Tuesday": its words, their offsets, and the days it means.

    `interval` is unknown where nothing tells; `relative` when it hangs on the day of publication.
    """

    text: str
    start: int
    end: int
    interval: DateInterval
    relative: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption as it stands in the page, and its credit apart where one was given."""

    text: str
    credit: str | None
    photographer: str | None
    agency: str | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageMarker:
    """The page says "Page 2 of 3": this text is a part of the article."""

    page: int
    of: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body. `start` is its offset in `CleanArticle.body`, in characters."""

    text: str
    lines: tuple[int, ...]
    start: int


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """What cleaning makes of a page. `body` is the paragraphs joined by a blank line."""

    headline: Field[str | None]
    subtitle: Field[str | None]
    authors: Field[tuple[str, ...]]
    outlet: Field[str | None]
    dateline: Field[str | None]
    section: Field[str | None]
    published: Field[DateInterval]
    updated: Field[DateInterval]
    source_credits: Field[tuple[str, ...]]
    page_marker: PageMarker | None
    captions: tuple[Caption, ...]
    paragraphs: tuple[Paragraph, ...]
    lines: tuple[LabelledLine, ...]
    language: str | None
    method: str  # which cleaner ran, with its version: "text 1", "html 1"
    witnesses: tuple[Witness, ...] = ()  # what the body says about its own date
    date_mentions: tuple[DateMention, ...] = ()

    @property
    def body(self) -> str:
        """The paragraphs joined by one blank line; offsets of mentions and quotes count in this."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)
