"""The hits of a search in an article, as places that a reader can step through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.article_hits import ArticleHits
from articles.search.highlight import Mark
from articles.views.marking import HitSpan, Span


@dataclass(frozen=True, slots=True)
class TermSteps:
    """A term with the number of its hits in an article and the number of the first one, both from 1."""

    term: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Steps:
    """An article's hits numbered in the order in which the page shows its texts."""

    headline: tuple[HitSpan, ...]
    subtitle: tuple[HitSpan, ...]
    captions: tuple[tuple[HitSpan, ...], ...]
    body: tuple[HitSpan, ...]
    terms: tuple[TermSteps, ...]
    total: int


def steps_through(hits: ArticleHits) -> Steps:
    """Number the hits of an article: headline, subtitle, captions, body."""
    total = hits.total
    numbered: list[HitSpan] = []

    def numbers(marks: Sequence[Mark]) -> tuple[HitSpan, ...]:
        begun = len(numbered)
        numbered.extend(
            HitSpan(mark.start, mark.end, number=number, of=total, term=mark.term)
            for number, mark in enumerate(marks, begun + 1)
        )
        return tuple(numbered[begun:])

    headline, subtitle = numbers(hits.headline), numbers(hits.subtitle)
    captions = tuple(numbers(marks) for marks in hits.captions)
    body = numbers(hits.body)
    first = {span.term: span.number for span in reversed(numbered)}
    terms = tuple(TermSteps(one.term, one.count, first[one.term]) for one in hits.terms)
    return Steps(headline, subtitle, captions, body, terms, total)


def plain_spans(marks: Sequence[Mark]) -> list[Span]:
    """Return hits as spans to be marked and not stepped to."""
    return [Span(mark.start, mark.end) for mark in marks]
