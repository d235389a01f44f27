"""Writing what asking anew found: mentions, spellings, roles and quotes move, and nothing else is touched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q

from articles.ingest.authority_facts import write_authority
from articles.ingest.candidates import Doubt, note_doubts, refresh_candidates
from articles.ingest.name_keys import index_names
from articles.ingest.settle import settle
from articles.ingest.stored_actors import StoredArticle, StoredLocal
from articles.ingest.who_again import ROWS_AT_ONCE, Answer, WhoAgain, batched
from articles.mentions.spans import Kind
from articles.models import Actor, Alias, JoinCandidate, Mention, PendingIndex, Quote, Role
from articles.models.actor import Origin


@dataclass
class Moves:
    """What one batch of articles came to; made for one transaction, and thrown away.

    `pairs` counts the mentions that go from one actor to another, with a reason for each pair; an actor is
    negative while it is new. `doubts` are pairs that a person has to decide. `rows` are actors as they are by
    now, each fetched once: whoever changes an actor changes it there.
    """

    who: WhoAgain
    pairs: Counter[tuple[int, int]] = field(default_factory=Counter)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    made: dict[int, int] = field(default_factory=dict)
    unsettled: set[int] = field(default_factory=set)
    new_doubts: int = 0
    absorbed: set[int] = field(default_factory=set)
    locals: int = 0
    respelled: set[int] = field(default_factory=set)
    rows: dict[int, Actor] = field(default_factory=dict)

    def note(self, stored: StoredLocal, answer: Answer) -> None:
        """Count what an answer moves, without writing."""
        actor = answer.actor
        if answer.absorbs is not None:
            self.absorbed.add(answer.absorbs)
            self._count(answer.absorbs, actor, self.who.count(answer.absorbs), answer.reason)
        moved = [self.who.after(was) for _, _, was in stored.mentions if self.who.after(was) != actor]
        for base in moved:
            self._count(base, actor, 1, answer.reason)
        self.locals += bool(moved) or answer.absorbs is not None
        for other, score, reason in answer.candidates:
            self._doubt(Doubt(actor, other, score, reason))

    def _count(self, base: int, actor: int, mentions: int, reason: str) -> None:
        self.pairs[base, actor] += mentions
        self.reasons.setdefault((base, actor), reason)

    def _doubt(self, doubt: Doubt) -> None:
        pair = min(doubt.base, doubt.other), max(doubt.base, doubt.other)
        known = self.doubts.get(pair)
        if known is None or known.score < doubt.score:
            self.doubts[pair] = doubt

    # --- writing ---

    def meet(self, articles: Iterable[StoredArticle]) -> None:
        """Fetch at once the actors that these articles name now."""
        named = (was for article in articles for stored in article.actors for _, _, was in stored.mentions)
        self.rows |= Actor.objects.in_bulk(set(named))

    def _row(self, actor: int) -> Actor:
        if actor not in self.rows:
            self.rows[actor] = Actor.objects.get(pk=actor)
        return self.rows[actor]

    def write(self, stored: StoredLocal, answer: Answer, article: StoredArticle) -> Answer:
        """Store one answer, inside the transaction of its batch, and return it with the number of its actor.

        1. A new actor gets its number. 2. One that gives way goes into the other. 3. Its name and entry in
        the authority files. 4. The mentions that mean another actor than so far, with what hangs on them.
        """
        actor = self._made(stored, answer) if answer.actor < 0 else answer.actor  # 1.
        if answer.absorbs is not None:  # 2.
            self._absorb(answer.absorbs, actor)
        if answer.named or answer.recognised:  # 3.
            self._name(actor, answer)
        moved = [one for one in stored.mentions if self.who.after(one[2]) != actor]  # 4.
        if moved:
            self._move(moved, actor, stored, answer, article)
        return replace(answer, actor=actor)

    def _made(self, stored: StoredLocal, answer: Answer) -> int:
        if answer.actor in self.made:
            return self.made[answer.actor]
        local = stored.local
        row = Actor.objects.create(
            name=local.name[:300], kind=local.kind.value, authority=local.authority or ""
        )
        if local.authority:
            write_authority(row, local.authority, local.kind)
        if row.machine_name in self.who.given:
            self.unsettled.add(row.pk)
        self.rows[row.pk] = row
        self.respelled.add(row.pk)
        self.made[answer.actor] = row.pk
        self.who.number(answer.actor, row.pk)
        return row.pk

    def _absorb(self, gone: int, actor: int) -> None:
        """Let an actor with all its mentions go into another one, which gets its name."""
        now, given = self.who.now, self._row(gone)
        rows = Mention.objects.filter(machine_actor=gone)
        self.articles |= set(rows.order_by().values_list("article", flat=True).distinct())
        written = rows.values_list(
            "pk", "surface", "local_name", "article__page__sha256", "machine_actor__machine_kind"
        )
        targets: dict[int, list[int]] = defaultdict(list)
        surfaces = set()
        for pk, surface, local_name, page, kind in written:
            root = now.actor_of(actor, kind=kind, surface=surface, local_name=local_name, page=page)
            targets[root].append(pk)
            surfaces.add(surface)
        for root, mentions in targets.items():
            self._join(mentions, actor, root)
        self._spell(actor, surfaces)
        Alias.every.filter(actor=gone, origin=Origin.MACHINE).delete()
        self.respelled.add(gone)
        self._rename(self._row(actor), given.machine_name, began_lone=given.began_lone)
        for row in JoinCandidate.objects.filter(Q(left=gone) | Q(right=gone)):  # they go when it goes
            other = row.right_id if row.left_id == gone else row.left_id
            self._doubt(Doubt(actor, other, row.score, row.reason))
        self.touched |= {gone, actor}

    def _name(self, number: int, answer: Answer) -> None:
        actor = self._row(number)
        if answer.recognised and actor.authority != answer.recognised:
            actor.authority = answer.recognised
            actor.save(update_fields=["authority"])
            write_authority(actor, answer.recognised, Kind(actor.machine_kind))
            self.respelled.add(number)
        if answer.named:
            if answer.began_lone:  # what names it by the surname alone still does
                self._spell(number, {actor.machine_name})
            self._rename(actor, answer.named, began_lone=answer.began_lone or actor.began_lone)

    def _rename(self, actor: Actor, name: str, *, began_lone: bool) -> None:
        if (actor.machine_name, actor.began_lone) == (name[:300], began_lone):
            return
        if {actor.machine_name, name[:300]} & self.who.given:
            self.unsettled.add(actor.pk)
        actor.machine_name, actor.began_lone = name[:300], began_lone
        if actor.pk not in self.who.now.names:
            actor.name = actor.machine_name
        actor.save(update_fields=["machine_name", "began_lone", "name"])
        self.respelled.add(actor.pk)
        self.articles |= set(
            Mention.objects.filter(actor=actor).order_by().values_list("article", flat=True).distinct()
        )

    def _move(
        self,
        moved: Iterable[tuple[int, str, int]],
        actor: int,
        stored: StoredLocal,
        answer: Answer,
        article: StoredArticle,
    ) -> None:
        targets: dict[int, list[int]] = defaultdict(list)
        left: dict[int, set[str]] = defaultdict(set)
        for pk, surface, was in moved:
            root = self.who.now.actor_of(
                actor,
                kind=stored.local.kind.value,
                surface=surface,
                local_name=stored.local_name,
                page=article.page,
            )
            targets[root].append(pk)
            left[self.who.after(was)].add(surface)
        for root, mentions in targets.items():
            self._join(mentions, actor, root, answer)
        self._spell(actor, set().union(*left.values()))
        for base, surfaces in left.items():
            kept = Mention.objects.filter(machine_actor=base, surface__in=surfaces).values("surface")
            gone = Alias.every.filter(actor=base, origin=Origin.MACHINE, surface__in=surfaces)
            gone.exclude(surface__in=kept).exclude(surface=self._row(base).machine_name).delete()
            self.respelled.add(base)
        self.touched |= {actor, *left}
        self.articles.add(article.id)

    def _join(self, mentions: list[int], actor: int, root: int, answer: Answer | None = None) -> None:
        told = {"score": answer.score, "reason": f"Joined anew: {answer.reason}"} if answer else {}
        for some in batched(mentions, ROWS_AT_ONCE):
            Mention.objects.filter(pk__in=some).update(machine_actor=actor, actor=root, **told)
            Quote.objects.filter(speaker_mention__in=some).update(speaker=root)
            Role.objects.filter(mention__in=some).update(machine_actor=actor, actor=root)

    def _spell(self, actor: int, surfaces: Iterable[str]) -> None:
        self.respelled.add(actor)
        Alias.every.bulk_create(
            [
                Alias(actor_id=actor, surface=surface, dropped=self.who.now.drops(actor, surface))
                for surface in sorted(surfaces)
            ],
            ignore_conflicts=True,
        )

    def finish(self) -> None:
        """Store what follows from a batch.

        1. What finds actors by their names. 2. Doubts. 3. What rulings make of it. 4. Articles for the index.
        """
        index_names(self.respelled)  # 1.
        before = JoinCandidate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        doubts = [
            replace(doubt, base=self.who.after(doubt.base), other=self.who.after(doubt.other))
            for doubt in self.doubts.values()
        ]
        changed = note_doubts(doubts)  # 2.
        self.new_doubts = JoinCandidate.objects.filter(pk__gt=before).count()
        if self.unsettled:  # 3.
            self.who.adopt(settle(actors=self.unsettled))
        refresh_candidates(changed | self.touched, self.who.now)
        PendingIndex.objects.queue(sorted(self.articles))  # 4.
