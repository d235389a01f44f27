"""The index's fields, made from those that `ArticleIndex` declares.

- `text`, `headline`, `author`, `outlet_name`, `actor_name`: words as written and folded, with positions.
- `text_stems`, `headline_stems`: the stems of those words, with frequencies alone.
- one field of keys for each facet, and `status`.
- columns: the article's number and version, the first and the last day of its publication (0: unknown).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from whoosh import formats
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.fields import ID as WHOOSH_ID

from articles.search import analysis

# Part of an index's name on disk: an index of another format is not read but rebuilt.
FORMAT_VERSION = f"1.{analysis.ANALYSIS_VERSION}"

STEMMED = ("text", "headline")
COLUMNS = {"article": "q", "version": "I", "first_day": "I", "last_day": "I"}


def stems_field(name: str) -> str:
    """Return the field that holds the stems of a field's words."""
    return f"{name}_stems"


class Words(FieldType):  # type: ignore[misc]  # Whoosh ships no types
    """Words with their positions. Takes the mapping that `analysis.positions_by_term` makes."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)

    def index(self, value: dict[str, list[int]], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, positions in value.items():
            count = len(positions)
            yield term.encode(), count, float(count), array("I", positions).tobytes()


class Stems(FieldType):  # type: ignore[misc]  # Whoosh ships no types
    """Stems with their frequencies. Takes the same mapping as `Words`; a term's stem counts even when it is the term."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, scorable=False)

    def index(self, value: dict[str, list[int]], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        counts: Counter[str] = Counter()
        for term, positions in value.items():
            if not term.isupper():
                counts[analysis.stem(term)] += len(positions)
        for stem, count in counts.items():
            yield stem.encode(), count, float(count), b""


class Keys(FieldType):  # type: ignore[misc]  # Whoosh ships no types
    """Opaque keys, each whole. Takes a list of them."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, scorable=False)

    def index(self, value: Iterable[str], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for key in set(value):
            yield key.encode(), 1, 1.0, b""


def build(fields: dict[str, Any]) -> Schema:
    """Return the schema for Haystack's fields, by name: integers are columns, multi-valued ones keys, the rest words."""
    schema = Schema(**{ID: WHOOSH_ID(unique=True), DJANGO_CT: WHOOSH_ID(), DJANGO_ID: WHOOSH_ID()})
    for field in fields.values():
        name = field.index_fieldname
        if field.is_multivalued:
            schema.add(name, Keys())
        elif field.field_type == "integer":
            schema.add(name, COLUMN(NumericColumn(COLUMNS[name])))
        else:
            schema.add(name, Words())
            if name in STEMMED:
                schema.add(stems_field(name), Stems())
    schema.add("article", COLUMN(NumericColumn(COLUMNS["article"])))
    return schema


def document_for(prepared: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """Return what the writer takes for a document that Haystack prepared."""
    document: dict[str, Any] = {"article": int(prepared[DJANGO_ID])}
    for name, value in prepared.items():
        if name not in schema or value is None:
            continue
        field = schema[name]
        if isinstance(field, Words):
            terms = analysis.positions_by_term(value)
            document[name] = terms
            if name in STEMMED:
                document[stems_field(name)] = terms
        elif isinstance(field, COLUMN):
            document[name] = int(value)
        else:
            document[name] = list(value) if isinstance(field, Keys) else str(value)
    return document
