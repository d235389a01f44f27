"""Near-copies among real articles, and none among independent reports of the same events."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.quality.gate import Gate
from tests.quality.measuring_sets import DATA, Record, long_set, measured, run_command, score

FAKES, PAIRS, BASIL = (
    f"duplicates/{name}" for name in ("fakes.jsonl.gz", "fakes_pairs.tsv", "basil.jsonl.gz")
)


@pytest.mark.parametrize("pairs", [pytest.param(PAIRS, marks=long_set(FAKES, PAIRS))])
def test_copies_are_found(gate: Gate, tmp_path: Path, pairs: str) -> None:
    scores = _scores(FAKES, pairs, tmp_path)
    half = scores["recall"]["0.5"]
    gate.hold(
        "copies-fakes",
        recall=measured(half["recall"], half["n"]),
        false_pairs=measured(scores["false_pairs"], scores["predicted"]),
    )


@pytest.mark.parametrize("texts", [pytest.param(BASIL, marks=long_set(BASIL))])
def test_no_copies_where_there_are_none(gate: Gate, tmp_path: Path, texts: str) -> None:
    gate.hold("copies-basil", pairs=measured(_scores(texts, "-", tmp_path)["predicted"], 300))


def _scores(texts: str, pairs: str, folder: Path) -> Record:
    with gzip.open(DATA / texts, "rt", encoding="utf-8") as lines:
        found = run_command("duplicates", "--jsonl", lines=map(str.rstrip, lines))
    return score("score_duplicates.py", found, pairs, "--texts", str(DATA / texts), folder=folder)
