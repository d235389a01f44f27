"""Rulings on actors: what they are called, how they are spelt, and what is no actor at all."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from articles.curate.articles import Person
from articles.models import Actor, Alias, PendingIndex, Ruling
from articles.models.actor import Origin
from articles.models.ruling import Verdict
from articles.search.pending import schedule


def rename_actor(actor: Actor, name: str, *, by: Person, reason: str = "") -> Ruling:
    """Give an actor another canonical name; the old one stays among its spellings."""
    with transaction.atomic():
        ruling = _rule(actor, Verdict.SAME, right=name, by=by, reason=reason)
        Alias.objects.get_or_create(actor=actor, surface=actor.name, defaults={"origin": Origin.MACHINE})
        Alias.objects.update_or_create(actor=actor, surface=name, defaults={"origin": Origin.PERSON})
        actor.name = name
        actor.save(update_fields=["name"])
        _reindex(actor)
    return ruling


def add_alias(actor: Actor, surface: str, *, by: Person, reason: str = "") -> Ruling:
    """Say that a spelling means this actor; pages that come in later follow it."""
    with transaction.atomic():
        ruling = _rule(actor, Verdict.SAME, right=surface, by=by, reason=reason)
        Alias.objects.update_or_create(actor=actor, surface=surface, defaults={"origin": Origin.PERSON})
        _reindex(actor)
    return ruling


def remove_alias(alias: Alias, *, by: Person, reason: str = "") -> Ruling:
    """Say that a spelling does not mean this actor."""
    with transaction.atomic():
        ruling = _rule(alias.actor, Verdict.DIFFERENT, right=alias.surface, by=by, reason=reason)
        alias.delete()
        _reindex(alias.actor)
    return ruling


def set_actor_kind(actor: Actor, kind: str, *, by: Person, reason: str = "") -> Ruling:
    """Say what kind of actor this is; its articles are indexed under the new kind."""
    with transaction.atomic():
        ruling = _rule(actor, Verdict.KIND, right=kind, by=by, reason=reason)
        actor.kind = kind
        actor.save(update_fields=["kind"])
        _reindex(actor)
    return ruling


def hide_actor(actor: Actor, *, by: Person, reason: str = "") -> Ruling:
    """Rule that this is no actor: it leaves every page, list and facet, and mentions made later with it."""
    with transaction.atomic():
        ruling = _rule(actor, Verdict.NOT_AN_ACTOR, right="", by=by, reason=reason)
        _set_hidden(actor, hidden=True)
    return ruling


def show_actor(actor: Actor, *, by: Person) -> None:
    """Take back that this is no actor."""
    with transaction.atomic():
        Ruling.objects.standing().filter(
            verdict=Verdict.NOT_AN_ACTOR, kind=actor.kind, left=actor.name
        ).update(undone_at=timezone.now(), undone_by=by if by.is_authenticated else None)
        _set_hidden(actor, hidden=False)


def _set_hidden(actor: Actor, *, hidden: bool) -> None:
    actor.hidden = hidden
    actor.save(update_fields=["hidden"])
    _reindex(actor)


def _reindex(actor: Actor) -> None:
    PendingIndex.objects.queue(actor.mentions.values_list("article", flat=True).distinct())
    schedule()


def _rule(actor: Actor, verdict: Verdict, *, right: str, by: Person, reason: str) -> Ruling:
    return Ruling.objects.create(
        verdict=verdict,
        kind=actor.kind,
        left=actor.name,
        right=right,
        reason=reason,
        made_by=by if by.is_authenticated else None,
        made_by_name=str(by),
    )
