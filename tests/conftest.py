"""What holds for every test: no clock decides, and how the run ends."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck, settings

from articles.accounts import Role, group_of

# An example may take as long as the machine is busy with other things: no test here measures seconds.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")


@pytest.fixture
def curator(client: Client) -> User:
    """Make a curator, as whom `client` is signed in."""
    user = User.objects.create_user("lena", is_staff=True)
    user.groups.add(group_of(Role.CURATOR))
    client.force_login(user)
    return user


@pytest.fixture
def at_once(transactional_db: None) -> Callable[..., list[Any]]:
    """Return a function that calls several things, each in a thread of its own, and gives what each returned or raised."""

    def call(*doing: Callable[[], Any]) -> list[Any]:
        def one(each: Callable[[], Any]) -> Any:
            try:
                return each()
            except Exception as raised:  # noqa: BLE001  # the test looks at what it is
                return raised
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(doing)) as threads:
            return [future.result() for future in [threads.submit(one, each) for each in doing]]

    return call


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
