"""What would change in an article if a reading were stored: field by field, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.clean.outlet_memory import without_count
from articles.ingest.disputed_lines import disputed_lines
from articles.ingest.places import place_rows
from articles.ingest.reading import Reading
from articles.ingest.writing import machine_values, needs_review
from articles.models import Article, Cleaning, DisputedLine, PlaceMention, Ruling, Status
from articles.models.article import INTERVALS, RULED_FIELDS

UNKNOWN_INTERVAL = {"from": None, "to": None, "precision": "unknown"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that came out otherwise; both sides in their JSON form.

    `field` is a field of the article, "captions", "page", "lines" (line number to label and reason, those
    that differ), "disputed lines" (their phrases), "mentions", "quotes", "roles" and "places" (counts of those that
    differ), "cleaner" (its version), or
    "NAME evidence" with what supports the machine's value.
    """

    field: str
    before: Any
    after: Any


def compare(article: Article, reading: Reading) -> tuple[FieldChange, ...]:
    """Return what storing this reading would change in the article; people's rulings hold on both sides."""
    before, after = _stored(article), _read(article, reading)
    _forgive_counts(before, after)
    return tuple(
        FieldChange(name, *_difference(name, before.get(name), after.get(name)))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )


def _forgive_counts(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Take a line for unchanged that only more, or fewer, other pages have than when it was read."""
    stored, read = before.get("lines", {}), after["lines"]
    for number, (label, reason) in stored.items():
        now = read.get(number)
        if now and now[0] == label and without_count(now[1]) == without_count(reason):
            read[number] = [label, reason]


def _stored(article: Article) -> dict[str, Any]:
    """Return everything that a reading decides of an article, as the database has it."""
    state = {name: article.field_value(name) for name in RULED_FIELDS}
    state |= {"captions": article.captions, "page": [article.page_number, article.page_count]}
    for item in article.evidence.all():
        state[f"{item.field} evidence"] = {
            "value": item.value,
            "method": item.method,
            "confidence": item.confidence,
            "lines": item.lines,
            "note": item.note,
        }
    cleaning = Cleaning.objects.filter(article=article).first()
    state |= _line_state(cleaning.method, cleaning.lines, cleaning.paragraphs) if cleaning else {}
    state["disputed lines"] = sorted(
        DisputedLine.objects.filter(article=article).values_list("phrase", flat=True)
    )
    mentions = article.mentions.values_list("zone", "zone_index", "start", "end", "surface")
    quotes = article.quotes.values_list("start", "end", "text", "speaker_text", "cue", "via")
    state["mentions"] = _counted((row[-1], row) for row in mentions)
    state["quotes"] = _counted((row[2], row) for row in quotes)
    state["roles"] = _counted(
        (row[0], row) for row in article.roles.values_list("phrase", "title", "organisation")
    )
    state["places"] = _place_state(article.place_mentions.all())
    return state


def _read(article: Article, reading: Reading) -> dict[str, Any]:
    """Return the same of a reading, with people's rulings over the machine's values."""
    clean = reading.article
    values = machine_values(clean)
    status = Status.NEEDS_REVIEW if needs_review(clean) else Status.NEW
    said = {name: field.value for name, field in values.items()} | {
        "body": clean.body,
        "status": status.value,
    }
    for ruling in Ruling.objects.on_fields_of(article.page):
        said[ruling.field] = ruling.value
    state = {name: _as_stored(name, said.get(name)) for name in RULED_FIELDS}
    marker = clean.page_marker
    state["captions"] = [{"text": caption.text, "credit": caption.credit} for caption in clean.captions]
    state["page"] = [marker.page if marker else None, marker.of if marker else None]
    for name, field in values.items():
        state[f"{name} evidence"] = {
            "value": field.value,
            "method": field.method,
            "confidence": field.confidence,
            "lines": list(field.lines),
            "note": field.note,
        }
    state |= _line_state(
        clean.method,
        [[line.number, line.label.value, line.reason] for line in clean.lines],
        [[paragraph.start, list(paragraph.lines)] for paragraph in clean.paragraphs],
    )
    state["disputed lines"] = sorted(disputed_lines(clean))
    state["places"] = _place_state(place_rows(article, reading.actors))
    return state | _actor_state(reading, state["body"] or "")


def _place_state(rows: Iterable[PlaceMention]) -> Mapping[str, Any]:
    return _counted((row.label, (*spot, row.label)) for row in rows for spot in row.spots)


def _actor_state(reading: Reading, body: str) -> dict[str, Any]:
    """Return the mentions, quotes and roles of a reading as `write_actors` stores them."""
    actors = reading.actors
    spans = [span for local in actors.actors for span in local.spans]
    quotes = [
        (
            quote.start,
            quote.end,
            body[quote.start : quote.end],
            (quote.speaker_text or "")[:300],
            (quote.cue or "")[:80],
            (quote.via or "")[:200],
        )
        for quote in actors.quotes
    ]
    roles = [
        (role.phrase[:300], role.title[:200], (role.organisation or "")[:200])
        for local in actors.actors
        for role in local.roles
    ]
    return {
        "mentions": _counted(
            (span.surface[:300], (span.zone, span.zone_index, span.start, span.end, span.surface[:300]))
            for span in spans
        ),
        "quotes": _counted((row[2], row) for row in quotes),
        "roles": _counted((row[0], row) for row in roles),
    }


def _line_state(method: str, lines: Iterable[Any], paragraphs: Iterable[Any]) -> dict[str, Any]:
    return {
        "lines": {str(number): [label, reason] for number, label, reason in lines},
        "paragraphs": list(paragraphs),
        "cleaner": method,
    }


def _counted(rows: Iterable[tuple[str, tuple[Any, ...]]]) -> Mapping[str, Any]:
    """Return rows as `words` (how often each is there) and `rows` (each with its places)."""
    named = list(rows)
    return {"words": Counter(word for word, _ in named), "rows": Counter(row for _, row in named)}


def _as_stored(name: str, value: Any) -> Any:
    """Return a value in the form in which `Article.field_value` gives it back."""
    if name in INTERVALS:
        return UNKNOWN_INTERVAL | (value or {})
    return value or None


def _difference(name: str, before: Any, after: Any) -> tuple[Any, Any]:
    """Return what to show of two sides that differ: of lines and counts only what is not the same."""
    if name == "lines":
        return _only_other(before or {}, after or {}), _only_other(after or {}, before or {})
    if name in {"mentions", "quotes", "roles", "places"}:
        # Where only the places moved, the same words are listed on both sides with where they stand.
        part = "words" if before["words"] != after["words"] else "rows"
        sides = _only_other(before[part], after[part]), _only_other(after[part], before[part])
        return (sides[0], sides[1]) if part == "words" else (_places(sides[0]), _places(sides[1]))
    return before, after


def _only_other(side: Mapping[Any, Any], other: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in side.items() if other.get(key) != value}


def _places(rows: Mapping[tuple[Any, ...], int]) -> list[list[Any]]:
    return [list(row) for row in rows]
