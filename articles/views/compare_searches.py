"""Several searches on one chart over time, with the table behind it. All of it is in the address.

q         a search, up to MOST_SEARCHES of them: a query, or the address of a search from its ? on
measure   articles (default), stories, or share: of the archive's articles of each period
by        month (default) or year
outlet    an outlet's number: of its articles alone; each: one search, a line for each of its outlets
from, to  the days looked at, as in a search
format    csv or svg: the table, or the chart, as a file
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Outlet
from articles.search.engines.ask import Count, SearchUnavailable
from articles.search.facets import BY_NAME, DOUBTFUL, UNDATED
from articles.search.naming import names_of
from articles.search.over_time import Period, Series, most_found_outlets, over_time
from articles.search.request import SearchRequest, Selection
from articles.views.csv_files import Cell, csv_file
from articles.views.line_chart import Line, LineChart, all_periods, draw_lines, period_name, value_text
from articles.views.pictures import svg_file
from articles.views.search_links import ChartFiles, search_at

logger = logging.getLogger(__name__)

LEGEND_LINE = 24  # pixels of a search's line below the chart, in a file
MOST_SEARCHES = 5  # more lines than these cannot be told apart
EACH = "each"  # outlet


class Measure(StrEnum):
    """What the height of a line is."""

    ARTICLES = "articles"
    STORIES = "stories"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison as an address says it. `notes` tell what was not taken as it was written."""

    searches: tuple[str, ...]
    measure: Measure
    by: Period
    outlet: str
    first: str
    last: str
    notes: tuple[str, ...] = ()

    @classmethod
    def read(cls, parameters: QueryDict) -> Asked:
        """Read the parameters of an address; what cannot be read takes its default."""
        written = dict.fromkeys(" ".join(text.replace("\0", " ").split()) for text in parameters.getlist("q"))
        searches = [text for text in written if text]
        measure, by = parameters.get("measure", ""), parameters.get("by", "")
        outlet = parameters.get("outlet", "")
        notes = []
        if len(searches) > MOST_SEARCHES:
            notes.append(f"At most {MOST_SEARCHES} searches can be compared; the first were taken.")
        if outlet == EACH and len(searches) > 1:
            notes.append("A line for each outlet is drawn of one search; the first was taken.")
        return cls(
            searches=tuple(searches[: 1 if outlet == EACH else MOST_SEARCHES]),
            measure=Measure(measure) if measure in list(Measure) else Measure.ARTICLES,
            by=Period(by) if by in list(Period) else Period.MONTH,
            outlet=outlet if outlet == EACH or BY_NAME["outlet"].values.fullmatch(outlet) else "",
            first=parameters.get("from", "").strip()[:10],
            last=parameters.get("to", "").strip()[:10],
            notes=tuple(notes),
        )

    @property
    def url(self) -> str:
        """The canonical query string with its "?"; defaults are left out."""
        pairs = [("q", search) for search in self.searches]
        named = (("measure", self.measure, Measure.ARTICLES), ("by", self.by, Period.MONTH))
        pairs += [(name, value.value) for name, value, usual in named if value is not usual]
        pairs += [
            (name, value)
            for name, value in (("outlet", self.outlet), ("from", self.first), ("to", self.last))
            if value
        ]
        return "?" + urlencode(pairs)

    def requests(self, *, curator: bool) -> list[SearchRequest]:
        """Return the searches to count, each within the days and outlets that all are looked at."""
        requests = [self._within(request_of(search)) for search in self.searches]
        if self.outlet == EACH and requests:
            outlets = most_found_outlets(requests[0], limit=MOST_SEARCHES, curator=curator)
            return [requests[0].only(outlet) for outlet in outlets]
        return requests

    def _within(self, request: SearchRequest) -> SearchRequest:
        days = SearchRequest.from_query_string(urlencode({"from": self.first, "to": self.last}))
        if days.first or days.last:
            request = request.between(days.first, days.last)
        request = request.counting(Count.STORIES if self.measure is Measure.STORIES else Count.ARTICLES)
        return request.only(Selection("outlet", self.outlet)) if self.outlet not in ("", EACH) else request


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the form: a query that can be typed over, or a whole search with its name and its address."""

    text: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """A line of the legend: `number`, from 1, is that of its colour and sign."""

    number: int
    series: Series
    url: str
    undated_url: str
    doubtful_url: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the table: the value in words, and the search that shows what it counts.

    `text` is empty where the archive holds nothing, which is not zero.
    """

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table."""

    period: str
    cells: tuple[ShownCell, ...]


@require_safe
def compare_searches(request: HttpRequest) -> HttpResponseBase:
    """Show up to five searches over time; `?format=csv` and `?format=svg` give them as files."""
    asked = Asked.read(request.GET)
    curator = request.user.is_staff
    try:
        series = over_time(asked.requests(curator=curator), by=asked.by, curator=curator)
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    chart = chart_of(series, asked.measure)
    if request.GET.get("format") == "csv":
        return csv_file("comparison", CSV_HEADER, csv_rows(series))
    if request.GET.get("format") == "svg":
        return _svg_file(request, asked, series, chart)
    here = reverse("compare_searches")
    return render(
        request,
        "search/compare_searches.html",
        {
            "asked": asked,
            "entries": _entries(asked),
            "outlets": Outlet.objects.order_by("name").values_list("pk", "name"),
            "measures": list(Measure),
            "periods": list(Period),
            "series": _shown(series),
            "chart": chart,
            "rows": _rows(series, asked.measure),
            "files": ChartFiles(
                f"{here}{asked.url}&format=svg", f"{here}{asked.url}&format=csv", here + asked.url
            ),
        },
    )


def comparison_with(request: SearchRequest) -> str:
    """Return the address of a comparison that begins with this search."""
    plain = SearchRequest(query=request.query)
    question = request.question
    text = request.query if question == plain and request.query else question.url
    return f"{reverse('compare_searches')}?{urlencode({'q': text})}"


def request_of(text: str) -> SearchRequest:
    """Return the search that a text stands for: a query, or an address from its ? on."""
    if text.startswith("?"):
        return SearchRequest.from_query_string(text).question
    return SearchRequest(query=text)


def chart_of(series: tuple[Series, ...], measure: Measure) -> LineChart:
    """Return the chart, from the first period with any result to the last one."""
    periods = all_periods([period for one in series for period in one.counts])
    return draw_lines(
        periods,
        [Line(one.name, [_value(one, period, measure) for period in periods]) for one in series],
        held=[max(one.archive.get(period, 0) for one in series) for period in periods],
        percent=measure is Measure.SHARE,
    )


def csv_rows(series: tuple[Series, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each search and each period of the archive, then those without a period."""
    for one in series:
        counted = one.request.count.value
        for period in sorted(one.archive):
            share = one.share(period)
            known = round(share, 6) if share is not None else None
            yield one.name, period, one.counts.get(period, 0), counted, one.archive[period], known
        yield one.name, DOUBTFUL, one.doubtful, counted, None, None
        yield one.name, UNDATED, one.undated, counted, None, None


