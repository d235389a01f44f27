"""Roles of one actor as articles write them, those that say the same put together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from articles.mentions.lexicons import alternatives
from articles.resolve.offices import level_title

_LEAD = re.compile(r"^(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)
_PAST = re.compile(rf"\b(?:{alternatives('titles', 'past')})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenRole:
    """A role as written, its title in small letters and the state or body it is held in, empty when untold."""

    phrase: str
    title: str
    organisation: str


@dataclass(frozen=True, slots=True)
class SameRole:
    """Roles that say the same: how to show them, and which of the given ones they are."""

    phrase: str
    members: tuple[int, ...]


def same_roles(roles: Sequence[WrittenRole]) -> list[SameRole]:
    """Return the roles of one actor without repetitions, in the order in which each is first written.

    1. A role is its title, its body and whether it is over; letters, articles and "its" make no difference.
    2. One without a body goes with the only one of its title that has one. 3. The commonest wording is shown, one
    that names the body before others.
    """
    # 1.
    slots = [(level_title(role.title), _PAST.search(role.phrase) is not None) for role in roles]
    bodies = [_folded(role.organisation) for role in roles]
    known: dict[Hashable, set[str]] = defaultdict(set)
    for slot, body in zip(slots, bodies, strict=True):
        known[slot] |= {body} - {""}
    # 2.
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for at, (slot, body) in enumerate(zip(slots, bodies, strict=True)):
        groups[slot, body or (next(iter(known[slot])) if len(known[slot]) == 1 else "")].append(at)
    return [SameRole(_shown([roles[at] for at in members]), tuple(members)) for members in groups.values()]


def _shown(roles: Sequence[WrittenRole]) -> str:
    """3. The commonest wording, without its article."""
    told = [role for role in roles if role.organisation] or roles
    wordings = Counter(_LEAD.sub("", role.phrase, count=1) for role in told)
    return wordings.most_common(1)[0][0]


def _folded(body: str) -> str:
    return _LEAD.sub("", body, count=1).casefold()
