"""A process killed at any moment leaves whole articles, and an index that can be brought level."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.archive_process import ROOT, environment

TRIALS = 20


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "seed"), [("anywhere", 1), ("before-index", 2)])
def test_nothing_is_lost_or_half_written(tmp_path: Path, mode: str, seed: int) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.faults.killed_ingest",
            str(ROOT / "fixtures" / "pages"),
            str(TRIALS),
            str(seed),
            mode,
        ],
        env=environment(tmp_path / "archive"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    trials = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(trials) == TRIALS
    for trial in trials:
        assert trial["broken"] == [], trial
        assert trial["index_equals_database"], trial
        assert trial["pending"] == 0, trial
    # The moments are random, so a few may fall behind the end of the work; most must not.
    assert sum(trial["killed"] for trial in trials) >= TRIALS * 3 // 4
    assert len({trial["articles"] for trial in trials}) > 2, "every kill came at the same point"
