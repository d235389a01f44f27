"""Lists in pages, for everything but the search, which pages its own results."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, things: Any, *, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page that `?page=` asks for; the nearest one there is when it asks for another."""
    return Paginator(things, per_page).get_page(request.GET.get("page"))
