"""The text as rules read it: same length, so that every offset stays good."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Each maps one character to one character; the first two are what scrapers leave most often.
_SAME_LENGTH = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200b": " ",
        "\t": " ",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "′": "'",
        "\u2011": "-",
        "\u2010": "-",
    }
)

# "(c.)", "(right)": where somebody stands in a picture, never part of a name.
_PICTURE_MARK = re.compile(
    r"\((?:c|r|l|left|right|cent(?:er|re)|[2-9](?:nd|rd|th)?\s+(?:left|right|from\s+\w+)|pictured|file(?:\s+photo)?)\.?\)",
    re.IGNORECASE,
)

# A full stop that ends no sentence: titles, initials, "U.N.", "Inc.".
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Cmdr|Adm|Sgt|Brig|Sen|Rep|Gov|Rev|St|Jr|Sr|vs|No|Inc|Corp|Co|Ltd|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|a\.m|p\.m|e\.g|i\.e)|\b[A-Za-z](?:\.[A-Za-z])*)\.$"
)
_STOP = re.compile(r"[.!?…]+[\"”'’)\]]*(?=\s+[\"“'‘(\[]?[A-Z0-9\x02])|\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a paragraph, in characters of the text."""

    start: int
    end: int


def plain_view(text: str) -> str:
    """Return the text with plain spaces and apostrophes, and with picture marks blanked; its length is unchanged."""
    view = text.translate(_SAME_LENGTH)
    return _PICTURE_MARK.sub(lambda mark: " " * len(mark.group()), view)


def sentences(view: str) -> tuple[Stretch, ...]:
    """Sentences of a plain view; a line end closes one, an abbreviation's stop does not."""
    found: list[Stretch] = []
    start = 0
    for stop in _STOP.finditer(view):
        if stop.group()[0] == "." and _ABBREVIATION.search(view, max(0, stop.start() - 12), stop.start() + 1):
            continue
        if stop.end() > start:
            found.append(Stretch(start, stop.end()))
        start = stop.end()
    if start < len(view):
        found.append(Stretch(start, len(view)))
    return tuple(stretch for stretch in found if view[stretch.start : stretch.end].strip())


def paragraphs(view: str) -> tuple[Stretch, ...]:
    """Paragraphs: what stands between line ends."""
    return tuple(
        Stretch(line.start(), line.end()) for line in re.finditer(r"[^\n]+", view) if line.group().strip()
    )


def is_title_case(view: str) -> bool:
    """Return True for a heading whose words nearly all begin with a capital, so that capitals tell nothing."""
    long_words = re.findall(r"[^\W\d_][\w'-]{3,}", view)
    return len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) >= 0.75 * len(long_words)
