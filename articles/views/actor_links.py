"""Addresses of the pages about actors."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import slugify

from articles.models import Actor


def pair_url(one: Actor, other: Actor) -> str:
    """Return the address of the page of two actors, the same whichever comes first."""
    first, second = sorted((one.pk, other.pk))
    return reverse("pair", args=[first, second])


def ledger_url(actor: Actor, *, quote: int | None = None) -> str:
    """Return the address of an actor's quotes; of one of them, by its number, when it is asked for."""
    address = reverse("actor_quotes", args=[actor.pk, slugify(actor.name) or "actor"])
    return address if quote is None else f"{address}?quote={quote}#q{quote}"
