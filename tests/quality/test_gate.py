"""The gate itself: it speaks up, it never gives ground, and its two files agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality import raise_floors
from tests.quality.gate import (
    Figure,
    Gate,
    Measured,
    raised,
    read_figures,
    read_floors,
    table,
    write_floors,
)


def figure(key: str, *, target: float | None = None, at_most: bool = False, trained: bool = False) -> Figure:
    return Figure(key, f"the {key}", target, at_most, trained, closer="look here")


FIGURES = {
    each.key: each
    for each in (
        figure("pages.body", target=0.97, trained=True),
        figure("pages.wrong-quotes", target=0.06, at_most=True),
    )
}
FLOORS = {"pages.body": 0.95, "pages.wrong-quotes": 0.05}
values = st.floats(0, 1)


def gate() -> Gate:
    return Gate(FIGURES, dict(FLOORS))


def test_a_figure_at_its_floor_holds() -> None:
    gate().hold("pages", body=Measured(0.95, 80), wrong_quotes=Measured(0.05, 300))


def test_a_figure_below_its_floor_fails_with_all_one_needs_to_know() -> None:
    with pytest.raises(AssertionError) as caught:
        gate().hold("pages", body=Measured(0.941, 80))
    assert str(caught.value) == (
        "the pages.body (pages.body) is 0.941, below its floor 0.950, over 80 records. To look closer: look here"
    )


def test_where_less_is_better_the_floor_is_a_ceiling() -> None:
    with pytest.raises(AssertionError, match=r"is 0\.070, above its ceiling 0\.050"):
        gate().hold("pages", wrong_quotes=Measured(0.07, 300))


def test_every_figure_past_its_floor_is_named_and_all_are_kept_for_the_table() -> None:
    held = gate()
    with pytest.raises(AssertionError, match=r"(?s)pages\.body.*pages\.wrong-quotes"):
        held.hold("pages", body=Measured(0.5, 80), wrong_quotes=Measured(0.5, 300))
    assert list(held.measured) == ["pages.body", "pages.wrong-quotes"]


def test_a_figure_without_a_floor_does_not_pass() -> None:
    with pytest.raises(AssertionError, match="has no floor: benchmarks/quality"):
        Gate(FIGURES, {}).hold("pages", body=Measured(1.0, 80))


def test_a_figure_that_nobody_listed_is_refused() -> None:
    with pytest.raises(KeyError, match=r"pages\.unheard-of: add it to figures\.toml"):
        gate().hold("pages", unheard_of=Measured(1.0, 80))


def test_the_table_says_what_is_short_and_what_flatters() -> None:
    held = gate()
    with pytest.raises(AssertionError):
        held.hold("pages", body=Measured(0.96, 80), wrong_quotes=Measured(0.07, 300))
    assert table(held).splitlines() == [
        "figure                       value    floor   target  records",
        "the pages.body (trained on)  0.960  ≥ 0.950  ≥ 0.970       80  short of the target",
        "the pages.wrong-quotes       0.070  ≤ 0.050  ≤ 0.060      300  PAST ITS FLOOR; short of the target",
    ]


@given(value=values, floor=values, at_most=st.booleans())
def test_raising_never_lowers(*, value: float, floor: float, at_most: bool) -> None:
    one = figure("pages.x", at_most=at_most)
    result = raised({"pages.x": floor}, {"pages.x": Measured(value, 1)}, {"pages.x": one})
    after = result.floors["pages.x"]
    assert one.reaches(after, floor)
    assert result.moved == (("pages.x",) if after != floor else ())
    if result.refused:
        assert after == floor
        assert not one.reaches(value, floor)
    else:
        assert one.reaches(value, after)


@given(value=values, at_most=st.booleans())
def test_a_new_floor_is_one_that_its_figure_holds(*, value: float, at_most: bool) -> None:
    one = figure("pages.x", at_most=at_most)
    floor = one.floor_for(value)
    assert one.reaches(value, floor)
    assert abs(value - floor) <= 0.006 + 1e-8


@pytest.mark.parametrize(
    ("value", "at_most", "floor"),
    [(0.978, False, 0.975), (0.97, False, 0.965), (1.0, False, 1.0), (0.033, True, 0.035), (0.0, True, 0.0)],
)
def test_a_floor_leaves_room_for_a_last_digit_and_none_at_the_very_end(
    *, value: float, at_most: bool, floor: float
) -> None:
    assert figure("pages.x", at_most=at_most).floor_for(value) == floor


def test_what_was_not_measured_keeps_its_floor() -> None:
    assert raised(FLOORS, {}, FIGURES).floors == FLOORS


def test_raising_the_file_moves_what_rose_and_refuses_what_fell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "floors.toml"
    write_floors(FLOORS, FIGURES, file)
    measured = {"pages.body": Measured(0.978, 80), "pages.wrong-quotes": Measured(0.07, 300)}
    refused = raise_floors(measured, FIGURES, file)
    assert refused == ("pages.wrong-quotes",)
    assert read_floors(file) == {"pages.body": 0.975, "pages.wrong-quotes": 0.05}
    said = capsys.readouterr().err
    assert "raised pages.body: 0.95 -> 0.975" in said
    assert (
        "refused pages.wrong-quotes: 0.070 is past its floor 0.05, and floors are never lowered here." in said
    )


def test_raising_where_nothing_rose_leaves_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text('# mine\n[pages]\nbody = 0.95\n"wrong-quotes" = 0.05\n')
    before = file.read_text()
    raise_floors({"pages.body": Measured(0.951, 80)}, FIGURES, file)
    assert file.read_text() == before


def test_every_figure_has_a_floor_and_every_floor_a_figure() -> None:
    assert list(read_floors()) == list(read_figures())
