"""Haystack's own query methods (`SearchQuerySet`) over the same sets. The archive's pages use `ask` instead.

`SearchQuerySet` writes queries in Whoosh's language. They are parsed by Whoosh without a schema, so that
nothing is analysed or stemmed on the way, and evaluated here: facet fields match whole keys, words go
through our own analyser. Hidden articles are included, as Haystack asks about the index and not for a reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from whoosh import query as whoosh_query
from whoosh.qparser import FuzzyTermPlugin, QueryParser

from articles.search.engines.documents import Array, Documents, Mask
from articles.search.engines.matching import Matcher, Matches
from articles.search.engines.schema import FIELDS, NUMBERS, Fields
from articles.search.tree import Field, Phrase, Prefix, Word

MODEL = "articles.article"
# Fields of the index under the names that the query language has for them; the text has none.
NAMES = {index_field: name for name, index_field in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Results:
    """The articles asked for and their scores, how many there are in all, keys and counts by facet."""

    articles: tuple[int, ...]
    scores: tuple[float, ...]
    hits: int
    facets: dict[str, list[tuple[str, int]]]


def search(
    query_string: str,
    matcher: Matcher,
    *,
    fields: Fields,
    narrow: Iterable[str] = (),
    sort_by: Iterable[str] = (),
    start: int = 0,
    end: int | None = None,
    facets: Iterable[str] = (),
) -> Results:
    """Run one of Haystack's searches. Raises SearchBackendError for what cannot be done, saying what can."""
    snapshot = matcher.documents
    evaluator = _Evaluator(matcher, fields)
    matches = evaluator.matches(_parsed(query_string))
    mask = matches.mask & snapshot.live
    for condition in narrow:
        mask &= evaluator.matches(_parsed(condition)).mask
    documents = _sorted(np.flatnonzero(mask), matches.scores, sort_by, snapshot)
    shown = documents[start:end]
    return Results(
        articles=tuple(int(number) for number in snapshot.articles[shown]),
        scores=tuple(float(score) for score in matches.scores[shown]),
        hits=len(documents),
        facets={name: _counted(name, mask, snapshot, fields) for name in facets},
    )


def _parsed(text: str) -> Any:
    parser = QueryParser("text", schema=None)
    parser.add_plugin(FuzzyTermPlugin())  # so that word~ is known, and refused
    return parser.parse(text).normalize()


def _counted(name: str, mask: Mask, snapshot: Documents, fields: Fields) -> list[tuple[str, int]]:
    if name not in fields.keys:
        raise SearchBackendError(
            f"{name} is no facet of this index; see articles.search.facets for those there are."
        )
    return sorted(snapshot.facet(name).count(mask).items(), key=lambda pair: (-pair[1], pair[0]))


def _sorted(documents: Array, scores: Array, sort_by: Iterable[str], snapshot: Documents) -> Array:
    keys = [-snapshot.articles[documents], -scores[documents]]
    for name in reversed(list(sort_by or ())):
        column = {DJANGO_ID: "article", "id": "article"}.get(name.removeprefix("-"), name.removeprefix("-"))
        if column not in NUMBERS:
            raise SearchBackendError(
                f"Results cannot be sorted by {column}; they can by {', '.join(NUMBERS)}."
            )
        values = snapshot.column(column)[documents].astype(np.int64)
        keys.append(-values if name.startswith("-") else values)
    return np.asarray(documents[np.lexsort(keys)])


class _Evaluator:
    """Evaluates Whoosh's query objects as sets."""

    def __init__(self, matcher: Matcher, fields: Fields) -> None:
        self.snapshot = matcher.documents
        self.fields = fields
        self.matcher = matcher

    def matches(self, node: Any) -> Matches:  # noqa: PLR0911  # one line for each kind of node
        if isinstance(node, whoosh_query.Every):
            return self._set(np.ones(self.snapshot.size, dtype=np.bool_))
        if isinstance(node, whoosh_query.And | whoosh_query.Or):
            return self._joined(node)
        if isinstance(node, whoosh_query.Not):
            return self._set(~self.matches(node.query).mask)
        if isinstance(node, whoosh_query.Phrase):
            return self._leaf(node.fieldname, " ".join(node.words), phrase=len(node.words) > 1)
        if isinstance(node, whoosh_query.Term):
            return self._leaf(node.fieldname, node.text, phrase=False)
        if isinstance(node, whoosh_query.Prefix):
            return self._words(node.fieldname, Prefix(node.text))
        if isinstance(node, whoosh_query.TermRange | whoosh_query.NumericRange):
            return self._range(node)
        if node == whoosh_query.NullQuery:
            return self._set(np.zeros(self.snapshot.size, dtype=np.bool_))
        raise SearchBackendError(
            f"This engine does not know {type(node).__name__}; words, phrases and prefixes it does."
        )

    def _joined(self, node: Any) -> Matches:
        parts = [self.matches(part) for part in node.subqueries]
        together = np.logical_and if isinstance(node, whoosh_query.And) else np.logical_or
        mask = together.reduce([part.mask for part in parts])
        return Matches(mask, np.sum([part.scores for part in parts], axis=0))

    def _leaf(self, field: str, text: str, *, phrase: bool) -> Matches:
        if field in (ID, DJANGO_ID):
            number = text.rsplit(".", 1)[-1]
            return self._set(self.snapshot.articles == (int(number) if number.isdigit() else -1))
        if field == DJANGO_CT:
            return self._set(np.full(self.snapshot.size, text == MODEL))
        if field in NUMBERS:
            return self._set(self.snapshot.column(field) == int(text))
        if field in self.fields.keys:
            return self._set(self.snapshot.carrying(field, text))
        return self._words(field, Phrase(text) if phrase else Word(text))

    def _words(self, field: str, leaf: Word | Phrase | Prefix) -> Matches:
        if field != "text" and field not in NAMES:
            raise SearchBackendError(f"The index has no field {field}.")
        found = self.matcher.matches(leaf if field == "text" else Field(NAMES[field], leaf))
        return Matches(found.mask, found.scores_among(found.mask, best=self.snapshot.size))

    def _range(self, node: Any) -> Matches:
        if node.fieldname not in NUMBERS:
            raise SearchBackendError(f"Ranges can be asked of {', '.join(NUMBERS)}, not of {node.fieldname}.")
        values = self.snapshot.column(node.fieldname).astype(np.int64)
        mask = np.ones(self.snapshot.size, dtype=np.bool_)
        if node.start:
            mask &= values > int(node.start) if node.startexcl else values >= int(node.start)
        if node.end:
            mask &= values < int(node.end) if node.endexcl else values <= int(node.end)
        return self._set(mask)

    def _set(self, mask: Mask) -> Matches:
        return Matches(mask, np.zeros(self.snapshot.size, dtype=np.float32))
