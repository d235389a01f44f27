"""Actor files taken into the archive, and taken back: the only place that writes what a plan says.

What is written has origin "authority file", and a row in `AuthorityEntryLink` or `AuthorityAddition` says which
import brought it. Imported actors are known to the machine from the next page on; lists show them once a page
names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from articles.curate.articles import Person
from articles.curate.authority_plan import AT_ONCE, ImportPlan, PlannedEntry, State, phrase_of, plan
from articles.ingest.actors import first_day, last_day
from articles.ingest.authority_facts import precision_of
from articles.ingest.candidates import Doubt, note_doubts
from articles.ingest.name_keys import forget_contexts, index_names
from articles.ingest.settle import settle
from articles.ingest.sides import find_waiting
from articles.ingest.stories import take_turns
from articles.models import Actor, Alias, Mention, PendingIndex, Quote, Role, Ruling
from articles.models.actor import Origin
from articles.models.authority_batch import AuthorityAddition, AuthorityBatch, AuthorityEntryLink
from articles.search.pending import schedule

__all__ = ["apply_plan", "plan", "undo_import"]


class ArchiveMovedOn(Exception):  # noqa: N818  # it is no error, and its name is what it says
    """Pages brought actors of these names after the plan was made; its text tells what to do."""


def apply_plan(planned: ImportPlan, *, by: Person | None, name: str = "") -> AuthorityBatch | None:
    """Write what a plan says, some hundred entries in each transaction; None when there is nothing to write.

    `by` is who asked, or `name` when it is nobody with an account. Broken off, it leaves whole entries:
    plan and apply again, and it goes on in the same batch. Raises ArchiveMovedOn, with what is written kept,
    when a page brought an actor of an entry's name in the meantime.
    """
    changing = [one for one in planned.entries if one.changes]
    if not changing:
        AuthorityBatch.objects.standing().filter(
            source=planned.source, digest=planned.digest, finished_at=None
        ).update(finished_at=timezone.now())
        return None
    batch, _ = AuthorityBatch.objects.standing().get_or_create(
        source=planned.source,
        digest=planned.digest,
        finished_at=None,
        undone_at=None,
        defaults={
            "form": planned.form.value,
            "made_by": by if by is not None and by.is_authenticated else None,
            "made_by_name": name or str(by or ""),
        },
    )
    for some in _chunks(changing):
        with transaction.atomic():
            take_turns()
            _write(some, batch, planned.last_actor)
    AuthorityBatch.objects.filter(pk=batch.pk).update(finished_at=timezone.now())
    batch.refresh_from_db()
    schedule()
    return batch


def _chunks(entries: Iterable[PlannedEntry]) -> Iterator[list[PlannedEntry]]:
    waiting = iter(entries)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _write(entries: Sequence[PlannedEntry], batch: AuthorityBatch, last_actor: int) -> None:
    """Write some entries inside a transaction.

    1. Actors that are new. 2. Which actor each entry is. 3. Spellings, with what finds them. 4. Offices.
    5. Doubts, for people to decide. 6. Rulings that waited for one of these actors. 7. Articles whose actors
    are spelt in more ways now.
    """
    _refuse_if_moved_on(entries, batch, last_actor)
    actors = _actors(entries)  # 1.
    # 2.
    AuthorityEntryLink.objects.bulk_create(
        [
            AuthorityEntryLink(
                batch=batch,
                key=one.key,
                actor_id=actors[one.key],
                made=one.actor is None,
                source=one.entry.source[:300],
            )
            for one in entries
            if one.state is not State.KNOWN
        ]
    )
    spelt = _write_spellings(entries, actors, batch)  # 3.
    index_names(actors.values())
    held = _write_offices(entries, actors, batch)  # 4.
    # 5.
    note_doubts(
        Doubt(actors[one.key], int(candidate.key), candidate.score, candidate.reason)
        for one in entries
        for candidate in one.candidates
        if one.state is State.DOUBTFUL
    )
    names = {name for one in entries for name in (one.entry.name, *one.variants)}
    found = find_waiting(names) if Ruling.objects.waiting().exists() else []
    if found:
        settle(found, actors=list(actors.values()))  # 6.
    joined = [one.root for one in entries if one.root is not None and one.variants]
    articles = Mention.objects.filter(actor__in=joined).order_by().values_list("article", flat=True)
    PendingIndex.objects.queue(sorted(set(articles)))  # 7.
    made = sum(1 for one in entries if one.actor is None)
    _count(batch, entries, actors=made, variants=spelt, offices=held)


def _refuse_if_moved_on(entries: Sequence[PlannedEntry], batch: AuthorityBatch, last_actor: int) -> None:
    names = {one.entry.name for one in entries if one.actor is None}
    fresh = Actor.objects.filter(pk__gt=last_actor, machine_name__in=names)
    others = fresh.exclude(authority_entries__batch=batch)
    found = others.values_list("machine_name", flat=True).first()
    if found is not None:
        raise ArchiveMovedOn(
            f"A page has brought {found} since this was planned. What is written stays; import the file again."
        )


def _actors(entries: Sequence[PlannedEntry]) -> dict[str, int]:
    """1. Make the actors that are new; return the machine's actor of each entry by its key."""
    new = [one for one in entries if one.actor is None]
    made = Actor.objects.bulk_create(
        Actor(
            name=one.entry.name,
            kind=one.entry.kind.value,
            machine_name=one.entry.name,
            machine_kind=one.entry.kind.value,
        )
        for one in new
    )
    known = {one.key: one.actor for one in entries if one.actor is not None}
    return {**known, **{one.key: actor.pk for one, actor in zip(new, made, strict=True)}}


