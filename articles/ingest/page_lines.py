"""The lines of a page as the cleaner reads them: hard-wrapped ones joined, list marks apart."""

from __future__ import annotations

import re

from articles.capture import RawPage
from articles.clean.html_lines import lines_of
from articles.clean.lexicons import line_key
from articles.clean.line_marks import LONGEST_MARKED, line_marks
from articles.clean.lines import read_lines
from articles.clean.outlet_phrases import is_wild
from articles.clean.wrapping import Block, join_wrapped

_WORD = re.compile(r"[A-Za-z]{2,}")
# Characters that may stand unseen inside a word of the page, so that looking for the word would miss it.
_UNSEEN = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060")


def page_blocks(page: RawPage) -> tuple[Block, ...]:
    """Return the blocks of a page; those of an HTML page are the lines of its visible text."""
    if page.media_type != "text/html":
        return join_wrapped(read_lines(page.text))
    lines = enumerate(lines_of(page.text), start=1)
    return tuple(Block(line.text, (number,), "", 1) for number, line in lines)


def line_at(page: RawPage, number: int) -> str:
    """Return the text that stands on a line, counted from 1; a hard-wrapped one with the lines it belongs to.

    Raises ValueError when the page has no such line, or nothing to read on it.
    """
    for block in page_blocks(page):
        if number in block.lines:
            return block.text
    raise ValueError(f"There is nothing to read on line {number}.")


def holds_line(page: RawPage, phrase: str) -> bool:
    """Say whether a line of the page is what the phrase names."""
    if page.media_type != "text/html" and not _may_hold(page.text, phrase):
        return False
    marks = line_marks("", chrome=(phrase,))
    return any(marks.on(line_key(block.text[:LONGEST_MARKED])) for block in page_blocks(page))


def _may_hold(text: str, phrase: str) -> bool:
    """Say quickly whether the page has the phrase's longest word at all; most pages do not."""
    words = _WORD.findall(phrase)
    if not words or is_wild(phrase) or any(unseen in text for unseen in _UNSEEN):
        return True
    return max(words, key=len).casefold() in text.casefold()
