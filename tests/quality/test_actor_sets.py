"""Names, mentions and quotes in real texts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from articles.mentions.model import NerModel
from tests.quality.gate import Gate
from tests.quality.measuring_sets import (
    DATA,
    Record,
    long_set,
    measured,
    read_records,
    run_command,
    score,
)

PAIRS = "actors/name_pairs_dev.csv"
QUOTES = "quotes/polnear_dev.jsonl.gz"


@pytest.mark.parametrize("pairs", [pytest.param(PAIRS, marks=long_set(PAIRS))])
def test_name_pairs(gate: Gate, tmp_path: Path, pairs: str) -> None:
    with (DATA / pairs).open(encoding="utf-8", newline="") as rows:
        names = [f"{_one_line(row['name1'])}\t{_one_line(row['name2'])}" for row in csv.DictReader(rows)]
    answers = run_command("compare_names", "--tsv", lines=names)
    predicted = [f"{number}\t{answer}" for number, answer in enumerate(answers, start=1)]
    scores = score("score_names.py", predicted, pairs, folder=tmp_path)
    gate.hold(
        "names",
        best=measured(scores["best"]["f1"], scores["pairs"]),
        precision=measured(scores["at"]["precision"], scores["pairs"]),
        f1=measured(scores["at"]["f1"], scores["pairs"]),
    )


def _one_line(name: str) -> str:
    return " ".join(name.split())


# What the rules must gain over the tagger alone, F1 over persons and organisations: typed, and the span alone.
GAINS = {"re3d": 0.08, "wikigold": 0.0}
# Of the 32 pairs of phrases that re3d calls synonyms, nine of them measures, those put on one actor.
SYNONYMS = 0.4
# The tagger's labels as the scorer's kinds, with which it does best: a state may be a body or a place there.
PLAIN_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "state", "LOC": "place", "FAC": "place"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=long_set(f"actors/{name}_dev.jsonl.gz")) for name in GAINS],
)
def test_mentions(gate: Gate, tmp_path: Path, name: str) -> None:
    gold = f"actors/{name}_dev.jsonl.gz"
    scores = score("score_mentions.py", _mentions(read_records(gold), "--resolve"), gold, folder=tmp_path)
    plain = score("score_mentions.py", _plain(read_records(gold)), gold, folder=tmp_path)
    for judged in ("typed", "span"):
        assert _actors_f1(scores[judged]) >= _actors_f1(plain[judged]) + GAINS[name], (judged, scores, plain)
    if "synonyms" in scores:
        assert scores["synonyms"]["share"] >= SYNONYMS
    gate.hold(
        name,
        **{
            kind: measured(scores["typed"][kind]["f1"], scores["typed"][kind]["n"])
            for kind in ("person", "organisation", "place")
        },
        span=measured(scores["span"]["all"]["f1"], scores["span"]["all"]["n"]),
    )


def _plain(records: Iterable[Record]) -> list[str]:
    """What the tagger alone answers to the texts."""
    listed = list(records)
    found = NerModel().spans(record["text"] for record in listed)
    return [
        json.dumps(
            {
                "id": record["id"],
                "mentions": [
                    {"start": span.start, "end": span.end, "kind": PLAIN_KINDS[span.label]}
                    for span in spans
                    if span.label in PLAIN_KINDS
                ],
            }
        )
        for record, spans in zip(listed, found, strict=True)
    ]


def _actors_f1(table: dict[str, dict[str, float]]) -> float:
    """F1 over persons and organisations together, from the precision and recall of each."""
    right = found = wanted = 0.0
    for kind in ("person", "organisation"):
        hits = table[kind]["r"] * table[kind]["n"]
        right += hits
        found += hits / table[kind]["p"] if table[kind]["p"] else 0
        wanted += table[kind]["n"]
    return 2 * right / (found + wanted)


@pytest.mark.parametrize("split", [pytest.param("dev", marks=long_set(QUOTES))])
def test_quotes(gate: Gate, tmp_path: Path, split: str) -> None:
    records = (record for record in read_records(QUOTES) if record["split"] == split)
    scores = score("score_quotes.py", _mentions(records), QUOTES, "--split", split, folder=tmp_path)
    gate.hold(
        "quotes",
        right=measured(scores["right"], scores["named"]),
        wrong=measured(scores["wrong"], scores["named"]),
    )


def _mentions(records: Iterable[Record], *options: str) -> list[str]:
    """What `mentions` answers to the texts alone."""
    texts = (json.dumps({"id": record["id"], "text": record["text"]}) for record in records)
    return run_command("mentions", "--jsonl", *options, lines=texts)
