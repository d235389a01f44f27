"""Pages that were made for one person: no cache between the archive and the browser may give them to another."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control


class PrivatePagesMiddleware:
    """Says `Cache-Control: private` of all that is answered to somebody who is signed in.

    A curator gets at the address of a hidden article what a reader does not. `Vary: Cookie` says so too, but not
    every proxy heeds it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer, unless the page said itself how it is kept, or did not look at who asks."""
        response = self.get_response(request)
        looked = request.session.accessed and request.user.is_authenticated
        if looked and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True)
        return response
