"""Who the actors of stored articles are, asked anew: the same joins as at ingest, in an order that knows more.

Names that tell by themselves are joined first, over all articles; surnames alone and acronyms after them,
when everybody's full name is known. The answers follow from the articles, the authority files, imports and
rulings, and from nothing that an earlier run joined: a second run gives the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Count, Max, Q

from articles.ingest.settle import standing
from articles.ingest.spilled import SpillingMaps
from articles.ingest.stored_actors import StoredArticle, StoredLocal
from articles.mentions.spans import Kind
from articles.models import Actor, Alias, AuthorityEntryLink, Mention, Ruling
from articles.models.actor import Origin
from articles.resolve.across import ActorDirectory
from articles.resolve.actors import KnownActor, Resolution
from articles.resolve.context import context_of
from articles.resolve.verdicts import Said, Standing, Word, spellings_given

ROWS_AT_ONCE = 2000

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Answer:
    """Which machine's actor a local one is now; negative when it is new.

    `absorbs` is an actor that goes into this one with all its mentions: the one with fewer gives way. `named` is
    the name that the actor gets, `recognised` its key in the authority files when it had none.
    """

    actor: int
    score: float
    reason: str
    candidates: tuple[tuple[int, float, str], ...] = ()
    absorbs: int | None = None
    named: str | None = None
    began_lone: bool = False
    recognised: str | None = None


@dataclass
class WhoAgain:
    """All that the run knows so far, in memory: its size grows with actors, not with articles.

    `fixed` are actors that a ruling names, which keep their mentions: people looked at them and at what
    they were. They, those of the authority files and of imports are known from the start.
    """

    now: Standing = field(default_factory=Standing, init=False)
    fixed: set[int] = field(default_factory=set, init=False)
    given: set[str] = field(default_factory=set, init=False)
    directory: ActorDirectory = field(init=False)

    def __post_init__(self) -> None:
        """1. Rulings. 2. Actors that need no article. 3. How often each actor is named."""
        self.directory = ActorDirectory(maps=SpillingMaps())
        self._made = 0
        self._apart: set[tuple[str, str]] = set()
        self._seeds: set[int] = set()
        self._authorities: dict[int, str] = {}
        self._key_of: dict[int, str] = {}  # of actors that took over another's key
        self._actor_of: dict[str, int] = {}
        self._gave_way: dict[int, int] = {}
        self._generation: tuple[int, ...] = ()
        self.follow_rulings()  # 1.
        self._known_from_the_start()  # 2.
        self._counts = _mention_counts()  # 3.

    def follow_rulings(self) -> None:
        """Take in what people ruled since the last time."""
        rulings = Ruling.objects.standing().on_actors()
        generation = tuple(rulings.aggregate(number=Count("pk"), last=Max("pk")).values())
        if generation == self._generation:
            return
        self._generation = generation
        now, said = standing()
        sides = {side for each in said for side in (each.left, each.right) if side is not None}
        self.given = spellings_given(said)
        fresh = sides - self.fixed
        self.fixed |= sides
        self._keep_apart(said)
        if self._seeds:
            self._add_from_the_start(fresh - self._seeds)
        self.adopt(now)

    def adopt(self, now: Standing) -> None:
        """Take in what follows from rulings by now."""
        before, self.now = self.now, now
        for base in {*before.roots, *now.roots}:
            key = self._key(base)
            if key not in self.directory or before.root(base) == now.root(base):
                continue
            if now.root(base) == base:
                self.directory.unmerge(key)
            else:
                self.directory.merge(key, self._key(now.root(base)))

    def _keep_apart(self, said: Iterable[Said]) -> None:
        apart = {
            (str(each.left), str(each.right))
            for each in said
            if each.word is Word.DIFFERENT and each.left is not None and each.right is not None
        }
        for pair in self._apart - apart:
            self.directory.unrule_apart(*pair)
        for pair in apart - self._apart:
            self.directory.rule_apart(*pair)
        self._apart = apart

    def _known_from_the_start(self) -> None:
        listed = Actor.objects.filter(made_by="").exclude(authority="").values_list("pk", flat=True)
        imported = AuthorityEntryLink.objects.values_list("actor", flat=True)
        self._add_from_the_start({*listed, *imported, *self.fixed})

    def _add_from_the_start(self, actors: Collection[int]) -> None:
        for some in batched(sorted(actors), ROWS_AT_ONCE):
            spelled: dict[int, list[str]] = {}
            rows = Alias.every.filter(actor__in=some, origin=Origin.AUTHORITY).order_by("pk")
            for number, surface in rows.values_list("actor", "surface"):
                spelled.setdefault(number, []).append(surface)
            for actor in Actor.objects.filter(pk__in=some, made_by="").order_by("pk"):
                self._seeds.add(actor.pk)
                if actor.authority:
                    self._authorities[actor.pk] = actor.authority
                root = self.now.root(actor.pk)
                self.directory.add(
                    KnownActor(
                        key=str(actor.pk),
                        name=actor.machine_name,
                        kind=Kind(actor.machine_kind),
                        aliases=tuple(spelled.get(actor.pk, ())),
                        authority=actor.authority or None,
                        root=str(root) if root != actor.pk else None,
                    )
                )

    # --- the two rounds ---

    def base_of(self, stored: StoredLocal) -> int:
        """Return the machine's actor that most mentions of a local one have now; of equals the oldest."""
        bases = [self.after(was) for _, _, was in stored.mentions]
        return min(set(bases), key=lambda base: (-bases.count(base), base))

    def after(self, actor: int) -> int:
        """Return the actor itself, or the one into which it went in this run."""
        while actor in self._gave_way:
            actor = self._gave_way[actor]
        return actor

    def learn(self, stored: StoredLocal, article: StoredArticle) -> None:
        """Take in a local actor as it is joined now, without asking."""
        base = self.base_of(stored)
        known = self._authorities.get(base)
        authority = stored.local.authority if known in (None, stored.local.authority) else None
        if authority:
            self._authorities[base] = authority
        self._note(self._key(base), stored, article, kind=stored.base_kind, authority=authority)

    def ask(self, stored: StoredLocal, article: StoredArticle) -> Answer:
        """Return who a local actor is, and take it in as that one.

        1. An actor that a person ruled on keeps its mentions. 2. Who it is. 3. Somebody new keeps the number
        that its mentions have, unless another has it already. 4. Of two that are one the number with more mentions
        stays. 5. What follows for names and authority files.
        """
        base, local = self.base_of(stored), stored.local
        if base in self.fixed:  # 1.
            self._note(self._key(base), stored, article, kind=stored.base_kind, authority=None)
            return Answer(base, 1.0, "a person ruled on this actor, so its mentions stay")
        resolution = self.directory.resolve(local, context=article.company, day=article.day)  # 2.
        if resolution.key is None:
            return self._new(stored, article, resolution)  # 3.
        key = resolution.key
        actor = self._actor(key)
        same_kind = stored.base_kind is local.kind
        absorbed = actor if same_kind and self._gives_way(actor, to=base) else None
        if absorbed is not None:  # 4.
            self._take_over(key, absorbed, base)
            actor = base
        recognised = local.authority if local.authority and actor not in self._authorities else None  # 5.
        if recognised:
            self._authorities[actor] = recognised
        better = recognised or resolution.better_name
        self._note(key, stored, article, kind=local.kind, authority=local.authority, name=better)
        return Answer(
            actor,
            resolution.score,
            resolution.reason,
            candidates=self._candidates(resolution),
            absorbs=absorbed,
            named=better,
            began_lone=bool(resolution.better_name),
            recognised=recognised,
        )

    def _new(self, stored: StoredLocal, article: StoredArticle, resolution: Resolution) -> Answer:
        base, local = self.base_of(stored), stored.local
        free = self._key(base) not in self.directory
        fits = stored.base_kind is local.kind and self._authorities.get(base) in (None, local.authority)
        if free and fits:
            actor = base
        else:
            self._made += 1
            actor = -self._made
        if local.authority:
            self._authorities[actor] = local.authority
        self._note(self._key(actor), stored, article, kind=local.kind, authority=local.authority)
        return Answer(
            actor,
            resolution.score,
            resolution.reason,
            candidates=self._candidates(resolution),
            named=local.name,
            recognised=local.authority,
        )

    def number(self, made: int, actor: int) -> None:
        """Note the number that a new actor got in the database."""
        key = str(made)
        self._key_of[actor], self._actor_of[key] = key, actor
        if made in self._authorities:
            self._authorities[actor] = self._authorities.pop(made)

    def context(self, actor: int) -> dict[str, int]:
        """Return what is kept of the company of an actor."""
        key = self._key(actor)
        return self.directory.context(key) if key in self.directory else {}

    def _gives_way(self, actor: int, *, to: int) -> bool:
        """Return True for an actor that only articles name, and less often than another one that is free."""
        named_elsewhere = any(
            one in known for one in (actor, to) for known in (self._seeds, self.fixed, self._authorities)
        )
        free = to != actor and self._key(to) not in self.directory
        return free and not named_elsewhere and self.count(to) > self.count(actor)

    def _take_over(self, key: str, absorbed: int, actor: int) -> None:
        self._key_of.pop(absorbed, None)
        self._key_of[actor], self._actor_of[key] = key, actor
        self._gave_way[absorbed] = actor
        if absorbed in self._authorities:
            self._authorities[actor] = self._authorities.pop(absorbed)

    def _note(
        self,
        key: str,
        stored: StoredLocal,
        article: StoredArticle,
        *,
        kind: Kind,
        authority: str | None,
        name: str | None = None,
    ) -> None:
        local, actor = stored.local, self._actor(key)
        root = self.now.root(actor)
        self.directory.add(
            KnownActor(
                key,
                name or local.name,
                kind,
                local.surfaces,
                authority,
                root=self._key(root) if root != actor else None,
            )
        )
        self.directory.note(key, context_of(local, article.company), day=article.day)

    def _candidates(self, resolution: Resolution) -> tuple[tuple[int, float, str], ...]:
        return tuple((self._actor(one.key), one.score, one.reason) for one in resolution.candidates)

    def _key(self, actor: int) -> str:
        return self._key_of.get(actor, str(actor))

    def _actor(self, key: str) -> int:
        return self._actor_of.get(key, int(key))

    def count(self, actor: int) -> int:
        """Return how many mentions an actor had when the run began."""
        return self._counts[actor] if 0 <= actor < len(self._counts) else 0


def batched(rows: Sequence[Each], size: int) -> Iterator[Sequence[Each]]:
    """Give the rows in parts of that size."""
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def _mention_counts() -> array[int]:
    """Return how many mentions the machine joined to each actor, four bytes an actor."""
    last = Actor.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    counts = array("I", bytes(4 * (last + 1)))
    rows = Mention.objects.order_by().values_list("machine_actor").annotate(number=Count("pk"))
    for actor, number in rows.iterator(ROWS_AT_ONCE):
        counts[actor] = number
    return counts


def protected() -> Q:
    """Return the condition of actors that stay without any mention: files, rulings and other actors name them."""
    rulings = Ruling.objects.on_actors()
    sides = Q(pk__in=rulings.exclude(left_actor=None).values("left_actor"))
    sides |= Q(pk__in=rulings.exclude(right_actor=None).values("right_actor"))
    imported = Q(pk__in=AuthorityEntryLink.objects.values("actor"))
    return sides | imported | ~Q(authority="") | ~Q(made_by="") | Q(merged__isnull=False)
