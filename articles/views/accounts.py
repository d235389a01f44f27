"""Signing in and out, and the pause for whoever guesses passwords."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

TOO_MANY_REQUESTS = 429


class SignIn(LoginView):
    """Ask for name and password, and go on to where the person wanted to go."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        return super().get_context_data(**values) | {"closed": settings.ARCHIVE_READERS_SIGN_IN}


class SignOut(LogoutView):
    """End the session; the address alone does not, so that no other site can do it by a link."""


class ChangePassword(SuccessMessageMixin[PasswordChangeForm], PasswordChangeView):
    """Change one's own password, whatever the account's role; other places where one is signed in are signed out."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("password")
    success_message = "Your password is changed. Everywhere else you are signed out."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"label_suffix": ""}


@login_not_required
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead from the admin's own sign-in page to the archive's."""
    wanted = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('sign_in')}?{urlencode({'next': wanted})}")


def address_of(request: HttpRequest) -> str | None:
    """Return the address a request came from, for the count of wrong passwords.

    Behind a proxy it is the last one in X-Forwarded-For, which the proxy itself wrote; those before it are what
    the sender claims. Without a proxy the header is claimed altogether, and not looked at.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    if settings.ARCHIVE_HTTPS and told:
        try:
            return str(ip_address(told))
        except ValueError:  # a name or an address with a port: the proxy's own address counts instead
            pass
    return request.META.get("REMOTE_ADDR") or None


def pause(
    request: HttpRequest,
    original: HttpResponse | None = None,  # noqa: ARG001  # what the sign-in page would have answered
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Say how long to wait, in the place of the sign-in page; django-axes calls it."""
    minutes = _minutes_left(request, credentials)
    context = {"tries": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
    response = render(request, "accounts/pause.html", context, status=TOO_MANY_REQUESTS)
    response["Retry-After"] = str(minutes * 60)  # in seconds
    return response


def _minutes_left(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    """Return for how many minutes nobody gets in by this name from this address, at least one."""
    tried = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials), ip_address=address_of(request)
    ).aggregate(last=Max("attempt_time"))["last"]
    left: timedelta = settings.AXES_COOLOFF_TIME - (timezone.now() - (tried or timezone.now()))
    return max(1, -(-left // timedelta(minutes=1)))