CSV_HEADER = ("search", "period", "found", "counted", "in the archive", "share")


def _value(one: Series, period: str, measure: Measure) -> float | None:
    """Return the height of a line; where the archive holds nothing there is none, which is not zero."""
    share = one.share(period)
    if measure is Measure.SHARE or share is None:
        return share
    return one.counts.get(period, 0)


def _entries(asked: Asked) -> list[Entry]:
    """Return the searches for the form, and empty lines to add more."""
    whole = {text: request_of(text) for text in asked.searches if text.startswith("?")}
    names = dict(zip(whole, names_of(list(whole.values())), strict=True))
    entries = [
        Entry(text, names[text], search_at(whole[text])) if text in whole else Entry(text)
        for text in asked.searches
    ]
    return entries + [Entry("")] * (MOST_SEARCHES - len(entries))


def _shown(series: tuple[Series, ...]) -> list[ShownSeries]:
    here = reverse("search")
    return [
        ShownSeries(
            number, one, search_at(one.request), here + one.url_of(UNDATED), here + one.url_of(DOUBTFUL)
        )
        for number, one in enumerate(series, 1)
    ]


def _rows(series: tuple[Series, ...], measure: Measure) -> list[ShownRow]:
    """Return the periods in which anything was found, in order."""
    here = reverse("search")

    def cell(one: Series, period: str) -> ShownCell:
        value = _value(one, period, measure)
        text = "" if value is None else value_text(value, percent=measure is Measure.SHARE)
        return ShownCell(text, here + one.url_of(period))

    return [
        ShownRow(period_name(period), tuple(cell(one, period) for one in series))
        for period in sorted({period for one in series for period in one.counts})
    ]


def _svg_file(
    request: HttpRequest, asked: Asked, series: tuple[Series, ...], chart: LineChart
) -> HttpResponse:
    """Return the chart as a picture that stands alone, with its legend."""
    legend = [(one, chart.height + LEGEND_LINE * one.number) for one in _shown(series)]
    measured = "share of the archive’s articles" if asked.measure is Measure.SHARE else asked.measure.value
    return svg_file(
        request,
        "search/comparison.svg",
        {"chart": chart, "asked": asked, "legend": legend},
        name="comparison",
        title=f"Searches compared: {measured} by {asked.by.value}",
        drawing_height=chart.height + LEGEND_LINE * (len(legend) + 1),
        notes=["The strip below the lines is the darker the more the archive holds of that time."],
        page=reverse("compare_searches") + asked.url,
    )
