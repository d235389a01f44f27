"""The geometry of a timeline: two bands over one axis, bars above each base and spans below it. Pure.

As in `articles.views.chart`, places along the width are percentages and heights are pixels.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from articles.search.partial_date import PartialDate
from articles.search.timeline import Band, Scale, Span, Timeline

BAND = 84  # pixels of the tallest bar
TITLE = 22  # pixels above it, for the band's name
LANE = 7  # pixels from one span to the next below it
THICK = 4  # pixels of a span
MOST_LANES = 10  # the spans of most articles; the table has more
AXIS = 24  # pixels for the names of units, between the bands
TURNS = 14  # pixels for the signs of offices taken and left
BAR_SHARE = 0.72  # of a unit's width
WIDEST_BAR = 4.0  # per cent
NARROWEST_SPAN = 0.6  # per cent, so that a few days among many years can be seen
LONG_GAP = 3  # years without anything between two: longer ones are a break in the axis
BREAK = 0.6  # years' width that a break takes
MOST_TICKS = 12  # names along the axis: as many as fit 928 pixels
FEW_TICKS = 6  # of them are written on a narrow screen too: as many as fit 360
EDGE = 4.0  # per cent from an end within which a name is set flush with it


@dataclass(frozen=True, slots=True)
class Unit:
    """A year, a month or a day of the axis, in per cent."""

    when: PartialDate
    x: float
    width: float

    @property
    def left(self) -> str:
        """Where it begins, as SVG writes it."""
        return f"{self.x:.3f}%"

    @property
    def across(self) -> str:
        """How wide it is, as SVG writes it."""
        return f"{self.width:.3f}%"


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A unit's number in one band."""

    unit: str
    count: int
    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """Days below a base. What runs out of the picture ends at its edge."""

    span: Span
    x: str
    width: str
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The name of a unit on the axis; `rare` ones have no room on a narrow screen."""

    x: str
    label: str
    anchor: str
    rare: bool


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A band: where its name, its base and what stands on it are, in pixels from the top."""

    title_y: int
    base: int
    bars: tuple[DrawnBar, ...]
    spans: tuple[DrawnSpan, ...]
    highest: int


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """A drawn timeline; `units` is empty when there is nothing to draw. `turns` are places of signs in per cent."""

    units: tuple[Unit, ...]
    published: DrawnBand
    spoken: DrawnBand
    ticks: tuple[Tick, ...]
    axis_y: int
    breaks: tuple[str, ...]
    turns: tuple[str, ...]
    turns_y: int
    height: int


def draw(timeline: Timeline) -> TimelineChart:
    """Place a timeline.

    1. The axis: all units of a year or a month, or the years that anything lies in. 2. The band of publication, its
    spans below it. 3. The names of units and, where there are any, the signs of turns. 4. The band of times spoken of.
    """
    # 1.
    units = units_of(timeline)
    # 2.
    published = _band(timeline.published, units, top=0)
    below = published.base + LANE * (len(published.spans) + 1)
    # 3.
    turns = tuple(f"{place(turn.when.first, units):.3f}%" for turn in timeline.turns)
    axis_y = below + AXIS - 10
    turns_y = below + AXIS + 2
    # 4.
    spoken = _band(timeline.spoken, units, top=below + AXIS + (TURNS if turns else 0))
    return TimelineChart(
        units=units,
        published=published,
        spoken=spoken,
        ticks=_ticks(units, timeline.scale),
        axis_y=axis_y,
        breaks=tuple(
            f"{(one.x + one.width + other.x) / 2:.3f}%"
            for one, other in pairwise(units)
            if other.x - one.x - one.width > one.width * BREAK / 2
        ),
        turns=turns,
        turns_y=turns_y,
        height=spoken.base + LANE * (len(spoken.spans) + 1) + 4,
    )


