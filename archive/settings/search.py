"""Turn `ARCHIVE_SEARCH_URL` into Haystack's connections."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ENGINES = {
    "whoosh": "articles.search.engines.whoosh.WhooshEngine",
    "tantivy": "articles.search.engines.tantivy.TantivyEngine",
}


def haystack_connections(url: str, *, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return HAYSTACK_CONNECTIONS for an address such as `whoosh://index`.

    A relative path is taken from the data directory. Haystack's SILENTLY_FAIL is off: an error in
    the index reaches the view, which tells the reader, and the queue, which keeps the work.
    """
    parts = urlsplit(url)
    if parts.scheme not in ENGINES:
        known = ", ".join(f"{scheme}://" for scheme in ENGINES)
        raise ImproperlyConfigured(f"ARCHIVE_SEARCH_URL={url} names no engine we have. Use one of: {known}")
    location = Path(f"{parts.netloc}{parts.path}").expanduser()
    return {
        "default": {
            "ENGINE": ENGINES[parts.scheme],
            "PATH": str(location if location.is_absolute() else data_dir / location),
            "SILENTLY_FAIL": False,
            "INCLUDE_SPELLING": False,
        }
    }
