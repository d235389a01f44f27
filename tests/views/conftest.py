"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.search.pending import drain


@pytest.fixture
def see(client: Client, db: None) -> Callable[..., str]:
    """Return a function that brings the index up to date, gets a page that must be there, and returns its HTML."""

    def get(address: str, **parameters: object) -> str:
        drain()
        response: HttpResponse = client.get(address, parameters)
        assert response.status_code == 200, response
        return response.content.decode()

    return get
