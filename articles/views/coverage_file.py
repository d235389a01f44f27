"""The first page's chart as a file: the drawing (SVG), or the articles of each outlet by month (CSV)."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.search.engines.ask import SearchUnavailable
from articles.search.holdings import Holdings, holdings
from articles.views.coverage_chart import ROW_HEIGHT, coverage_by_outlet
from articles.views.csv_files import Cell, csv_file
from articles.views.pictures import MARGIN, WIDTH, svg_file
from articles.views.search_links import ChartFiles

logger = logging.getLogger(__name__)

COLUMNS = ("outlet", "month", "articles")
LEFT, RIGHT = 190, 70  # pixels beside the rows: the name of an outlet, and the number of its articles
APART = 10  # pixels between two rows


@require_safe
def coverage_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send what the archive covers, outlet by outlet, as `svg` or `csv`."""
    if ending not in ("svg", "csv"):
        raise Http404("The coverage is to be had as svg and csv.")
    try:
        held = holdings()
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    return csv_file("coverage", COLUMNS, _rows(held)) if ending == "csv" else _picture(request, held)


def coverage_files() -> ChartFiles:
    """Return where what the archive covers is to be had."""
    svg_url, csv_url = (reverse("coverage_file", args=[ending]) for ending in ("svg", "csv"))
    return ChartFiles(svg_url, csv_url, reverse("home"))


def _rows(held: Holdings) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each month of each of the largest outlets; the others, when there are any, stand together."""
    named = [(one.outlet.name if one.outlet else "unknown", one.held) for one in held.outlets]
    for name, one in [*named, *([("all others", held.others)] if held.others else [])]:
        for month, number in one.by("month").items():
            yield name, month, number


def _picture(request: HttpRequest, held: Holdings) -> HttpResponse:
    coverage = coverage_by_outlet(held)
    step, first = ROW_HEIGHT + APART, coverage.chart.height + APART
    rows = [
        (row, first + step * number, first + step * number + ROW_HEIGHT)
        for number, row in enumerate(coverage.rows)
    ]
    unit = "year" if coverage.by_year else "month"
    apart = f"{coverage.undated:,} undated, {coverage.doubtful:,} of no single {unit}"
    notes = [
        f"{coverage.total:,} articles by the {unit} they were published in; {apart}.",
        f"Each row is drawn to its own fullest {unit}; dotted, it holds nothing.",
    ]
    return svg_file(
        request,
        "pictures/coverage.svg",
        {
            "coverage": coverage,
            "chart": coverage.chart,
            "rows": rows,
            "left": LEFT,
            "across": WIDTH - 2 * MARGIN - LEFT - RIGHT,
        },
        name="coverage",
        title="What the archive covers",
        drawing_height=first + step * len(rows),
        notes=notes,
        page=reverse("home"),
    )
