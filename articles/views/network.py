"""Who is named with whom in the result of a search: a picture, and the tables behind it. All of it is in the address.

The parameters of a search, and:

actors    how many of the most named actors are looked at: 10, 20, 30 (default) or 60
least     how many articles have to name two actors for them to count as named together; 1 by default
rows      all: tables with every row
format    csv or svg: the pairs, or the picture, as a file
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Actor
from articles.search.engines.ask import SearchUnavailable
from articles.search.naming import names_of
from articles.search.page import Together
from articles.search.request import SearchRequest
from articles.search.run import named_together
from articles.views.actor_links import pair_url
from articles.views.csv_files import Cell, csv_file
from articles.views.network_picture import draw
from articles.views.pictures import WIDTH as FILE_WIDTH
from articles.views.pictures import svg_file
from articles.views.search_links import ChartFiles, narrowed_to, search_at

logger = logging.getLogger(__name__)

NUMBERS = (10, 20, 30, 60)  # of actors; the names of more cover each other
USUAL_NUMBER = 30
MOST_SHARED = 9999  # articles; no larger threshold is kept
ROWS_SHOWN = 20  # of each table, the most frequent first; `rows=all` shows all
COLUMNS = ("actor", "kind", "other actor", "other kind", "articles")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is left out of a network: actors beyond so many, pairs that fewer articles name."""

    actors: int = USUAL_NUMBER
    least: int = 1

    @classmethod
    def read(cls, parameters: QueryDict) -> Thresholds:
        """Read the parameters of an address; what cannot be read takes its default."""
        actors, least = parameters.get("actors", ""), parameters.get("least", "")
        return cls(
            actors=int(actors) if actors in map(str, NUMBERS) else USUAL_NUMBER,
            least=min(max(1, int(least[:9])), MOST_SHARED) if least.isascii() and least.isdigit() else 1,
        )

    def url(self, request: SearchRequest, **more: str) -> str:
        """Return the address of a search's network; defaults are left out."""
        pairs = parse_qsl(request.question.url[1:])
        pairs += [("actors", str(self.actors))] if self.actors != USUAL_NUMBER else []
        pairs += [("least", str(self.least))] if self.least != 1 else []
        pairs += more.items()
        return f"{reverse('network')}?{urlencode(pairs)}" if pairs else reverse("network")


@dataclass(frozen=True, slots=True)
class Row:
    """Two actors of the table; `key` tells the picture which line is meant."""

    left: Actor
    right: Actor
    count: int
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One actor of the table, and the network of what names it as well."""

    actor: Actor
    count: int
    narrow_url: str


@require_safe
def network(request: HttpRequest) -> HttpResponseBase:
    """Show who is named with whom in a search's result; `?format=csv` and `?format=svg` give it as files."""
    asked = Thresholds.read(request.GET)
    try:
        found = named_together(
            SearchRequest.read(request.GET), limit=asked.actors, curator=request.user.is_staff
        )
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    shown = found.named_in(asked.least)
    rows = None if request.GET.get("rows") == "all" else ROWS_SHOWN
    if request.GET.get("format") == "csv":
        return csv_file("named-together", COLUMNS, _cells(shown))
    if request.GET.get("format") == "svg":
        return _svg_file(request, shown, asked)
    return render(
        request,
        "search/network.html",
        {
            "found": shown,
            "asked": asked,
            "numbers": NUMBERS,
            "kept_parameters": parse_qsl(found.request.question.url[1:]),
            "drawing": draw(shown),
            "rows": [
                Row(one.left, one.right, one.count, pair_url(one.left, one.right), one.key)
                for one in shown.pairs[:rows]
            ],
            "all_rows_url": asked.url(found.request, rows="all"),
            "named": [
                NamedRow(one.actor, one.count, asked.url(narrowed_to(found.request, one.actor)))
                for one in shown.named[:rows]
            ],
            "all_named": len(found.named) + found.more,
            "search_url": search_at(found.request),
            "files": ChartFiles(
                asked.url(found.request, format="svg"),
                asked.url(found.request, format="csv"),
                asked.url(found.request),
            ),
        },
    )


def _cells(found: Together) -> Iterator[tuple[Cell, ...]]:
    for pair in found.pairs:
        yield pair.left.name, pair.left.kind, pair.right.name, pair.right.kind, pair.count


def _svg_file(request: HttpRequest, found: Together, asked: Thresholds) -> HttpResponse:
    drawing = draw(found)
    [name] = names_of([found.request])
    of_all = f"Of {found.total:,} articles: the {len(found.named)} most named actors"
    joined = f"a line joins those whom {asked.least} or more articles name together"
    notes = [
        f"{of_all}, the larger the more articles name them; {joined}, the thicker the more do.",
        "Circles are people, squares states, diamonds organisations, triangles media.",
    ]
    return svg_file(
        request,
        "pictures/network.svg",
        {"drawing": drawing},
        name="network",
        title=f"Who is named with whom: {name}",
        drawing_height=round(FILE_WIDTH * drawing.height / drawing.width),
        notes=notes,
        page=asked.url(found.request),
    )
