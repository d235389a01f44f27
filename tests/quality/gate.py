"""Figures, their floors and the one table: what `make quality` holds the archive to.

`figures.toml` says what is measured and what is aimed at, `floors.toml` what must not be lost again. A test
measures, and gives what it found to the gate:

1. `Gate.hold` keeps the figures for the table and fails when one is past its floor;
2. `table` shows all that was measured;
3. `raised` says what the floors may become: nearer to the target, never further from it.

Pure: no Django, no pytest, so that the gate is tested on figures of its own.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures.toml"
FLOORS = FOLDER / "floors.toml"
# A floor is a multiple of this, and at least SLACK away from its figure: the scorers print three digits, and the
# last may turn on another machine's arithmetic. Both together are less than a page of the smallest long set (40).
# Nothing wrong at all, and nothing right, are whole numbers: there the floor is the figure.
STEP = 0.005
SLACK = 0.001
# What a float may be off after being printed with four digits.
TINY = 1e-9
HEAD = """\
# The floors of `make quality`: written by `benchmarks/quality.py --raise-floors`, which only ever raises them.
# A figure that figures.toml marks `at_most` has a ceiling here. To give one up, edit its line by hand, in a
# commit of its own that says what was gained for it.
"""

Floors = dict[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """What is measured, under a key such as "fundus-text.body"."""

    key: str
    name: str
    # What an issue asks for, or None; the unit is the value's own, a share from 0 to 1 or a count.
    target: float | None
    # True when less is better, and the floor is a ceiling.
    at_most: bool
    # True when something was trained or set on these very pages, so that the figure flatters.
    trained: bool
    # The command that shows the records behind the figure.
    closer: str

    def reaches(self, value: float, bound: float) -> bool:
        """True when the value is at the bound or on its good side."""
        return value <= bound + TINY if self.at_most else value >= bound - TINY

    def floor_for(self, value: float) -> float:
        """The floor that a value earns: the nearest step on its bad side, a little away."""
        if value.is_integer():
            return value
        if self.at_most:
            return round(math.ceil((value + SLACK) / STEP - TINY) * STEP, 4)
        return round(max(0, math.floor((value - SLACK) / STEP + TINY)) * STEP, 4)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value and the number of records (pages, names, quotes, pairs) that it rests on."""

    value: float
    records: int


@dataclass(frozen=True, slots=True)
class Raised:
    """Floors after raising: all of them, the keys that moved, and those whose value is past their floor."""

    floors: Floors
    moved: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass
class Gate:
    """Holds measured figures against their floors, and keeps them for the table."""

    figures: Mapping[str, Figure] = field(repr=False)
    floors: Floors = field(repr=False)
    measured: dict[str, Measured] = field(default_factory=dict, repr=False)

    def hold(self, group: str, **found: Measured) -> None:
        """Keep the figures of a group.

        Raises AssertionError that names each one past its floor, KeyError on one that figures.toml does not list.
        """
        __tracebackhide__ = True
        keys = {f"{group}.{name.replace('_', '-')}": value for name, value in found.items()}
        unlisted = keys.keys() - self.figures.keys()
        if unlisted:
            raise KeyError(
                f"{', '.join(sorted(unlisted))}: add it to {FIGURES.name} with its name and target."
            )
        self.measured |= keys
        complaints = list(filter(None, map(self._complaint, keys)))
        if complaints:
            raise AssertionError("\n".join(complaints))

    def _complaint(self, key: str) -> str | None:
        """What is wrong with a measured figure, and how to look closer; None when it holds."""
        figure, found, floor = self.figures[key], self.measured[key], self.floors.get(key)
        if floor is None:
            return (
                f"{figure.name} is {found.value:.3f} and has no floor: benchmarks/quality.py --raise-floors"
            )
        if figure.reaches(found.value, floor):
            return None
        side, bound = ("above", "ceiling") if figure.at_most else ("below", "floor")
        return (
            f"{figure.name} ({key}) is {found.value:.3f}, {side} its {bound} {floor:.3f}, "
            f"over {found.records} records. To look closer: {figure.closer}"
        )


def read_figures(path: Path = FIGURES) -> dict[str, Figure]:
    """The figures in the order of the file."""
    return {
        f"{group}.{key}": Figure(
            key=f"{group}.{key}",
            name=f"{entry['name']}: {each['name']}",
            target=each.get("target"),
            at_most=each.get("at_most", False),
            trained=entry.get("trained", False),
            closer=entry["closer"],
        )
        for group, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for key, each in entry["figures"].items()
    }


def read_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; none when the file is not there yet."""
    if not path.exists():
        return {}
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{group}.{key}": float(floor) for group, each in groups.items() for key, floor in each.items()}


def write_floors(floors: Floors, figures: Mapping[str, Figure], path: Path = FLOORS) -> None:
    """Write the floors in the order of the figures, so that a diff shows only what moved."""
    lines, group = [HEAD], ""
    for key in (key for key in figures if key in floors):
        if key.partition(".")[0] != group:
            group = key.partition(".")[0]
            lines.append(f"\n[{group}]\n")
        lines.append(f"{key.partition('.')[2]} = {floors[key]:g}\n")
    path.write_text("".join(lines), encoding="utf-8")


def raised(floors: Floors, measured: Mapping[str, Measured], figures: Mapping[str, Figure]) -> Raised:
    """The floors that measured figures earn. One that was not measured, or would fall, stays where it is."""
    after, moved, refused = dict(floors), [], []
    for key, found in measured.items():
        figure, floor = figures[key], floors.get(key)
        if floor is not None and not figure.reaches(found.value, floor):
            refused.append(key)
            continue
        earned = figure.floor_for(found.value)
        if floor is None or (earned != floor and figure.reaches(earned, floor)):
            after[key] = earned
            moved.append(key)
    return Raised(after, tuple(moved), tuple(refused))


def table(gate: Gate) -> str:
    """The one table: a line a figure that was measured, in the order of figures.toml."""
    rows = [("figure", "value", "floor", "target", "records", "")]
    rows += [_row(gate, figure) for figure in gate.figures.values() if figure.key in gate.measured]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_aligned(row, widths) for row in rows)


def _row(gate: Gate, figure: Figure) -> tuple[str, ...]:
    found, floor = gate.measured[figure.key], gate.floors.get(figure.key)
    side = "≤" if figure.at_most else "≥"
    return (
        figure.name + (" (trained on)" if figure.trained else ""),
        f"{found.value:.3f}",
        "none" if floor is None else f"{side} {floor:.3f}",
        "" if figure.target is None else f"{side} {figure.target:.3f}",
        str(found.records),
        "; ".join(_remarks(figure, found.value, floor)),
    )


def _remarks(figure: Figure, value: float, floor: float | None) -> Iterator[str]:
    if floor is None or not figure.reaches(value, floor):
        yield "NO FLOOR" if floor is None else "PAST ITS FLOOR"
    if figure.target is not None and not figure.reaches(value, figure.target):
        yield "short of the target"


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    """Names to the left, numbers to the right."""
    name, *numbers, remark = row
    cells = [name.ljust(widths[0]), *map(str.rjust, numbers, widths[1:-1]), remark]
    return "  ".join(cells).rstrip()
