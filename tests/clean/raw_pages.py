"""Making raw pages for tests, and finding the material that stays outside the repository."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from articles.capture.page import RawPage
from articles.clean.article import UNKNOWN_DATE, CleanArticle, DateInterval

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

# Four paragraphs of prose, written for these tests.
STORY = (
    "The minister said on Friday that the harbour would be opened to ships of every flag before summer.",
    "“We have waited for it long enough,” he told reporters who had come to the quay to see the boat.",
    "The council has not yet said who is to pay for the lamps, the buoys and the men who mind them.",
    "Ships of four countries have asked for a place at the quay, and two were told that they may come.",
)


def stated_date(article: CleanArticle) -> DateInterval:
    """The date that the page itself states; one that follows from what the text says is left out."""
    by_content = article.published.method.startswith("content")
    return UNKNOWN_DATE if by_content else article.published.value


def text_page(text: str, *, url: str | None = None, captured_at: datetime | None = None) -> RawPage:
    """A page of plain text."""
    return RawPage(text.encode(), "text/plain", "utf-8", "test.txt", url, captured_at)


def html_page(html: str, *, url: str | None = None) -> RawPage:
    """A page of HTML."""
    return RawPage(html.encode(), "text/html", "utf-8", "test.html", url)


def fixture_page(gold: dict) -> RawPage:
    """The demo page a gold file is about: a file of its own, or a record of a JSONL file."""
    path = ROOT / "fixtures" / "pages" / gold["file"]
    if gold["record"]:
        return _record(path, gold["record"])
    charset = "windows-1252" if "windows_1252" in path.name else "utf-8-sig"
    media_type = "text/html" if path.suffix == ".html" else "text/plain"
    return RawPage(path.read_bytes(), media_type, charset, path.name, gold["url"])


def _record(path: Path, wanted: str) -> RawPage:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    record = next(record for record in records if record["id"] == wanted)
    text = record.get("html") or record["text"]
    media_type = "text/html" if "html" in record else "text/plain"
    captured_at = datetime.fromisoformat(record["captured_at"]) if "captured_at" in record else None
    return RawPage(
        text.encode(), media_type, "utf-8", f"{path.name}:{wanted}", record.get("url"), captured_at
    )
