"""CSL-JSON, which Zotero, pandoc and citation processors read."""

from __future__ import annotations

from typing import Any

from articles.citation.dates import certain_parts, notes, parts
from articles.citation.record import Citation, PersonName

CONTENT_TYPE = "application/vnd.citationstyles.csl+json; charset=utf-8"


def to_csl(citation: Citation) -> dict[str, Any]:
    """Return one item, ready for JSON; what is not known is not in it."""
    item = {
        "id": citation.key,
        "type": "article-newspaper",
        "title": citation.title,
        "author": [_name(author) for author in citation.authors],
        "container-title": citation.outlet,
        "issued": _issued(citation),
        "section": citation.section,
        "publisher-place": citation.dateline,
        "language": citation.language,
        "URL": citation.kept_at,
        "archive": citation.archive,
        "archive_location": citation.key,
        "source": citation.url,
        "note": " ".join(notes(citation)),
    }
    return {name: value for name, value in item.items() if value}


def _name(author: PersonName) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    parts_ = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {name: value for name, value in parts_.items() if value}


def _issued(citation: Citation) -> dict[str, Any]:
    """Return a date, a range of dates, or {} when an end is open: CSL has no form for it."""
    when = citation.published
    if when.start is None or when.end is None:
        return {}
    certain = certain_parts(when)
    whole = when.precision in {"day", "month", "year"} and certain
    issued: dict[str, Any] = {
        "date-parts": [list(certain)] if whole else [parts(when.start), parts(when.end)]
    }
    return issued | ({"circa": True} if citation.dated_by_content else {})
