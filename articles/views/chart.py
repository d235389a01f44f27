"""The geometry of a bar chart of months. Pure: months in, places on the page out; the template draws them.

Places along the width are percentages and heights are pixels, so that the drawing fits any screen
while its words keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from articles.search.facets import DOUBTFUL, UNDATED
from articles.search.page import MonthBar

HEIGHT = 84  # pixels of the tallest bar
HEADROOM = 20  # pixels above it, for the years
WIDEST_BAR = 2.2  # per cent of the width: a chart of one year has slim bars too
WIDEST_YEAR = 6.0  # per cent of the width: of few years the same
BAR_SHARE = 0.72  # of its month's slot
TICK_ROOM = 11.0  # per cent of the width that a year's label needs, measured at 360 pixels
YEARS_WITH_MONTHS = 2  # so few years have room for the names of months
LONG_GAP = 3  # years: when none of the years between has an article, the axis breaks instead of going on
BREAK_SLOTS = 5  # months' width that a break takes
ROUND_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # years from one label to the next
DENSE = 240  # months from which bars are thinner than a pixel on a phone, and get an outline to stay visible

YEAR_LENGTH = len("2012")  # a bar's month is "2012-07", or a whole year

# What stands apart at the right: how wide its place is (per cent, measured at 360 pixels so that the
# words above do not touch), what is written above the bar, and what it is called in full.
APART = {DOUBTFUL: (6.0, "±", "date in doubt"), UNDATED: (13.0, "undated", "undated")}


@dataclass(frozen=True, slots=True)
class Bar:
    """One drawn month. `x` and `width` are percentages, `y` and `height` pixels."""

    month: str
    label: str
    count: int
    archive_count: int
    url: str
    x: str
    width: str
    y: int
    height: int
    of_archive: float  # how much of what the archive holds in this month is in the result, from 0 to 1
    share: str  # how much of the fullest month the archive holds in this one, from 0.00 to 1.00
    chosen: bool  # the search is narrowed to it


@dataclass(frozen=True, slots=True)
class Tick:
    """Words above the bars: a year, a month, or what stands apart."""

    x: str
    label: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart. `apart` are the bars of articles that belong to no month."""

    months: tuple[Bar, ...]
    apart: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[str, ...]  # where the axis leaves years out
    dense: bool
    headroom: int = HEADROOM
    reach: int = HEIGHT
    base: int = HEADROOM + HEIGHT
    strip: int = HEADROOM + HEIGHT + 5
    height: int = HEADROOM + HEIGHT + 10

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Everything that is drawn; empty when there is nothing to draw."""
        return self.months + self.apart

    @property
    def in_months(self) -> int:
        """The number of articles drawn in months."""
        return sum(bar.count for bar in self.months)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where each year begins, in per cent; `starts` are the years at the beginning or after a break."""

    years: dict[int, float]
    breaks: tuple[float, ...]
    starts: frozenset[int]
    slot: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """How counts become heights; all bars have one width, in per cent."""

    top: float
    fullest: int
    width: float
    chosen: frozenset[str]
    shares: bool

    def bar(self, month: MonthBar, *, label: str, x: float) -> Bar:
        measured = month.share if self.shares else month.count
        height = max(2, round(HEIGHT * measured / self.top)) if month.count else 0
        return Bar(
            month=month.month,
            label=label,
            count=month.count,
            archive_count=month.archive_count,
            url=month.url,
            x=f"{x:.3f}%",
            width=f"{self.width:.3f}%",
            y=HEADROOM + HEIGHT - height,
            height=height,
            of_archive=month.share,
            share=f"{month.archive_count / self.fullest:.2f}",
            chosen=month.month in self.chosen,
        )


