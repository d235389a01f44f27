"""Who is named with whom in the result of a search: a picture, and the table behind it."""

from __future__ import annotations

import csv
import logging
import math
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Actor
from articles.search.engines.ask import SearchUnavailable
from articles.search.page import NamedInResult, NamedPair, Together
from articles.search.request import SearchRequest
from articles.search.run import named_together
from articles.views.actor_links import pair_url
from articles.views.network_layout import Place, Room, Tie, lay_out
from articles.views.search_links import search_at

logger = logging.getLogger(__name__)

ACTORS_SHOWN = 30  # more names than these cover each other
TIES_DRAWN = 90  # the most frequent ones, and one for each actor that has none among them
ROWS_SHOWN = 100  # the most frequent pairs; the CSV file has all
NAME_SHOWN = 28  # characters of a name in the picture
WIDTH, HEIGHT = 1000, 640  # the picture's own units
SMALLEST, LARGEST = 5.0, 22.0  # radius of an actor
BELOW = 14  # from the rim of a circle to the line its name stands on
LETTER = 7.2  # mean width of a letter of a name in the picture, with room to spare; see .network text
LINE = 8  # from the line that a name stands on to what may begin below it


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor in the picture; the area is the number of articles."""

    actor: Actor
    count: int
    x: float
    y: float
    radius: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """Two actors named together."""

    url: str
    label: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    left: Actor
    right: Actor
    count: int
    url: str


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show who is named with whom in a search's result; `?format=csv` gives the table as a file."""
    try:
        found = named_together(
            SearchRequest.read(request.GET), limit=ACTORS_SHOWN, curator=request.user.is_staff
        )
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    dots, lines = draw(found)
    return render(
        request,
        "search/network.html",
        {
            "found": found,
            "dots": dots,
            "lines": lines,
            "rows": [
                Row(one.left, one.right, one.count, pair_url(one.left, one.right))
                for one in found.pairs[:ROWS_SHOWN]
            ],
            "more_rows": max(0, len(found.pairs) - ROWS_SHOWN),
            "all_named": len(found.named) + found.more,
            "name_shown": NAME_SHOWN,
            "width": WIDTH,
            "height": HEIGHT,
            "search_url": search_at(found.request),
            "csv_url": f"{reverse('network')}{found.request.url}&format=csv",
        },
    )


def draw(found: Together) -> tuple[list[Dot], list[Line]]:
    """Place the actors and the lines between those most often named together."""
    at = {one.actor.pk: place for place, one in enumerate(found.named)}
    drawn = _drawn(found)
    most = max((one.count for one in found.named), default=1)
    heaviest = max((pair.count for pair in drawn), default=1)
    radii = [max(SMALLEST, LARGEST * math.sqrt(one.count / most)) for one in found.named]
    places = lay_out(
        len(found.named),
        [Tie(at[pair.left.pk], at[pair.right.pk], pair.count) for pair in drawn],
        rooms=[_room(one, radius) for one, radius in zip(found.named, radii, strict=True)],
    )
    dots = [
        _dot(one, place, radius=radius) for one, place, radius in zip(found.named, places, radii, strict=True)
    ]
    lines = [
        Line(
            url=pair_url(pair.left, pair.right),
            label=f"{pair.left.name} and {pair.right.name}: {pair.count}",
            x1=dots[at[pair.left.pk]].x,
            y1=dots[at[pair.left.pk]].y,
            x2=dots[at[pair.right.pk]].x,
            y2=dots[at[pair.right.pk]].y,
            width=round(1 + 7 * pair.count / heaviest, 1),
        )
        for pair in drawn
    ]
    return dots, lines


def _drawn(found: Together) -> list[NamedPair]:
    """Return the pairs that get a line: the most frequent, and the first of whoever would stand without one.

    Such an actor is tied to one that has a line, when any is named with it, rather than to another without.
    """
    drawn = list(found.pairs[:TIES_DRAWN])
    linked = {actor.pk for pair in drawn for actor in (pair.left, pair.right)}
    for without in (1, 2):
        for pair in found.pairs[TIES_DRAWN:]:
            ends = {pair.left.pk, pair.right.pk}
            if len(ends - linked) == without:
                drawn.append(pair)
                linked |= ends
    return drawn


def _room(one: NamedInResult, radius: float) -> Room:
    """Return what a circle takes up with its name below."""
    name = LETTER * min(len(one.actor.name), NAME_SHOWN)
    return Room(max(name, 2 * radius) / WIDTH, (2 * radius + BELOW + LINE) / HEIGHT)


def _dot(one: NamedInResult, place: Place, *, radius: float) -> Dot:
    # The place is the middle of circle and name together.
    x, y = place.x * WIDTH, place.y * HEIGHT - (BELOW + LINE) / 2
    return Dot(one.actor, one.count, round(x, 1), round(y, 1), round(radius, 1), round(y + radius + BELOW, 1))


def _as_csv(found: Together) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="named-together.csv"'
    writer = csv.writer(response)
    writer.writerow(["actor", "kind", "other actor", "other kind", "articles"])
    for pair in found.pairs:
        writer.writerow([pair.left.name, pair.left.kind, pair.right.name, pair.right.kind, pair.count])
    return response
