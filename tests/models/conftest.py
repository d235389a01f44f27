"""What the tests of migrations share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from tests.models.test_name_key_migration import at


@pytest.fixture
def later(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return the models as they were after the migration that the test's module calls AFTER."""
    try:
        yield at(request.module.AFTER)
    finally:
        call_command("migrate", verbosity=0)
