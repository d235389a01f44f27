"""A rebuild that is killed at any moment leaves readers a whole index, and goes on where it was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.archive_process import ROOT, environment

ARTICLES = 60


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_readers_see_whole_indexes_and_the_work_goes_on(tmp_path: Path, engine: str) -> None:
    trials, reader = killed_rebuilds(tmp_path / "archive", engine)

    for trial in trials:
        assert trial["held"] == ARTICLES, trial
        assert (trial["differs"], trial["folders"], trial["notes"]) == ([], 1, []), trial
        assert f"The new index holds {ARTICLES} articles" in trial["said"], trial
    assert reader["sizes"] == [ARTICLES]
    assert reader["faults"] == []
    assert reader["looks"] > len(trials)
    # The kills came where they were to come.
    assert all(trial["killed"] for trial in trials if not trial["moment"].endswith(" s"))
    moments = [trial["moment"] for trial in trials]
    for one in ("open current.", "os.rename current.", "os.remove building", "shutil.rmtree index-"):
        assert any(moment.startswith(one) for moment in moments), (one, moments)
    # Whoever is started again says where it goes on; most kills come after the first commit.
    begun = [
        int(found[1])
        for trial in trials
        if (found := re.search(r"goes on after (\d+) articles", trial["said"]))
    ]
    assert len(set(begun)) > 2, begun
    assert ARTICLES in begun, "no kill came between the last commit and the swap"


def killed_rebuilds(data_dir: Path, engine: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return what each trial found, and what the reader saw that read all the while."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_rebuild"],
        env=environment(data_dir) | {"ARCHIVE_SEARCH_URL": f"{engine}://index"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *trials, last = [json.loads(line) for line in done.stdout.splitlines()]
    return trials, last["reader"]
