"""A search over time: what was published when, and which times it speaks of. All of it is in the address.

The parameters of a search, and:

in        a year or a month: what is looked at, with a bar for each month or day; all years without it
format    csv or svg: the table, or the chart, as a file
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.search.engines.ask import SearchUnavailable
from articles.search.naming import names_of
from articles.search.partial_date import PartialDate
from articles.search.query_text import render as written
from articles.search.request import SearchRequest, Selection
from articles.search.syntax import parse
from articles.search.timeline import Scale, Timeline, timeline
from articles.search.tree import conjunction
from articles.views.chart import month_name
from articles.views.csv_files import Cell, csv_file
from articles.views.pictures import svg_file
from articles.views.search_links import ChartFiles, search_at
from articles.views.timeline_layout import DrawnBand, TimelineChart, Unit, draw

logger = logging.getLogger(__name__)

MOST_SPANS = 40  # rows of each table of spans; the CSV file has all
COLUMNS = ("search", "of", "from", "to", "known to the", "articles")
PUBLISHED, SPOKEN = "published", "spoken of"
TITLES = {PUBLISHED: "Published", SPOKEN: "Spoken of in the text"}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the table: where a closer look leads, the two numbers, and the searches that show them."""

    unit: Unit
    label: str
    url: str
    published: int
    published_url: str
    spoken: int
    spoken_url: str


@require_safe
def show_timeline(request: HttpRequest) -> HttpResponseBase:
    """Show a search over time; `?format=csv` and `?format=svg` give it as files."""
    within = looked_at(request.GET.get("in", ""))
    try:
        found = timeline(SearchRequest.read(request.GET), within=within, curator=request.user.is_staff)
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    if request.GET.get("format") == "csv":
        return csv_file("timeline", COLUMNS, _cells(found))
    chart = draw(found)
    bands = [(TITLES[PUBLISHED], chart.published), (TITLES[SPOKEN], chart.spoken)]
    if request.GET.get("format") == "svg":
        return _svg_file(request, found, chart, bands)
    return render(
        request,
        "search/timeline.html",
        {
            "found": found,
            "chart": chart,
            "bands": bands,
            "unit": found.scale.value,
            "when": _words(within),
            "rows": rows_of(found, chart),
            "spans": [
                (title, band.spans[:MOST_SPANS], max(0, len(band.spans) - MOST_SPANS))
                for title, band in ((PUBLISHED, found.published), (SPOKEN, found.spoken))
                if band.spans
            ],
            "turns": [(_words(turn.when), turn) for turn in found.turns],
            "farther": farther(found),
            "beside": beside(found),
            "search_url": search_at(found.request),
            "undated_url": search_at(found.request.undated()),
            "files": ChartFiles(
                timeline_url(found.request, within, form="svg"),
                timeline_url(found.request, within, form="csv"),
                timeline_url(found.request, within),
            ),
        },
    )


def looked_at(text: str) -> PartialDate | None:
    """Read the year or the month that is looked at; a day is its month, and what is neither is all of time."""
    when = PartialDate.read(text[:10])
    return PartialDate.read(when.text[:7]) if when else None


def timeline_url(request: SearchRequest, within: PartialDate | None = None, *, form: str = "") -> str:
    """Return the address of a search's timeline."""
    pairs = parse_qsl(request.question.url[1:])
    pairs += [("in", within.text)] if within else []
    pairs += [("format", form)] if form else []
    return f"{reverse('timeline')}?{urlencode(pairs)}" if pairs else reverse("timeline")


def closer(found: Timeline, when: PartialDate) -> str:
    """Return where a unit leads: to its own months or days, a day to its articles."""
    if found.scale is Scale.DAYS:
        return search_at(found.request.between(when, when))
    return timeline_url(found.request, when)


def farther(found: Timeline) -> list[tuple[str, str]]:
    """Return the longer times that hold what is looked at, with their addresses."""
    if found.within is None:
        return []
    steps = [("All years", timeline_url(found.request))]
    if found.scale is Scale.DAYS and (year := PartialDate.read(found.within.text[:4])):
        steps.append((year.text, timeline_url(found.request, year)))
    return steps


def beside(found: Timeline) -> list[tuple[str, str, str]]:
    """Return the times before and after what is looked at: relation, words, address."""
    if found.within is None:
        return []
    steps = []
    year, month = found.within.first.year, found.within.first.month
    for relation, step in (("prev", -1), ("next", 1)):
        if found.scale is Scale.MONTHS:
            text = f"{year + step:04}"
        else:
            years, months = divmod(year * 12 + month - 1 + step, 12)
            text = f"{years:04}-{months + 1:02}"
        if when := PartialDate.read(text):
            steps.append((relation, _words(when), timeline_url(found.request, when)))
    return steps


def rows_of(found: Timeline, chart: TimelineChart) -> list[Row]:
    """Return the units in which anything was published or is spoken of."""
    rows = []
    for unit in chart.units:
        text = unit.when.text
        published, spoken = found.published.bars.get(text, 0), found.spoken.bars.get(text, 0)
        if published or spoken:
            rows.append(
                Row(
                    unit=unit,
                    label=_words(unit.when),
                    url=closer(found, unit.when),
                    published=published,
                    published_url=_published_in(found, unit.when),
                    spoken=spoken,
                    spoken_url=search_at(_speaking_of(found.request, text)),
                )
            )
    return rows


def _published_in(found: Timeline, when: PartialDate) -> str:
    if found.scale is Scale.DAYS:
        return search_at(found.request.between(when, when))
    return search_at(found.request.only(Selection(found.scale.value, when.text)))


def _speaking_of(request: SearchRequest, days: str) -> SearchRequest:
    both = conjunction([parse(request.query).tree, parse(f"event:{days}").tree])
    return request.with_query(written(both))


def _words(when: PartialDate | None) -> str:
    """Return "2012", "July 2012" or "2 July 2012"."""
    if when is None or when.first.month != when.last.month:
        return when.text if when else "all years"
    name = month_name(when.text)
    return f"{when.first.day} {name}" if when.first == when.last else name


def _cells(found: Timeline) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each unit and each span of both bands, then what has no time."""
    [name] = names_of([found.request])
    for kind, band in ((PUBLISHED, found.published), (SPOKEN, found.spoken)):
        for text, number in sorted(band.bars.items()):
            if when := PartialDate.read(text):
                yield name, kind, str(when.first), str(when.last), found.scale.value, number
        for span in band.spans:
            yield name, kind, str(span.first), str(span.last), "interval", span.count
        yield name, kind, None, None, "undated" if kind == PUBLISHED else "no time", band.apart


def _svg_file(
    request: HttpRequest, found: Timeline, chart: TimelineChart, bands: list[tuple[str, DrawnBand]]
) -> HttpResponse:
    [name] = names_of([found.request])
    where = f", {_words(found.within)}" if found.within else ""
    apart = f"{found.published.apart:,} undated, {found.spoken.apart:,} that speak of no time that is known"
    bars = f"A bar is the number of articles of a {found.scale.value}"
    notes = [f"{found.total:,} articles; {apart}. {bars}, a line below it a time that is known less closely."]
    return svg_file(
        request,
        "pictures/timeline.svg",
        {"chart": chart, "bands": bands},
        name="timeline",
        title=f"Timeline{where}: {name}",
        drawing_height=chart.height,
        notes=notes,
        page=timeline_url(found.request, found.within),
    )
