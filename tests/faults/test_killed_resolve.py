"""A run of `resolve` that is killed at any moment ends, run again, as one that was not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.archive_process import ROOT, environment

TRIALS = 8


@pytest.mark.slow
def test_it_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_resolve", str(TRIALS), "3"],
        env=environment(tmp_path / "archive"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    trials = [json.loads(line) for line in done.stdout.splitlines()]
    assert [trial["otherwise"] for trial in trials] == [[]] * TRIALS, trials
    assert sum(trial["killed"] for trial in trials) >= TRIALS // 2
    assert len({str(trial["done"]) for trial in trials}) > 2, "every kill came at the same point"
