"""Where the actors of a network stand: a spring layout that gives the same picture for the same numbers. Pure.

Fruchterman and Reingold's method (1991): pairs that are named together pull, all push each other away, and
the steps grow smaller. The beginning is a circle in the order given, so nothing is left to chance. The forces alone put
the most connected on one heap, so the picture is then evened out and the names are pushed off each other.
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
EVENED = 0.6  # share of an actor's rank from left to right in its place; the rest is where the forces put it
# Rounds of pushing names off each other: 30 names of a dense result are clear after some 100. Look at
# /search/network/ of the demonstration pages after changing either figure.
ROUNDS = 400


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


@dataclass(frozen=True, slots=True)
class Room:
    """What an actor with its name takes up, as shares of the picture's width and height."""

    width: float
    height: float


def lay_out(number: int, ties: Sequence[Tie], *, rooms: Sequence[Room] = ()) -> list[Place]:
    """Return a place for each of so many actors: the middle of its room, when `rooms` gives one for each.

    1. The forces settle. 2. The places are evened out by rank. 3. Rooms that overlap are pushed apart.
    """
    if number == 0:
        return []
    # 1.
    scaled = _scaled(_settled(number, ties))
    if rooms:
        # 2.
        ranks = np.argsort(np.argsort(scaled, axis=0, kind="stable"), axis=0, kind="stable")
        evened = EVENED * (ranks + 0.5) / number + (1 - EVENED) * scaled
        # 3.
        scaled = _apart(evened, np.array([[room.width, room.height] for room in rooms]))
    return [Place(round(float(x), 4), round(float(y), 4)) for x, y in scaled]


def _settled(number: int, ties: Sequence[Tie]) -> np.ndarray:
    """Return where the forces leave the actors, one row of x and y for each, in no scale."""
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
    return places


def _scaled(places: np.ndarray) -> np.ndarray:
    """Return the places stretched to the whole picture, up to its margin."""
    low, span = places.min(axis=0), np.ptp(places, axis=0)
    flat = span < NOTHING
    stretched: np.ndarray = MARGIN + (places - low) / np.where(flat, 1, span) * (1 - 2 * MARGIN)
    return np.where(flat, 0.5, stretched)


def _apart(places: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the places moved until no two rooms overlap, or as far as the rounds go; all stay in the picture."""
    half = sizes / 2
    reach = half[:, None, :] + half[None, :, :]
    order = np.arange(len(places))
    # Two on one spot go their ways by their order, since nothing else tells them apart.
    tie_break = np.where(order[:, None] > order[None, :], 1.0, -1.0)[:, :, None]
    for _ in range(ROUNDS):
        places = np.clip(places, half, 1 - half)
        between = places[:, None, :] - places[None, :, :]
        overlap = reach - np.abs(between)
        overlap[order, order] = 0
        meet = (overlap > NOTHING).all(axis=2)
        if not meet.any():
            break
        # Along the axis that needs the shorter way, both half of it.
        shorter = overlap == overlap.min(axis=2, keepdims=True)
        way = np.where(np.abs(between) < NOTHING, tie_break, np.sign(between))
        places = places + np.where(meet[:, :, None] & shorter, way * overlap / 2, 0).sum(axis=1)
    return np.clip(places, half, 1 - half)
