"""`mentions --workers`: the same answers in the same order, by several processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def answers(*options: str, lines: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "mentions", "--jsonl", *options],
        input="\n".join(lines),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_answers_in_the_same_order() -> None:
    # More than a chunk for each process, with lines between them that cannot be read.
    lines = [
        json.dumps(
            {"id": number, "text": f"Piet Larsen {number % 3} met Dora Wenck in Vell on day {number}."}
        )
        for number in range(40)
    ]
    lines[5:5] = ["no JSON", '{"id": "empty"}', "[1]"]
    one, two = answers("--resolve", lines=lines), answers("--resolve", "--workers", "2", lines=lines)
    assert one.returncode == two.returncode == 0, two.stderr
    assert two.stdout == one.stdout
    assert len(two.stdout.splitlines()) == 43


@pytest.mark.parametrize("workers", ["0", "-1"])
def test_fewer_than_one_is_refused(workers: str) -> None:
    refused = answers("--workers", workers, lines=[])
    assert refused.returncode != 0
    assert "must be 1 or more" in refused.stderr
