"""COinS: a citation in a span's title, by which Zotero finds the articles of a result list (OpenURL 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from articles.citation.dates import certain_parts
from articles.citation.record import Citation


def to_coins(citation: Citation) -> str:
    """Return the title of a <span class="Z3988">, not yet escaped for HTML."""
    return urlencode(list(_pairs(citation)))


def _pairs(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield "rft.genre", "article"
    yield "rft.atitle", citation.title
    if citation.outlet:
        yield "rft.jtitle", citation.outlet
    if known := certain_parts(citation.published):
        yield "rft.date", "-".join(f"{part:02}" for part in known)
    if citation.authors and citation.authors[0].given:
        yield "rft.aulast", citation.authors[0].family
        yield "rft.aufirst", citation.authors[0].given
    for author in (
        citation.authors[1:] if citation.authors and citation.authors[0].given else citation.authors
    ):
        yield "rft.au", str(author)
    if citation.language:
        yield "rft.language", citation.language
    yield "rft_id", citation.kept_at
