"""The first page's chart: all articles by month, and under it a row for each of the largest outlets. Pure.

The rows stand under the months of the whole, so that one sees at which times an outlet is missing: where it has
nothing between its first and its last article, the row's line is dotted. An archive of very many months is drawn
by year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.search.facets import DOUBTFUL, NO_OUTLET, UNDATED
from articles.search.holdings import Held, Holdings
from articles.search.page import MonthBar
from articles.search.request import SearchRequest, Selection
from articles.views.chart import Bar, Chart, draw, month_name
from articles.views.search_links import outlet_selection, search_at

# With articles: more bars than these are thinner than a pixel on a phone, and a page is heavy.
MOST_MONTHS = 144
ROW_HEIGHT = 24  # pixels of the tallest bar of a row
LEAST_HEIGHT = 2  # pixels: one article among thousands is to be seen


@dataclass(frozen=True, slots=True)
class RowBar:
    """A month of a row. `x` and `width` are percentages as text, `y` and `height` pixels."""

    label: str
    count: int
    url: str
    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Months without an article, from the end of one bar to the beginning of another, in percentages."""

    label: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class YearCell:
    """What a row holds of a year, for the table; `url` is empty where it holds nothing."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet over time. `url` is its page, or the search for what has no outlet; empty for the others together."""

    name: str
    url: str
    held: Held
    bars: tuple[RowBar, ...]
    gaps: tuple[Gap, ...]
    years: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True)
class CoverageByOutlet:
    """What the archive holds by month, as a whole and by outlet. `chart` is the whole, over the same months."""

    chart: Chart
    whole: Held
    by_year: bool
    rows: tuple[Row, ...]
    years: tuple[str, ...]
    row_height: int = ROW_HEIGHT

    @property
    def total(self) -> int:
        """All articles."""
        return self.whole.total

    @property
    def doubtful(self) -> int:
        """Articles dated, but to no single month or year of the chart."""
        return self.total - self.undated - self.chart.in_months

    @property
    def undated(self) -> int:
        """Articles without a date."""
        return self.whole.undated

    @property
    def gaps(self) -> bool:
        """True when a row is dotted somewhere."""
        return any(row.gaps for row in self.rows)


def coverage_by_outlet(held: Holdings) -> CoverageByOutlet:
    """Draw what the archive holds.

    1. Draw the whole, by month or by year. 2. Place each row under it, each to its own fullest bar: a row says when
    an outlet is there, and its number how much of it.
    """
    # 1.
    period = "month" if len(held.whole.months) <= MOST_MONTHS else "year"
    bars = {key: _bar(period, key, number) for key, number in held.whole.by(period).items()}
    apart = [bar for bar in (bars.pop(DOUBTFUL), bars.pop(UNDATED)) if bar.count]
    chart = draw([*bars.values()], apart=apart)
    # 2.
    places = {bar.month: bar for bar in chart.bars}
    years = tuple(held.whole.years)
    rows = tuple(_row(source, period, places, years) for source in _sources(held))
    return CoverageByOutlet(chart, held.whole, period == "year", rows, years)


@dataclass(frozen=True, slots=True)
class _Source:
    """What a row is about; `selection` narrows a search to it, None for outlets that are counted together."""

    name: str
    url: str
    selection: Selection | None
    held: Held


def _sources(held: Holdings) -> Iterator[_Source]:
    for one in held.outlets:
        if one.outlet is None:
            selection = Selection("outlet", NO_OUTLET)
            yield _Source("Outlet unknown", _search(selection), selection, one.held)
        else:
            selection = outlet_selection(one.outlet)
            yield _Source(one.outlet.name, one.outlet.get_absolute_url(), selection, one.held)
    if held.others:
        yield _Source(_others(held), "", None, held.others)


def _others(held: Holdings) -> str:
    if not held.others_count:
        return "Outlet unknown"
    return "1 other outlet" if held.others_count == 1 else f"{held.others_count:,} other outlets"


def _row(source: _Source, period: str, places: Mapping[str, Bar], years: Sequence[str]) -> Row:
    counts = source.held.by(period)
    own = [bar for key, bar in places.items() if counts.get(key)]
    pixels = ROW_HEIGHT / max(counts.values(), default=1)
    return Row(
        name=source.name,
        url=source.url,
        held=source.held,
        bars=tuple(_row_bar(bar, counts[bar.month], source, period, pixels) for bar in own),
        gaps=tuple(_gaps([bar for bar in own if bar.month[0].isdigit()])),
        years=tuple(_cell(year, source) for year in years),
    )


def _row_bar(bar: Bar, count: int, source: _Source, period: str, pixels: float) -> RowBar:
    """Place a bar; `pixels` is the height of one article."""
    height = max(LEAST_HEIGHT, round(pixels * count))
    url = _search(source.selection, Selection(period, bar.month)) if source.selection else ""
    return RowBar(f"{source.name}, {bar.label}", count, url, bar.x, bar.width, ROW_HEIGHT - height, height)


def _gaps(own: Sequence[Bar]) -> Iterator[Gap]:
    """Yield the stretches between two bars of a row that are not neighbours."""
    for before, after in pairwise(own):
        first, last = _moved(before.month, 1), _moved(after.month, -1)
        if first <= last:
            label = _name(first) if first == last else f"{_name(first)} to {_name(last)}"
            yield Gap(label, _end_of(before), after.x)


def _cell(year: str, source: _Source) -> YearCell:
    count = source.held.years.get(year, 0)
    return YearCell(
        count, _search(source.selection, Selection("year", year)) if count and source.selection else ""
    )


def _search(*selections: Selection) -> str:
    request = SearchRequest()
    for selection in selections:
        request = request.selecting(selection)
    return search_at(request)


def _bar(period: str, key: str, number: int) -> MonthBar:
    return MonthBar(month=key, count=number, archive_count=number, url=_search(Selection(period, key)))


def _end_of(bar: Bar) -> str:
    return f"{float(bar.x.rstrip('%')) + float(bar.width.rstrip('%')):.3f}%"


def _name(period: str) -> str:
    return month_name(period) if "-" in period else period


def _moved(period: str, by: int) -> str:
    """Return the month, or the year, so many after this one."""
    if "-" not in period:
        return f"{int(period) + by:04}"
    year, number = divmod(int(period[:4]) * 12 + int(period[5:]) - 1 + by, 12)
    return f"{year:04}-{number + 1:02}"
