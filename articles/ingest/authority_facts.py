"""What the authority files know of an actor, stored with it: spellings, and offices with their days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from articles.ingest.reading import authority
from articles.mentions.spans import Kind
from articles.models import Actor, Alias, Role
from articles.models.actor import KNOWN_CHARACTERS, Origin


def write_authority(actor: Actor, name: str, kind: Kind) -> None:
    """Give a new actor the spellings and the offices with dates that the authority files hold."""
    known = authority()
    Alias.every.bulk_create(
        [Alias(actor=actor, surface=alias, origin=Origin.AUTHORITY) for alias in known.names_of(name, kind)],
        ignore_conflicts=True,
    )
    Role.objects.bulk_create(
        Role(
            actor_id=actor.root_id,
            machine_actor=actor,
            phrase=f"{office.title} of {office.of}" if office.of else office.title,
            title=office.title,
            organisation=office.of or "",
            held_from=first_day(office.start),
            held_from_precision=precision_of(office.start),
            held_to=last_day(office.end),
            held_to_precision=precision_of(office.end),
            origin=Origin.AUTHORITY,
        )
        for office in known.offices_of(name)
    )


def precision_of(iso: str | None) -> str:
    """Return how much an ISO year, month or day says; None counts as a day, for there is nothing to say."""
    return next((known for known, size in KNOWN_CHARACTERS.items() if iso and len(iso) == size), "day")


def first_day(iso: str | None) -> date | None:
    """Return the first day of an ISO year, month or day; None stays None."""
    if not iso:
        return None
    year, month, day = (*map(int, iso.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(iso: str | None) -> date | None:
    """Return the last day of an ISO year, month or day; None stays None."""
    if not iso:
        return None
    if len(iso) == len("2012"):
        return date(int(iso), 12, 31)
    if len(iso) == len("2012-07"):
        year, month = map(int, iso.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(iso)
