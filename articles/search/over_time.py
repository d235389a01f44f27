"""Searches counted by month or year, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from articles.search.facets import BY_NAME, DOUBTFUL, UNDATED
from articles.search.naming import names_of
from articles.search.page import Diagnostic
from articles.search.request import SearchRequest, Selection
from articles.search.run import backend, diagnostics_of, understand


class Period(StrEnum):
    """How long the stretches of time are that are counted."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Series:
    """One search over time. Counts are of articles, or of stories when its request counts those.

    `counts` maps periods ("2012-07" or "2012") to what was found in them, `archive` to all that the archive
    holds of them: of the outlets that the search is narrowed to, when it is. Periods with nothing are left
    out. `doubtful` lie in no single period; with them and `undated` the counts of articles add up to `total`.
    """

    name: str
    request: SearchRequest
    by: Period
    counts: Mapping[str, int]
    archive: Mapping[str, int]
    undated: int
    doubtful: int
    total: int
    diagnostics: tuple[Diagnostic, ...] = ()

    def share(self, period: str) -> float | None:
        """Return the part of the archive's articles of a period that was found; None where it holds none."""
        held = self.archive.get(period, 0)
        return self.counts.get(period, 0) / held if held else None

    def url_of(self, period: str) -> str:
        """Return the query string of the search narrowed to a period, "undated" or "doubtful"."""
        return self.request.only(Selection(self.by.value, period)).url


def over_time(requests: Sequence[SearchRequest], *, by: Period, curator: bool = False) -> tuple[Series, ...]:
    """Count each search by period: one question to the engine for each, and one for each set of outlets.

    Raises SearchUnavailable, with the cure, when the index is no use.
    """
    understood = [understand(request, curator=curator) for request in requests]
    names = names_of([one.request for one in understood])
    held: dict[str, Mapping[str, int]] = {}
    series = []
    for one, name in zip(understood, names, strict=True):
        counts, total = _counted(one.request, by=by, curator=curator)
        basis = _basis(one.request)
        if basis.url not in held:
            held[basis.url] = _counted(basis, by=by, curator=curator)[0]
        series.append(
            Series(
                name=name,
                request=one.request,
                by=by,
                counts=_dated(counts),
                archive=_dated(held[basis.url]),
                undated=counts.get(UNDATED, 0),
                doubtful=counts.get(DOUBTFUL, 0),
                total=total,
                diagnostics=diagnostics_of(one),
            )
        )
    return tuple(series)


def most_found_outlets(request: SearchRequest, *, limit: int, curator: bool = False) -> list[Selection]:
    """Return the outlets with most of a search's result as selections, those with most first."""
    ask = replace(understand(request, curator=curator).ask, size=0, facets=("outlet",))
    counts = backend().ask(ask).counts["outlet"].inside
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return [Selection("outlet", key.partition(":")[2]) for key in ranked[:limit]]


def _counted(request: SearchRequest, *, by: Period, curator: bool) -> tuple[dict[str, int], int]:
    ask = replace(understand(request, curator=curator).ask, size=0, facets=(by.value,))
    found = backend().ask(ask)
    prefix = BY_NAME[by.value].key("")
    inside = found.counts[by.value].inside
    return {key.removeprefix(prefix): number for key, number in inside.items()}, found.total


def _basis(request: SearchRequest) -> SearchRequest:
    """Return the search for all that the archive holds of the outlets that a request is narrowed to."""
    outlets = tuple(one for one in request.selections if one.parameter == "outlet")
    return SearchRequest(selections=outlets, count=request.count)


def _dated(counts: Mapping[str, int]) -> dict[str, int]:
    return {period: number for period, number in counts.items() if period not in (UNDATED, DOUBTFUL)}
