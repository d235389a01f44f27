"""Bodies and fields of real pages, from plain text and from HTML, with what the measuring sets say of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.quality.gate import Gate, Measured
from tests.quality.measuring_sets import (
    DATA,
    Record,
    long_set,
    measured,
    run_benchmark,
    run_command,
    score,
)

FIELDS = ("headline", "authors", "published")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=long_set(f"cleaning/{name}.jsonl.gz"))
        for name in ("fundus", "readability", "newspaper3k")
    ],
)
def test_plain_text(gate: Gate, name: str) -> None:
    """By the shipped model, which was trained on these sets: the figure can show a loss, not how good it is."""
    complaints = []
    for line in run_benchmark("score_clean_sets.py", "--sets", name):
        if "scorer" not in line:
            continue  # the pages as HTML, which have a test of their own below
        body = line["scorer"]["body"]
        found = {"body": measured(body["f1"], body["n"])} | _field_figures(line.get("present", {}))
        # The whole page is the harder rendition, and the one that fields are read from.
        wanted = found if line["from"] == "text_full" else {"body": found["body"]}
        try:
            gate.hold(f"{name}-{line['from'].replace('_', '-')}", **wanted)
        except AssertionError as error:
            complaints.append(str(error))
    assert not complaints, "\n".join(complaints)


def _field_figures(present: Record) -> dict[str, Measured]:
    """How many of the values that stand in the text are right, and how many of those given."""
    if not present:
        return {}
    found = {"agencies": measured(present["agencies_as_authors"], present["authors"]["given"])}
    for field in FIELDS:
        figures = present[field]
        found[field] = measured(figures["right_of_present"], figures["present"])
        found[f"{field}_precision"] = measured(figures["precision"], figures["given"])
    return found


@pytest.mark.parametrize("index", [pytest.param("index.jsonl", marks=long_set("cleaning/html/index.jsonl"))])
def test_html(gate: Gate, tmp_path: Path, index: str) -> None:
    folder = DATA / "cleaning" / "html"
    records = list(map(json.loads, (folder / index).read_text(encoding="utf-8").splitlines()))
    pages = (
        json.dumps({"id": each["id"], "url": each["url"], "html": _html(folder / each["file"])})
        for each in records
    )
    answers = map(json.loads, run_command("clean", "--jsonl", lines=pages))
    predicted = [json.dumps(_prediction(answer)) for answer in answers]
    scores = score("score_clean.py", predicted, f"cleaning/html/{index}", folder=tmp_path)
    gate.hold(
        "html",
        body=measured(scores["body"]["f1"], scores["body"]["n"]),
        **{field: measured(scores[field]["accuracy"], scores[field]["n"]) for field in FIELDS},
    )


def _html(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode("utf-8", errors="replace")


def _prediction(answer: Record) -> Record:
    """An answer of `clean` as the scorer reads it, the subtitle put back, as fundus has the standfirst in its body."""
    day = answer["published"]
    return {
        **{key: answer[key] for key in ("id", "headline", "subtitle", "authors")},
        "body": "\n\n".join(filter(None, (answer["subtitle"], answer["body"]))),
        "published": day["from"] if day["precision"] == "day" else None,
    }
