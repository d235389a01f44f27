"""Pages for when something went wrong: each says what, and what to do."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

pytestmark = pytest.mark.django_db


def _refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def _distrust(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def _break(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret reason")


urlpatterns = [
    path("refused/", _refuse),
    path("distrusted/", _distrust),
    path("broken/", _break),
    path("", include("archive.urls")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "There is no such page here"),
        ("/refused/", 403, "Your account may not do this"),
        ("/distrusted/", 400, "could not read this request"),
        ("/broken/", 500, "Something broke on our side"),
    ],
)
def test_errors_have_pages_that_help(client: Client, address: str, status: int, words: str) -> None:
    client.raise_request_exception = False
    response = client.get(address)

    assert response.status_code == status
    assert words in response.content.decode()
    assert "the secret reason" not in response.content.decode()
    assert 'role="search"' in response.content.decode()


def test_a_form_without_its_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ada", "password": "x"})

    assert response.status_code == 403
    assert "Nothing was changed" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/search/", "/actors/", "/outlets/", "/help/", "/health/"])
def test_pages_are_read_only(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
