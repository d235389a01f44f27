"""Reading a page's text as lines: white space made plain, the raw line number kept.

Line numbers count from 1 in `str.splitlines` of the decoded text, as an editor shows them, and stay with
a line through the whole step: they are the evidence of every field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from articles.clean.lexicons import lexicon

# Characters that print nothing: zero-width space and joiners, soft hyphen, byte order mark, direction marks.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e]+")
_BULLET = re.compile(r"^(?:[•◦▪‣●○■□·∙▸►▶➤✓*–-]|\d{1,2}[.)])\s+(?=\S)")
# What makes the number before it the day of a date: "Mai 2024", "jul.", "November, 10 Uhr", "12. 2024".
_MONTH = re.compile(r"(?P<name>[^\W\d_]+)(?P<alone>\.?\s*(?:$|[^\w\s]|\d))?")
_MONTH_IN_FIGURES = re.compile(r"(?:0?[1-9]|1[0-2])\.\s?(?:19|20)\d\d(?!\d)")
# Letters from which the name of a month is no other word: "1. Set the oven" and "2. May I ask" are items of a
# list although both are months, so a shorter name counts only before a figure, a mark or the line's end.
UNMISTAKABLE = 6
LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class InputLine:
    """One line of the page.

    `raw` is the line as it came; `text` is what there is to read, with plain spaces and without `mark`, the
    bullet or number of a list ("" when there is none); `indent` counts the white space before it.
    """

    number: int
    raw: str
    text: str
    mark: str
    indent: int

    @property
    def blank(self) -> bool:
        """True when nothing is left to read."""
        return not self.text


def plain(text: str) -> str:
    """Text with every run of white space (NBSP too) as one space and without invisible characters."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def read_lines(text: str) -> tuple[InputLine, ...]:
    """Every line of the text, blank ones too, numbered from 1."""
    return tuple(read_line(number, raw) for number, raw in enumerate(text.splitlines(), start=1))


def read_line(number: int, raw: str) -> InputLine:
    """One line, its list mark apart from its text."""
    readable = plain(raw)
    if not readable:
        return InputLine(number, raw, "", "", len(raw) - len(raw.lstrip()))
    match = _BULLET.match(readable)
    mark = match.group().strip() if match and _is_list_mark(match, raw) else ""
    if match and mark:
        readable = readable[match.end() :]
    return InputLine(number, raw, readable, mark, len(raw) - len(raw.lstrip()))


def _is_list_mark(match: re.Match[str], raw: str) -> bool:
    """True for the mark of a list.

    A dash is one only on an indented line; elsewhere "- " may open a quotation or a dateline. A number is none
    where it is the day of a date ("3. Mai 2024").
    """
    mark = match.group().strip()
    if mark in {"–", "-"}:
        return raw[:1] in " \t"
    number = mark.removesuffix(".")
    is_day = number != mark and 1 <= int(number) <= LAST_DAY
    return not (is_day and _begins_with_month(match.string[match.end() :]))


def _begins_with_month(text: str) -> bool:
    match = _MONTH.match(text)
    if not match:
        return bool(_MONTH_IN_FIGURES.match(text))
    name = match["name"].casefold()
    return name in _months() and (match["alone"] is not None or len(name) >= UNMISTAKABLE)


@cache
def _months() -> frozenset[str]:
    """The names of months in all languages, case-folded."""
    return frozenset(name.casefold() for names in lexicon("dates")["months"].values() for name in names)
