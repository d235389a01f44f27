"""The geometry of a chart of lines over time. Pure: values in, places on the page out; the template draws them.

Places along the width are percentages and heights are pixels, as in `articles.views.chart`. Only the lines
themselves are drawn in units of their own, WIDTH to the whole width, since SVG knows no lines in per cent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.views.chart import month_name

WIDTH = 1000  # units of a line's points along the width of the chart
HEIGHT = 220  # pixels from the base to the top value
HEADROOM = 22  # pixels above it, for the top value's words
STRIP = 6  # pixels of the strip that shows how much the archive holds
FOOT = 24  # pixels below it, for the names of months and years
MARGIN = 1.2  # per cent left free at either end, so that the signs of the first and last point are whole
MOST_SIGNS = 24  # on one line; more of them hide it
MOST_TICKS = 5  # names of periods along the base: as many as 360 pixels take
EDGE = 8.0  # per cent from an end within which a name is set flush with it
NOTHING = 1e-9  # per cent: less than one article of any archive
ROUND_TOPS = (1, 2, 4, 5, 10)  # times a power of ten: values whose half is short to write


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be drawn: a name, and a value for each period; None where there is nothing to measure."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Sign:
    """A point that bears the sign of its line; `label` names period and value."""

    x: str
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line: its `number` (from 1) chooses colour, dashes and sign; `runs` are points for polylines."""

    number: int
    name: str
    runs: tuple[str, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A level with what it stands for."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class PeriodTick:
    """The name of a period below the base."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Held:
    """One period of the strip: how much of the fullest period the archive holds, from 0.00 to 1.00."""

    x: str
    width: str
    share: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """A drawn chart; `lines` is empty when there is nothing to draw."""

    lines: tuple[DrawnLine, ...]
    grid: tuple[Grid, ...]
    ticks: tuple[PeriodTick, ...]
    strip: tuple[Held, ...]
    width: int = WIDTH
    headroom: int = HEADROOM
    reach: int = HEIGHT
    base: int = HEADROOM + HEIGHT
    strip_top: int = HEADROOM + HEIGHT + 3
    strip_height: int = STRIP
    names: int = HEADROOM + HEIGHT + STRIP + FOOT - 6
    height: int = HEADROOM + HEIGHT + STRIP + FOOT


def draw_lines(
    periods: Sequence[str], lines: Sequence[Line], *, held: Sequence[int], percent: bool = False
) -> LineChart:
    """Place lines over periods, which follow each other without a gap; `held` is the archive's number of each.

    1. Scale to the highest value, rounded up. 2. Place the points; a line is broken where it has no value.
    3. Name levels and periods. With `percent` values are parts of one and are written in per cent.
    """
    if not periods or not lines:
        return LineChart((), (), (), ())
    # 1.
    unit = 100 if percent else 1
    highest = max((value * unit for line in lines for value in line.values if value is not None), default=0)
    top = round_top(highest, whole=not percent)
    # 2.
    xs = [_place(number, len(periods)) for number in range(len(periods))]
    drawn = []
    for number, line in enumerate(lines, 1):
        ys = [None if value is None else _level(value * unit, top) for value in line.values]
        labels = [
            ""
            if value is None
            else f"{line.name}, {period_name(period)}: {value_text(value, percent=percent)}"
            for period, value in zip(periods, line.values, strict=True)
        ]
        drawn.append(DrawnLine(number, line.name, tuple(_runs(xs, ys)), tuple(_signs(xs, ys, labels))))
    # 3.
    levels = [0.0, top / 2, top] if percent or top % 2 == 0 else [0.0, top]
    return LineChart(
        lines=tuple(drawn),
        grid=tuple(
            Grid(_level(level, top), f"{level:g} %" if percent else f"{level:,.0f}") for level in levels
        ),
        ticks=tuple(_ticks(periods, xs)),
        strip=tuple(_strip(xs, held)),
    )


def round_top(highest: float, *, whole: bool) -> float:
    """Return the round value at or above the highest; 1 when that is nothing, and of whole things at least 1."""
    if highest < NOTHING:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    if whole:
        power = max(power, 1.0)
    return next(step * power for step in ROUND_TOPS if step * power >= highest * (1 - 1e-9))


def all_periods(some: Sequence[str]) -> list[str]:
    """Return every month, or every year, from the first to the last of some."""
    if not some:
        return []
    first, last = min(some), max(some)
    years = range(int(first[:4]), int(last[:4]) + 1)
    if "-" not in first:
        return [f"{year:04}" for year in years]
    months = (f"{year:04}-{month:02}" for year in years for month in range(1, 13))
    return [month for month in months if first <= month <= last]


def period_name(period: str) -> str:
    """Return "July 2012" for "2012-07", and a year as it is."""
    return month_name(period) if "-" in period else period


def value_text(value: float, *, percent: bool) -> str:
    """Return a value as a reader sees it."""
    return f"{value * 100:.3g} %" if percent else f"{value:,.0f}"


def _place(number: int, of: int) -> float:
    return 50.0 if of == 1 else MARGIN + (100 - 2 * MARGIN) * number / (of - 1)


def _level(value: float, top: float) -> float:
    return round(HEADROOM + HEIGHT * (1 - value / top), 1)


def _runs(xs: Sequence[float], ys: Sequence[float | None]) -> list[str]:
    """Return the points of each unbroken stretch; one point alone is no line, its sign shows it."""
    points = zip(xs, ys, strict=True)
    runs = [list(run) for known, run in groupby(points, key=lambda point: point[1] is not None) if known]
    return [" ".join(f"{x * WIDTH / 100:.1f},{y}" for x, y in run) for run in runs if len(run) > 1]


def _signs(xs: Sequence[float], ys: Sequence[float | None], labels: Sequence[str]) -> list[Sign]:
    step = math.ceil(len(xs) / MOST_SIGNS)
    signs = []
    for number, (x, y, label) in enumerate(zip(xs, ys, labels, strict=True)):
        if y is None:
            continue
        alone = all(ys[beside] is None for beside in (number - 1, number + 1) if 0 <= beside < len(ys))
        if number % step == 0 or alone:
            signs.append(Sign(f"{x:.2f}%", y, label))
    return signs


def _ticks(periods: Sequence[str], xs: Sequence[float]) -> list[PeriodTick]:
    """Name years where there are enough of them, else months."""
    years = [number for number, period in enumerate(periods) if "-" not in period or period.endswith("-01")]
    named = years if len(years) > 2 else list(range(len(periods)))  # noqa: PLR2004  # two years tell too little
    step = math.ceil(len(named) / MOST_TICKS)
    ticks = []
    for number in named[::step]:
        period, x = periods[number], xs[number]
        label = period[:4] if named is years else f"{period_name(period)[:3]} {period[:4]}"
        anchor = "start" if x < EDGE else "end" if x > 100 - EDGE else "middle"
        ticks.append(PeriodTick(f"{x:.2f}%", label if "-" in period else period, anchor))
    return ticks


def _strip(xs: Sequence[float], held: Sequence[int]) -> list[Held]:
    fullest = max([1, *held])
    half = (50 - MARGIN) / (len(xs) - 1) if len(xs) > 1 else 5.0
    ends = [(max(0.0, x - half), min(100.0, x + half)) for x in xs]
    return [
        Held(f"{left:.2f}%", f"{right - left:.2f}%", f"{number / fullest:.2f}")
        for (left, right), number in zip(ends, held, strict=True)
    ]
