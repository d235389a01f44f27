"""Reading a page's text as lines: white space made plain, the raw line number kept.

Line numbers count from 1 in `str.splitlines` of the decoded text, as an editor shows them, and stay with
a line through the whole step: they are the evidence of every field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Characters that print nothing: zero-width space and joiners, soft hyphen, byte order mark, direction marks.
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
)
_BULLET = re.compile(r"^(?:[•◦▪‣●○■□·∙▸►▶➤✓*–-]|\d{1,2}[.)])\s+(?=\S)")


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
    return " ".join(text.translate(_INVISIBLE).split())


def read_lines(text: str) -> tuple[InputLine, ...]:
    """Every line of the text, blank ones too, numbered from 1."""
    return tuple(read_line(number, raw) for number, raw in enumerate(text.splitlines(), start=1))


def read_line(number: int, raw: str) -> InputLine:
    """One line, its list mark apart from its text."""
    readable = plain(raw)
    match = _BULLET.match(readable)
    mark = match.group().strip() if match and _is_list_mark(match.group(), raw) else ""
    if match and mark:
        readable = readable[match.end() :]
    return InputLine(number, raw, readable, mark, len(raw) - len(raw.lstrip()))


def _is_list_mark(mark: str, raw: str) -> bool:
    """A dash is a list mark only on an indented line; elsewhere "- " may open a quotation or a dateline."""
    return mark[0] not in "–-" or raw[:1] in " \t"
