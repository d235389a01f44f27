"""Rulings leave as lines of JSON, come back, and go from one archive to another."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.curate import actors, mark_line, rule_fields, separate_articles, undo_line
from articles.ingest import ArchiveDirectory, ingest_page
from articles.ingest.reset import rebuild, throw_away
from articles.mentions import AuthorityError
from articles.models import Actor, Article, Mention, Outlet, Ruling, StoredPage
from tests.curate.invented_actors import person, take_in
from tests.curate.test_lines import EXTRA_LINE, PROMO, take

pytestmark = pytest.mark.django_db
BREKK, BRETZKA, ONDRY = person("Osanna Brekk", "Brekk"), person("Ossana Bretzka"), person("Rafe Ondry")


@pytest.fixture
def lena() -> User:
    return User.objects.create_user("lena", is_staff=True)


def actor(name: str) -> Actor:
    return Actor.objects.get(machine_name=name, made_by="")


def export() -> list[dict[str, Any]]:
    out = StringIO()
    call_command("export_rulings", "-", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def import_(folder: Path, lines: list[dict[str, Any]], *arguments: str) -> list[str]:
    file = folder / "rulings.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    out = StringIO()
    call_command("import_rulings", str(file), *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def states(told: list[str]) -> list[str]:
    return [line.split(": ")[1] for line in told]


def meant(surface: str) -> set[str]:
    return set(Mention.objects.filter(surface=surface).values_list("actor__name", flat=True))


def test_a_line_is_readable_and_says_who_when_and_why(lena: User, tmp_path: Path) -> None:
    article = take_in([BREKK, BRETZKA])
    ruling = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena, reason="one envoy")
    seen = article.page.sha256
    assert export() == [
        {
            "id": str(ruling.key),
            "verdict": "same",
            "left": {"kind": "person", "name": "Ossana Bretzka", "seen": seen},
            "right": {"kind": "person", "name": "Osanna Brekk", "seen": seen},
            "reason": "one envoy",
            "by": "lena",
            "at": ruling.made_at.isoformat(),
        }
    ]
    actors.undo(ruling, by=lena)
    ruling.refresh_from_db()
    assert ruling.undone_at is not None
    assert export()[0]["undone"] == {"by": "lena", "at": ruling.undone_at.isoformat()}
    call_command("export_rulings", str(tmp_path / "out.jsonl"), stderr=StringIO())
    assert json.loads((tmp_path / "out.jsonl").read_text())["id"] == str(ruling.key)
    with pytest.raises(CommandError, match="could not be written"):
        call_command("export_rulings", str(tmp_path / "no" / "where.jsonl"))


def test_every_kind_of_ruling_on_actors_comes_back_the_same(lena: User, tmp_path: Path) -> None:
    article = take_in([BREKK, BRETZKA, ONDRY, person("Ilmar Tessedin", "Tessedin"), person("Oda Vell")])
    actors.rename(actor("Osanna Brekk"), "O. Brekk-Vell", by=lena)
    actors.add_alias(actor("Osanna Brekk"), "Madam Brekk", by=lena)
    actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    actors.rule_different(actor("Rafe Ondry"), actor("Osanna Brekk"), by=lena)
    actors.rule_unsure(actor("Rafe Ondry"), actor("Ilmar Tessedin"), by=lena)
    split = actors.split_spelling(actor("Ilmar Tessedin"), "Tessedin", by=lena)
    made = Actor.objects.get(made_by=split.key.hex)
    actors.set_kind(made, "organisation", by=lena)
    actors.reassign_mention(article.mentions.get(surface="Brekk"), to=actor("Rafe Ondry"), by=lena)
    actors.not_an_actor(actor("Oda Vell"), by=lena)
    said, before = export(), told(article)
    assert len(said) == 9

    Actor.objects.update(merged_into=None)
    Ruling.objects.all().delete()
    call_command_settle()
    assert told(article) != before
    assert set(states(import_(tmp_path, said, "--dry-run"))) == {"applied"}
    assert not Ruling.objects.exists()
    assert set(states(import_(tmp_path, said))) == {"applied"}
    assert told(article) == before
    assert export() == said
    assert set(states(import_(tmp_path, said))) == {"known"}
    assert export() == said


def call_command_settle() -> None:
    from articles.ingest.settle import settle_everything

    settle_everything()
    Actor.objects.exclude(made_by="").delete()


def told(article: Article) -> dict[int, tuple[str, str, bool]]:
    rows = article.mentions.values_list("start", "actor__name", "actor__kind", "actor__hidden")
    return {start: (name, kind, hidden) for start, name, kind, hidden in rows}


def test_a_ruling_waits_for_its_actors(lena: User, tmp_path: Path) -> None:
    take_in([BREKK, BRETZKA])
    actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    said = export()
    Ruling.objects.all().delete()
    Mention.objects.all().delete()
    Article.objects.all().delete()
    Actor.objects.update(merged_into=None)
    Actor.objects.all().delete()
    StoredPage.objects.all().delete()
    assert import_(tmp_path, said) == [
        "1: waiting: Ossana Bretzka is the same as Osanna Brekk (for Ossana Bretzka and Osanna Brekk)"
    ]
    directory = ArchiveDirectory()
    take_in([BREKK], directory)
    take_in([ONDRY, BRETZKA], directory)
    assert meant("Ossana Bretzka") == {"Osanna Brekk"}
    assert not Ruling.objects.waiting().exists()


def test_what_was_ruled_here_is_never_overwritten(lena: User, tmp_path: Path) -> None:
    article = take_in([BREKK, BRETZKA, ONDRY])
    actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    actors.rename(actor("Rafe Ondry"), "R. Ondry", by=lena)
    rule_fields(article, {"section": "World"}, by=lena)
    theirs = export()
    for line in theirs:
        line["id"] = _other(line["id"])
        line["by"] = "karl"
    theirs[0]["verdict"] = "different"
    theirs[1]["text"] = "Rafe"
    theirs[2]["value"] = "Home"
    day = f"{timezone.now():%-d %B %Y}"
    assert import_(tmp_path, theirs) == [
        f"1: conflicting: Ossana Bretzka is not Osanna Brekk (here lena ruled on {day} that Ossana Bretzka is the same as Osanna Brekk)",
        f"2: conflicting: Rafe Ondry is called Rafe (here lena ruled on {day} that Rafe Ondry is called R. Ondry)",
        f"3: conflicting: section is Home (here lena ruled on {day} that section is World)",
    ]
    assert Ruling.objects.count() == 3
    assert Article.objects.get(pk=article.pk).section == "World"


def _other(key: str) -> str:
    return f"{'0' if key[0] != '0' else '1'}{key[1:]}"


def test_a_merge_from_elsewhere_against_a_ruling_of_here_is_not_taken(lena: User, tmp_path: Path) -> None:
    take_in([BREKK, BRETZKA])
    merged = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    said = export()
    Ruling.objects.filter(pk=merged.pk).update(undone_at=timezone.now())
    Ruling.objects.all().delete()
    call_command_settle()
    actors.rule_different(actor("Osanna Brekk"), actor("Ossana Bretzka"), by=lena)
    assert states(import_(tmp_path, said)) == ["conflicting"]
    assert meant("Ossana Bretzka") == {"Ossana Bretzka"}


def test_an_undo_travels_after_its_ruling(lena: User, tmp_path: Path) -> None:
    take_in([BREKK, BRETZKA])
    ruling = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    [line] = export()
    line["undone"] = {"by": "karl", "at": timezone.now().isoformat()}
    assert states(import_(tmp_path, [line])) == ["undone"]
    ruling.refresh_from_db()
    assert (ruling.undone_by_name, ruling.undone_by) == ("karl", None)
    assert meant("Ossana Bretzka") == {"Ossana Bretzka"}
    del line["undone"]
    assert states(import_(tmp_path, [line])) == ["known"]
    assert meant("Ossana Bretzka") == {"Ossana Bretzka"}


def test_rulings_on_fields_lines_and_stories_travel_too(lena: User, tmp_path: Path) -> None:
    first, second = take(1), take(2)
    rule_fields(first, {"headline": "Osanna Brekk leaves"}, by=lena, reason="as printed")
    mark_line(first, line_number=EXTRA_LINE, label="chrome", by=lena)
    separate_articles(first, second, by=lena)
    said = export()
    assert [line["verdict"] for line in said] == ["field", "line", "different"]
    Ruling.objects.all().delete()
    Outlet.objects.update(rules={}, rules_stamp=0)
    assert "outlet" in said[1]
    assert "articles" in said[2]
    assert states(import_(tmp_path, said)) == ["applied", "applied", "applied"]
    assert Article.objects.get(pk=first.pk).headline == "Osanna Brekk leaves"
    assert PROMO not in take(3).body
    assert export() == said
    ruling = Ruling.objects.get(verdict="line")
    assert ruling.made_by == lena
    undo_line(ruling, by=lena)
    other = [line | {"id": _other(line["id"]), "label": "body"} for line in said if line["verdict"] == "line"]
    assert states(import_(tmp_path, other)) == ["applied"]


def test_a_field_ruling_waits_for_its_page(lena: User, tmp_path: Path) -> None:
    article = take(1)
    page = article.page.as_raw_page()
    rule_fields(article, {"headline": "Osanna Brekk leaves"}, by=lena)
    said = export()
    Ruling.objects.all().delete()
    article.delete()
    StoredPage.objects.all().delete()
    assert states(import_(tmp_path, said)) == ["waiting"]
    found = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    assert found.headline == "Osanna Brekk leaves"
    assert found.mentions.filter(zone="headline", actor__name="Osanna Brekk").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verdict": "perhaps"}, "perhaps is no verdict"),
        ({"id": "1"}, "badly formed"),
        ({"at": "yesterday"}, "no moment"),
        ({"left": None}, "Line 1"),
        ({"left": {"kind": "fish", "name": "x"}}, "fish is no kind"),
        ({"by": 3}, "by must be a text"),
        ({"reason": ["x"]}, "reason must be a text"),
        ({"verdict": "field"}, "field is missing"),
        ({"verdict": "field", "field": "colour"}, "colour is no field"),
        ({"verdict": "line", "label": "x"}, "not as x"),
        ({"verdict": "kind", "text": "fish"}, "fish is no kind"),
        ({"verdict": "is_really", "page": "x", "spelling": "B"}, "page must be a SHA-256"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole(
    lena: User, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    take_in([BREKK, BRETZKA])
    actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    [line] = export()
    with pytest.raises(CommandError, match=words):
        import_(tmp_path, [line | change, line])
    assert Ruling.objects.count() == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.jsonl"):
        call_command("import_rulings", str(tmp_path / "nothing.jsonl"))
    assert import_(tmp_path, []) == []


def test_a_reset_builds_the_same_again(lena: User) -> None:
    articles = [take(1), take(2)]
    name = "Osanna Brekk"
    actors.rename(actor(name), "O. Brekk-Vell", by=lena)
    rule_fields(articles[0], {"section": "World"}, by=lena)
    ids = {article.permanent_id for article in articles}
    before = [told(article) for article in articles]
    err = StringIO()
    call_command("reset", "--yes", stderr=err)
    assert "2 articles thrown away" in err.getvalue()
    assert "2 articles; 0 rulings wait" in err.getvalue()
    again = list(Article.objects.order_by("pk"))
    assert {article.permanent_id for article in again} == ids
    assert [told(article) for article in again] == before
    assert again[0].section == "World"
    assert Ruling.objects.standing().count() == 2


def test_a_reset_that_was_cut_off_goes_on(lena: User) -> None:
    for number in (1, 2, 3):
        take(number)
    throw_away()
    assert not Actor.objects.exists()
    next(iter(rebuild()))  # and then it is killed
    first = Article.objects.get()
    err = StringIO()
    call_command("reset", stderr=err)
    assert "Going on: 2 of 3 pages" in err.getvalue()
    assert Article.objects.count() == 3
    assert Article.objects.filter(pk=first.pk).exists()


def test_a_reset_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    take(1)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("reset", stderr=StringIO())
    assert Article.objects.count() == 1


def test_a_page_that_cannot_be_read_stops_no_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    take(1)
    take(2)
    StoredPage.objects.filter(article=Article.objects.first()).update(compressed=b"no page")
    err = StringIO()
    with pytest.raises(CommandError, match="1 pages could not be read"):
        call_command("reset", "--yes", stderr=err)
    assert "Not read" in err.getvalue()
    assert Article.objects.count() == 1


def test_a_wrong_authority_file_stops_a_reset_once_and_it_goes_on_when_that_is_mended(
    settings: LazySettings, tmp_path: Path
) -> None:
    take(1)
    take(2)
    right = settings.ARCHIVE_AUTHORITY_DIRS
    (tmp_path / "wrong.toml").write_text('[[state]]\nname = "Vessa"\n')
    settings.ARCHIVE_AUTHORITY_DIRS = [tmp_path]
    err = StringIO()
    with pytest.raises(AuthorityError, match=r"wrong\.toml"):
        call_command("reset", "--yes", stderr=err)
    assert "Not read" not in err.getvalue()
    settings.ARCHIVE_AUTHORITY_DIRS = right
    call_command("reset", stderr=err)
    assert "Going on: 2 of 2" in err.getvalue()
    assert Article.objects.count() == 2
