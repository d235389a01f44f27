"""Where the quoted words are: stretches between quotation marks, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from articles.mentions.plain import Stretch, paragraphs

# What opens a quotation, and what may close it.
_PAIRS = {"“": "”", '"': '"', "„": "“”", "«": "»", "‘": "’"}

# Stands in the masked text for every quoted character, so that no rule reads names or verbs inside quotes.
MASK = "\x01"
# The first quoted character when it is a capital, so that a sentence is seen to begin there.
MASKED_CAPITAL = "\x02"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words `text[start:end]`, their marks at `opening` and `closing`; `paragraph` counts from 0.

    `closing` is where the outer text goes on. A quotation that runs on into the next paragraph has no mark at
    its end (`open_end`).
    """

    opening: int
    start: int
    end: int
    closing: int
    paragraph: int
    open_end: bool = False


def quoted_stretches(text: str) -> tuple[Quoted, ...]:
    """All quotations of a text outside other quotations; white space at their edges is left out."""
    return tuple(one for at, part in enumerate(paragraphs(text)) for one in _in_paragraph(text, part, at))


def _in_paragraph(text: str, part: Stretch, number: int) -> list[Quoted]:
    found: list[Quoted] = []
    at = part.start
    while at < part.end:
        mark = text[at]
        if mark not in _PAIRS or (mark == "‘" and not _opens_single(text, at, part)):
            at += 1
            continue
        close = _closing(text, at, part)
        end = part.end if close is None else close
        start, stop = _stripped(text, at + 1, end)
        if start < stop:
            found.append(
                Quoted(at, start, stop, end + 1 if close is not None else end, number, close is None)
            )
        at = end + 1
    return found


def _opens_single(text: str, at: int, part: Stretch) -> bool:
    """Return True for a single mark that opens words and has its partner; an apostrophe opens nothing."""
    return (at == part.start or not text[at - 1].isalnum()) and _closing(text, at, part) is not None


def _closing(text: str, opening: int, part: Stretch) -> int | None:
    closers = _PAIRS[text[opening]]
    for at in range(opening + 1, part.end):
        if text[at] not in closers:
            continue
        if text[opening] != "‘":
            return at
        # A closing single mark is followed by no letter; "the men’s" is.
        if at + 1 >= part.end or not text[at + 1].isalnum():
            return at
    return None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def masked(view: str, quoted: tuple[Quoted, ...]) -> str:
    """Return the view with quoted characters blanked; a full stop or comma at a quote's end stays."""
    characters = list(view)
    for one in quoted:
        last = view[one.end - 1]
        characters[one.opening] = '"'
        for at in range(one.opening + 1, min(one.closing, len(view))):
            characters[at] = MASK
        if view[one.start].isupper():
            characters[one.start] = MASKED_CAPITAL
        if last in ".,!?…":
            characters[one.end - 1] = last
        if not one.open_end:
            characters[one.closing - 1] = '"'
    return "".join(characters)
