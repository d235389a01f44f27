"""Quotes by wording: each thing said once, with who carried it first and who repeated it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from articles.models import Quote
from articles.resolve.wordings import group_wordings


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing said. `first` is its earliest dated carrier, `repeats` all later ones in order.

    `sure` is False when another carrier's date overlaps the first one's, or one has no date.
    """

    first: Quote
    repeats: tuple[Quote, ...]
    sure: bool

    @property
    def carriers(self) -> tuple[Quote, ...]:
        """All quotes of it, the first among them."""
        return (self.first, *self.repeats)


def wordings_of(quotes: list[Quote]) -> list[Wording]:
    """Return the quotes grouped by wording, each group's carriers by date; the newest wording first."""
    groups = [
        sorted((quotes[at] for at in group), key=_carried)
        for group in group_wordings([q.text for q in quotes])
    ]
    wordings = [Wording(first=group[0], repeats=tuple(group[1:]), sure=_sure(group)) for group in groups]
    return sorted(wordings, key=lambda wording: _carried(wording.first), reverse=True)


def _carried(quote: Quote) -> tuple[date, date, int]:
    """Sort by the first possible day; undated carriers come last of their wording."""
    article = quote.article
    return (article.published_from or date.max, article.published_to or date.max, article.pk)


def _sure(group: list[Quote]) -> bool:
    first, others = group[0].article, [quote.article for quote in group[1:]]
    if first.published_to is None:
        return False
    return all(
        other.pk == first.pk
        or (other.published_from is not None and other.published_from > first.published_to)
        for other in others
    )
