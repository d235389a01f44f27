"""The geometry of a chart of lines over time."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.views.line_chart import (
    HEADROOM,
    HEIGHT,
    MOST_SIGNS,
    MOST_TICKS,
    WIDTH,
    Line,
    all_periods,
    draw_lines,
    period_name,
    round_top,
    value_text,
)

MONTHS = all_periods(["2012-01", "2012-12"])


def points(run: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in run.split())]


def test_nothing_is_drawn_without_periods() -> None:
    assert draw_lines([], [Line("a", [])], held=[]).lines == ()
    assert draw_lines(MONTHS, [], held=[1] * 12).grid == ()


def test_the_highest_value_stands_at_its_place_below_a_round_top() -> None:
    chart = draw_lines(MONTHS, [Line("a", [0, 3, *[1] * 10])], held=[5] * 12)
    [run] = chart.lines[0].runs

    assert [level.label for level in chart.grid] == ["0", "2", "4"]
    assert points(run)[0][1] == HEADROOM + HEIGHT
    assert points(run)[1][1] == pytest.approx(HEADROOM + HEIGHT / 4, abs=0.1)
    assert len(points(run)) == 12


def test_a_line_is_broken_where_there_is_nothing_to_measure_and_a_lone_point_keeps_its_sign() -> None:
    values = [1, 2, None, 3, None, *[1] * 7]
    chart = draw_lines(MONTHS, [Line("a", values)], held=[1] * 12)

    assert [len(points(run)) for run in chart.lines[0].runs] == [2, 7]
    assert "a, April 2012: 3" in [sign.label for sign in chart.lines[0].signs]


def test_each_line_has_its_number_and_not_too_many_signs() -> None:
    periods = all_periods(["1990-01", "2012-12"])
    lines = [Line(name, [1.0] * len(periods)) for name in "abcde"]
    chart = draw_lines(periods, lines, held=[1] * len(periods))

    assert [line.number for line in chart.lines] == [1, 2, 3, 4, 5]
    assert all(len(line.signs) <= MOST_SIGNS for line in chart.lines)
    assert len(chart.ticks) <= MOST_TICKS
    assert all(tick.label.isdigit() for tick in chart.ticks)


def test_shares_are_written_in_per_cent() -> None:
    chart = draw_lines(MONTHS, [Line("a", [0.004] * 12)], held=[1] * 12, percent=True)

    assert [level.label for level in chart.grid] == ["0 %", "0.2 %", "0.4 %"]
    assert chart.lines[0].signs[0].label == "a, January 2012: 0.4 %"


def test_one_period_alone_stands_in_the_middle() -> None:
    chart = draw_lines(["2012"], [Line("a", [2])], held=[9])

    assert [sign.x for sign in chart.lines[0].signs] == ["50.00%"]
    assert chart.lines[0].runs == ()
    assert [(tick.x, tick.label) for tick in chart.ticks] == [("50.00%", "2012")]


def test_few_months_are_named_as_months() -> None:
    chart = draw_lines(MONTHS, [Line("a", [1] * 12)], held=[1] * 12)

    assert [tick.label for tick in chart.ticks] == ["Jan 2012", "Apr 2012", "Jul 2012", "Oct 2012"]
    assert (chart.ticks[0].anchor, chart.ticks[1].anchor) == ("start", "middle")


def test_the_strip_shows_how_much_is_held() -> None:
    chart = draw_lines(["2011", "2012"], [Line("a", [0, 1])], held=[5, 10])

    assert [held.share for held in chart.strip] == ["0.50", "1.00"]


def test_periods_follow_each_other_without_a_gap() -> None:
    assert all_periods(["2012-11", "2013-02"]) == ["2012-11", "2012-12", "2013-01", "2013-02"]
    assert all_periods(["2014", "2012"]) == ["2012", "2013", "2014"]
    assert all_periods([]) == []


def test_words_for_periods_and_values() -> None:
    assert (period_name("2012-07"), period_name("2012")) == ("July 2012", "2012")
    assert value_text(1234, percent=False) == "1,234"
    assert value_text(0.12345, percent=True) == "12.3 %"


@given(st.floats(0, 1e9), st.booleans())
def test_a_round_top_is_at_or_above_the_highest_and_not_far(highest: float, whole: bool) -> None:  # noqa: FBT001
    top = round_top(highest, whole=whole)

    assert top >= highest * (1 - 1e-9)
    assert top <= max(highest * 2.5, 1.0)
    assert math.isfinite(top)


@given(st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=80))
def test_everything_is_drawn_inside_the_chart(values: list[int | None]) -> None:
    periods = all_periods(["1900", str(1899 + len(values))])
    chart = draw_lines(periods, [Line("a", values)], held=[1] * len(values))

    for x, y in (point for line in chart.lines for run in line.runs for point in points(run)):
        assert 0 <= x <= WIDTH
        assert HEADROOM <= y <= HEADROOM + HEIGHT
