"""Pages of which htmx swaps a part: whether a request is for the part, and what the answer has to carry then."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

ASKED_BY_HTMX, ASKED_BY_HISTORY = "HX-Request", "HX-History-Restore-Request"


def asks_for_part(request: HttpRequest) -> bool:
    """Tell whether htmx is about to swap a part; what it fetches for Back and Forward is a whole page."""
    return ASKED_BY_HTMX in request.headers and ASKED_BY_HISTORY not in request.headers


def whole_or_part(
    request: HttpRequest, context: dict[str, object], *, whole: str, part: str, address: str
) -> HttpResponse:
    """Render the template that was asked for from one context; of a part, `address` becomes the page's.

    Both answers stand at one address, so that no cache may give the one for the other.
    """
    wanted = asks_for_part(request)
    response = render(request, part if wanted else whole, context)
    patch_vary_headers(response, [ASKED_BY_HTMX, ASKED_BY_HISTORY])
    if wanted:
        response["HX-Push-Url"] = address
    return response
