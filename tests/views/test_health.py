"""Whether the archive says that it is well."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_is_well(client: Client) -> None:
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "index": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("part", "reader"), [("database", "_read_database"), ("index", "_read_index")])
def test_it_says_which_part_is_out_of_reach_and_nothing_more(client: Client, part: str, reader: str) -> None:
    with patch(f"articles.views.health.{reader}", side_effect=OperationalError("password=secret")):
        response = client.get("/health/")

    assert response.status_code == 503
    assert response.json()[part] == "unreachable"
    assert "secret" not in response.content.decode()
