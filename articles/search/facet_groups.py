"""From an engine's counts to the facets of a page: labelled, ordered, each value with its address and count.

The count beside a value is the number of articles, or of stories, that the click on it then shows:

- nothing selected in the facet: those of the result that carry the value;
- something selected: the present result and what the value adds to it, since values of one facet widen;
- an excluded value: the result once it is excluded no longer.

A selected value, which a click takes away, shows how many of the result carry it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from articles.resolve.names import normalise
from articles.search.actor_names import actors_spelled
from articles.search.engines.ask import FacetCounts
from articles.search.facets import FOLDED, OF_ACTORS, UNDATED, Facet, facets_for
from articles.search.labels import Label, labels_for
from articles.search.page import FacetGroup, FacetValue
from articles.search.request import SearchRequest, Selection

ALL_LIMIT = 1000  # values listed when all are asked for; more make a page nobody reads


@dataclass(frozen=True, slots=True)
class Counted:
    """An engine's counts and total; `whole` counts the archive, empty unless shares are to be shown."""

    counts: Mapping[str, FacetCounts]
    total: int
    whole: Mapping[str, FacetCounts]

    def share(self, facet: Facet, row: Row) -> float | None:
        """Return how much of what the archive holds of a value is in the result; None unless shown."""
        if not self.whole:
            return None
        held = self.whole[facet.name].inside.get(row.key, 0)
        return row.inside / held if held else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One value before it has a name."""

    key: str
    count: int
    inside: int
    state: bool | None  # selected, excluded, neither

    @property
    def value(self) -> str:
        """The value as it stands in an address."""
        return self.key.partition(":")[2]


def facet_groups(
    request: SearchRequest,
    counted: Counted,
    chosen: Mapping[str, frozenset[str]],
    *,
    curator: bool = False,
) -> tuple[FacetGroup, ...]:
    """Return the reader's facets in their order; `chosen` maps facets to the keys selected or excluded."""
    facets = facets_for(curator=curator)
    rows = {facet.name: _rows(facet, request, counted, chosen) for facet in facets}
    for facet in facets:
        if words := dict(request.find).get(facet.name):
            rows[facet.name] = _containing(rows[facet.name], words, facet)
    listed = {facet.name: _listed(facet, rows[facet.name], request) for facet in facets}
    labels = labels_for(row.key for some in listed.values() for row in some)
    return tuple(
        _group(facet, listed[facet.name], len(rows[facet.name]), request, _Shown(labels, counted))
        for facet in facets
    )


def _rows(
    facet: Facet,
    request: SearchRequest,
    counted: Counted,
    chosen: Mapping[str, frozenset[str]],
) -> list[Row]:
    counts, total = counted.counts[facet.name], counted.total
    own = chosen.get(facet.name, frozenset())
    widening = any(request.state_of(key) for key in own)
    rows = []
    for key in {*counts.inside, *counts.outside, *own, *_always_listed(facet)}:
        state = request.state_of(key) if key in own else None
        inside = counts.inside.get(key, 0)
        if state is False:
            count = counts.without_exclusion.get(key, total)
        elif state is None and widening:
            count = total + counts.outside.get(key, 0)
        else:
            count = inside
        rows.append(Row(key, count, inside, state))
    return rows


def _containing(rows: list[Row], words: str, facet: Facet) -> list[Row]:
    """Return the rows whose names contain these words, actors' in any spelling; and those that are chosen."""
    if facet.parameter in OF_ACTORS:
        numbers = actors_spelled(words).values_list("pk", flat=True)
        found = {facet.key(str(number)) for number in numbers}
    elif facet.values is FOLDED:
        found = {row.key for row in rows if normalise(words) in row.value.replace("-", " ")}
    else:
        labels = labels_for(row.key for row in rows)
        found = {key for key, label in labels.items() if normalise(words) in normalise(label.text)}
    return [row for row in rows if row.key in found or row.state is not None]


def _always_listed(facet: Facet) -> list[str]:
    """Return the keys shown even with nothing behind them: that no article is undated is worth saying."""
    return [facet.key(value) for value, _ in facet.special if value == UNDATED]


def _listed(facet: Facet, rows: list[Row], request: SearchRequest) -> list[Row]:
    """Return the rows that are shown: the chosen ones first, then the facet's order, special values last."""
    special = {facet.key(value): place for place, (value, _) in enumerate(facet.special)}
    if facet.order == "newest":
        ordered = sorted(rows, key=lambda row: row.value, reverse=True)
    else:
        ordered = sorted(
            rows, key=lambda row: (row.state is None, -row.count, -row.inside, _number(row.value))
        )
    limit = ALL_LIMIT if facet.name in request.all_of else facet.limit
    shown = [row for row in ordered if row.key not in special]
    kept = {row.key for row in shown[:limit]} | {row.key for row in shown if row.state is not None}
    last = sorted((row for row in ordered if row.key in special), key=lambda row: special[row.key])
    return [row for row in shown if row.key in kept] + last


def _number(value: str) -> tuple[int, str]:
    return (int(value), "") if value.isdigit() else (0, value)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the values that are listed are called, and their counts."""

    labels: Mapping[str, Label]
    counted: Counted


def _group(facet: Facet, rows: list[Row], of: int, request: SearchRequest, shown: _Shown) -> FacetGroup:
    more = of - len(rows)
    return FacetGroup(
        name=facet.name,
        label=facet.label,
        values=tuple(_value(facet, row, request, shown) for row in rows),
        more=more,
        more_url=request.with_all_of(facet.name).url if more else None,
        find=dict(request.find).get(facet.name, ""),
    )


def _value(facet: Facet, row: Row, request: SearchRequest, shown: _Shown) -> FacetValue:
    label = shown.labels[row.key]
    selection = Selection(facet.parameter, row.value, tail=label.tail)
    excluding = Selection(facet.parameter, row.value, excluded=True, tail=label.tail)
    chosen = row.state is not None
    # What was looked for in the list is found: the next click is about something else.
    found = request.finding(facet.name, "")
    return FacetValue(
        value=row.value,
        label=label.text,
        count=row.count,
        selected=row.state is True,
        toggle_url=(request.without(selection) if chosen else found.selecting(selection)).url,
        excluded=row.state is False,
        exclude_url=(request.without(selection) if row.state is False else found.selecting(excluding)).url,
        share=shown.counted.share(facet, row),
    )
