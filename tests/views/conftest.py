"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.search.pending import drain
from articles.search.run import backend


@pytest.fixture
def fresh_index() -> None:
    """Begin with an empty index: unlike the database, it is not rolled back after a test."""
    backend().clear()


@pytest.fixture
def see(client: Client, fresh_index: None) -> Callable[..., str]:  # for its effect
    """Return a function that brings the index up to date and gets a page that must be there, as HTML."""

    def get(address: str, **parameters: object) -> str:
        drain()
        response: HttpResponse = client.get(address, parameters)
        assert response.status_code == 200, response
        return response.content.decode()

    return get
