"""Actor files taken in: who joins whom, once and not twice, known to the next page, taken back whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from articles.capture import RawPage
from articles.curate import authority_import, authority_plan
from articles.curate.authority_import import ArchiveMovedOn, apply_plan, undo_import
from articles.curate.authority_plan import ImportPlan, State, plan
from articles.ingest import ArchiveDirectory, ingest_page
from articles.models import Actor, Alias, JoinCandidate, PendingIndex, Role
from articles.models.actor import Origin
from articles.models.authority_batch import AuthorityAddition, AuthorityBatch, AuthorityEntryLink
from articles.resolve.authority_files import Format, read_actor_file
from tests.factories import make_actor, make_article, make_mentions

pytestmark = pytest.mark.django_db

TABLE = """name,kind,variants,title,of,from,to,source
Abdul Qadir Example,person,Abdelkader Example; A. Q. Example,foreign minister,Vessa,2004-03,2008,gazette
Abdul Qadir Example,,,prime minister,Vessa,2008-05-08,,gazette
Harbour Pilots Guild,organisation,Guild of Harbour Pilots,,,,,
Vessa,state,Republic of Vessa,,,,,
"""


def planned(table: str = TABLE, name: str = "actors.csv") -> ImportPlan:
    content = table.encode()
    return plan(
        read_actor_file(content, form=Format.CSV, name=name), source=name, form=Format.CSV, content=content
    )


def take(table: str = TABLE, name: str = "actors.csv") -> AuthorityBatch:
    batch = apply_plan(planned(table, name), by=None, name="a test")
    assert batch is not None
    return batch


def page(text: str) -> RawPage:
    return RawPage(content=text.encode(), media_type="text/plain", charset="utf-8", name="page.txt")


def everything() -> list[list[tuple[object, ...]]]:
    return [
        sorted(Actor.objects.values_list("pk", "name", "kind")),
        sorted(Alias.every.values_list("actor", "surface", "origin")),
        sorted(Role.objects.values_list("pk", "actor", "title", "organisation"), key=str),
        sorted(AuthorityEntryLink.objects.values_list("key", "actor")),
        sorted(AuthorityAddition.objects.values_list("pk", flat=True)),
    ]  # type: ignore[list-item]


def test_a_file_brings_actors_with_their_spellings_and_offices(curator: User) -> None:
    batch = apply_plan(planned(), by=curator)
    assert batch is not None
    assert (batch.source, batch.made_by, batch.made_by_name) == ("actors.csv", curator, "lena")
    assert batch.counts == {"actors": 3, "joined": 0, "doubtful": 0, "variants": 7, "offices": 2}
    assert batch.finished_at is not None
    person = Actor.objects.get(name="Abdul Qadir Example")
    assert (person.kind, person.machine_name, person.authority) == ("person", person.name, "")
    assert set(person.aliases.values_list("surface", "origin")) == {
        (surface, Origin.AUTHORITY)
        for surface in ("Abdul Qadir Example", "Abdelkader Example", "A. Q. Example")
    }
    assert list(person.roles.values_list("phrase", "held_from", "held_to", "origin")) == [
        ("foreign minister of Vessa", date(2004, 3, 1), date(2008, 12, 31), Origin.AUTHORITY),
        ("prime minister of Vessa", date(2008, 5, 8), None, Origin.AUTHORITY),
    ]
    assert person.aliases.get(surface="A. Q. Example").imported.batch == batch
    assert person.authority_entries.get().source == "gazette"


def test_a_plan_writes_nothing() -> None:
    before = everything()
    assert planned().counts()["new"] == 3
    assert everything() == before
    assert not AuthorityBatch.objects.exists()


def test_the_same_file_again_changes_nothing() -> None:
    take()
    before = everything()
    again = planned()
    assert [one.state for one in again.entries] == [State.KNOWN] * 3
    assert not any(one.changes for one in again.entries)
    assert apply_plan(again, by=None) is None
    assert everything() == before
    assert AuthorityBatch.objects.count() == 1


def test_a_new_edition_of_a_file_adds_only_what_is_new() -> None:
    take()
    batch = take(TABLE.replace("A. Q. Example", "A. Q. Example; Abdal Kadir Example"))
    assert batch.counts == {"actors": 0, "joined": 0, "doubtful": 0, "variants": 1, "offices": 0}
    assert Actor.objects.count() == 3


def test_an_entry_joins_the_actor_that_pages_brought(curator: User) -> None:
    article = make_article(body="Abdelkader Example met the pilots.")
    actor = make_actor("Abdelkader Example")
    make_mentions(article, actor)
    PendingIndex.objects.all().delete()
    [person, *_] = planned().entries
    assert (person.state, person.actor, person.actor_name) == (State.JOINS, actor.pk, "Abdelkader Example")
    assert "Abdelkader Example" in person.reason
    take()
    actor.refresh_from_db()
    assert actor.name == "Abdelkader Example"
    assert set(actor.aliases.values_list("surface", flat=True)) == {
        "Abdul Qadir Example",
        "Abdelkader Example",
        "A. Q. Example",
    }
    assert actor.aliases.get(surface="Abdelkader Example").origin == Origin.MACHINE
    assert actor.roles.count() == 2
    assert list(PendingIndex.objects.values_list("article_id", flat=True)) == [article.pk]


def test_a_body_is_known_by_a_variant_that_is_its_very_name() -> None:
    actor = make_actor("Guild of Harbour Pilots", "organisation")
    entry = planned().entries[1]
    assert (entry.entry.name, entry.actor) == ("Harbour Pilots Guild", actor.pk)


def test_what_the_archive_keeps_apart_stays_apart_and_is_told() -> None:
    one, two = make_actor("Abdul Qadir Example"), make_actor("Hamid Sorrel Example")
    table = TABLE.replace("A. Q. Example", "Hamid Sorrel Example")
    person = planned(table).entries[0]
    assert person.state is State.DOUBTFUL
    assert "keeps apart" in person.reason
    assert {int(each.key) for each in person.candidates} == {one.pk, two.pk}
    take(table)
    made = Actor.objects.filter(name="Abdul Qadir Example").latest("pk")
    assert made.pk != one.pk
    pairs = {(row.left_id, row.right_id) for row in JoinCandidate.objects.all()}
    assert pairs == {(one.pk, made.pk), (two.pk, made.pk)}


def test_a_surname_alone_joins_nobody() -> None:
    actor = make_actor("Hamid Sorrel")
    [entry] = planned("name,kind\nSorrel,person\n").entries
    assert (entry.state, entry.actor) == (State.DOUBTFUL, None)
    assert [int(each.key) for each in entry.candidates] == [actor.pk]


def test_a_likeness_that_joins_a_mention_is_only_a_doubt_for_a_file() -> None:
    actor = make_actor("Hamid Torvald Sorrel")
    [near] = planned("name,kind\nHameed Sorrell,person\n").entries
    assert near.state is State.DOUBTFUL
    assert near.actor is None
    assert "too little to join by for good" in near.reason
    assert [int(each.key) for each in near.candidates] == [actor.pk]
    [nobody] = planned("name,kind\nDumi Brekk,person\n").entries
    assert (nobody.state, nobody.candidates) == (State.NEW, ())


def test_two_entries_of_a_file_are_never_one_actor() -> None:
    actor = make_actor("Hamid Sorrel")
    table = "name,kind\nHamid Sorrel,person\nHameed Sorrel,person\n"
    first, second = planned(table).entries
    assert (first.state, first.actor) == (State.JOINS, actor.pk)
    assert (second.state, second.actor) == (State.DOUBTFUL, None)
    assert "line 2 (Hamid Sorrel)" in second.reason
    take(table)
    assert Actor.objects.count() == 2


def test_two_entries_of_one_name_are_two_and_told() -> None:
    lines = b'{"id":"a","schema":"Person","properties":{"name":["Marko Juhn"]}}\n' * 2
    lines = lines.replace(b'"a"', b'"b"', 1)
    read = read_actor_file(lines, form=Format.FTM, name="people.json")
    found = plan(read, source="people.json", form=Format.FTM, content=lines)
    assert [one.state for one in found.entries] == [State.NEW, State.DOUBTFUL]
    assert "line 1 has the same name" in found.entries[1].reason


def test_a_broken_import_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "name,kind\n" + "".join(f"Person Sorrel{chr(97 + n) * 4},person\n" for n in range(6))
    written = authority_import._write_spellings
    calls: list[int] = []

    def killed(*args: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("the power went")
        return written(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(authority_import, "AT_ONCE", 2)
    with monkeypatch.context() as patched:
        patched.setattr(authority_import, "_write_spellings", killed)
        with pytest.raises(OSError, match="power"):
            take(table)
    assert Actor.objects.count() == 2
    [batch] = AuthorityBatch.objects.all()
    assert batch.finished_at is None
    assert take(table) == batch
    assert Actor.objects.count() == 6
    assert AuthorityBatch.objects.get().counts["actors"] == 6
    assert AuthorityEntryLink.objects.count() == 6


def test_an_actor_that_came_in_meanwhile_stops_the_import() -> None:
    ready = planned()
    make_actor("Harbour Pilots Guild", "organisation")
    with pytest.raises(ArchiveMovedOn, match="Harbour Pilots Guild"):
        apply_plan(ready, by=None)
    take()
    assert Actor.objects.filter(name="Harbour Pilots Guild").count() == 1


def test_a_page_that_names_an_imported_variant_joins_its_actor() -> None:
    take()
    text = (
        "Talks resume at the harbour\n\nBy Lena Orsk\n\nPORT ALDIS, May 14, 2012 - Abdelkader Example met the "
        "pilots on Monday and said the ferry would sail again.\n\n"
        '"The harbour is open," Abdelkader Example told reporters.\n'
    )
    outcome = ingest_page(page(text), ArchiveDirectory())
    actor = Actor.objects.get(name="Abdul Qadir Example")
    assert actor.mentions.filter(article=outcome.article_id, surface="Abdelkader Example").exists()
    assert not Actor.objects.filter(name="Abdelkader Example").exists()


def test_imported_actors_are_listed_only_once_pages_name_them() -> None:
    take()
    assert not Actor.objects.most_mentioned().exists()
    actor = Actor.objects.get(name="Vessa")
    make_mentions(make_article(body="Vessa said no."), actor)
    assert [found.name for found in Actor.objects.most_mentioned()] == ["Vessa"]


def test_an_import_is_taken_back_whole() -> None:
    other = make_actor("Dumi Brekk")
    before = everything()
    batch = take()
    assert undo_import(batch, by=None, name="a test") == {
        "actors": 3,
        "variants": 7,
        "offices": 2,
        "kept": 0,
    }
    assert everything() == before
    assert other.aliases.count() == 1
    batch.refresh_from_db()
    assert batch.undone_at is not None
    assert batch.undone_by_name == "a test"
    assert take() != batch


def test_what_pages_have_named_meanwhile_stays_when_an_import_is_taken_back() -> None:
    batch = take()
    actor = Actor.objects.get(name="Abdul Qadir Example")
    make_mentions(make_article(body="Abdelkader Example spoke."), actor, "Abdelkader Example")
    assert undo_import(batch, by=None)["kept"] == 1
    assert list(actor.aliases.values_list("surface", "origin")) == [("Abdelkader Example", Origin.MACHINE)]
    assert not actor.roles.exists()
    assert list(Actor.objects.all()) == [actor]


def test_a_spelling_that_a_curator_took_away_does_not_come_back() -> None:
    actor = make_actor("Abdul Qadir Example")
    Alias.every.create(actor=actor, surface="Abdelkader Example", dropped=True)
    take()
    assert not actor.aliases.filter(surface="Abdelkader Example").exists()


def test_a_large_file_asks_the_database_by_the_hundred(django_assert_max_num_queries: object) -> None:
    table = "name,kind\n" + "".join(
        f"{first}{n} Sorrel{n},person\n" for n, first in enumerate(["Aro", "Bel", "Cim", "Dor"] * 250)
    )
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        planned(table)
    assert authority_plan.AT_ONCE == 500
