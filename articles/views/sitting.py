"""One curator's sitting at the desk: the last verdict, which one key takes back, and what was put off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

# Things put off in one sitting are kept in the session; the oldest come back when there are more.
MOST_PUT_OFF = 500
PUT_OFF, LAST = "desk_put_off", "desk_last"


def remember(request: HttpRequest, words: str, undo_at: str) -> None:
    """Keep the last verdict of this sitting, so that one key takes it back."""
    request.session[LAST] = {"words": words, "undo": undo_at}


def last_verdict(request: HttpRequest) -> dict[str, str] | None:
    """Return the words of the last verdict and the address that takes it back."""
    found: dict[str, str] | None = request.session.get(LAST)
    return found


def back(request: HttpRequest, undone_at: str) -> HttpResponse:
    """Go where a verdict was taken back from, which is the last one no longer."""
    if request.session.get(LAST, {}).get("undo") == undone_at:
        del request.session[LAST]
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = reverse("desk")
    return redirect(following)


def put_off(request: HttpRequest, kind: str, thing: Any) -> None:
    """Leave a thing for later in this sitting; it is told by its number or its name."""
    kept = [*are_put_off(request, kind), thing][-MOST_PUT_OFF:]
    request.session[PUT_OFF] = request.session.get(PUT_OFF, {}) | {kind: kept}


def are_put_off(request: HttpRequest, kind: str) -> list[Any]:
    """Return what was put off of one kind, the oldest first."""
    found: list[Any] = request.session.get(PUT_OFF, {}).get(kind, [])
    return found


def been_through(request: HttpRequest, kind: str) -> None:
    """Say that the sitting has been through all of one kind, and forget what was put off."""
    words = (
        "What you put off waits in this list." if are_put_off(request, kind) else "Nothing waits any more."
    )
    request.session[PUT_OFF] = request.session.get(PUT_OFF, {}) | {kind: []}
    messages.info(request, f"You have been through all. {words}")


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in, which `curators_only` has made sure of."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
