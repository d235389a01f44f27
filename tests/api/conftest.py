"""What the tests of the API share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.search.pending import drain
from articles.search.run import backend


@pytest.fixture
def ask(client: Client, db: None) -> Callable[..., Any]:
    """Return a function that brings the index up to date and gets an answer of this status, as data."""
    backend().clear()

    def get(address: str, *, status: int = 200, **parameters: object) -> Any:
        drain()
        response = client.get(address, parameters)
        assert response.status_code == status, response.content
        assert response["Content-Type"].startswith("application/json")
        return response.json()

    return get
