"""The measuring sets beside the clone, the project's commands run on them, and the scorers that come with them."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.quality.gate import Measured
from tests.quality.seeds import SHARED

ROOT = Path(__file__).resolve().parents[2]
DATA = SHARED / "data"
TOOLS = SHARED / "tools"
LONG = "DATELINE_QUALITY"

Record = dict[str, Any]


def long_set(*files: str) -> list[pytest.MarkDecorator]:
    """Marks of a test that reads these files of ../shared/data: only in `make quality`, only where they are."""
    missing = [file for file in files if not (DATA / file).exists()]
    reason = f"../shared/data/{' and '.join(missing)} is not beside the clone: nothing to measure with"
    return [
        pytest.mark.skipif(
            not os.environ.get(LONG), reason=f"a long set: `make quality` measures it ({LONG}=1)"
        ),
        pytest.mark.skipif(bool(missing), reason=reason),
    ]


def read_records(file: str) -> Iterator[Record]:
    """The records of a .jsonl.gz file of ../shared/data."""
    with gzip.open(DATA / file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def run_command(*arguments: str, lines: Iterable[str]) -> list[str]:
    """What a command of manage.py answers to lines on its standard input. Fails when it fails."""
    return _run([sys.executable, "manage.py", *arguments], "".join(f"{line}\n" for line in lines))


def run_benchmark(script: str, *arguments: str) -> list[Record]:
    """The JSON lines that a script of benchmarks/ prints."""
    return [json.loads(line) for line in _run([sys.executable, f"benchmarks/{script}", *arguments], "")]


def score(scorer: str, predicted: Iterable[str], gold: str, *options: str, folder: Path) -> Record:
    """What a scorer of ../shared/tools says of predicted lines, put in a file of the folder.

    Prints its command line, which pytest shows when a figure fails: the file is kept for the next runs.
    """
    path = folder / "predicted"
    path.write_text("".join(f"{line}\n" for line in predicted), encoding="utf-8")
    against = gold if gold == "-" else str(DATA / gold)
    command = [sys.executable, str(TOOLS / scorer), str(path), against, *options]
    print("scored by:", *command)
    return dict(json.loads(_run(command, "")[0]))


def measured(value: float | None, records: int) -> Measured:
    """A figure of a scorer; its None says that nothing was given, which is worth nothing."""
    return Measured(value or 0.0, records)


def _run(command: list[str], given: str) -> list[str]:
    done = subprocess.run(command, input=given, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(
            f"{' '.join(command[1:])} ended with {done.returncode}:\n{done.stderr[-2000:]}", pytrace=False
        )
    return done.stdout.splitlines()
