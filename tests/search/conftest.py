"""What the tests of searching share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles.search.run import backend


@pytest.fixture
def index(db: None) -> Iterator[None]:
    """Give the test an empty index, and leave one behind: a database rolls back, an index does not."""
    backend().clear()
    yield
    backend().clear()
