"""The months or years of a search as a file: the chart (SVG) or the table behind it (CSV)."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.search.engines.ask import SearchUnavailable
from articles.search.naming import names_of
from articles.search.page import MonthBar, SearchPage
from articles.search.request import SIZES, SearchRequest, Show
from articles.search.run import run
from articles.views.csv_files import Cell, csv_file
from articles.views.pictures import svg_file
from articles.views.search import COUNTED, chart_of
from articles.views.search_links import charted, search_at

logger = logging.getLogger(__name__)
COLUMNS = ("search", "period", "found", "counted", "in the archive", "share")


@require_safe
def months_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send what the chart above a search's results shows, as `svg` or `csv`."""
    if ending not in ("svg", "csv"):
        raise Http404("The months are to be had as svg and csv.")
    asked = SearchRequest.read(request.GET)
    try:
        page = run(asked.with_size(SIZES[0]), curator=request.user.is_staff)
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    shown = charted(page.request)
    [name] = names_of([shown])
    if ending == "csv":
        return csv_file("months", COLUMNS, _rows(page, name))
    chart = chart_of(page)
    return svg_file(
        request,
        "pictures/months.svg",
        {"chart": chart},
        name="months",
        title=f"{COUNTED[shown.count].capitalize()} by {shown.bars.value.removesuffix('s')}: {name}",
        drawing_height=chart.height,
        notes=_notes(page, shown),
        page=search_at(shown),
    )


def _bars(page: SearchPage) -> Iterator[MonthBar]:
    yield from page.histogram
    yield from (bar for bar in (page.doubtful, page.undated) if bar is not None)


def _rows(page: SearchPage, name: str) -> Iterator[tuple[Cell, ...]]:
    counted = page.request.count.value
    for bar in _bars(page):
        yield name, bar.month, bar.count, counted, bar.archive_count, round(bar.share, 6)


def _notes(page: SearchPage, shown: SearchRequest) -> list[str]:
    """Return what the bars and the strip below them stand for."""
    counted, unit = COUNTED[shown.count], shown.bars.value.removesuffix("s")
    apart = " and ".join(
        f"{bar.count:,} {words}"
        for bar, words in ((page.doubtful, "of no single month"), (page.undated, "undated"))
        if bar is not None and bar.count
    )
    height = (
        f"A bar is the share of the archive’s {counted} of that {unit} that match"
        if shown.show is Show.SHARES
        else f"A bar is the number of {counted} that match, by the {unit} they were published in"
    )
    total = (
        f"{page.total:,} of {page.archive_total:,} {counted} match{f', of them {apart}' if apart else ''}."
    )
    return [f"{height}; the strip below is the darker the more the archive holds of that time. {total}"]
