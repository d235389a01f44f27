"""Clean pages without a database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.capture import RawPage, Refusal, page_from_bytes
from articles.clean import clean_page
from articles.clean.article import CleanArticle, DateInterval, Field
from articles.clean.dating import to_edtf
from articles.ingest.writing import interval_to_json, witnesses_to_json
from articles.management.json_lines import Record, stream


class Command(BaseCommand):
    """`manage.py clean --jsonl`: {id, text|html, url} in, one cleaned article a line out."""

    help = "Clean pages from standard input: {id, text or html, url} on each line. No database is used."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true", required=True, help="read and write JSON Lines")

    def handle(self, *args: Any, **options: Any) -> None:
        stream(clean_record)


def clean_record(record: Record) -> Record:
    """Return a cleaned article in the form of the contract in docs/commands.md."""
    return article_to_json(clean_page(_page_of(record)))


def article_to_json(article: CleanArticle) -> Record:
    """Return the JSON form of a cleaned article; what is not known is null or empty, never left out."""
    marker = article.page_marker
    return {
        "headline": article.headline.value,
        "subtitle": article.subtitle.value,
        "authors": list(article.authors.value),
        "outlet": article.outlet.value,
        "dateline": article.dateline.value,
        "section": article.section.value,
        "language": article.language,
        "published": _date_to_json(article.published),
        "updated": _date_to_json(article.updated),
        "date_witnesses": witnesses_to_json(article),
        "date_mentions": [
            {"start": each.start, "end": each.end, "text": each.text, "relative": each.relative}
            | interval_to_json(each.interval)
            for each in article.date_mentions
        ],
        "captions": [{"text": caption.text, "credit": caption.credit} for caption in article.captions],
        "source_credits": list(article.source_credits.value),
        "page_marker": {"page": marker.page, "of": marker.of} if marker else None,
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "body": article.body,
        "lines": [
            {"n": line.number, "label": line.label.value, "reason": line.reason} for line in article.lines
        ],
    }


def _date_to_json(field: Field[DateInterval]) -> Record:
    interval = field.value
    return {
        **interval_to_json(interval),
        "method": field.method,
        "confidence": field.confidence,
        "evidence": {"lines": list(field.lines), "note": field.note},
        "edtf": to_edtf(interval, uncertain=field.method.startswith("content")),
    }


def _page_of(record: Record) -> RawPage:
    html, text = record.get("html"), record.get("text")
    content = html if isinstance(html, str) and html else text
    if not isinstance(content, str):
        raise ValueError('The record has neither "text" nor "html". Its form is {"id": 1, "text": "…"}.')  # noqa: TRY004
    url = record.get("url")
    try:
        encoded = content.encode()
    except UnicodeEncodeError:
        raise ValueError(
            "The text holds half a character (a lone surrogate). Save the record as UTF-8."
        ) from None
    page = page_from_bytes(
        encoded,
        name=str(record.get("id")),
        media_type="text/html" if content is html else "text/plain",
        url=url if isinstance(url, str) else None,
    )
    if isinstance(page, Refusal):
        raise ValueError(f"{page.reason} {page.cure}")  # noqa: TRY004
    return page
