"""Names looked up in the database give the answers of names held in memory, whatever happens to the archive."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.curate import actors
from articles.curate.authority_import import apply_plan, undo_import
from articles.curate.authority_plan import plan
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.jobs import claim, finishing
from articles.ingest.known_actors import read_known, whole_directory
from articles.ingest.name_keys import index_names
from articles.ingest.reset import throw_away
from articles.ingest.resolve_again import Tally, new_job, resolve_again
from articles.ingest.settle import standing
from articles.models import Actor, ActorContext, Article, AuthorityBatch, ContextWord, NameKey, Ruling
from articles.resolve.actors import LocalActor, Resolution
from articles.resolve.authority_files import Format, read_actor_file
from articles.resolve.context import context_of
from articles.resolve.name_slots import LONGEST_SLOT, slots_of
from tests.curate.invented_actors import Named, body, found_in, person, take_in
from tests.factories import make_actor
from tests.ingest.crowded_archive import FAMILY, GIVEN, scatter

pytestmark = pytest.mark.django_db

TABLE = """name,kind,variants,title,of,from,to,source
Osanna Brekk,person,Ossana Breck; O. K. Brekk,foreign minister,Vessa,2004-03,2008,gazette
Marit Tarnel-Vell,person,Marit Tarnel,envoy,Vessa,,,gazette
Harbour Pilots Guild,organisation,Guild of Harbour Pilots; SHB,,,,,
Vessa,state,Republic of Vessa,,,,,
"""


# The first of each surname is known by it alone before; the others share it.
SINGLE = ("Milo Zorvan", "Petra Aumund", "Anka Lisko", "Dario Fenwyr", "Vera Zorvan", "Ketil Lisko")


class Watched(ArchiveDirectory):
    """Asks one in memory the same, which knows what is stored before the article and learns as it goes on."""

    asked = 0
    joined = 0

    def refresh(self) -> None:
        super().refresh()
        self.memory = whole_directory(*standing())

    def ask(self, local: LocalActor, **around: Any) -> Resolution:
        answer = super().ask(local, **around)
        assert answer == self.memory.resolve(local, **around)
        self.asked += 1
        self.joined += answer.key is not None
        return answer

    def actor_for(
        self, local: LocalActor, *, context: Sequence[LocalActor], day: date | None = None
    ) -> tuple[Actor, Resolution]:
        actor, answer = super().actor_for(local, context=context, day=day)
        known, key = read_known([actor.pk])[actor.pk], str(actor.pk)
        spelled = (*known.aliases, *local.surfaces)
        context_before = self.memory.context(key) if key in self.memory else {}
        root = self.standing.root(actor.pk)
        if answer.better_name or key not in self.memory:  # as another process will read it
            self.memory.discard(key)
            self.memory.add(
                type(known)(
                    key,
                    known.name,
                    known.kind,
                    spelled,
                    known.authority,
                    root=str(root) if root != actor.pk else None,
                    context=context_before,
                    began_lone=known.began_lone,
                )
            )
        self.memory.add(type(known)(key, known.name, known.kind, spelled, known.authority))
        self.memory.note(key, context_of(local, context), day=day)
        return actor, answer


def keys_are_as_built_anew() -> None:
    everyone = Actor.objects.filter(made_by="").values_list("pk", flat=True)
    wanted = {
        (slot, number, name)
        for number, actor in read_known(list(everyone)).items()
        for slot, name in slots_of(actor)
    }
    assert set(NameKey.objects.values_list("slot", "actor_id", "name")) == wanted
    carriers: Counter[str] = Counter()
    for words in ActorContext.objects.values_list("words", flat=True):
        carriers.update([*words, ""] if words else [])
    assert dict(ContextWord.objects.exclude(actors=0).values_list("word", "actors")) == dict(carriers)


class Stream:
    """Articles, rulings and imports in a row, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lena = User.objects.create_user(f"lena{seed}")
        self.directory = Watched()
        self.moves: tuple[tuple[int, Callable[[], object]], ...] = (
            (60, self.article),
            (8, self.surname_first),
            (4, self.merge),
            (4, self.keep_apart),
            (3, self.rename),
            (4, self.undo),
            (3, self.bring_file),
            (2, self.take_file_back),
            (2, self.resolve_anew),
        )

    def step(self) -> None:
        weights = [weight for weight, _ in self.moves]
        move = self.chance.choices([move for _, move in self.moves], weights)[0]
        with suppress(actors.Contradiction):
            move()

    def named(self) -> list[Named]:
        here: list[Named] = []
        pick = self.chance.choice
        for given, family in sorted({(pick(GIVEN), pick(FAMILY)) for _ in range(4)}):
            told = self.chance.random()
            if told < 0.25:
                here.append(person(family))
            elif told < 0.5:
                here.append(person(f"{given} {family.replace('k', 'c')}", family.replace("k", "c")))
            else:
                here.append(person(f"{given} {family}", family, f"{given[0]}. {family}"))
        single = pick(SINGLE)
        here.append(person(single if self.chance.random() < 0.4 else single.split()[1]))
        if self.chance.random() < 0.4:
            here.append(body(f"{pick(FAMILY)} Institute", "Institute", "SHB"))
        if self.chance.random() < 0.2:
            here.append(body("SHB"))
        return here

    def article(self) -> None:
        day = date(self.chance.choice((1950, 2011, 2012)), self.chance.randint(1, 12), 3)
        take_in(self.named(), self.directory, published=day)

    def surname_first(self) -> None:
        full = self.chance.choice(SINGLE)
        take_in([person(full.split()[1])], self.directory)
        take_in([person(full)], self.directory)

    def _two(self) -> list[Actor]:
        everyone = list(Actor.objects.filter(merged_into=None, kind="person").order_by("pk"))
        return self.chance.sample(everyone, 2) if len(everyone) > 1 else []

    def merge(self) -> None:
        if two := self._two():
            actors.merge(two[0], two[1], by=self.lena)

    def keep_apart(self) -> None:
        if two := self._two():
            actors.rule_different(two[0], two[1], by=self.lena)

    def rename(self) -> None:
        if two := self._two():
            actors.rename(two[0], self.chance.choice(("Madam Brekk", "Rafe Ondry")), by=self.lena)

    def undo(self) -> None:
        if rulings := list(Ruling.objects.standing().on_actors().order_by("pk")):
            actors.undo(self.chance.choice(rulings), by=self.lena)

    def bring_file(self) -> None:
        content = TABLE.encode()
        rows = read_actor_file(content, form=Format.CSV, name="actors.csv")
        apply_plan(plan(rows, source="actors.csv", form=Format.CSV, content=content), by=self.lena)

    def take_file_back(self) -> None:
        for batch in AuthorityBatch.objects.standing():
            undo_import(batch, by=self.lena)

    def resolve_anew(self) -> None:
        scatter()
        job = claim(new_job(since=None))
        assert job is not None
        for _ in finishing(job, resolve_again(job, Tally())):
            pass


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_stream_gives_the_same_answers_from_the_database_and_from_memory(seed: int) -> None:
    stream = Stream(seed)
    stream.surname_first()
    for _ in range(40):
        stream.step()
    keys_are_as_built_anew()
    assert stream.directory.joined > stream.directory.asked / 5
    assert Actor.objects.filter(began_lone=True).exists()


