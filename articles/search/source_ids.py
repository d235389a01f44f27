"""The ids that articles had in the JSON Lines they came from.

They are kept with the stored pages. Archives of former versions did not keep them: for their pages ids are found
by the bytes, in files that are named, and else in the file that the page itself names, while it is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from articles.models import StoredPage


class SourceIds:
    """Finds ids of articles. Files are read once; of two records with the same bytes the first counts."""

    def __init__(self, files: Iterable[Path] = ()) -> None:
        """Read these files. Raises OSError for one that cannot be read."""
        self._ids: dict[bytes, Any] = {}
        self._read: set[Path] = set()
        for file in files:
            self._take(file)

    def of(self, articles: Iterable[int]) -> dict[int, Any]:
        """Return the ids of articles by their numbers; one that came from no known record has None."""
        pages = StoredPage.objects.filter(article__in=list(articles))
        rows = list(pages.values_list("article", "sha256", "name", "source_id"))
        kept = {article: source_id for article, _, _, source_id in rows if source_id is not None}
        return kept | self._found([row[:3] for row in rows if row[0] not in kept])

    def _found(self, rows: Sequence[tuple[int, str, str]]) -> dict[int, Any]:
        for _, digest, name in rows:
            file, _, line = name.rpartition(":")
            path = Path(file)
            if bytes.fromhex(digest) not in self._ids and line.isdigit() and path.is_file():
                self._take(path)
        return {article: self._ids.get(bytes.fromhex(digest)) for article, digest, _ in rows}

    def _take(self, file: Path) -> None:
        if file in self._read:
            return
        self._read.add(file)
        with file.open("rb") as lines:
            for digest, given in _records(lines):
                self._ids.setdefault(digest, given)


def _records(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Any]]:
    """Yield the digest of each record's page with the record's id; lines that are no records are no pages."""
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(record, dict):
            continue
        html, text = record.get("html"), record.get("text")
        content = html if isinstance(html, str) and html.strip() else text
        if isinstance(content, str) and record.get("id") is not None:
            yield sha256(content.encode(errors="surrogatepass")).digest(), record["id"]
