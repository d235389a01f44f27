"""The drawing of a network: who stands where and how large, and what lines run between them. Pure but for addresses."""

from __future__ import annotations

import math
from dataclasses import dataclass

from articles.models import Actor
from articles.models.actor import Kind
from articles.search.page import NamedInResult, NamedPair, Together
from articles.views.actor_links import pair_url
from articles.views.network_layout import Place, Room, Tie, lay_out

TIES_DRAWN = 90  # the most frequent ones, and one for each actor that has none among them
NAME_SHOWN = 28  # characters of a name in the picture
WIDTH = 1000  # the picture's own units
HEIGHT = 640  # of so many actors as CROWD, and less; more get more
CROWD = 30
SMALLEST, LARGEST = 5.0, 22.0  # radius of a circle; the other shapes have its area
# Times a radius that the corners of a diamond stand from its middle; a triangle's base is nearer.
FARTHEST = 1.26
BELOW = 14  # from the lower end of a shape to the line its name stands on
LETTER = 7.2  # mean width of a letter of a name in the picture, with room to spare; see .network text
LINE = 8  # from the line that a name stands on to what may begin below it

# From a shape's middle to its corners, for the area of a circle of radius 1; see OUTLINES in static/js/network.js.
SQUARE = math.sqrt(math.pi) / 2  # half a side
DIAMOND = math.sqrt(math.pi / 2)
TRIANGLE = math.sqrt(4 * math.pi / (3 * math.sqrt(3)))


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor in the picture; the area is the number of articles, the outline (path data) tells its kind."""

    actor: Actor
    count: int
    x: float
    y: float
    radius: float
    outline: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """Two actors named together."""

    pair: NamedPair
    url: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network in units of its own, `width` to `height`."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    name_shown: int = NAME_SHOWN


def draw(found: Together) -> Drawing:
    """Place the actors and the lines between those most often named together."""
    at = {one.actor.pk: place for place, one in enumerate(found.named)}
    drawn = _drawn(found)
    height = round(HEIGHT * max(1.0, len(found.named) / CROWD))
    most = max((one.count for one in found.named), default=1)
    heaviest = max((pair.count for pair in drawn), default=1)
    radii = [max(SMALLEST, LARGEST * math.sqrt(one.count / most)) for one in found.named]
    places = lay_out(
        len(found.named),
        [Tie(at[pair.left.pk], at[pair.right.pk], pair.count) for pair in drawn],
        rooms=[_room(one, radius, height=height) for one, radius in zip(found.named, radii, strict=True)],
    )
    dots = tuple(
        _dot(one, place, radius=radius, height=height)
        for one, place, radius in zip(found.named, places, radii, strict=True)
    )
    lines = []
    for pair in drawn:
        left, right = dots[at[pair.left.pk]], dots[at[pair.right.pk]]
        width = round(1 + 7 * pair.count / heaviest, 1)
        url = pair_url(pair.left, pair.right)
        lines.append(Line(pair, url, x1=left.x, y1=left.y, x2=right.x, y2=right.y, width=width))
    return Drawing(dots, tuple(lines), WIDTH, height)


def outline(kind: str, x: float, y: float, radius: float) -> str:
    """Return the path of a kind's shape around a point: all shapes of one radius have one area.

    People are circles, states squares, organisations diamonds, media triangles.
    """
    if kind == Kind.STATE:
        half = SQUARE * radius
        return f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}z"
    if kind == Kind.ORGANISATION:
        far = DIAMOND * radius
        return f"M{x:.1f} {y - far:.1f}l{far:.1f} {far:.1f}l{-far:.1f} {far:.1f}l{-far:.1f} {-far:.1f}z"
    if kind == Kind.MEDIA:
        far = TRIANGLE * radius
        side, tall = far * math.sqrt(3), 1.5 * far
        return f"M{x:.1f} {y - far:.1f}l{side / 2:.1f} {tall:.1f}h{-side:.1f}z"
    # Rounded first: an arc over more than its diameter would be stretched.
    radius = round(radius, 1)
    arc = f"a{radius} {radius} 0 1 0"
    return f"M{x - radius:.1f} {y:.1f}{arc} {2 * radius:.1f} 0{arc} {-2 * radius:.1f} 0z"


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


def _room(one: NamedInResult, radius: float, *, height: int) -> Room:
    """Return what a shape takes up with its name below."""
    name = LETTER * min(len(one.actor.name), NAME_SHOWN)
    tall = 2 * FARTHEST * radius
    return Room(max(name, tall) / WIDTH, (tall + BELOW + LINE) / height)


def _dot(one: NamedInResult, place: Place, *, radius: float, height: int) -> Dot:
    # The place is the middle of shape and name together.
    x, y = place.x * WIDTH, place.y * height - (BELOW + LINE) / 2
    return Dot(
        actor=one.actor,
        count=one.count,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        outline=outline(one.actor.kind, x, y, radius),
        label_y=round(y + FARTHEST * radius + BELOW, 1),
    )
