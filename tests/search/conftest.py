"""What the tests of searching share."""

from __future__ import annotations

import pytest

from articles.search.run import backend


@pytest.fixture
def index(db: None) -> None:
    """Give the test an empty index: a database rolls back after each test, an index does not."""
    backend().clear()