def _write_spellings(entries: Sequence[PlannedEntry], actors: dict[str, int], batch: AuthorityBatch) -> int:
    rows = {
        (actors[one.key], name): Alias(actor_id=actors[one.key], surface=name, origin=Origin.AUTHORITY)
        for one in entries
        for name in one.variants
    }
    made = Alias.every.bulk_create(rows.values())
    AuthorityAddition.objects.bulk_create(AuthorityAddition(batch=batch, alias=row) for row in made)
    return len(made)


def _write_offices(entries: Sequence[PlannedEntry], actors: dict[str, int], batch: AuthorityBatch) -> int:
    made = Role.objects.bulk_create(
        Role(
            actor_id=one.root or actors[one.key],
            machine_actor_id=actors[one.key],
            phrase=phrase_of(office)[:300],
            title=office.title,
            organisation=office.of,
            held_from=first_day(office.start),
            held_from_precision=precision_of(office.start),
            held_to=last_day(office.end),
            held_to_precision=precision_of(office.end),
            origin=Origin.AUTHORITY,
        )
        for one in entries
        for office in one.offices
    )
    AuthorityAddition.objects.bulk_create(AuthorityAddition(batch=batch, role=row) for row in made)
    return len(made)


def _count(batch: AuthorityBatch, entries: Sequence[PlannedEntry], **added: int) -> None:
    joined = sum(1 for one in entries if one.state is State.JOINS)
    doubtful = sum(1 for one in entries if one.state is State.DOUBTFUL)
    counts = {"joined": joined, "doubtful": doubtful, **added}
    batch.counts = {name: batch.counts.get(name, 0) + number for name, number in counts.items()}
    batch.save(update_fields=["counts"])


def undo_import(batch: AuthorityBatch, *, by: Person | None, name: str = "") -> dict[str, int]:
    """Take an import back, and return what went: {actors, variants, offices} and `kept` actors.

    An actor that it made stays when pages name it, rulings speak of it or another import means it; a spelling
    stays, as the machine's, when a page is written so. Mentions stay where they were joined.
    """
    gone = Counter({"actors": 0, "variants": 0, "offices": 0, "kept": 0})
    with transaction.atomic():
        take_turns()
        batch = AuthorityBatch.objects.select_for_update().get(pk=batch.pk)
        while additions := list(batch.additions.all()[:AT_ONCE]):
            gone += _take_additions(additions)
        while links := list(batch.entries.all()[:AT_ONCE]):
            gone += _take_actors(links)
        batch.undone_at = timezone.now()
        batch.finished_at = batch.finished_at or batch.undone_at
        batch.undone_by_name = name or str(by or "")
        batch.save(update_fields=["undone_at", "finished_at", "undone_by_name"])
    schedule()
    return {what: gone[what] for what in ("actors", "variants", "offices", "kept")}


def _take_additions(additions: Sequence[AuthorityAddition]) -> Counter[str]:
    """Delete spellings and offices, and the rows that tell of them."""
    offices = [one.role_id for one in additions if one.role_id is not None]
    aliases = Alias.every.filter(pk__in=[one.alias_id for one in additions if one.alias_id is not None])
    written = list(
        aliases.filter(actor__machine_mentions__surface=F("surface")).values_list("pk", flat=True).distinct()
    )
    Alias.every.filter(pk__in=written).update(origin=Origin.MACHINE)
    lost = aliases.exclude(pk__in=written)
    actors = set(lost.values_list("actor", flat=True))
    articles = Mention.objects.filter(machine_actor__in=actors).order_by().values_list("article", flat=True)
    PendingIndex.objects.queue(sorted(set(articles)))
    variants = lost.count()
    Alias.every.filter(pk__in=list(lost.values_list("pk", flat=True))).delete()
    index_names(actors)
    Role.objects.filter(pk__in=offices).delete()
    AuthorityAddition.objects.filter(pk__in=[one.pk for one in additions]).delete()
    return Counter({"variants": variants, "offices": len(offices)})


def _take_actors(links: Sequence[AuthorityEntryLink]) -> Counter[str]:
    """Delete the actors that were made for these entries, unless something else points to them by now."""
    made = {one.actor_id for one in links if one.made}
    AuthorityEntryLink.objects.filter(pk__in=[one.pk for one in links]).delete()
    kept = _in_use(made)
    forget_contexts(made - kept)
    Actor.objects.filter(pk__in=made - kept).delete()
    return Counter({"actors": len(made - kept), "kept": len(kept)})


def _in_use(actors: set[int]) -> set[int]:
    """Return those of these actors that something besides their import points to."""
    pointing: tuple[tuple[type[Model], str], ...] = (
        (Mention, "machine_actor"),
        (Mention, "actor"),
        (Quote, "speaker"),
        (Ruling, "left_actor"),
        (Ruling, "right_actor"),
        (AuthorityEntryLink, "actor"),
        (Actor, "merged_into"),
    )
    use: set[int] = set()
    for model, side in pointing:
        rows = model._default_manager.filter(**{f"{side}__in": actors})  # noqa: SLF001  # Django's public name for it
        use |= set(rows.order_by().values_list(side, flat=True).distinct())
    return use
