"""The first page's chart, from counts to places."""

from __future__ import annotations

from articles.search.holdings import Held, HeldOfOutlet, Holdings
from articles.views.coverage_chart import MOST_MONTHS, ROW_HEIGHT, coverage_by_outlet


def holdings(whole: Held, *outlets: Held) -> Holdings:
    return Holdings(
        whole=whole,
        outlets=tuple(HeldOfOutlet(None, held) for held in outlets),
        others=None,
        others_count=0,
        outlet_count=0,
        actor_count=0,
        most_named=(),
        lately=None,
        newest=(),
    )


def held(months: dict[str, int], *, undated: int = 0, doubtful: int = 0) -> Held:
    years: dict[str, int] = {}
    for month, number in months.items():
        years[month[:4]] = years.get(month[:4], 0) + number
    return Held(months, years, undated, sum(months.values()) + undated + doubtful)


def test_a_row_stands_under_the_months_of_the_whole() -> None:
    own = held({"2012-01": 2, "2012-04": 8})
    drawn = coverage_by_outlet(holdings(held({"2012-01": 5, "2012-02": 3, "2012-04": 9}), own))
    places = {bar.month: bar.x for bar in drawn.chart.months}
    (row,) = drawn.rows

    assert [bar.x for bar in row.bars] == [places["2012-01"], places["2012-04"]]
    assert [bar.height for bar in row.bars] == [ROW_HEIGHT // 4, ROW_HEIGHT]
    assert [gap.label for gap in row.gaps] == ["February 2012 to March 2012"]


def test_undated_and_doubtful_stand_apart_and_make_no_gap() -> None:
    own = held({"2012-12": 1, "2013-01": 1}, undated=2, doubtful=1)
    drawn = coverage_by_outlet(holdings(own, own))
    (row,) = drawn.rows

    assert (drawn.undated, drawn.doubtful, drawn.total) == (2, 1, 5)
    assert [bar.count for bar in row.bars] == [1, 1, 1, 2]
    assert row.gaps == ()


def test_very_many_months_are_drawn_by_year() -> None:
    months = {f"{1900 + number // 12}-{number % 12 + 1:02}": 1 for number in range(MOST_MONTHS + 1)}
    own = held({"1900-01": 1, "1905-01": 1})
    drawn = coverage_by_outlet(holdings(held(months), own))
    (row,) = drawn.rows

    assert drawn.by_year
    assert [bar.month for bar in drawn.chart.months] == [str(1900 + number) for number in range(13)]
    assert [gap.label for gap in row.gaps] == ["1901 to 1904"]


def test_an_archive_without_dates_has_rows_too() -> None:
    own = held({}, undated=3)
    drawn = coverage_by_outlet(holdings(own, own))

    assert [bar.count for bar in drawn.rows[0].bars] == [3]
    assert drawn.years == ()
