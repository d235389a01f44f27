"""Articles dated by what they say, and stated dates checked against it."""

from __future__ import annotations

import pytest

from tests.quality.gate import Gate
from tests.quality.measuring_sets import long_set, measured, run_benchmark


@pytest.mark.parametrize("half", [pytest.param("odd", marks=long_set("duplicates/fakes.jsonl.gz"))])
def test_dating_by_content(gate: Gate, half: str) -> None:
    """On the rows that the facts and cues were not written from."""
    [line] = run_benchmark("score_dating.py", "--half", half)
    fakes = line["fakes"]
    content, neighbours, stated = fakes["content"], fakes["neighbours"], fakes["stated"]
    every = fakes["records"]
    gate.hold(
        "dating",
        inside=measured(content["known"]["inside"], round(content["known"]["share"] * every)),
        within_a_year=measured(content["<=366"]["share"], every),
        neighbours_inside=measured(
            neighbours["known"]["inside"], round(neighbours["known"]["share"] * every)
        ),
        neighbours_within_92_days=measured(neighbours["<=92"]["share"], every),
        false_alarms=measured(max(stated["content"]["true"], stated["neighbours"]["true"]), every),
        crawl_caught=measured(min(each["crawl, capture known"] for each in stated.values()), every),
    )
