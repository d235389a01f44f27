"""Documents as `ArticleIndex` prepares them, for tests that need an engine and no database."""

from __future__ import annotations

from datetime import date
from typing import Any

from articles.search.facets import year_and_month_of

KINDS = ("person", "organisation", "state", "media")


def document(
    number: int,
    text: str = "The envoys met at the harbour.",
    *,
    published: date | tuple[date, date] | None = None,
    headline: str = "",
    outlet: int | None = None,
    actors: dict[str, list[int]] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Return the document of one article; `actors` maps kinds to numbers, `published` is a day or an interval."""
    first, last = published if isinstance(published, tuple) else (published, published)
    year, month = year_and_month_of(first, last)
    by_kind = {kind: [f"actor:{actor}" for actor in (actors or {}).get(kind, [])] for kind in KINDS}
    return {
        "id": f"articles.article.{number}",
        "django_ct": "articles.article",
        "django_id": str(number),
        "text": f"{headline}\n\n{text}" if headline else text,
        "headline": headline,
        "subtitle": "",
        "author": "",
        "outlet_name": "",
        "actor_name": "",
        "speaker_name": "",
        "quote": "",
        "source_name": "",
        "place_name": "",
        "tag_name": "",
        "collection_name": "",
        "place": [],
        "tag": [],
        "collection": [],
        "source": [],
        "spelling": [],
        "mentioned": [],
        "speaker": [],
        "trait": [],
        "event": [],
        "word_count": len(text.split()),
        "outlet": [f"outlet:{outlet}" if outlet else "outlet:none"],
        "year": [f"year:{year}"],
        "month": [f"month:{month}"],
        "language": ["language:en"],
        "status": ["status:published"],
        "version": 1,
        "first_day": first.toordinal() if first else 0,
        "story": f"article:{number}",
        "last_day": last.toordinal() if last else 0,
        **by_kind,
        **fields,
    }


def dated(engine: Any) -> Any:
    """Put six articles into an engine: of days, a span of months, a span of years, and undated."""
    engine.write(
        [
            document(1, "one", published=date(2012, 6, 30), outlet=1),
            document(2, "two", published=date(2012, 7, 1), outlet=1),
            document(3, "three", published=(date(2012, 6, 1), date(2012, 7, 31)), outlet=2),
            document(4, "four", published=(date(2012, 1, 1), date(2013, 12, 31))),
            document(5, "five"),
            document(6, "six", published=date(2013, 7, 1), outlet=2),
        ]
    )
    return engine
