"""An archive that only people with an account may read (ARCHIVE_READERS_SIGN_IN)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse


class ReadersOnlyMiddleware(LoginRequiredMiddleware):
    """Send people who are not signed in to the sign-in page, and tell programs so in JSON.

    Every page is closed unless it says otherwise (`login_not_required`), so that a new one is closed as well.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.ARCHIVE_READERS_SIGN_IN:
            return None
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused and request.resolver_match and "api" in request.resolver_match.namespaces:
            words = f"This archive is open to people with an account. Sign in at {reverse('sign_in')} first."
            return JsonResponse({"error": words}, status=401)
        return refused
