"""The gate of a run, and its table at the end of the run's report."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.quality.gate import Gate, read_figures, read_floors, table

GATE = pytest.StashKey[Gate]()


@pytest.fixture(scope="session")
def gate(pytestconfig: pytest.Config) -> Gate:
    """The gate with the pinned floors; what is held by it appears in the table."""
    if GATE not in pytestconfig.stash:
        pytestconfig.stash[GATE] = Gate(read_figures(), read_floors())
    return pytestconfig.stash[GATE]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table; `benchmarks/quality.py` names a file for the figures themselves."""
    gate = config.stash.get(GATE, None)
    if gate is None:
        return
    terminalreporter.section("quality")
    terminalreporter.write_line(table(gate))
    groups = dict.fromkeys(key.partition(".")[0] for key in gate.figures if key not in gate.measured)
    if groups:
        terminalreporter.write_line(f"Not measured this time (the skips say why): {', '.join(groups)}.")
    if file := os.environ.get("DATELINE_FIGURES"):
        rows = {key: {"value": each.value, "records": each.records} for key, each in gate.measured.items()}
        Path(file).write_text(json.dumps(rows), encoding="utf-8")
