"""The geometry of the chart of months."""

from __future__ import annotations

from itertools import pairwise

from articles.search.page import MonthBar
from articles.views.chart import HEADROOM, HEIGHT, draw, month_name


def months(*counts: tuple[str, int]) -> list[MonthBar]:
    return [MonthBar(month, number, number * 2, f"?month={month}") for month, number in counts]


def test_nothing_is_drawn_without_months() -> None:
    chart = draw([])

    assert chart.bars == ()
    assert chart.ticks == ()


def test_the_fullest_month_is_as_tall_as_the_chart_and_half_of_it_half_as_tall() -> None:
    chart = draw(months(("2012-01", 4), ("2012-07", 2)))

    assert [bar.height for bar in chart.bars] == [HEIGHT, HEIGHT // 2]
    assert [bar.y + bar.height for bar in chart.bars] == [HEADROOM + HEIGHT] * 2
    assert chart.in_months == 6


def test_a_single_article_among_thousands_can_still_be_seen() -> None:
    chart = draw(months(("2012-01", 10_000), ("2012-02", 1)))

    assert chart.bars[1].height == 2


def test_gaps_between_months_stay_gaps() -> None:
    chart = draw(months(("2012-01", 1), ("2012-12", 1)))
    first, last = (float(bar.x.rstrip("%")) for bar in chart.bars)

    assert last - first > 90


def test_a_long_gap_becomes_a_break_and_both_its_sides_are_labelled() -> None:
    chart = draw(months(("1987-01", 1), ("2012-06", 1), ("2014-06", 1), ("2015-06", 1)))

    assert len(chart.breaks) == 1
    assert [tick.label for tick in chart.ticks] == ["1987", "2012", "2013", "2014", "2015"]
    places = [float(bar.x[:-1]) for bar in chart.bars]
    assert places[0] < float(chart.breaks[0][:-1]) < places[1]
    assert places[1] - places[0] < places[2] - places[1] + 20


def test_bars_stay_inside_the_drawing_and_do_not_overlap() -> None:
    chart = draw(months(*[(f"{year}-{month:02}", 1) for year in range(1990, 2020) for month in range(1, 13)]))
    edges = [(float(bar.x[:-1]), float(bar.x[:-1]) + float(bar.width[:-1])) for bar in chart.bars]

    assert edges[0][0] >= 0
    assert edges[-1][1] <= 100
    assert all(left[1] <= right[0] for left, right in pairwise(edges))
    assert chart.dense


def test_few_years_are_labelled_with_months_and_many_with_round_years() -> None:
    one, two = draw(months(("2012-03", 1))), draw(months(("2012-03", 1), ("2013-03", 1)))
    many = draw(months(*[(f"{year}-03", 1) for year in range(1951, 2014)]))

    assert [tick.label for tick in one.ticks] == ["Jan 2012", "Apr", "Jul", "Oct"]
    assert [tick.label for tick in two.ticks] == ["Jan 2012", "Jul", "Jan 2013", "Jul"]
    assert [tick.label for tick in many.ticks] == ["1960", "1970", "1980", "1990", "2000", "2010"]


def test_the_undated_stand_apart_at_the_right() -> None:
    apart = [MonthBar("doubtful", 1, 1, "?month=doubtful"), MonthBar("undated", 4, 4, "?month=undated")]
    chart = draw(months(("2012-12", 2)), apart=apart)

    assert [bar.label for bar in chart.apart] == ["date in doubt", "undated"]
    assert chart.apart[1].height == HEIGHT
    places = [float(bar.x[:-1]) for bar in chart.bars]
    assert all(right - left > 2.2 for left, right in pairwise(places))
    assert [tick.label for tick in chart.ticks][-2:] == ["±", "undated"]


def test_the_undated_alone_are_drawn_too() -> None:
    chart = draw([], apart=[None, MonthBar("undated", 4, 4, "?month=undated")])

    assert chart.months == ()
    assert len(chart.bars) == 1


def test_months_have_names() -> None:
    assert month_name("2012-07") == "July 2012"