def test_what_another_process_writes_is_known_after_the_next_refresh() -> None:
    one, other = ArchiveDirectory(), ArchiveDirectory()
    take_in([person("Brekk")], one)
    take_in([person("Rafe Ondry")], other)
    take_in([person("Osanna Brekk"), person("Rafe Ondri")], other)
    take_in([person("Osanna Brekk")], one)
    assert sorted(Actor.objects.values_list("machine_name", flat=True)) == ["Osanna Brekk", "Rafe Ondry"]


def test_whoever_bears_a_ruled_name_is_taken_in_and_let_go() -> None:
    lena, directory = User.objects.create_user("lena"), ArchiveDirectory()
    actors.add_alias(make_actor("Osanna Brekk"), "Ilse Vell", by=lena)
    directory.refresh()
    before = directory.standing
    namesake = make_actor("Ilse Vell")
    directory.refresh()
    assert directory.standing == standing()[0] != before
    namesake.delete()
    directory.refresh()
    assert directory.standing == standing()[0] == before


def test_a_slot_too_full_to_look_through_is_not_fetched_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.ingest.stored_names.ROWS_OF_A_SLOT", 3)
    for name in ("Osanna Vell", "Osanna Arno", "Osanna Tarn", "Osanna Dravik"):
        make_actor(name)
    directory = ArchiveDirectory()
    directory.refresh()
    [local] = found_in([person("Osanna Kestrin")])[1].actors
    assert directory.ask(local, context=[local]).key is None
    assert {len(rows) for slot, rows in directory._names._rows.items() if slot == "p:blocks:asn"} == {3}


def test_nothing_is_asked_of_the_database_for_each_of_many_actors() -> None:
    """As many questions for an article of eight known people as for one of three."""
    everyone = [person(f"{given} {family}") for given, family in zip(GIVEN, FAMILY, strict=False)]
    take_in(everyone)
    directory = ArchiveDirectory()

    def questions(number: int) -> int:
        locals_ = found_in(everyone[:number])[1].actors
        directory.refresh()
        with CaptureQueriesContext(connection) as asked:
            assert all(directory.ask(local, context=locals_).key for local in locals_)
        return len(asked)

    assert questions(8) == questions(3) <= 8


def test_names_as_long_as_they_come_are_found_again() -> None:
    long = " ".join(f"Osanna{number}" for number in range(60))[:300]
    take_in([person(long)])
    take_in([person(long)])
    assert Actor.objects.count() == 1
    assert all(len(slot) <= LONGEST_SLOT for slot in NameKey.objects.values_list("slot", flat=True))


def test_a_reset_leaves_the_keys_of_imported_actors_alone_and_no_context() -> None:
    stream = Stream(4)
    stream.bring_file()
    stream.article()
    throw_away()
    assert not Article.objects.exists()
    assert not ContextWord.objects.exists()
    assert NameKey.objects.exists()
    keys_are_as_built_anew()


def test_indexing_twice_writes_nothing() -> None:
    actor = make_actor("Osanna Brekk", aliases=["O. Brekk"])
    before = set(NameKey.objects.values_list("pk", flat=True))
    assert before
    with CaptureQueriesContext(connection) as asked:
        index_names([actor.pk])
    assert not [query for query in asked if not query["sql"].startswith("SELECT")]
    assert set(NameKey.objects.values_list("pk", flat=True)) == before
