"""Where the actors of a network stand: a spring layout that gives the same picture for the same numbers. Pure.

Fruchterman and Reingold's method (1991): pairs that are named together pull, all push each other away, and
the steps grow smaller. The beginning is a circle in the order given, so nothing is left to chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STEPS = 200  # 40 actors settle within half of these; one run takes about 20 ms
FIRST_STEP = 0.12  # of the picture's width
NOTHING = 1e-6  # below this, two places are one
MARGIN = 0.07  # of the picture's width and height: room for the names at the edge


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the picture, both from 0 to 1."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors by position, and how strongly they pull: the number of articles with both."""

    one: int
    other: int
    weight: int


def lay_out(number: int, ties: Sequence[Tie]) -> list[Place]:
    """Return a place for each of so many actors."""
    if number == 0:
        return []
    angles = np.linspace(0, 2 * math.pi, number, endpoint=False)
    places = 0.5 + 0.35 * np.column_stack([np.cos(angles), np.sin(angles)])
    pull = np.zeros((number, number))
    heaviest = max((tie.weight for tie in ties), default=1)
    for tie in ties:
        pull[tie.one, tie.other] = pull[tie.other, tie.one] = math.sqrt(tie.weight / heaviest)
    apart = math.sqrt(1 / number)
    for step in range(STEPS):
        between = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.linalg.norm(between, axis=2), NOTHING)
        force = apart**2 / distance - pull * distance**2 / apart
        np.fill_diagonal(force, 0)
        move = (between / distance[:, :, None] * force[:, :, None]).sum(axis=1)
        # A weak pull to the middle keeps those who are named with nobody in the picture.
        move += (0.5 - places) * apart
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), NOTHING)
        places += move / length * np.minimum(length, FIRST_STEP * (1 - step / STEPS))
    low, span = places.min(axis=0), np.ptp(places, axis=0)
    flat = span < NOTHING
    scaled = np.where(flat, 0.5, MARGIN + (places - low) / np.where(flat, 1, span) * (1 - 2 * MARGIN))
    return [Place(round(float(x), 4), round(float(y), 4)) for x, y in scaled]
