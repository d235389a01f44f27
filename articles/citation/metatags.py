"""Names and values of <meta> elements that reference managers and search engines read on an article's page."""

from __future__ import annotations

from collections.abc import Iterator

from articles.citation.dates import certain_parts
from articles.citation.record import Citation


def to_meta(citation: Citation) -> list[tuple[str, str]]:
    """Return (name, content) pairs of the kind "citation_title"; authors come one by one."""
    return list(_pairs(citation))


def _pairs(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "citation_title", citation.title
    for author in citation.authors:
        yield "citation_author", f"{author.family}, {author.given}" if author.given else author.family
    if citation.outlet:
        yield "citation_journal_title", citation.outlet
    if known := certain_parts(citation.published):
        yield "citation_publication_date", "/".join(f"{part:02}" for part in known)
    if citation.language:
        yield "citation_language", citation.language
    yield "citation_public_url", citation.kept_at
    yield "DC.type", "newspaperArticle"
