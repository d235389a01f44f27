"""Rulings on actors: who is whom, what they are called, how they are spelt, and what is no actor at all.

Every function here makes one ruling, settles what follows from it, and tells the index, in one transaction.
The same verdict again gives the ruling that stands. What an actor becomes is worked out from all rulings
that stand (`articles.ingest.settle`), so that each can be undone at any later time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.curate.articles import ChangedMeanwhile, Person
from articles.ingest.settle import settle, standing
from articles.ingest.sides import side_of
from articles.ingest.stories import take_turns
from articles.models import Actor, Alias, JoinCandidate, Mention, Ruling
from articles.models.actor import Kind
from articles.models.ruling import RulingQuerySet, Verdict
from articles.search.pending import schedule


class Contradiction(ValueError):  # noqa: N818  # its name is what it says
    """A ruling that stands forbids this one; the text says whose it is, and what to do."""


def merge(left: Actor, right: Actor, *, by: Person, reason: str = "", seen: str | None = None) -> Ruling:
    """Rule that two actors are one; the right one's name and kind hold for both.

    Both must stand for themselves. `seen` is what `seen_of` gave when the person looked at them: raises
    ChangedMeanwhile when others ruled on either since. Raises Contradiction when a ruling says that they are
    different, ValueError when they are one already.
    """
    with transaction.atomic():
        left, right = _current(left, right, seen=seen)
        return _rule(Verdict.SAME, left, right=right, by=by, reason=reason)


def rule_different(
    left: Actor, right: Actor, *, by: Person, reason: str = "", seen: str | None = None
) -> Ruling:
    """Rule that two actors are not one: they are never joined, and leave the queue.

    Raises as `merge` does; of two that are one already, the merge is to be undone instead.
    """
    with transaction.atomic():
        left, right = _current(left, right, seen=seen)
        return _rule(Verdict.DIFFERENT, left, right=right, by=by, reason=reason)


def rule_unsure(
    left: Actor, right: Actor, *, by: Person, reason: str = "", seen: str | None = None
) -> Ruling:
    """Rule that it cannot be decided: the pair leaves the queue until the machine finds more to say of it."""
    with transaction.atomic():
        left, right = _current(left, right, seen=seen)
        return _rule(Verdict.UNSURE, left, right=right, by=by, reason=reason)


def rule_which(
    asked: Actor,
    choices: Sequence[Actor],
    *,
    same: Actor | None,
    by: Person,
    reason: str = "",
    seen: str | None = None,
) -> list[Ruling]:
    """Rule which of several actors this one is, and that it is none of the others; None is none of them all.

    One verdict, though it makes several rulings: they stand or fall together, and `undo_verdict` takes all
    back. Of an actor that may itself be the one chosen nothing is ruled: that remains to be asked. Raises
    as `merge` does.
    """
    at = timezone.now()
    with transaction.atomic():
        asked, *current = _current(asked, *choices, seen=seen)
        chosen = next((one for one in current if same is not None and one.pk == same.pk), None)
        if same is not None and chosen is None:
            raise ValueError(f"{same} is none of those that were asked about. Choose one of them.")
        open_still = JoinCandidate.objects.maybe_the_same_as(chosen) if chosen else set()
        others = [one for one in current if one != chosen and one.pk not in open_still]
        made = [_rule(Verdict.DIFFERENT, asked, right=other, by=by, reason=reason, at=at) for other in others]
        if chosen is not None:
            made.append(_rule(Verdict.SAME, asked, right=chosen, by=by, reason=reason, at=at))
    return made


def unsure_which(
    asked: Actor, choices: Sequence[Actor], *, by: Person, reason: str = "", seen: str | None = None
) -> list[Ruling]:
    """Rule that it cannot be decided which of several actors this one is; one verdict, as `rule_which`."""
    at = timezone.now()
    with transaction.atomic():
        asked, *current = _current(asked, *choices, seen=seen)
        return [_rule(Verdict.UNSURE, asked, right=one, by=by, reason=reason, at=at) for one in current]


def split_spelling(
    actor: Actor,
    spelling: str,
    *,
    to: Actor | None = None,
    by: Person,
    reason: str = "",
    seen: str | None = None,
) -> Ruling:
    """Rule that a spelling of an actor is really another one, wherever it stands; without `to` a new one.

    Mentions so spelt that come in later follow. Raises as `merge` does, and ValueError for the actor's own name.
    """
    with transaction.atomic():
        actor, *others = _current(actor, *([to] if to else []), seen=seen)
        if spelling == actor.name:
            raise ValueError(
                f"“{spelling}” is what this actor is called. Give it another name first, or say in "
                "single articles who is meant."
            )
        right = others[0] if others else None
        return _rule(Verdict.IS_REALLY, actor, right=right, spelling=spelling, by=by, reason=reason)


def reassign_mention(
    mention: Mention, *, to: Actor | None = None, by: Person, reason: str = "", seen: str | None = None
) -> Ruling:
    """Rule that a spelling in one article is really another actor; without `to` a new one.

    All mentions so spelt in the article follow, also when its page is read again.
    """
    with transaction.atomic():
        actor, *others = _current(mention.actor, *([to] if to else []), seen=seen)
        right = others[0] if others else None
        return _rule(
            Verdict.IS_REALLY,
            actor,
            right=right,
            spelling=mention.surface,
            page=mention.article.page,
            by=by,
            reason=reason,
        )


def not_a_name(
    actor: Actor, spelling: str, *, mention: Mention | None = None, by: Person, reason: str = ""
) -> Ruling:
    """Rule that a spelling of an actor names nobody: everywhere, or in the article of `mention` alone."""
    with transaction.atomic():
        (actor,) = _current(actor)
        page = mention.article.page if mention else None
        return _rule(Verdict.NOT_A_NAME, actor, spelling=spelling, page=page, by=by, reason=reason)


def not_an_actor(actor: Actor, *, by: Person, reason: str = "") -> Ruling:
    """Rule that this is no actor: it leaves every page, list and facet, and mentions made later with it."""
    with transaction.atomic():
        (actor,) = _current(actor)
        return _rule(Verdict.NOT_AN_ACTOR, actor, by=by, reason=reason)


def an_actor_again(actor: Actor, *, by: Person) -> None:
    """Take back that this is no actor."""
    for ruling in (
        history(actor)
        .standing()
        .filter(
            Q(verdict=Verdict.NOT_AN_ACTOR, left_actor=actor)
            | Q(verdict=Verdict.NOT_A_NAME, right_actor=actor)
        )
    ):
        undo(ruling, by=by)


def rename(actor: Actor, name: str, *, by: Person, reason: str = "") -> Ruling:
    """Give an actor another name; the old one stays among its spellings, and the new one means it too.

    Raises Contradiction when another actor of its kind is called so: merge them, or rule that they differ.
    """
    with transaction.atomic():
        (actor,) = _current(actor)
        _refuse_a_name_of_another(actor, name)
        return _rule(Verdict.NAME, actor, text=name, by=by, reason=reason)


def set_kind(actor: Actor, kind: str, *, by: Person, reason: str = "") -> Ruling:
    """Say what kind of actor this is; its articles are indexed under the new kind."""
    if kind not in Kind.values:
        raise ValueError(f"{kind} is no kind of actor; the kinds are {', '.join(Kind.values)}.")
    with transaction.atomic():
        (actor,) = _current(actor)
        return _rule(Verdict.KIND, actor, text=kind, by=by, reason=reason)


def add_alias(actor: Actor, surface: str, *, by: Person, reason: str = "") -> Ruling:
    """Say that a spelling means this actor: what the machine takes for an actor called so is this one.

    Pages that come in later follow. Raises Contradiction when an actor called so was ruled to be another.
    """
    with transaction.atomic():
        (actor,) = _current(actor)
        return _rule(Verdict.ALIAS, actor, text=surface, by=by, reason=reason)


def remove_alias(alias: Alias, *, by: Person, reason: str = "") -> Ruling:
    """Say that a spelling does not mean this actor: mentions so spelt become an actor of their own."""
    actor = alias.actor.merged_into or alias.actor
    return split_spelling(actor, alias.surface, by=by, reason=reason)


def undo(ruling: Ruling, *, by: Person) -> None:
    """Take back a ruling on actors, at any time and in any order; what the others make of it holds.

    Undoing twice changes nothing. Raises ValueError for a ruling on anything else.
    """
    if not Ruling.objects.on_actors().filter(pk=ruling.pk).exists():
        raise ValueError("Only rulings on actors are undone here.")
    with transaction.atomic():
        take_turns()
        if Ruling.objects.take_back(ruling, by=by):
            settle([Ruling.objects.get(pk=ruling.pk)])
            schedule()


def undo_verdict(ruling: Ruling, *, by: Person) -> list[Ruling]:
    """Take back a ruling on actors with all others of the same verdict; return those that stood until now."""
    with transaction.atomic():
        verdict = list(Ruling.objects.standing().of_one_verdict(ruling))
        for each in verdict:
            undo(each, by=by)
    return verdict


def history(actor: Actor) -> RulingQuerySet:
    """Return every ruling on an actor and on those that were merged with it, the newest first."""
    members = Actor.objects.filter(Q(pk=actor.root_id) | Q(merged_into=actor.root_id))
    numbers = {actor.pk, *members.values_list("pk", flat=True)}
    found = Ruling.objects.on_actors().filter(Q(left_actor__in=numbers) | Q(right_actor__in=numbers))
    return found.order_by("-made_at", "-pk")


def seen_of(*actors: Actor) -> str:
    """Return a mark of all that was ruled on these actors until now; it changes with every ruling or undo."""
    numbers = sorted(
        {pk for actor in actors for pk in history(actor).standing().values_list("pk", flat=True)}
    )
    return hashlib.sha256(repr(numbers).encode()).hexdigest()[:16]


def _current(*actors: Actor, seen: str | None = None) -> list[Actor]:
    """Return the actors as they are now, once nobody else is ruling; each must stand for itself."""
    take_turns()
    rows = Actor.objects.select_related("merged_into").in_bulk([actor.pk for actor in actors])
    for actor in actors:
        row = rows.get(actor.pk)
        if row is None:
            raise ChangedMeanwhile(
                f"{actor} is gone: the ruling that split it off was undone. Nothing of yours was saved."
            )
        if row.merged_into_id != actor.merged_into_id:
            raise ChangedMeanwhile(_who_ruled(actor))
        if row.merged_into is not None:
            raise ValueError(f"{row} was merged into {row.merged_into}. Rule on that one, or undo the merge.")
    if len(set(actors)) != len(actors):
        raise ValueError(f"{actors[0]} is one actor, not two: choose another one.")
    if seen is not None and seen != seen_of(*rows.values()):
        raise ChangedMeanwhile(_who_ruled(*rows.values()))
    return [rows[actor.pk] for actor in actors]


def _rule(
    verdict: Verdict,
    left: Actor,
    *,
    right: Actor | None = None,
    text: str = "",
    spelling: str = "",
    page: Any = None,
    by: Person,
    reason: str,
    at: datetime | None = None,
) -> Ruling:
    """Make a ruling, or find the one that stands, and settle what follows.

    Raises Contradiction, and nothing is ruled, when another one that stands forbids it.
    """
    near, far = side_of(left), side_of(right) if right else None
    same = Ruling.objects.standing().filter(
        verdict=verdict, left_actor=left, spelling=spelling, page=page, fresh=_is_fresh(verdict, right)
    )
    same = same.filter(right_actor=right) if right else same.filter(right=text or spelling)
    known = same.first()
    if known is not None and _is_the_last_word(known):
        return known
    if right is not None and verdict in (Verdict.SAME, Verdict.DIFFERENT):
        _refuse_what_is_forbidden(verdict, left, right)
    ruling = Ruling.objects.create(
        verdict=verdict,
        page=page,
        kind=near.kind,
        left=near.name,
        left_seen=near.seen,
        left_actor=left,
        right_kind=far.kind if far else "",
        right=far.name if far else text or spelling,
        right_seen=far.seen if far else "",
        right_actor=right,
        spelling=spelling,
        fresh=_is_fresh(verdict, right),
        reason=reason,
        made_by=by if by.is_authenticated else None,
        made_by_name=str(by),
        made_at=at or timezone.now(),
    )
    now = settle([ruling])
    for conflict in now.conflicts:
        if conflict.said == ruling.pk:
            raise Contradiction(_forbidden_by(Ruling.objects.get(pk=conflict.forbidden_by)))
    schedule()
    return Ruling.objects.get(pk=ruling.pk)


def _is_fresh(verdict: Verdict, right: Actor | None) -> bool:
    return right is None and verdict in (Verdict.IS_REALLY, Verdict.NOT_A_NAME)


def _is_the_last_word(ruling: Ruling) -> bool:
    """Say whether no later ruling took back what this one says: a name can go, and come again."""
    later = Ruling.objects.standing().on_actors().filter(made_at__gt=ruling.made_at)
    if ruling.verdict in (Verdict.NAME, Verdict.KIND):
        return not later.filter(verdict=ruling.verdict, left_actor=ruling.left_actor).exists()
    if ruling.verdict in (Verdict.ALIAS, Verdict.IS_REALLY, Verdict.NOT_A_NAME):
        spelling = ruling.spelling or ruling.right
        given = Q(verdict__in=(Verdict.ALIAS, Verdict.NAME), right=spelling)
        return not later.filter(given | Q(spelling=spelling)).exists()
    return ruling.verdict != Verdict.UNSURE  # the machine may have found more to say since


def _refuse_what_is_forbidden(verdict: Verdict, left: Actor, right: Actor) -> None:
    now, _ = standing()
    forbidding = now.kept_apart(left.pk, right.pk)
    if verdict == Verdict.SAME and forbidding is not None:
        raise Contradiction(_forbidden_by(Ruling.objects.get(pk=forbidding)))


def _refuse_a_name_of_another(actor: Actor, name: str) -> None:
    called = Actor.objects.filter(Q(name=name) | Q(machine_name=name), kind=actor.kind, merged_into=None)
    other = called.exclude(pk=actor.pk).first()
    if other is not None and standing()[0].kept_apart(actor.pk, other.pk) is None:
        raise Contradiction(
            f"Another {actor.get_kind_display()} is called {name}. Merge the two when they are one; "
            "rule that they are different first when they are not."
        )


def _forbidden_by(ruling: Ruling) -> str:
    reason = f" ({ruling.reason})" if ruling.reason else ""
    return (
        f"{ruling.made_by_name} ruled on {ruling.day} that {ruling}{reason}. "
        "Undo that ruling first when it is wrong."
    )


def _who_ruled(*actors: Actor) -> str:
    last = [(ruling.undone_at or ruling.made_at, ruling) for actor in actors for ruling in history(actor)]
    told = ""
    if last:
        _, ruling = max(last, key=lambda each: each[0])
        who = ruling.undone_by_name or ruling.made_by_name
        told = f" {who} {'undid' if ruling.undone_at else 'ruled'} that {ruling}."
    return (
        f"Others ruled on {' or '.join(str(actor) for actor in actors)} while you had the page open.{told} "
        "Nothing of yours was saved. Reload the page, look at what changed, and rule again."
    )
