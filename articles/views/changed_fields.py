"""What came out otherwise when a page was read again, in words: for previews and lists of changes."""

from __future__ import annotations

from collections.abc import Iterable

from articles.views.evidence import FIELDS

# The names of `articles.ingest.comparison.FieldChange`. What has no word is of no use to a curator.
WORDS = {
    "authors": "authors",
    "body": "text",
    "cleaner": "",
    "disputed lines": "lines in dispute",
    "lines": "lines that are left out",
    "mentions": "actors",
    "page": "which page of a longer article it is",
    "paragraphs": "",
    "published": "date",
    "source_credits": "whom it was taken from",
    "updated": "day of its update",
}
SUPPORT = " evidence"
NOTHING_SEEN = "nothing that can be seen"


def changes_in_words(names: Iterable[str]) -> str:
    """Return "headline, text; what supports the date, the outlet" for the names of changes; "" for none."""
    fields = list(names)
    if not fields:
        return ""
    changed = [_word(name) for name in fields if not name.endswith(SUPPORT)]
    support = [f"the {_word(name.removesuffix(SUPPORT))}" for name in fields if name.endswith(SUPPORT)]
    parts = [
        ", ".join(word for word in changed if word),
        f"what supports {', '.join(support)}" if support else "",
    ]
    return "; ".join(part for part in parts if part) or NOTHING_SEEN


def _word(name: str) -> str:
    return WORDS[name] if name in WORDS else FIELDS.get(name, name).lower()
