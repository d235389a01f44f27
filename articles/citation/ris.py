"""RIS, which every reference manager reads: a tag and a value a line."""

from __future__ import annotations

from collections.abc import Iterator

from articles.citation.dates import certain_parts, notes
from articles.citation.record import Citation, PersonName

CONTENT_TYPE = "application/x-research-info-systems; charset=utf-8"


def to_ris(citation: Citation) -> str:
    """Return one record, lines ended as the format asks, the closing ER included."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(citation)) + "ER  - \r\n\r\n"


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", citation.key
    for author in citation.authors:
        yield "AU", _name(author)
    yield "TI", _one_line(citation.title)
    if citation.outlet:
        yield "T2", _one_line(citation.outlet)
    if known := certain_parts(citation.published):
        yield "PY", f"{known[0]:04}"
        # Year, month and day are four fields with a slash behind each; the last is for what they cannot say.
        month, day = ([f"{part:02}" for part in known[1:]] + ["", ""])[:2]
        yield "DA", f"{known[0]:04}/{month}/{day}/"
    for tag, value in (("SE", citation.section), ("CY", citation.dateline), ("LA", citation.language)):
        if value:
            yield tag, _one_line(value)
    yield "DB", citation.archive
    yield "AN", citation.key
    yield "UR", citation.kept_at
    if citation.url:
        yield "L2", citation.url
    for note in notes(citation):
        yield "N1", note


def _name(author: PersonName) -> str:
    """Return the parts as RIS has them: van Gogh, Vincent, Jr."""
    return ", ".join(_one_line(part) for part in (author.family, author.given, author.suffix) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
