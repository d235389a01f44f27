"""Whatever the query language knows is told on the page of help, and every example there means what it says."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.search import values
from articles.search.lexer import FIELDS, UNITS
from articles.search.syntax import parse
from articles.views import help as pages

SHOWN = [
    typed
    for examples in (
        pages.EXAMPLES,
        pages.FIELD_EXAMPLES,
        pages.PLACED_EXAMPLES,
        pages.VALUE_EXAMPLES,
    )
    for typed, _ in examples
]
TRAITS = [f"{name}:{value}" for name, known in values.TRAITS.items() for value in known]
NAMES = [f"{name}:" for name in (*FIELDS, *UNITS, *values.NAMES)]


@pytest.mark.parametrize("name", [*NAMES, *TRAITS])
def test_every_name_has_an_example(name: str) -> None:
    assert any(typed.startswith(name) for typed in SHOWN)


@pytest.mark.parametrize("typed", SHOWN)
def test_every_example_is_read_without_a_fault(typed: str) -> None:
    assert parse(typed).faults == ()


@pytest.mark.django_db
def test_the_page_shows_every_example(client: Client) -> None:
    page = client.get("/help/").content.decode()

    for typed in ("neg*ation", "atleast3:annan", "is:partial", "sentence:(annan assad)"):
        assert f"<code>{typed}</code>" in page
    assert "mode=any" in page
