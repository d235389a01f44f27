"""The archive's actors as the resolver asks for them, and the rulings that stand over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q

from articles.ingest.authority_facts import write_authority
from articles.ingest.known_actors import apart_in, read_known
from articles.ingest.settle import standing
from articles.ingest.stored_contexts import StoredContexts
from articles.ingest.stored_names import StoredNames
from articles.mentions.spans import Kind
from articles.models import Actor, Alias, PendingIndex, Ruling
from articles.resolve.across import lookup_in
from articles.resolve.actors import KnownActor, LocalActor, Resolution
from articles.resolve.context import context_of, described
from articles.resolve.name_slots import like_slots, same_slots
from articles.resolve.standing import StandingVerdicts
from articles.resolve.verdicts import Standing, spellings_given

NAMES_AT_ONCE = 500  # in one question to the database


class ArchiveDirectory:
    """The archive's actors, looked up in the database, and what is written when an article names them.

    One is made for a run and used inside each page's transaction: `refresh` lets go of what was fetched for the
    last one and takes in what curators ruled. It knows what the machine found and nothing that people named; of
    their rulings it follows that actors are one, or are two. `standing` says what all rulings make of it.
    `unsettled` are actors made in this run that are called as a person ruled.
    """

    def __init__(self) -> None:
        self._names, self._contexts = StoredNames(), StoredContexts()
        self.forget()

    def forget(self) -> None:
        """Drop everything; needed after a transaction that was rolled back."""
        self._names.forget()
        self._contexts.forget()
        self._foreseen: Sequence[LocalActor] = ()
        self._actors: dict[int, Actor] = {}
        self._generation: tuple[int, ...] | None = None
        self._verdicts = StandingVerdicts()
        self._given: set[str] = set()
        self._bearers: set[int] = set()
        self.standing = Standing()
        self._names.follow(self.standing)
        self.unsettled: set[int] = set()
        self.waiting = 0

    def refresh(self) -> None:
        """Let go of what was fetched, and take in the rulings that are new since the last time."""
        self._names.forget()
        self._contexts.forget()
        self._foreseen = ()
        rulings = Ruling.objects.on_actors()
        self.waiting = rulings.waiting().count()
        stand = Q(undone_at=None)
        counts = rulings.aggregate(
            every=Count("pk"),
            stand=Count("pk", filter=stand),
            left=Count("left_actor", filter=stand),
            right=Count("right_actor", filter=stand),
        )
        generation = tuple(counts.values())
        if generation != self._generation or self._bear_ruled_names() != self._bearers:
            self._generation = generation
            now, said = standing()
            self._given = spellings_given(said)
            self._bearers = self._bear_ruled_names()
            self._verdicts = StandingVerdicts(frozenset(pair) for pair in apart_in(said))
            self._follow(now)

    def _bear_ruled_names(self) -> set[int]:
        """Return who is called as a person ruled: another process may have made or removed one, and settled it."""
        given = sorted(self._given)
        return {
            number
            for at in range(0, len(given), NAMES_AT_ONCE)
            for number in Actor.objects.filter(
                machine_name__in=given[at : at + NAMES_AT_ONCE], made_by=""
            ).values_list("pk", flat=True)
        }

    def adopt(self, now: Standing) -> None:
        """Take in what was settled in this transaction."""
        self.unsettled = set()
        self._generation = None
        self._follow(now)

    def actor_for(
        self, local: LocalActor, *, context: Sequence[LocalActor], day: date | None = None
    ) -> tuple[Actor, Resolution]:
        """Return the machine's actor for one of an article, made when it is new, and why it is that one.

        `context` are all actors of the article, `day` is the last on which it may have come out.
        """
        resolution = self.ask(local, context=context, day=day)
        if resolution.key is None:
            actor = self._new(local)
        else:
            number = int(resolution.key)
            actor = self._actors.get(number) or Actor.objects.get(pk=number)
            if local.authority and not actor.authority:
                self._recognise(actor, local.authority, local.kind)
            elif resolution.better_name:
                actor.began_lone = True
                self._name(actor, resolution.better_name)
            self._learn(actor.pk, local)
        self._contexts.note(actor.pk, context_of(local, context), day=day, fresh=resolution.key is None)
        return actor, resolution

    def ask(
        self, local: LocalActor, *, context: Sequence[LocalActor] = (), day: date | None = None
    ) -> Resolution:
        """Return which actor one of an article is, without making or changing anybody."""
        if context is not self._foreseen:
            self._foresee(context)
        return lookup_in(
            self._names, self._contexts, self._verdicts, local=local, context=context, day=day
        ).answer()

    def _foresee(self, context: Sequence[LocalActor]) -> None:
        """Fetch at once what the actors of an article will be asked about; what is missing comes one by one.

        1. Who bears one of their names, with contexts. 2. For the others, whose names may be alike. 3. How many
        carry the words of the article's contexts.
        """
        self._foreseen = context
        same = [(local, same_slots(local)) for local in context]
        self._names.foresee(each for _, slots in same for each in slots)  # 1.
        bearers = {number for _, slots in same for number in self._names.standing_in(slots)}
        self._actors = Actor.objects.in_bulk(bearers)
        self._names.meet(bearers)
        self._contexts.meet(bearers)
        others = [local for local, slots in same if not self._names.standing_in(slots)]
        self._names.foresee(each for local in others for each in like_slots(local))  # 2.
        self._contexts.foresee({word for one in context for word in described(one, context)})  # 3.

    # --- what an article shows ---

    def _new(self, local: LocalActor) -> Actor:
        actor = Actor.objects.create(
            name=local.name[:300], kind=local.kind.value, authority=local.authority or ""
        )
        if local.authority:
            write_authority(actor, local.authority, local.kind)
            self._names.learn(read_known([actor.pk])[actor.pk], fresh=True)
            self._learn(actor.pk, local)
        else:
            self._names.learn(_record(actor, local), fresh=True)
        if actor.machine_name in self._given:
            self.unsettled.add(actor.pk)
        return actor

    def _recognise(self, actor: Actor, name: str, kind: Kind) -> None:
        """Note that an actor known so far by a variant alone is one of the authority files."""
        actor.authority = name
        write_authority(actor, name, kind)
        self._name(actor, name)

    def _name(self, actor: Actor, name: str) -> None:
        """Give an actor the better name that the machine has for it now; the old one stays a spelling."""
        Alias.every.bulk_create([Alias(actor=actor, surface=actor.machine_name)], ignore_conflicts=True)
        actor.machine_name = name[:300]
        if actor.pk not in self.standing.names:
            actor.name = actor.machine_name
        actor.save(update_fields=["authority", "machine_name", "name", "began_lone"])
        PendingIndex.objects.queue(actor.mentions.order_by().values_list("article", flat=True).distinct())
        if actor.machine_name in self._given:
            self.unsettled.add(actor.pk)
        self._names.learn(read_known([actor.pk])[actor.pk])

    def _learn(self, number: int, local: LocalActor) -> None:
        """Note the spellings of an article that its actor was not known by."""
        known = self._names.known(number)
        spelled = tuple(surface[:300] for surface in local.surfaces)
        if known is not None and not {*spelled} <= {known.name, *known.aliases}:
            self._names.learn(replace(known, aliases=tuple(dict.fromkeys((*known.aliases, *spelled)))))

    def keep_contexts(self) -> None:
        """Store what the last article showed of its actors, for other processes and later runs."""
        self._contexts.keep()

    def _follow(self, now: Standing) -> None:
        self.standing = now
        self._names.follow(now)


def _record(actor: Actor, local: LocalActor) -> KnownActor:
    """Return the resolver's record of an actor that was made just now, spelt as its article spells it."""
    return KnownActor(
        key=str(actor.pk),
        name=actor.machine_name,
        kind=Kind(actor.machine_kind),
        aliases=tuple(surface[:300] for surface in local.surfaces),
    )
