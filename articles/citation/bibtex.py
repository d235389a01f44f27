"""BibTeX, in the fields of biblatex, with those of old BibTeX beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.citation.dates import certain_parts, notes
from articles.citation.record import Citation, PersonName
from articles.clean.dating.edtf import to_edtf

CONTENT_TYPE = "application/x-bibtex; charset=utf-8"

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces whatever stands before them, so a brace of a title is written by its name.
SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\lbrace}",
    "}": r"{\rbrace}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}
_SPECIALS = re.compile("|".join(map(re.escape, SPECIAL)))
# TeX sets two hyphens as a dash and two quotes as a curly one; braces between them keep them two.
_LIGATURES = re.compile(r"([-`'])(?=\1)")


def to_bibtex(citation: Citation) -> str:
    """Return one @article entry. Text is UTF-8, and what TeX would take for a command is escaped."""
    lines = "".join(f"  {name} = {value},\n" for name, value in _fields(citation))
    return f"@article{{{citation.key},\n{lines}}}\n\n"


def escaped(text: str) -> str:
    """Return a text on one line that TeX prints as it is."""
    plain = _SPECIALS.sub(lambda match: SPECIAL[match.group()], " ".join(text.split()))
    return _LIGATURES.sub(r"\1{}", plain)


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.authors:
        yield "author", f"{{{' and '.join(map(_name, citation.authors))}}}"
    # The second pair of braces keeps capitals as they are.
    yield "title", f"{{{{{escaped(citation.title)}}}}}"
    if citation.outlet:
        yield "journaltitle", f"{{{{{escaped(citation.outlet)}}}}}"
        yield "journal", f"{{{{{escaped(citation.outlet)}}}}}"
    if citation.published.known:
        yield "date", f"{{{to_edtf(citation.published, uncertain=citation.dated_by_content)}}}"
    if known := certain_parts(citation.published):
        yield "year", f"{{{known[0]:04}}}"
        if len(known) > 1:
            yield "month", MONTHS[known[1] - 1]
    if citation.language:
        yield "language", f"{{{escaped(citation.language)}}}"
    if citation.dateline:
        yield "location", f"{{{escaped(citation.dateline)}}}"
    # An address is taken as it stands by the url package; braces alone would break the entry.
    yield "url", f"{{{_address(citation.kept_at)}}}"
    if citation.url:
        yield "origurl", f"{{{_address(citation.url)}}}"
    yield "note", f"{{{escaped(' '.join(notes(citation)))}}}"


def _name(author: PersonName) -> str:
    if not author.given:
        return f"{{{escaped(author.family)}}}"  # in braces a name is not taken apart
    middle = f"{escaped(author.suffix)}, " if author.suffix else ""
    return f"{escaped(author.family)}, {middle}{escaped(author.given)}"


def _address(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
