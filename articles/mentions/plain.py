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
        "\u02bc": "'",
        "\u2032": "'",
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


# Words of four letters and more that a heading needs, and the share with capitals that makes title case:
# "Russia Pushes For Peace Talks to End Syrian Crisis" has all, a sentence with three names a third.
_FEWEST_WORDS = 3
_TITLE_CASE = 0.75


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a paragraph, in characters of the text."""

    start: int
    end: int


def plain_view(text: str) -> str:
    """Return the text with plain spaces and apostrophes and blanked picture marks, of the same length."""
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
    """Return True for a heading whose words nearly all begin with a capital."""
    long_words = re.findall(r"[^\W\d_][\w'-]{3,}", view)
    capitals = sum(word[0].isupper() for word in long_words)
    return len(long_words) >= _FEWEST_WORDS and capitals >= _TITLE_CASE * len(long_words)
