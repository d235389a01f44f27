"""Joining hard-wrapped lines: mail, wire copy and old scrapes break every line at some 70 characters.

How wide a page is wrapped is read from the page itself: from lines that break in the middle of a
sentence (no final punctuation, the next line goes on in lower case, or the page has none, as telegrams and
cables do). Two lines are joined when the first could not have taken the first word of the second without
passing that width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from articles.clean.lines import InputLine

# In characters. Narrower lines are columns of a table, wider ones paragraphs that a converter left alone.
NARROWEST, WIDEST = 40, 110
# Breaks in mid-sentence that a page must show before any of its lines are joined.
FEWEST_BREAKS = 3

# The share of capitals among all letters of a page in capitals, at least: names of files may be small, or a reader's
# mark. Pages in scripts without capitals have a few in acronyms.
FEWEST_CAPITALS = 0.95

_SENTENCE_END = re.compile(r"[.!?…:;。।؟\u06d4\uff01\uff1f]['\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """One line, or several hard-wrapped lines read as one.

    `lines` are their numbers, never empty; `mark` is the bullet or number of a list item; `gap` is the number
    of blank lines before it.
    """

    text: str
    lines: tuple[int, ...]
    mark: str
    gap: int

    @property
    def shown(self) -> str:
        """The text as the page shows it, with its list mark."""
        return f"{self.mark} {self.text}" if self.mark else self.text


def ends_sentence(text: str) -> bool:
    """True when the text ends as a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text[-8:]))


def join_wrapped(lines: tuple[InputLine, ...]) -> tuple[Block, ...]:
    """The lines that are not blank as blocks, hard-wrapped ones joined."""
    width = _wrap_width(lines)
    blocks: list[Block] = []
    pending: list[InputLine] = []
    gap = next_gap = 0
    for line in lines:
        if line.blank:
            next_gap += 1
            continue
        if pending and (next_gap or not _continues(pending[-1], line, width=width)):
            blocks.append(_block(pending, gap))
            pending = []
        if not pending:
            gap = next_gap
        pending.append(line)
        next_gap = 0
    if pending:
        blocks.append(_block(pending, gap))
    return tuple(blocks)


def _wrap_width(lines: tuple[InputLine, ...]) -> int | None:
    """The width at which the page is wrapped, in characters; None when it is not."""
    capitals = _in_capitals(lines)
    broken = [
        first.indent + len(first.text)
        for first, second in pairwise(lines)
        if _breaks_sentence(first, second, capitals=capitals)
    ]
    wide = [length for length in broken if length >= NARROWEST]
    if len(wide) < FEWEST_BREAKS or len(wide) < len(broken) / 2:
        return None
    width = max(wide)
    return width if median(wide) >= 0.8 * width else None


def _in_capitals(lines: tuple[InputLine, ...]) -> bool:
    text = "".join(line.text for line in lines)
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) >= FEWEST_CAPITALS * letters


def _breaks_sentence(first: InputLine, second: InputLine, *, capitals: bool) -> bool:
    """True when the line break between the two stands inside a sentence."""
    if not first.text or len(first.text) > WIDEST or second.mark:
        return False
    goes_on = second.text[:1].isalpha() if capitals else second.text[:1].islower()
    return goes_on and not ends_sentence(first.text)


def _continues(first: InputLine, second: InputLine, *, width: int | None) -> bool:
    """True when `second` is the rest of the line that `first` began."""
    if width is None or second.mark or second.indent > first.indent or len(first.text) > width + 2:
        return False
    if _broken_word(first.text, second.text) and len(first.text) >= NARROWEST:
        return True
    first_word = second.text.split(" ", 1)[0]
    return first.indent + len(first.text) + 1 + len(first_word) > width


def _broken_word(first: str, second: str) -> bool:
    """True when a hyphen breaks a word between the lines; it stays, as it may be the word's own."""
    before, after = first[-2:-1], second[:1]
    return first.endswith("-") and before.isalpha() and (after.islower() or (before + after).isupper())


def _block(lines: list[InputLine], gap: int) -> Block:
    parts = [lines[0].text]
    for line in lines[1:]:
        parts += [line.text] if _broken_word(parts[-1], line.text) else [" ", line.text]
    return Block("".join(parts), tuple(line.number for line in lines), lines[0].mark, gap)
