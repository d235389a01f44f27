"""Where the hits of a search stand in one article, and how many there are of each term.

The page of results and the article that it leads to both count here, so that they say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from articles.models import Article, Mention
from articles.search.highlight import BODY_FIELDS, Mark, apart, marks_in, wanted_by
from articles.search.tree import Node

HEADLINE_FIELDS = (None, "title")


@dataclass(frozen=True, slots=True)
class TermHits:
    """A term of a query, as it was typed, and how often an article has it."""

    term: str
    count: int


@dataclass(frozen=True, slots=True)
class ArticleHits:
    """The hits in each text of an article, in order and apart; offsets count characters of that text."""

    headline: tuple[Mark, ...] = ()
    subtitle: tuple[Mark, ...] = ()
    body: tuple[Mark, ...] = ()
    captions: tuple[tuple[Mark, ...], ...] = ()

    @property
    def total(self) -> int:
        """How many hits there are in all texts together."""
        return sum(one.count for one in self.terms)

    @property
    def terms(self) -> tuple[TermHits, ...]:
        """The terms that occur, the most frequent first."""
        marks = chain(self.headline, self.subtitle, self.body, *self.captions)
        counts = Counter(mark.term for mark in marks)
        return tuple(TermHits(term, count) for term, count in counts.most_common())


def hits_in_article(
    article: Article, tree: Node, *, named: Mapping[int, str], mentions: Iterable[Mention]
) -> ArticleHits:
    """Return an article's hits: the words that a tree looks for, and every mention of the actors it names.

    `named` maps those actors' numbers to the terms that their mentions are counted under; `mentions` are the
    article's.
    """
    by_text: dict[tuple[str, int], list[Mark]] = {}
    for one in mentions:
        if one.actor_id in named:
            mark = Mark(one.start, one.end, named[one.actor_id])
            by_text.setdefault((one.zone, one.zone_index), []).append(mark)

    def found(text: str, zone: str, fields: tuple[str | None, ...], *, place: int = 0) -> tuple[Mark, ...]:
        # Mentions come first: a name is one hit of its actor, whatever words of it were typed as well.
        return tuple(apart([*by_text.get((zone, place), ()), *marks_in(text, wanted_by(tree, fields))]))

    return ArticleHits(
        headline=found(article.headline, "headline", HEADLINE_FIELDS),
        subtitle=found(article.subtitle, "subtitle", BODY_FIELDS),
        body=found(article.body, "body", BODY_FIELDS),
        captions=tuple(
            found(caption["text"], "caption", BODY_FIELDS, place=place)
            for place, caption in enumerate(article.captions)
        ),
    )
