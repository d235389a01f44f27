"""Lines that a curator marked, for an outlet or for one page: never the story, or always.

A mark names a line by its text, not by its number, so that it holds on every page of the outlet. Case,
white space, outer punctuation and the figures in it do not count: "Most read (12)" marks "most read (7)" too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.clean.article import Label
from articles.clean.lexicons import line_key
from articles.clean.lines import plain
from articles.clean.outlet_phrases import is_wild, phrase_key, phrase_pattern

# Characters of a line that are compared; `reading.LONGEST_LOOK`, beyond which no line is looked at.
LONGEST_MARKED = 4000
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class LineMark:
    """What a curator said about a line: CHROME or BODY, and the sentence for whoever asks why."""

    label: Label
    reason: str


@dataclass(frozen=True, slots=True)
class LineMarks:
    """The marks of one outlet or page; `exact` is keyed by `line_key`, `wild` holds those with "*"."""

    outlet: str
    exact: Mapping[str, LineMark]
    wild: tuple[tuple[re.Pattern[str], LineMark], ...]

    def on(self, key: str) -> LineMark | None:
        """Return the mark on a line with this `line_key`; a line without letters and figures has none."""
        if not key:
            return None
        found = self.exact.get(key)
        return found or next((mark for pattern, mark in self.wild if pattern.fullmatch(key)), None)


def line_marks(outlet: str, *, chrome: Iterable[str] = (), body: Iterable[str] = ()) -> LineMarks:
    r"""Return the marks that these phrases make; an empty `outlet` means this page alone.

    Phrases are whole lines as rule files write them: "*" stands for anything, and `\*` for a star.
    """
    place = f"for {outlet}" if outlet else "on this page"
    reason = f"a curator marked this line {place}"
    exact: dict[str, LineMark] = {}
    wild = []
    for label, phrases in ((Label.CHROME, chrome), (Label.BODY, body)):
        mark = LineMark(label, reason)
        for phrase in phrases:
            if is_wild(phrase):
                wild.append((re.compile(phrase_pattern(phrase)), mark))
            else:
                exact[phrase_key(phrase)] = mark
    return LineMarks(outlet, exact, tuple(wild))


def phrase_of(text: str) -> str:
    """Return a line as a rule stores it: plain spaces, every figure as 0, stars escaped.

    Raises ValueError for a line without letters or figures: it could not be told from any other such line.
    """
    folded = _FIGURES.sub("0", plain(text)[:LONGEST_MARKED])
    if not line_key(folded):
        raise ValueError("The line has neither letters nor figures. Mark the lines around it instead.")
    return folded.replace("*", "\\*")
