"""Actors in from a file and out to one, from the command line."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.mentions.authority import DEFAULT_AUTHORITY, load_authority
from articles.models import Actor, Alias, Article, Role, Status
from articles.models.authority_batch import AuthorityBatch
from tests.factories import make_actor, make_article, make_mentions

pytestmark = pytest.mark.django_db

TABLE = """name,kind,variants,title,of,from,to,source
Abdul Qadir Example,person,Abdelkader Example; Example,foreign minister,Vessa,2004-03,2008,gazette
Abdul Qadir Example,,,judge,,,,
Harbour Pilots Guild,organisation,HPG,rebels,Karrin,2011,,
Harbour Pilots Guild,,,trade union,,,,
Northline Wire,media,,,,,,
Vessa,state,Republic of Vessa,,,,,
Marko Juhn,person,,,,soon,,
"""


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "actors.csv"
    file.write_text(TABLE)
    return file


def world() -> set[tuple[object, ...]]:
    """Everything of the archive's actors that a file can hold, without numbers and origins."""
    actors = {("actor", actor.name, actor.kind) for actor in Actor.objects.all()}
    spelt = {("spelt", alias.actor.name, alias.surface) for alias in Alias.objects.select_related("actor")}
    roles = Role.objects.filter(article=None).select_related("actor")
    held = {(r.actor.name, r.phrase, r.title, r.organisation, r.held_from, r.held_to) for r in roles}
    return actors | spelt | held


def test_a_dry_run_tells_who_joins_whom_and_changes_nothing(table: Path) -> None:
    make_actor("Abdelkader Example")
    told = run("import_actors", str(table), "--dry-run")
    first = told.splitlines()[0]
    assert first.startswith("joins     Abdul Qadir Example")
    assert "→ Abdelkader Example (2 spellings, 2 offices)" in first
    assert (
        "Problem, line 8: there are days in office but no title; write the office in the column title."
        in told
    )
    assert (
        "csv: 4 new, 1 join an actor of the archive, 0 doubtful (they stay apart), 0 from an earlier" in told
    )
    assert told.endswith("Nothing was changed (--dry-run).\n")
    assert Actor.objects.count() == 1
    assert not AuthorityBatch.objects.exists()


def test_a_file_is_taken_in_once(table: Path) -> None:
    assert "Taken in as import" in run("import_actors", str(table))
    before = world()
    assert "Nothing new." in run("import_actors", str(table))
    assert world() == before
    assert Actor.objects.count() == 5


def test_json_lists_every_entry_every_problem_and_the_counts(table: Path) -> None:
    actor = make_actor("Example")
    lines = [
        json.loads(line) for line in run("import_actors", str(table), "--json", "--dry-run").splitlines()
    ]
    assert [record["name"] for record in lines[:5]] == [
        "Abdul Qadir Example",
        "Harbour Pilots Guild",
        "Northline Wire",
        "Vessa",
        "Marko Juhn",
    ]
    assert lines[0]["state"] == "doubtful"
    assert lines[0]["candidates"][0]["actor"] == actor.pk
    assert lines[0]["offices"][0] == {
        "title": "foreign minister",
        "of": "Vessa",
        "from": "2004-03",
        "to": "2008",
    }
    assert lines[5]["line"] == 8
    assert lines[6] == {
        "form": "csv", "new": 4, "joins": 0, "doubtful": 1, "known": 0, "variants": 9, "offices": 4, "problems": 1,
    }  # fmt: skip


