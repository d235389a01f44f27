"""Charts as SVG files that stand alone: a title, the drawing, what it counts, its address and the day it was made.

A template of such a file extends `pictures/standalone.svg` and says in attributes what a page says in its style sheet.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date as as_date
from django.template.loader import render_to_string
from django.utils import timezone

WIDTH = 960  # pixels
MARGIN = 16
TITLE_LINE, FOOT_LINE = 24, 16  # pixels from one line to the next
# Letters that fit a line at the sizes of standalone.svg, counted with the widest of its faces (Arial's capitals
# apart); look at a file with a long query after changing either.
TITLE_LETTERS, FOOT_LETTERS = 88, 138
MOST_TITLE_LINES = 3

# XML has no way to write these, and a file with one of them cannot be opened.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Written:
    """A line of words and the pixel its letters stand on."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a drawing: places are pixels, the drawing is as wide as the file less its margins."""

    title: str
    title_lines: tuple[Written, ...]
    foot_lines: tuple[Written, ...]
    top: int
    drawing_height: int
    height: int
    width: int = WIDTH
    margin: int = MARGIN
    drawing_width: int = WIDTH - 2 * MARGIN


def framed(title: str, *, drawing_height: int, foot: Sequence[str]) -> Frame:
    """Return the frame of a drawing so many pixels high; each line of the foot is wrapped, none is cut."""
    heading = textwrap.wrap(title, TITLE_LETTERS, max_lines=MOST_TITLE_LINES, placeholder=" …") or [""]
    top = MARGIN + TITLE_LINE * len(heading)
    below = top + drawing_height + MARGIN
    lines = [line for text in foot for line in textwrap.wrap(text, FOOT_LETTERS, break_on_hyphens=False)]
    return Frame(
        title=title,
        title_lines=tuple(_written(heading, first=MARGIN + 14, step=TITLE_LINE)),
        foot_lines=tuple(_written(lines, first=below + FOOT_LINE, step=FOOT_LINE)),
        top=top,
        drawing_height=drawing_height,
        height=below + FOOT_LINE * len(lines) + MARGIN,
    )


def svg_file(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    name: str,
    title: str,
    drawing_height: int,
    notes: Sequence[str],
    page: str,
) -> HttpResponse:
    """Return a drawing as an SVG file: `notes` say what it counts, `page` is the address that shows it."""
    day = as_date(timezone.localdate(), "j F Y")
    foot = [
        *notes,
        f"{settings.ARCHIVE_NAME}, as the archive stood on {day}.",
        request.build_absolute_uri(page),
    ]
    frame = framed(title, drawing_height=drawing_height, foot=foot)
    svg = render_to_string(template, {**context, "frame": frame}, request)
    response = HttpResponse(NOT_XML.sub("", svg), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response


def _written(lines: Sequence[str], *, first: int, step: int) -> Iterator[Written]:
    for number, line in enumerate(lines):
        yield Written(first + step * number, line)
