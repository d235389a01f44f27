"""Who held an office and when, for `office:"foreign minister of Russia"`: by authority files and imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from articles.mentions.authority import Authority, load_authority
from articles.models import Actor, Role
from articles.resolve.offices import holders, parse_office, same_title


@dataclass(frozen=True, slots=True)
class Tenure:
    """The days, both included, on which an actor held an office; None is open or unknown."""

    actor: int
    first: date | None
    last: date | None


def tenures_of(office: str) -> list[Tenure]:
    """Return who held an office, given in words, the earliest first; nobody when no source knows it.

    Offices of one title and body count as one wherever they were read, each actor and term once.
    """
    known = _authority(tuple(str(folder) for folder in settings.ARCHIVE_AUTHORITY_DIRS))
    named = {holder.person for holder in holders(office, known)}
    asked = parse_office(office, known)
    dated = Q(held_from__isnull=False) | Q(held_to__isnull=False)
    roles = Role.objects.filter(dated, article=None).select_related("actor").order_by("held_from", "pk")
    titled = roles.filter(actor__authority__in=named)
    if asked is not None and asked.of is not None:
        titled = titled | roles.filter(organisation__iexact=asked.of)
    wanted = {(holder.person, holder.title, holder.of) for holder in holders(office, known)}
    found = [
        Tenure(role.actor.merged_into_id or role.actor_id, role.held_from, role.held_to)
        for role in titled
        if (role.actor.authority, role.title, role.organisation) in wanted
        or (asked is not None and asked.of is not None and _fits(role, asked.title, asked.of))
    ]
    hidden = set(_hidden(tenure.actor for tenure in found))
    return [tenure for tenure in dict.fromkeys(found) if tenure.actor not in hidden]


def _fits(role: Role, title: str, of: str) -> bool:
    return role.organisation.casefold() == of.casefold() and same_title(role.title, title)


def _hidden(actors: Iterable[int]) -> Iterable[int]:
    return Actor.objects.filter(pk__in=set(actors), hidden=True).values_list("pk", flat=True)


@lru_cache(maxsize=4)
def _authority(folders: tuple[str, ...]) -> Authority:
    return load_authority(*folders)
