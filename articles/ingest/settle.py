"""Who each mention means: worked out from what the machine found and the rulings that stand.

Machine and people write the effective columns (`Mention.actor`, `Actor.name`, `Actor.merged_into` and so on)
through this one door. They depend on nothing else, so that undoing a ruling restores what was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import BigAutoField, Case, F, OuterRef, Q, Subquery, Value, When

from articles.ingest.candidates import refresh_candidates
from articles.ingest.sides import made_actors
from articles.models import Actor, Alias, Mention, PendingIndex, Quote, Role, Ruling
from articles.models.actor import Origin
from articles.resolve.verdicts import (
    Base,
    Said,
    Standing,
    Word,
    decide,
    spellings_given,
    spellings_held,
    touched_by,
)

# Conditions of one UPDATE: SQLite refuses expressions that are more than 1000 deep, and each adds one.
CONDITIONS_AT_ONCE = 300


def standing(doomed: Collection[int] = ()) -> tuple[Standing, list[Said]]:
    """Return what follows from the rulings that stand, and these; two queries.

    Sides that are `doomed` count as if they were not there.
    """
    rows = Ruling.objects.standing().on_actors().in_time_order()
    said = [
        Said(
            id=pk,
            word=Word(verdict),
            left=None if left in doomed else left,
            right=None if right in doomed else right,
            text=text,
            spelling=spelling,
            page=page,
        )
        for pk, verdict, left, right, text, spelling, page in rows.values_list(
            "pk", "verdict", "left_actor", "right_actor", "right", "spelling", "on_page"
        )
    ]
    sides = {side for each in said for side in (each.left, each.right) if side is not None}
    if not said:
        return Standing(), said
    wanted = Actor.objects.filter(Q(pk__in=sides) | Q(machine_name__in=spellings_given(said), made_by=""))
    bases = [
        Base(pk, kind, name, made=bool(made_by))
        for pk, kind, name, made_by in wanted.values_list("pk", "machine_kind", "machine_name", "made_by")
    ]
    return decide(bases, said), said


def settle(rulings: Iterable[Ruling] = (), *, actors: Iterable[int] = ()) -> Standing:
    """Bring everything up to date that these rulings or actors touch, and queue the articles for the index.

    Call it inside the transaction that made or undid the rulings, after `take_turns`. The number of updates
    does not grow with that of the mentions. The result depends on machine output and standing rulings alone.
    1. Actors that rulings split off. 2. What stands. 3. Which actors that touches: all that were or are now
    joined with a side. 4. The actors. 5. Their mentions, quotes and roles. 6. Their spellings.
    7. Actors of rulings that were undone. 8. Candidates. 9. The index.
    """
    made, doomed = made_actors()  # 1.
    given = [*rulings, *made]
    now, said = standing(doomed)  # 2.
    seeds = {side for ruling in given for side in (ruling.left_actor_id, ruling.right_actor_id)}
    touched = _touched({*actors, *doomed, *(seeds - {None})}, now)  # type: ignore[arg-type]  # None is taken out
    articles = _settle_actors(touched, now)  # 4.
    moved = _settle_mentions(_Scope.around(touched, said, given), now)  # 5.
    articles |= moved.articles
    articles |= _settle_spellings(touched, now, spellings_held(said))  # 6.
    Actor.objects.filter(pk__in=doomed).delete()  # 7.
    refresh_candidates((touched | moved.actors) - doomed, now)  # 8.
    PendingIndex.objects.queue(sorted(articles))  # 9.
    return now


def settle_everything() -> Standing:
    """Work out the whole archive anew."""
    return settle(
        Ruling.objects.on_actors(), actors=list(Actor.objects.order_by("pk").values_list("pk", flat=True))
    )


def _touched(seeds: set[int], now: Standing) -> set[int]:
    """3. Return all that were joined before, or are now, with any of these, or with one another."""
    merged = Actor.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    before = {pk: root for pk, root in merged if root is not None}

    def company(roots: Mapping[int, int]) -> Mapping[int, list[int]]:
        groups = defaultdict(list)
        for base, root in roots.items():
            groups[root].append(base)
        return groups

    groups_before, groups_now = company(before), company(now.roots)
    return touched_by(
        seeds,
        [
            lambda base: [*groups_before.get(before.get(base, base), ()), before.get(base, base)],
            lambda base: [*groups_now.get(now.root(base), ()), now.root(base)],
        ],
    )


def _settle_actors(touched: set[int], now: Standing) -> set[int]:
    """Write names, kinds, what is hidden and merged; return the articles whose actors show otherwise."""
    changed, shown_otherwise = [], []
    for actor in Actor.objects.filter(pk__in=touched):
        root = now.root(actor.pk)
        before = (actor.name, actor.kind, actor.hidden)
        merged = actor.merged_into_id
        actor.name = now.names.get(actor.pk, actor.machine_name)
        actor.kind = now.kinds.get(actor.pk, actor.machine_kind)
        actor.hidden = actor.pk in now.hidden
        actor.merged_into_id = root if root != actor.pk else None
        if before != (actor.name, actor.kind, actor.hidden):
            shown_otherwise.append(actor.pk)
        elif merged == actor.merged_into_id:
            continue
        changed.append(actor)
    Actor.objects.bulk_update(changed, ["name", "kind", "hidden", "merged_into"])
    return _articles_of(Q(actor__in=shown_otherwise)) if shown_otherwise else set()


class _Scope:
    """Which mentions rulings may move: by actor, by spelling, and single ones by page and spelling."""

    def __init__(self, touched: set[int], spellings: set[str], pages: set[tuple[str, str]]) -> None:
        self.touched = touched
        self.pages = pages
        self.condition = Q(machine_actor__in=touched) | Q(actor__in=touched)
        if spellings:
            self.condition |= Q(surface__in=spellings) | Q(local_name__in=spellings)

    @classmethod
    def around(cls, touched: set[int], said: Iterable[Said], given: Iterable[Ruling]) -> _Scope:
        """Return the scope of these actors: verdicts on spellings may bring them mentions of any other."""
        near = [each for each in said if each.left in touched or each.right in touched]
        spellings = {each.spelling for each in near if not each.page} | {each.text for each in near}
        pages = {(each.page, each.spelling) for each in near if each.page}
        for ruling in given:
            if ruling.on_page:
                pages.add((ruling.on_page, ruling.spelling))
            else:
                spellings |= {ruling.spelling, ruling.right}
        return cls(touched, spellings - {""}, pages)


@dataclass(frozen=True, slots=True)
class _Moved:
    """The articles with mentions that mean another actor now, and the actors that lost or gained some."""

    articles: set[int]
    actors: set[int]


def _settle_mentions(scope: _Scope, now: Standing) -> _Moved:
    """Give mentions, their quotes and roles the actors they mean; return what is new.

    Mentions of one base that are written alike mean the same, but where a page was ruled on: each such
    group is one condition of an update, or all of a base when they agree.
    """
    ruled, former = _ruled_on_pages(scope, now)
    moves = [(Q(pk=pk), wanted) for pk, wanted in ruled.items() if former[pk] != wanted]
    leaving = {former[pk] for pk, wanted in ruled.items() if former[pk] != wanted}
    found = Mention.objects.filter(scope.condition).exclude(pk__in=list(ruled)).order_by()
    written = found.values_list(
        "machine_actor", "machine_actor__machine_kind", "surface", "local_name", "actor"
    )
    wanted_of: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    actors_of: dict[int, set[int]] = defaultdict(set)
    for base, kind, surface, local_name, actor in written.distinct():
        wanted = now.actor_of(base, kind=kind, surface=surface, local_name=local_name, page="")
        wanted_of[base][surface, local_name] = wanted
        actors_of[base].add(actor)
    elsewhere = ~Q(pk__in=list(ruled)) if ruled else Q()
    for base, spelled in wanted_of.items():
        targets = set(spelled.values())
        if actors_of[base] == targets and len(targets) == 1:
            continue
        leaving |= actors_of[base]
        if len(targets) == 1 and base in scope.touched:
            moves.append((Q(machine_actor=base) & elsewhere, targets.pop()))
        else:
            moves += [
                (Q(machine_actor=base, surface=surface, local_name=name) & elsewhere, wanted)
                for (surface, name), wanted in spelled.items()
            ]
    articles = _move(moves)
    _follow(leaving, scope.touched, now)
    return _Moved(articles, leaving.union(wanted for _, wanted in moves))


def _ruled_on_pages(scope: _Scope, now: Standing) -> tuple[dict[int, int], dict[int, int]]:
    """Return the mentions in scope on whose page their spelling is, or was, ruled on: actor wanted, actor now."""
    asked = scope.pages | set(now.pages)
    if not asked:
        return {}, {}
    rows = Mention.objects.filter(
        article__page__sha256__in={page for page, _ in asked}, surface__in={spelling for _, spelling in asked}
    ).values_list(
        "pk",
        "article__page__sha256",
        "machine_actor",
        "machine_actor__machine_kind",
        "surface",
        "local_name",
        "actor",
    )
    wanted, former = {}, {}
    for pk, page, base, kind, surface, local_name, actor in rows:
        if (page, surface) in asked:
            wanted[pk] = now.actor_of(base, kind=kind, surface=surface, local_name=local_name, page=page)
            former[pk] = actor
    return wanted, former


def _move(moves: list[tuple[Q, int]]) -> set[int]:
    """Write the actors of mentions where they differ, and return the articles of these.

    No condition asks for the actor that a mention has now, so that none holds of what another one wrote.
    """
    articles: set[int] = set()
    waiting = iter(moves)
    while batch := list(islice(waiting, CONDITIONS_AT_ONCE)):
        asked = reduce(or_, (condition & ~Q(actor=wanted) for condition, wanted in batch))
        articles |= _articles_of(asked)
        whens = [When(condition, then=Value(wanted)) for condition, wanted in batch]
        Mention.objects.filter(asked).update(
            actor=Case(*whens, default=F("actor"), output_field=BigAutoField())
        )
    return articles


def _follow(leaving: set[int], touched: set[int], now: Standing) -> None:
    """Let quotes follow the mentions of their speakers, and roles those they stand beside."""
    quotes = Quote.objects.filter(speaker__in=leaving, speaker_mention__isnull=False)
    of_mention = Mention.objects.filter(pk=OuterRef("speaker_mention")).values("actor")
    quotes.exclude(speaker=F("speaker_mention__actor")).update(speaker=Subquery(of_mention))
    roles = Role.objects.filter(actor__in=leaving, mention__isnull=False)
    of_role = Mention.objects.filter(pk=OuterRef("mention")).values("actor")
    roles.exclude(actor=F("mention__actor")).update(actor=Subquery(of_role))
    of_files = Role.objects.filter(mention=None, machine_actor__in=touched)
    bases = list(of_files.order_by().values_list("machine_actor", "actor").distinct())
    moved = {base: now.root(base) for base, actor in bases if actor != now.root(base)}
    if moved:
        whens = [When(machine_actor=base, then=Value(root)) for base, root in moved.items()]
        of_files.filter(machine_actor__in=moved).update(actor=Case(*whens, output_field=BigAutoField()))


def _settle_spellings(touched: set[int], now: Standing, held: set[tuple[int, str]]) -> set[int]:
    """Write the spellings that people gave and took away; return the articles of actors spelt otherwise."""
    rows = list(Alias.every.filter(actor__in=touched, origin=Origin.PERSON))
    there = {(row.actor_id, row.surface) for row in rows}
    wanted = {(base, surface) for base, surface in held if base in touched}
    gone = [row.pk for row in rows if (row.actor_id, row.surface) not in wanted]
    new = sorted(wanted - there)
    Alias.every.filter(pk__in=gone).delete()
    Alias.every.bulk_create(
        [Alias(actor_id=base, surface=surface, origin=Origin.PERSON) for base, surface in new]
    )
    asked = Q(dropped=True) | Q(surface__in=list(now.spellings))
    drops: list[int] = []
    keeps: list[int] = []
    otherwise = {row.actor_id for row in rows if (row.actor_id, row.surface) not in wanted}
    for row in Alias.every.filter(asked, actor__in=touched):
        if now.drops(row.actor_id, row.surface) != row.dropped:
            (keeps if row.dropped else drops).append(row.pk)
            otherwise.add(row.actor_id)
    Alias.every.filter(pk__in=drops).update(dropped=True)
    Alias.every.filter(pk__in=keeps).update(dropped=False)
    otherwise |= {base for base, _ in new}
    return _articles_of(Q(actor__in=otherwise)) if otherwise else set()


def _articles_of(condition: Q) -> set[int]:
    return set(Mention.objects.filter(condition).order_by().values_list("article", flat=True).distinct())