def test_a_long_list_is_cut_in_the_table(tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("name,kind\n" + "".join(f"Person{n} Sorrel{n},person\nx,ship\n" for n in range(60)))
    told = run("import_actors", str(file), "--dry-run")
    assert "… and 10 more (--json lists all)" in told
    assert "… and 10 more problems (--json lists all)" in told


@pytest.mark.parametrize("form", ["ftm", "csv"])
def test_what_goes_out_comes_back_the_same(form: str, table: Path, tmp_path: Path) -> None:
    run("import_actors", str(table))
    before = world()
    file = tmp_path / f"out.{form}"
    assert run("export_actors", str(file), "--format", form) == f"5 actors written to {file}.\n"
    exported = file.read_text()

    Actor.objects.all().delete()
    assert not world()
    run("import_actors", str(file))
    assert world() == before
    run("export_actors", str(file), "--format", form)
    assert sorted(file.read_text().splitlines()) == sorted(exported.splitlines())


def test_two_people_of_one_name_go_out_and_come_back_as_two(tmp_path: Path) -> None:
    for form in ("ftm", "csv"):
        Actor.objects.all().delete()
        make_actor("Marko Juhn", aliases=["M. Juhn"])
        make_actor("Marko Juhn")
        file = tmp_path / f"out.{form}"
        run("export_actors", str(file), "--format", form)
        Actor.objects.all().delete()
        run("import_actors", str(file))
        assert sorted(actor.aliases.count() for actor in Actor.objects.all()) == [1, 2]


def test_hidden_actors_stay_in_and_merged_ones_go_out_as_one(tmp_path: Path) -> None:
    root = make_actor("Marko Juhn")
    make_actor("Marco Jun", merged_into=root)
    make_actor("Nobody At All", hidden=True)
    out = run("export_actors", "-", "--format", "ftm")
    [entity] = map(json.loads, out.splitlines())
    assert entity["schema"] == "Person"
    assert entity["properties"] == {"name": ["Marko Juhn"], "alias": ["Marco Jun"]}


def test_mentions_go_out_with_their_articles() -> None:
    article = make_article(body="Marko Juhn met Vessa. Marko Juhn left.", headline="Talks", outlet="The Post")
    hidden = make_article(body="Marko Juhn", status=Status.HIDDEN)
    person, state = make_actor("Marko Juhn"), make_actor("Vessa", "state")
    for actor in (person, state):
        make_mentions(article, actor)
    make_mentions(hidden, person)
    found = [json.loads(line) for line in run("export_actors", "-", "--with-mentions").splitlines()]
    by_id = {entity["id"]: entity for entity in found}
    [document] = [entity for entity in found if entity["schema"] == "Article"]
    assert document["properties"] == {"title": ["Talks"], "publisher": ["The Post"]}
    mentions = [entity["properties"] for entity in found if entity["schema"] == "Mention"]
    assert len(mentions) == 2
    for mention in mentions:
        assert mention["document"] == [document["id"]]
    named = {by_id[mention["resolved"][0]]["properties"]["name"][0]: mention for mention in mentions}
    assert (named["Marko Juhn"]["name"], named["Marko Juhn"]["detectedSchema"]) == (
        ["Marko Juhn"],
        ["Person"],
    )
    assert (named["Vessa"]["name"], named["Vessa"]["detectedSchema"]) == (["Vessa"], ["PublicBody"])


def test_ids_stay_when_the_archive_grows() -> None:
    make_actor("Marko Juhn")
    [before] = map(json.loads, run("export_actors", "-").splitlines())
    make_actor("Dumi Brekk")
    make_actor("Marko Juhn")
    after = [json.loads(line) for line in run("export_actors", "-").splitlines()]
    assert after[0]["id"] == before["id"]
    assert len({entity["id"] for entity in after}) == 3


def test_an_import_is_listed_and_taken_back(table: Path) -> None:
    run("import_actors", str(table))
    number = AuthorityBatch.objects.get().pk
    assert "taken in    actors.csv" in run("import_actors", "--list")
    assert run("import_actors", "--undo", str(number)) == (
        "Taken back: 5 actors, 9 spellings, 4 offices. "
        "0 actors stay, because pages, rulings or other imports mean them.\n"
    )
    assert not Actor.objects.exists()
    assert "undone" in run("import_actors", "--list")
    with pytest.raises(CommandError, match=f"no import {number}"):
        run("import_actors", "--undo", str(number))


def test_refusals_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name a file"):
        run("import_actors")
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_actors", str(tmp_path / "none.csv"))
    (tmp_path / "notes.txt").write_text("Nothing of the kind.")
    with pytest.raises(CommandError, match=r"does not tell its form\. Say --format toml or csv"):
        run("import_actors", str(tmp_path / "notes.txt"))
    with pytest.raises(CommandError, match="Use --format ftm"):
        run("export_actors", "-", "--format", "csv", "--with-mentions")
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_actors", str(tmp_path))
    assert not Article.objects.exists()


def test_a_file_of_the_machines_own_form_is_taken_in() -> None:
    file = DEFAULT_AUTHORITY / "invented_world.toml"
    known = load_authority(file)
    told = run("import_actors", str(file))
    assert told.startswith("new ")
    assert told.splitlines()[-2].endswith(" 0 problems.")
    for fact in (*known.states, *known.bodies, *known.persons):
        assert Actor.objects.filter(name=fact.name).exists()
    assert Role.objects.count() == len(known.offices)


def test_a_dictionary_of_event_coders_is_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "heads.txt"
    file.write_text("MARKO_AL-JUHN_  ; invented\n+M._JUHN_\n\t[SYRGOV 000717-091231]\n\t[SYRELI]\n")
    assert "petrarch: 1 new" in run("import_actors", str(file))
    [role] = Role.objects.all()
    assert (role.began, role.ended) == ("2000-07-17", "2009-12-31")
    assert (str(role), role.held_from.isoformat(), role.held_to.isoformat()) == (  # type: ignore[union-attr]
        "government of Syria",
        "2000-07-17",
        "2009-12-31",
    )


def test_a_term_known_by_the_year_or_month_stays_so(tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    file.write_text("name,kind,title,of,from,to\nAda Lund,person,envoy,Vessa,2011,2016-05\n")
    run("import_actors", str(file))
    [role] = Role.objects.all()
    assert (role.held_from_precision, role.held_to_precision) == ("year", "month")
    assert (role.began, role.ended) == ("2011", "2016-05")
    out = tmp_path / "out.json"
    run("export_actors", str(out))
    assert '"startDate": ["2011"], "endDate": ["2016-05"]' in out.read_text()
