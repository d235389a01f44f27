"""Storing a reading of a page: the machine's values, people's rulings over them, the evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from articles.clean.article import CleanArticle, DateInterval, Field
from articles.clean.dated import ArchiveWitness
from articles.ingest.actors import ArchiveDirectory, write_actors
from articles.ingest.disputed_lines import write_disputed_lines
from articles.ingest.outlet_lines import count_page
from articles.ingest.places import write_places
from articles.ingest.reading import Reading, read
from articles.ingest.shelves import settle_shelves
from articles.ingest.stories import link_copies, take_turns
from articles.models import Article, Cleaning, DateMention, FieldEvidence, PendingIndex, Ruling, Status
from articles.models.article import DOUBTFUL_BELOW, text_hash_of

# A body of fewer words is more often a video page or a paywall than an article; research/cleaning.md
# takes the same bound for "show doubt". Nothing depends on it but the curators' inbox.
FEW_WORDS = 80


def write_reading(article: Article, reading: Reading, directory: ArchiveDirectory) -> None:
    """Store a reading of a page as its article. Call it inside a transaction.

    1. The machine's values. 2. People's rulings over them. 3. The evidence, as the machine saw it.
    4. How each line was read. 5. Actors, mentions, roles, quotes and places. 6. Copies, stories and other pages.
    7. The memory of its outlet. 8. The note to the index.
    """
    waited = Ruling.objects.filter(page=None, on_page=article.page.sha256)
    if waited.update(page=article.page):  # they came from another archive, before the page: read it by them
        reading = read(article.page.as_raw_page())
        settle_shelves(article.page)
    clean = reading.article
    # 1. The machine's values.
    values = machine_values(clean)
    for name, field in values.items():
        article.set_field(name, field.value)
    article.body = clean.body
    article.captions = [{"text": caption.text, "credit": caption.credit} for caption in clean.captions]
    article.page_number = clean.page_marker.page if clean.page_marker else None
    article.page_count = clean.page_marker.of if clean.page_marker else None
    article.status = Status.NEEDS_REVIEW if needs_review(clean) else Status.NEW
    # 2. People's rulings.
    for ruling in Ruling.objects.on_fields_of(article.page):
        article.set_field(ruling.field, ruling.value)
    article.text_hash = text_hash_of(article.body)
    article.save()
    # 3. The evidence.
    article.evidence.all().delete()
    FieldEvidence.objects.bulk_create(
        FieldEvidence(
            article=article,
            field=name,
            value=field.value,
            method=field.method,
            confidence=field.confidence,
            lines=list(field.lines),
            note=field.note,
            witnesses=witnesses_to_json(clean) if name == "published" else [],
        )
        for name, field in values.items()
    )
    article.date_mentions.all().delete()
    DateMention.objects.bulk_create(
        DateMention(
            article=article,
            surface=mention.text[:300],
            start=mention.start,
            end=mention.end,
            first_day=mention.interval.start,
            last_day=mention.interval.end,
            relative=mention.relative,
        )
        for mention in clean.date_mentions
    )
    # 4. How each line was read.
    Cleaning.objects.update_or_create(
        article=article,
        defaults={
            "method": clean.method,
            "lines": [[line.number, line.label.value, line.reason] for line in clean.lines],
            "paragraphs": [[paragraph.start, list(paragraph.lines)] for paragraph in clean.paragraphs],
        },
    )
    write_disputed_lines(article, clean)
    # 5. Actors. A curator who rules meanwhile waits, or is waited for: nobody settles without the other.
    take_turns()
    directory.refresh()
    write_actors(article, reading.actors, directory)
    write_places(article, reading.actors)
    # 6. Copies, stories and other pages.
    link_copies(article)
    # 7. The memory of its outlet.
    count_page(article, reading.lines)
    # 8. The note to the index.
    PendingIndex.objects.queue([article.pk])


def machine_values(article: CleanArticle) -> dict[str, Field[Any]]:
    """Return the machine's fields in the JSON form in which the database keeps them."""
    return {
        "headline": article.headline,
        "subtitle": article.subtitle,
        "authors": _with_value(article.authors, list(article.authors.value)),
        "outlet": article.outlet,
        "published": _with_value(article.published, interval_to_json(article.published.value)),
        "updated": _with_value(article.updated, interval_to_json(article.updated.value)),
        "dateline": article.dateline,
        "section": article.section,
        "language": Field(article.language, "common words" if article.language else "none", 0.9),
        "source_credits": _with_value(article.source_credits, list(article.source_credits.value)),
    }


def witnesses_to_json(article: CleanArticle) -> list[dict[str, Any]]:
    """Return what the body, and the archive, say of its date.

    Windows are {from, to, precision}, offsets are in the body, `article` is the permanent id of another
    article, "" for a sentence of this one.
    """
    return [
        {
            "quote": witness.quote,
            "start": witness.start,
            "end": witness.end,
            "window": interval_to_json(witness.window),
            "shows": witness.shows,
            "used": witness.used,
            "reason": witness.reason,
            "article": witness.article if isinstance(witness, ArchiveWitness) else "",
        }
        for witness in article.witnesses
    ]


def _with_value(field: Field[Any], value: Any) -> Field[Any]:
    return replace(field, value=value)


def interval_to_json(interval: DateInterval) -> dict[str, str | None]:
    """Return an interval as {from, to, precision}, days in ISO form."""
    return {
        "from": interval.start.isoformat() if interval.start else None,
        "to": interval.end.isoformat() if interval.end else None,
        "precision": interval.precision,
    }


def needs_review(article: CleanArticle) -> bool:
    """Say whether a curator should look: no headline, hardly a body, a part only, a doubtful date."""
    doubtful_date = article.published.value.known and article.published.confidence < DOUBTFUL_BELOW
    few_words = len(article.body.split()) < FEW_WORDS
    return not article.headline.value or few_words or doubtful_date or article.page_marker is not None
