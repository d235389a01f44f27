"""What holds for every test: no clock decides, and how the run ends."""

from __future__ import annotations

import atexit
import os
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# An example may take as long as the machine is busy with other things: no test here measures seconds.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: Any) -> None:  # pytest passes it
    """End the process as soon as pytest has said everything, with the status that it would end with.

    Once, after all tests of a run, the interpreter crashed while it was being taken down: the native parts of
    spaCy, ICU and the browser's driver are then freed in no order that anyone promises. All that is tested is
    over by then, and processes whose end is tested (tests/faults) are not this one. Nor is a worker of several that
    test together: it has told its results, and whoever started it ends it.
    """
    if STATUS and not hasattr(config, "workerinput"):
        atexit._run_exitfuncs()  # temporary folders go
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(STATUS[-1])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:  # pytest passes it
    """Keep the status for the end."""
    STATUS.append(int(exitstatus))


STATUS: list[int] = []
