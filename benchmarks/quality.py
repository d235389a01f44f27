#!/usr/bin/env python3
"""How good the archive is: every figure of the quality gate, and the only door by which its floors move.

usage: python benchmarks/quality.py [--quick] [--raise-floors]

Runs tests/quality, which prints the table on standard error, then prints one JSON line a figure with the
corpus digest and the commit. --quick leaves the long sets out. The exit code is that of the gate.

--raise-floors writes tests/quality/floors.toml anew: a floor goes to the nearest step below its figure (for
a figure where less is better, above it) when that is better than where it stands, and stays where it was
otherwise. A figure past its floor is named and the exit code is 1: to lower a floor is an edit by hand, in a
commit of its own that says what was gained.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.quality.gate import (  # noqa: E402 - the project is found through the line above
    FLOORS,
    Figure,
    Floors,
    Measured,
    raised,
    read_figures,
    read_floors,
    write_floors,
)

GOLD = (ROOT / "fixtures" / "gold", ROOT.parent / "shared" / "gold", ROOT.parent / "shared" / "data")
# The exit code of pytest when tests ran and some failed; anything above it means that they did not run.
SOME_FAILED = 1


def run_gate(*, quick: bool) -> tuple[int, dict[str, Measured]]:
    """Run the quality tests; their exit code and what they measured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        environment = os.environ | {
            "DATELINE_FIGURES": str(file),
            "DATELINE_QUALITY": "" if quick else "1",
            "DJANGO_SETTINGS_MODULE": "archive.settings.test",
        }
        command = [sys.executable, "-m", "pytest", "tests/quality", "-q", "--tb=short", "--no-cov"]
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, check=False).returncode
        rows = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return code, {key: Measured(**row) for key, row in rows.items()}


def corpus_digest() -> str:
    """A digest of the gold and of the measuring sets, so that figures of different sets are not compared."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in GOLD for path in folder.rglob("*") if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def print_figures(measured: Mapping[str, Measured], figures: Mapping[str, Figure], floors: Floors) -> None:
    """One JSON line a figure."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    origin = {"benchmark": "quality", "corpus": corpus_digest(), "commit": commit}
    for key in (key for key in figures if key in measured):
        found = {"figure": key, "value": measured[key].value, "records": measured[key].records}
        bounds = {"floor": floors.get(key), "target": figures[key].target, "trained_on": figures[key].trained}
        print(json.dumps(origin | found | bounds))


def raise_floors(
    measured: Mapping[str, Measured], figures: Mapping[str, Figure], file: Path = FLOORS
) -> tuple[str, ...]:
    """Raise the floors in the file; say what moved and what was refused, and return the refused."""
    before = read_floors(file)
    result = raised(before, measured, figures)
    for key in result.moved:
        print(f"raised {key}: {before.get(key, 'none')} -> {result.floors[key]:g}", file=sys.stderr)
    for key in result.refused:
        print(
            f"refused {key}: {measured[key].value:.3f} is past its floor {before[key]:g}, and floors are "
            "never lowered here. Mend the figure, or edit the floor by hand in a commit that says why.",
            file=sys.stderr,
        )
    if result.moved:
        write_floors(result.floors, figures, file)
    return result.refused


def main() -> int:
    """Measure, print, and raise the floors when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="demo pages and seeds only")
    parser.add_argument("--raise-floors", action="store_true", help="write the floors that the figures earn")
    options = parser.parse_args()
    figures = read_figures()
    code, measured = run_gate(quick=options.quick)
    print_figures(measured, figures, read_floors())
    if not options.raise_floors or code > SOME_FAILED:
        return code
    # A figure without a floor fails the run that is to give it one, so the run's own code says nothing here.
    return 1 if raise_floors(measured, figures) else 0


if __name__ == "__main__":
    raise SystemExit(main())
