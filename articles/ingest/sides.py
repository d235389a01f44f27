"""The sides of rulings: how an actor is named in one, and which actor of this archive such a name means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Actor, Alias, Article, Ruling, StoredPage
from articles.models.ruling import PAIRS

MADE_BY_RULING = "ruling:"  # before the key of the ruling, in the place of a page


@dataclass(frozen=True, slots=True)
class Side:
    """An actor as a ruling names it: outlives the actor, and means the same in other archives."""

    kind: str
    name: str
    seen: str


def side_of(actor: Actor) -> Side:
    """Return how a ruling names an actor: by the machine's name for it and the first page that names it."""
    if actor.made_by:
        return Side(actor.machine_kind, actor.machine_name, f"{MADE_BY_RULING}{actor.made_by}")
    seen = Article.objects.filter(mentions__machine_actor=actor).order_by("pk")
    page = seen.values_list("page__sha256", flat=True).first()
    return Side(actor.machine_kind, actor.machine_name, page or "")


def find_side(side: Side, *, patient: bool = True) -> Actor | None:
    """Return the actor that a side means here; None while it has not come in, or when several may be meant.

    1. The actor that a ruling made. 2. One of the name, or with the spelling, on the page where it was
    seen. A patient search waits while that page has been stored and is not read yet. 3. The only one of
    the name. 4. The only one with the spelling.
    """
    # 1.
    if side.seen.startswith(MADE_BY_RULING):
        return Actor.objects.filter(made_by=side.seen.removeprefix(MADE_BY_RULING)).first()
    found = Actor.objects.filter(made_by="", machine_kind=side.kind)
    spelled = Alias.every.filter(surface=side.name).values("actor")
    called = found.filter(Q(machine_name=side.name) | Q(pk__in=spelled))
    # 2.
    if side.seen:
        there = called.filter(machine_mentions__article__page__sha256=side.seen).distinct()
        on_page = list(there.order_by("pk"))
        if on_page:
            return _only(on_page) or _only([one for one in on_page if one.machine_name == side.name])
        if patient and StoredPage.objects.filter(sha256=side.seen, article=None).exists():
            return None
    # 3. and 4.
    by_name = list(found.filter(machine_name=side.name).order_by("pk")[:2])
    return _only(by_name) if by_name else _only(list(called.order_by("pk").distinct()[:2]))


def find_waiting(names: Collection[str] | None = None, *, patient: bool = True) -> list[Ruling]:
    """Find sides of rulings that wait, and return those rulings of which one was found.

    `names` are those that have come in; None looks at all that wait.
    """
    waiting = Ruling.objects.waiting()
    if names is not None:
        made = Q(left_seen__startswith=MADE_BY_RULING) | Q(right_seen__startswith=MADE_BY_RULING)
        waiting = waiting.filter(Q(left__in=names) | Q(right__in=names) | made)
    return [ruling for ruling in waiting.in_time_order() if find_sides(ruling, patient=patient)]


def find_sides(ruling: Ruling, *, patient: bool = True) -> bool:
    """Find the sides of a ruling that it does not have yet; True when one was found, which is stored."""
    before = ruling.left_actor_id, ruling.right_actor_id
    if ruling.left_actor_id is None and ruling.left:
        ruling.left_actor = find_side(Side(ruling.kind, ruling.left, ruling.left_seen), patient=patient)
    if ruling.right_actor_id is None and ruling.verdict in PAIRS and not ruling.fresh:
        side = Side(ruling.right_kind or ruling.kind, ruling.right, ruling.right_seen)
        ruling.right_actor = find_side(side, patient=patient)
    if (ruling.left_actor_id, ruling.right_actor_id) == before:
        return False
    Ruling.objects.filter(pk=ruling.pk).update(left_actor=ruling.left_actor, right_actor=ruling.right_actor)
    return True


def made_actors() -> tuple[list[Ruling], set[int]]:
    """Make the actors that standing rulings split off, and return these rulings.

    Also returns the actors whose ruling was undone: no verdict may lead to them any more, and they are to
    be deleted once nothing points to them.
    """
    splitting = Ruling.objects.on_actors().filter(fresh=True)
    made = []
    for ruling in splitting.standing().filter(right_actor=None).in_time_order():
        actor, _ = Actor.objects.get_or_create(
            made_by=ruling.key.hex, defaults={"name": ruling.spelling, "kind": ruling.kind}
        )
        ruling.right_actor = actor
        Ruling.objects.filter(pk=ruling.pk).update(right_actor=actor)
        made.append(ruling)
    undone = splitting.filter(undone_at__isnull=False, right_actor__isnull=False)
    return made, set(undone.values_list("right_actor", flat=True))


def _only(actors: list[Actor]) -> Actor | None:
    return actors[0] if len(actors) == 1 else None
