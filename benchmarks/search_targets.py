"""The targets of searching, held against what `bench_search` measured."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Results = dict[tuple[str, int], dict[str, Any]]

WHOOSH, TANTIVY = "dateline-whoosh", "dateline-tantivy"
STOCK, RAW, FTS5 = "stock-haystack", "tantivy-py", "sqlite-fts5"
SMALL, LARGE = 20_000, 100_000
PER_CENT_95 = 94  # the index of the 95th percentile among 99


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a system is to reach at a size. `rival` is the one that it is a ratio to."""

    what: str
    system: str
    size: int
    rival: str | None
    goal: str
    figure: Callable[[dict[str, Any], dict[str, Any]], float]

    def met(self, value: float) -> bool:
        """Tell whether a value reaches the goal: "≥ 17", "≤ 120"."""
        sign, number = self.goal.split()[:2]
        return value >= float(number) if sign == "≥" else value <= float(number)


def _shared(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of both over the mixed queries that both have."""
    pairs = zip(ours["asked"]["mixed"], theirs["asked"]["mixed"], strict=True)
    both = [(one["ms"], other["ms"]) for one, other in pairs if one["ms"] and other["ms"]]
    return [ms for one, _ in both for ms in one], [ms for _, other in both for ms in other]


def _median_ratio(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    mine, other = _shared(ours, theirs)
    return statistics.median(other) / statistics.median(mine)


def _p95_ratio(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    mine, other = _shared(ours, theirs)
    return _p95(other) / _p95(mine)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[PER_CENT_95]


def _everything(found: dict[str, Any]) -> float:
    return statistics.median(found["asked"]["everything"][0]["ms"])


def _mixed(found: dict[str, Any]) -> list[float]:
    return [ms for query in found["asked"]["mixed"] for ms in query["ms"]]


def _longest(found: dict[str, Any]) -> float:
    asked = [query for mix in ("mixed", "beyond", "fuzzed") for query in found["asked"][mix]]
    return max(max(query["ms"], default=0) for query in asked)


def _of_written(name: str) -> Callable[[dict[str, Any], dict[str, Any]], float]:
    return lambda ours, _: float(ours["written"][name])


TARGETS = (
    Target("search with 3 facets, times faster (median)", WHOOSH, SMALL, STOCK, "≥ 17", _median_ratio),
    Target(
        "everything with facets, times faster",
        WHOOSH, SMALL, STOCK, "≥ 130",
        lambda ours, theirs: _everything(theirs) / _everything(ours),
    ),
    Target(
        "memory while searching, share of theirs",
        WHOOSH, SMALL, STOCK, "≤ 0.2",
        lambda ours, theirs: ours["asked"]["peak_mb"] / theirs["asked"]["peak_mb"],
    ),
    *(
        target
        for size in (SMALL, LARGE)
        for target in (
            Target("articles a CPU second", WHOOSH, size, None, "≥ 150", _of_written("articles_per_cpu_second")),
            Target(
                "rate of the last thousand, share of the first's",
                WHOOSH, size, None, "≥ 0.8",
                lambda ours, _: ours["written"]["last_thousand_per_cpu_second"]
                / ours["written"]["first_thousand_per_cpu_second"],
            ),
            Target("longest commit, CPU seconds", WHOOSH, size, None, "≤ 10", _of_written("longest_batch_cpu_seconds")),
        )
    ),
    Target(
        "search with 3 facets, CPU ms (median)",
        WHOOSH, LARGE, None, "≤ 120", lambda ours, _: statistics.median(_mixed(ours)),
    ),
    Target(
        "95th percentile, times the median",
        WHOOSH, LARGE, None, "≤ 4", lambda ours, _: _p95(_mixed(ours)) / statistics.median(_mixed(ours)),
    ),
    Target(
        "longest query, random ones too, times the median",
        WHOOSH, LARGE, None, "≤ 40", lambda ours, _: _longest(ours) / statistics.median(_mixed(ours)),
    ),
    Target(
        "search with 3 facets, times its time (median)",
        TANTIVY, LARGE, RAW, "≤ 1.5", lambda ours, theirs: 1 / _median_ratio(ours, theirs),
    ),
    Target(
        "indexing, share of its rate",
        TANTIVY, LARGE, RAW, "≥ 0.6",
        lambda ours, theirs: ours["written"]["articles_per_cpu_second"]
        / theirs["written"]["articles_per_cpu_second"],
    ),
    *(
        Target(
            "what a misspelled word was to be, CPU ms (p95)",
            engine, LARGE, None, "≤ 5",
            lambda ours, _: _p95([one["ms"][0] for one in ours["asked"]["misspelled"]]),
        )
        for engine in (WHOOSH, TANTIVY)
    ),
    Target("search with 3 facets, times faster (p95)", TANTIVY, LARGE, FTS5, "≥ 15", _p95_ratio),
    Target(
        "everything with facets, times faster",
        TANTIVY, LARGE, FTS5, "≥ 25",
        lambda ours, theirs: _everything(theirs) / _everything(ours),
    ),
    Target(
        "longest query, random ones too, times the median",
        TANTIVY, LARGE, None, "≤ 40", lambda ours, _: _longest(ours) / statistics.median(_mixed(ours)),
    ),
)  # fmt: skip


def table(results: Results) -> str:
    """Return the targets that the results speak to, one a line, and what each comes to.

    A size that was not measured is stood in for by the largest one that was, and the line says which.
    """
    rows = [("figure", "system", "articles", "against", "value", "target", "met"), *_rows(results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _rows(results: Results) -> Iterator[tuple[str, ...]]:
    sizes = sorted({size for _, size in results})
    told = set()
    for target in TARGETS:
        size = target.size if target.size in sizes else sizes[-1]
        ours = results.get((target.system, size))
        theirs = results.get((target.rival, size)) if target.rival else {}
        row = (target.what, target.system, f"{size:,}", target.rival or "")
        if ours is None or theirs is None or row in told:
            continue
        told.add(row)
        value = target.figure(ours, theirs)
        yield (*row, f"{value:,.2f}", target.goal, "yes" if target.met(value) else "NO")
