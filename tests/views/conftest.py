"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.search.pending import drain
from articles.search.run import backend


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    """Begin with an empty index: unlike the database, it is not rolled back after a test.

    A page that looks for articles like its own would meet those of another test, and ask the database for them.
    """
    backend().clear()


@pytest.fixture
def see(client: Client) -> Callable[..., str]:
    """Return a function that brings the index up to date and gets a page that must be there, as HTML."""

    def get(address: str, **parameters: object) -> str:
        drain()
        response: HttpResponse = client.get(address, parameters)
        assert response.status_code == 200, response
        return response.content.decode()

    return get
