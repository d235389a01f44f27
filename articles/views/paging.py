"""Lists in pages, for everything but the search, which pages its own results."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(
    request: HttpRequest, things: Any, *, per_page: int = PER_PAGE, place: int | None = None
) -> Page[Any]:
    """Return the page that `?page=` asks for; the nearest one there is when it asks for another.

    `place` is that of a thing to be shown, counted from 0: then it is the page that has it.
    """
    wanted = request.GET.get("page") if place is None else place // per_page + 1
    return Paginator(things, per_page).get_page(wanted)