def draw(
    months: Sequence[MonthBar],
    *,
    apart: Sequence[MonthBar | None] = (),
    chosen: frozenset[str] = frozenset(),
    shares: bool = False,
) -> Chart:
    """Place a bar for each month, or each year, and apart from them what belongs to none.

    Bars are as high as their counts, or with `shares` as what that is of what the archive holds of the month.

    1. Lay out the years, and leave room at the right for what stands apart. 2. Scale to the fullest.
    3. Place the bars.
    """
    # 1.
    aside = [bar for bar in apart if bar is not None]
    axis = _axis({int(bar.month[:4]) for bar in months}, 100 - sum(APART[bar.month][0] for bar in aside))
    # 2.
    everything = [*months, *aside]
    yearly = any(len(bar.month) == YEAR_LENGTH for bar in months)
    scale = _Scale(
        top=max(bar.share for bar in everything) or 1
        if shares and everything
        else max([1, *(bar.count for bar in everything)]),
        fullest=max([1, *(bar.archive_count for bar in everything)]),
        width=min(axis.slot * 12 * BAR_SHARE, WIDEST_YEAR)
        if yearly
        else min(axis.slot * BAR_SHARE, WIDEST_BAR),
        chosen=chosen,
        shares=shares,
    )
    # 3.
    bars_apart, ticks_apart = _placed_apart(aside, scale)
    return Chart(
        months=_placed(months, scale, axis),
        apart=bars_apart,
        ticks=(*_ticks(axis, yearly=yearly), *ticks_apart),
        breaks=tuple(f"{place:.3f}%" for place in axis.breaks),
        dense=not yearly and len(axis.years) * 12 > DENSE,
    )


def month_name(month: str) -> str:
    """Return "July 2012" for "2012-07"."""
    return f"{date(int(month[:4]), int(month[5:7]), 1):%B} {month[:4]}"


def _axis(years: set[int], width: float) -> _Axis:
    """Lay out whole calendar years over a width; a long gap becomes a break, a short one stays to scale."""
    drawn: list[int] = []
    gaps: set[int] = set()  # years that follow a break
    for year in sorted(years):
        if drawn and year - drawn[-1] > LONG_GAP:
            gaps.add(year)
        elif drawn:
            drawn.extend(range(drawn[-1] + 1, year))
        drawn.append(year)
    slot = width / max(12, len(drawn) * 12 + len(gaps) * BREAK_SLOTS)
    places, breaks, place = {}, [], 0
    for year in drawn:
        if year in gaps:
            breaks.append(slot * (place + BREAK_SLOTS / 2))
            place += BREAK_SLOTS
        places[year] = slot * place
        place += 12
    return _Axis(places, tuple(breaks), frozenset(gaps | set(drawn[:1])), slot)


def _placed(months: Sequence[MonthBar], scale: _Scale, axis: _Axis) -> tuple[Bar, ...]:
    bars = []
    for month in months:
        whole_year = len(month.month) == YEAR_LENGTH
        slots = 0 if whole_year else int(month.month[5:7]) - 1
        room = axis.slot * 12 if whole_year else axis.slot
        x = axis.years[int(month.month[:4])] + slots * axis.slot + (room - scale.width) / 2
        label = month.month if whole_year else month_name(month.month)
        bars.append(scale.bar(month, label=label, x=x))
    return tuple(bars)


def _placed_apart(aside: Sequence[MonthBar], scale: _Scale) -> tuple[tuple[Bar, ...], tuple[Tick, ...]]:
    """Place what stands apart from the right edge inwards; the outermost word ends at the edge."""
    edge = 100.0
    bars: list[Bar] = []
    ticks: list[Tick] = []
    for bar in reversed(aside):
        width, words, label = APART[bar.month]
        edge -= width
        middle = edge + width / 2 if bars else 100 - scale.width / 2
        ticks.append(Tick(f"{middle:.3f}%", words, "middle") if bars else Tick("100%", words, "end"))
        bars.append(scale.bar(bar, label=label, x=middle - scale.width / 2))
    return tuple(reversed(bars)), tuple(reversed(ticks))


def _ticks(axis: _Axis, *, yearly: bool) -> tuple[Tick, ...]:
    """Write as many years as have room, those after a break first; one or two years have room for months."""
    if len(axis.years) <= YEARS_WITH_MONTHS and not yearly:
        names = ("Jan", "Apr", "Jul", "Oct") if len(axis.years) == 1 else ("Jan", "Jul")
        step = 12 // len(names) * axis.slot
        return tuple(
            Tick(f"{place + number * step:.3f}%", name if number else f"{name} {year}")
            for year, place in axis.years.items()
            for number, name in enumerate(names)
        )
    step = next(size for size in ROUND_STEPS if size * 12 * axis.slot >= TICK_ROOM or size == ROUND_STEPS[-1])
    several = len(axis.starts) > 1
    wanted = [year for year in axis.years if several and year in axis.starts]
    wanted += [year for year in axis.years if year % step == 0]
    kept: list[int] = []
    for year in wanted:
        if all(abs(axis.years[year] - axis.years[other]) >= TICK_ROOM for other in kept):
            kept.append(year)
    return tuple(Tick(f"{axis.years[year]:.3f}%", str(year)) for year in sorted(kept))