def units_of(timeline: Timeline) -> tuple[Unit, ...]:
    """Return the units of the axis; of years those between two that have something, unless they are many."""
    if timeline.within is None:
        held = _years_held(timeline)
    elif timeline.scale is Scale.MONTHS:
        held = [f"{timeline.within.text}-{month:02}" for month in range(1, 13)]
    else:
        first = timeline.within.first
        days = calendar.monthrange(first.year, first.month)[1]
        held = [f"{timeline.within.text}-{day:02}" for day in range(1, days + 1)]
    starts: list[float] = []
    at = 0.0
    for number, unit in enumerate(held):
        after_gap = number and timeline.within is None and int(unit) - int(held[number - 1]) > 1
        at += BREAK if after_gap else 0
        starts.append(at)
        at += 1
    whens = [PartialDate.read(unit) for unit in held]
    return tuple(
        Unit(when, start / at * 100, 100 / at) for when, start in zip(whens, starts, strict=True) if when
    )


def place(day: date, units: Sequence[Unit]) -> float:
    """Return where a day begins, in per cent; what lies in a break stands at its end, what is outside at the edge."""
    for unit in units:
        if day <= unit.when.last:
            days = (unit.when.last - unit.when.first).days + 1
            return unit.x + max(0, (day - unit.when.first).days) / days * unit.width
    return 100.0


def _years_held(timeline: Timeline) -> list[str]:
    bands = (timeline.published, timeline.spoken)
    held = {int(year) for band in bands for year in band.bars}
    held |= {turn.when.first.year for turn in timeline.turns}
    held |= {
        day.year for band in bands for span in band.spans[:MOST_LANES] for day in (span.first, span.last)
    }
    drawn: list[int] = []
    for year in sorted(held):
        if drawn and year - drawn[-1] - 1 <= LONG_GAP:
            drawn.extend(range(drawn[-1] + 1, year))
        drawn.append(year)
    return [f"{year:04}" for year in drawn if year > 0]


def _band(band: Band, units: Sequence[Unit], *, top: int) -> DrawnBand:
    base = top + TITLE + BAND
    highest = max([1, *band.bars.values()])
    return DrawnBand(
        title_y=top + 14,
        base=base,
        bars=tuple(_bars(band.bars, units, base=base, highest=highest)),
        spans=tuple(
            _span(span, units, y=base + LANE * (lane + 1) - THICK + 2)
            for lane, span in enumerate(band.spans[:MOST_LANES])
        ),
        highest=highest,
    )


def _bars(counts: Mapping[str, int], units: Sequence[Unit], *, base: int, highest: int) -> list[DrawnBar]:
    bars = []
    for unit in units:
        count = counts.get(unit.when.text, 0)
        if not count:
            continue
        width = min(unit.width * BAR_SHARE, WIDEST_BAR)
        height = max(2, round(BAND * count / highest))
        x = unit.x + (unit.width - width) / 2
        bars.append(DrawnBar(unit.when.text, count, f"{x:.3f}%", f"{width:.3f}%", base - height, height))
    return bars


def _span(span: Span, units: Sequence[Unit], *, y: int) -> DrawnSpan:
    left = place(span.first, units)
    end = next((unit for unit in units if unit.when.first <= span.last <= unit.when.last), None)
    one_day = end.width / ((end.when.last - end.when.first).days + 1) if end else 0.0
    right = min(100.0, place(span.last, units) + one_day)
    width = max(NARROWEST_SPAN, right - left)
    return DrawnSpan(span, f"{min(left, 100 - width):.3f}%", f"{width:.3f}%", y)


def _ticks(units: Sequence[Unit], scale: Scale) -> tuple[Tick, ...]:
    if not units:
        return ()
    step = -(-len(units) // MOST_TICKS)
    named = units[::step]
    seldom = -(-len(named) // FEW_TICKS)
    ticks = []
    for number, unit in enumerate(named):
        middle = unit.x + unit.width / 2
        anchor = "start" if middle < EDGE else "end" if middle > 100 - EDGE else "middle"
        x = {"start": unit.x, "middle": middle, "end": unit.x + unit.width}[anchor]
        ticks.append(Tick(f"{x:.3f}%", _short(unit.when, scale), anchor, rare=number % seldom > 0))
    return tuple(ticks)


def _short(when: PartialDate, scale: Scale) -> str:
    return {
        Scale.YEARS: when.text,
        Scale.MONTHS: f"{when.first:%b}",
        Scale.DAYS: str(when.first.day),
    }[scale]
