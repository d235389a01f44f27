"""The geometry of a bar chart of months. Pure: months in, places on the page out; the template draws them.

Places along the width are percentages and heights are pixels, so that the drawing fits any screen
while its words keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from articles.search.page import MonthBar

HEIGHT = 84  # pixels of the tallest bar
HEADROOM = 20  # pixels above it, for the years
WIDEST_BAR = 2.2  # per cent of the width: a chart of one year has slim bars too
BAR_SHARE = 0.72  # of its month's slot
UNDATED_SLOT = 9.0  # per cent of the width kept at the right for the undated
MOST_TICKS = 7  # year labels that fit side by side on a phone
DENSE = 240  # months from which bars are thinner than a pixel on a phone, and get an outline to stay visible


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
    share: str  # how much of the fullest month the archive holds in this one, from 0.00 to 1.00


@dataclass(frozen=True, slots=True)
class Tick:
    """A year or month written above the bars."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart; without bars there is nothing to draw."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    undated: Bar | None
    top: int
    dense: bool
    headroom: int = HEADROOM
    reach: int = HEIGHT
    base: int = HEADROOM + HEIGHT
    strip: int = HEADROOM + HEIGHT + 5
    height: int = HEADROOM + HEIGHT + 10

    @property
    def total(self) -> int:
        """The articles drawn in months."""
        return sum(bar.count for bar in self.bars)


def draw(months: Sequence[MonthBar], *, undated: MonthBar | None = None) -> Chart:
    """Place a bar for each month; whole calendar years are drawn, so that gaps are seen as gaps.

    1. Span the years from the first month to the last. 2. Scale to the fullest month.
    3. Place the bars, then the ticks, then the undated at the far right.
    """
    if not months:
        bar = undated_bar(undated, top=undated.count, fullest=undated.archive_count) if undated else None
        return Chart(bars=(), ticks=(), undated=bar, top=undated.count if undated else 0, dense=False)
    # 1.
    first_year, last_year = int(min(m.month for m in months)[:4]), int(max(m.month for m in months)[:4])
    slots = (last_year - first_year + 1) * 12
    slot = (100 - (UNDATED_SLOT if undated else 0)) / slots
    # 2.
    shown = [*months, undated] if undated else list(months)
    top = max(1, *(m.count for m in shown))
    fullest = max(1, *(m.archive_count for m in shown))
    # 3.
    width = min(slot * BAR_SHARE, WIDEST_BAR)
    bars = []
    for month in months:
        year, number = int(month.month[:4]), int(month.month[5:7])
        left = slot * ((year - first_year) * 12 + number - 1)
        bars.append(_bar(month, x=left + (slot - width) / 2, width=width, top=top, fullest=fullest))
    return Chart(
        bars=tuple(bars),
        ticks=_ticks(first_year, last_year, slot),
        undated=undated_bar(undated, top=top, fullest=fullest) if undated else None,
        top=top,
        dense=slots > DENSE,
    )


def undated_bar(undated: MonthBar, *, top: int, fullest: int) -> Bar:
    """Place the bar of the undated articles, apart from the months."""
    x = 100 - UNDATED_SLOT / 2 - WIDEST_BAR / 2
    return _bar(undated, x=x, width=WIDEST_BAR, top=max(1, top), fullest=max(1, fullest))


def month_name(month: str) -> str:
    """Return "July 2012" for "2012-07"; other words, such as "undated", stay as they are."""
    try:
        return f"{date(int(month[:4]), int(month[5:7]), 1):%B %Y}"
    except ValueError:
        return month


def _bar(month: MonthBar, *, x: float, width: float, top: int, fullest: int) -> Bar:
    height = max(2, round(HEIGHT * month.count / top)) if month.count else 0
    return Bar(
        month=month.month,
        label=month_name(month.month),
        count=month.count,
        archive_count=month.archive_count,
        url=month.url,
        x=f"{x:.3f}%",
        width=f"{width:.3f}%",
        y=HEADROOM + HEIGHT - height,
        height=height,
        share=f"{month.archive_count / fullest:.2f}",
    )


def _ticks(first_year: int, last_year: int, slot: float) -> tuple[Tick, ...]:
    years = last_year - first_year + 1
    if years <= 2:  # noqa: PLR2004  # so short a span has room for months
        names = ("Jan", "Apr", "Jul", "Oct") if years == 1 else ("Jan", "Jul")
        step = 12 // len(names)
        return tuple(
            Tick(
                x=f"{slot * (year * 12 + place * step):.3f}%",
                label=name if place else f"{name} {first_year + year}",
            )
            for year in range(years)
            for place, name in enumerate(names)
        )
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if years / s <= MOST_TICKS)
    wanted = range(-(-first_year // step) * step, last_year + 1, step)
    return tuple(Tick(x=f"{slot * (year - first_year) * 12:.3f}%", label=str(year)) for year in wanted)
