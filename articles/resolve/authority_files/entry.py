"""What every reader gives: one actor of a file, or what is wrong with a line of it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from articles.mentions.spans import Kind

LONGEST_NAME = 300  # characters; what the archive keeps of a name
LONGEST_TITLE = 200  # characters; what it keeps of an office's title, and of whose office it is


@dataclass(frozen=True, slots=True)
class Office:
    """An office or role: `title` ("foreign minister") `of` a state or body, empty when the file does not say.

    `start` and `end` are ISO years, months or days, both ends included; None is open or unknown.
    """

    title: str
    of: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One actor of a file.

    `variants` are its other names, without `name`. `source` is what the file gives as its own key or
    origin for this entry (a FollowTheMoney id, a source column), empty when it gives none. `line` counts
    from 1. `notes` say what the reader decided or left out, for people.
    """

    name: str
    kind: Kind
    variants: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    source: str = ""
    line: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A line, counted from 1, that could not be used in full: what is wrong, and how to mend it."""

    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}; {self.cure}"


class EdgeError(ValueError):
    """A text that is no date; its own message says which."""


_EDGE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MONTHS = 12


def edge_of(text: str) -> str | None:
    """Return an ISO year, month or day as it is written, None for an open end ("" or "..").

    Raises EdgeError for anything else, also for a day that no calendar has.
    """
    plain = text.strip()
    if plain in ("", ".."):
        return None
    match = _EDGE.fullmatch(plain)
    if match is None or match[1] == "0000":
        raise EdgeError(f'"{plain}" is no date')
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= _MONTHS:
        raise EdgeError(f'"{plain}" has a month that no year has')
    if day is not None and not 1 <= day <= monthrange(year or 1, month or 1)[1]:
        raise EdgeError(f'"{plain}" is a day that its month does not have')
    return plain


def runs_backwards(start: str | None, end: str | None) -> bool:
    """Return True when an interval ends before it begins, judged at the coarser precision of its ends."""
    if not start or not end:
        return False
    shared = min(len(start), len(end))
    return end[:shared] < start[:shared]


def distinct_names(name: str, others: list[str]) -> tuple[str, ...]:
    """Return the other names of an actor: white space levelled, each once, without its own and empty ones."""
    tidy = dict.fromkeys(" ".join(other.split()) for other in others)
    return tuple(other for other in tidy if other and other != name and len(other) <= LONGEST_NAME)
