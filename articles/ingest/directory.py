"""The archive's actors as the resolver knows them, and the rulings that stand over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Prefetch, Q

from articles.ingest.authority_facts import write_authority
from articles.ingest.settle import standing
from articles.mentions.spans import Kind
from articles.models import Actor, ActorContext, Alias, AuthorityBatch, PendingIndex, Ruling
from articles.models.actor import Origin
from articles.resolve.across import ActorDirectory
from articles.resolve.actors import KnownActor, LocalActor, Resolution
from articles.resolve.context import context_of
from articles.resolve.verdicts import Said, Standing, Word, spellings_given


class ArchiveDirectory:
    """The archive's actors as the resolver knows them, kept up to date with the database.

    One is made for a run and used inside each page's transaction: `refresh` takes in what other
    processes added meanwhile, and what curators ruled. It knows what the machine found and nothing that
    people named; of their rulings it follows that actors are one, or are two. `standing` says what all
    rulings make of it. `unsettled` are actors made in this run that are called as a person ruled.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop everything; needed after a transaction that was rolled back."""
        self._directory = ActorDirectory(())
        self._last_actor = 0
        self._newest = self._total = 0
        self._generation: tuple[int, ...] | None = None
        self._imports: tuple[int, ...] = ()
        self._apart: set[tuple[str, str]] = set()
        self._given: set[str] = set()
        self.standing = Standing()
        self.unsettled: set[int] = set()
        self.waiting = 0
        self._days: dict[int, tuple[date, date]] = {}
        self._noted: set[int] = set()

    def refresh(self) -> None:
        """Take in the rulings, imports and actors that are new since the last time."""
        rulings = Ruling.objects.on_actors()
        self.waiting = rulings.waiting().count()
        stand = Q(undone_at=None)
        counts = rulings.aggregate(
            every=Count("pk"),
            stand=Count("pk", filter=stand),
            left=Count("left_actor", filter=stand),
            right=Count("right_actor", filter=stand),
        )
        imports = tuple(AuthorityBatch.objects.aggregate(Count("finished_at"), Count("undone_at")).values())
        if imports != self._imports:  # one gives names to actors that are known already, or takes some back
            self.forget()
            self._imports = imports
        if self._some_are_gone():  # `resolve` removes actors that nothing names any more
            self.forget()
            self._imports = imports
            self._some_are_gone()
        generation = tuple(counts.values())
        if generation != self._generation:
            self._generation = generation
            self._follow(*standing())
        spelled = Prefetch("aliases", Alias.every.exclude(origin=Origin.PERSON).order_by("pk"))
        fresh = Actor.objects.filter(pk__gt=self._last_actor, made_by="").order_by("pk")
        ruled_name = False
        for actor in fresh.select_related("context").prefetch_related(spelled).iterator(chunk_size=2000):
            context = getattr(actor, "context", None)  # one that no article has named yet has none
            if context and context.first_day and context.last_day:
                self._days[actor.pk] = context.first_day, context.last_day
            self._directory.add(self._known(actor, [alias.surface for alias in actor.aliases.all()], context))
            self._last_actor = actor.pk
            ruled_name = ruled_name or actor.machine_name in self._given
        if ruled_name:  # another process settled it; what stands here does not know of it yet
            self._follow(*standing())

    def _some_are_gone(self) -> bool:
        """Count the actors, and say whether there are fewer than those known and those that are new."""
        since = Actor.objects.filter(pk__gt=self._newest).order_by("-pk")
        expected = self._total + since.count()
        self._total = Actor.objects.count()
        self._newest = since.values_list("pk", flat=True).first() or self._newest
        return self._total != expected

    def adopt(self, now: Standing) -> None:
        """Take in what was settled in this transaction."""
        self.unsettled = set()
        self._generation = None
        self._follow_roots(now)

    def actor_for(
        self, local: LocalActor, *, context: Sequence[LocalActor], day: date | None = None
    ) -> tuple[Actor, Resolution]:
        """Return the machine's actor for one of an article, made when it is new, and why it is that one.

        `context` are all actors of the article, `day` is the last on which it may have come out.
        """
        resolution = self._directory.resolve(local, context=context, day=day)
        if resolution.key is None:
            actor = self._new(local)
        else:
            actor = Actor.objects.get(pk=int(resolution.key))
            if local.authority and not actor.authority:
                self._recognise(actor, local.authority, local.kind)
            elif resolution.better_name:
                actor.began_lone = True
                self._name(actor, resolution.better_name)
            self._directory.add(self._known(actor, local.surfaces))  # as another process will read it
        self._note(actor, local, context, day)
        return actor, resolution

    def _new(self, local: LocalActor) -> Actor:
        actor = Actor.objects.create(
            name=local.name[:300], kind=local.kind.value, authority=local.authority or ""
        )
        self._last_actor = max(self._last_actor, actor.pk)
        self._newest = max(self._newest, actor.pk)
        self._total += 1
        if local.authority:
            write_authority(actor, local.authority, local.kind)
        self._learn(actor, local)
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
        self._learn(actor)

    def _learn(self, actor: Actor, local: LocalActor | None = None) -> None:
        if actor.machine_name in self._given:
            self.unsettled.add(actor.pk)
        surfaces = list(
            Alias.every.filter(actor=actor).exclude(origin=Origin.PERSON).values_list("surface", flat=True)
        )
        self._directory.add(self._known(actor, [*surfaces, *(local.surfaces if local else ())]))

    def _note(self, actor: Actor, local: LocalActor, context: Sequence[LocalActor], day: date | None) -> None:
        self._directory.note(str(actor.pk), context_of(local, context), day=day)
        if day is not None:
            first, last = self._days.get(actor.pk, (day, day))
            self._days[actor.pk] = min(first, day), max(last, day)
        self._noted.add(actor.pk)

    def keep_contexts(self) -> None:
        """Store what the last article showed of its actors, for other processes and later runs."""
        rows = [
            ActorContext(
                actor_id=pk,
                words=self._directory.context(str(pk)),
                first_day=self._days[pk][0] if pk in self._days else None,
                last_day=self._days[pk][1] if pk in self._days else None,
            )
            for pk in sorted(self._noted)
        ]
        ActorContext.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["actor"],
            update_fields=["words", "first_day", "last_day"],
        )
        self._noted = set()

    def _known(
        self, actor: Actor, surfaces: Sequence[str], context: ActorContext | None = None
    ) -> KnownActor:
        """Return the resolver's record of an actor; a merged one answers to the one that it stands for."""
        root = self.standing.root(actor.pk)
        return KnownActor(
            key=str(actor.pk),
            name=actor.machine_name,
            kind=Kind(actor.machine_kind),
            aliases=tuple(dict.fromkeys(surfaces)),
            authority=actor.authority or None,
            root=str(root) if root != actor.pk else None,
            context=context.words if context else {},
            seen=self._days.get(actor.pk) if context else None,
            began_lone=actor.began_lone,
        )

    def _follow(self, now: Standing, said: Sequence[Said]) -> None:
        """Let the resolver know who was ruled to be one, and who to be two."""
        self._given = spellings_given(said)
        apart = {
            (str(each.left), str(each.right))
            for each in said
            if each.word is Word.DIFFERENT and each.left is not None and each.right is not None
        }
        for pair in self._apart - apart:
            self._directory.unrule_apart(*pair)
        for pair in apart - self._apart:
            self._directory.rule_apart(*pair)
        self._apart = apart
        self._follow_roots(now)

    def _follow_roots(self, now: Standing) -> None:
        before, self.standing = self.standing, now
        for base in {*before.roots, *now.roots}:
            key = str(base)
            if key not in self._directory or before.root(base) == now.root(base):
                continue
            if now.root(base) == base:
                self._directory.unmerge(key)
            else:
                self._directory.merge(key, str(now.root(base)))
