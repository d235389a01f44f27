"""Learnt rules leave and come back in the form of the built-in ones."""

from __future__ import annotations

import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.clean import clean_page, read_rules
from articles.curate.lines import mark_line
from articles.ingest.rules import archive_rules
from articles.models import Outlet, Ruling
from tests.curate.test_lines import EXTRA_LINE, PROMO, take

pytestmark = pytest.mark.django_db
FOLDED = PROMO.replace("4,100", "0")


def export(*arguments: str) -> str:
    out = StringIO()
    call_command("export_rules", *arguments, stdout=out)
    return out.getvalue()


def import_(file: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("import_rules", str(file), *arguments, stdout=out)
    return out.getvalue()


def write(folder: Path, text: str) -> Path:
    file = folder / "rules.toml"
    file.write_text(text)
    return file


def test_a_learnt_rule_leaves_and_comes_back(curator: User, tmp_path: Path) -> None:
    mark_line(take(1), line_number=EXTRA_LINE, label="chrome", by=curator, reason="a promo")
    text = export()
    assert tomllib.loads(text) == {"outlet": [{"name": "The Meridian Post", "chrome": [FOLDED]}]}

    Ruling.objects.all().delete()
    Outlet.objects.update(rules={}, rules_stamp=0)
    assert PROMO in take(2).body
    assert "Taken in" in import_(write(tmp_path, text))
    assert PROMO not in take(3).body
    assert export() == text
    assert import_(tmp_path / "rules.toml") == "Nothing new.\n"


def test_an_exported_file_is_a_built_in_rule_file(curator: User, tmp_path: Path) -> None:
    article = take(1)
    mark_line(article, line_number=EXTRA_LINE, label="chrome", by=curator)
    rules = read_rules(write(tmp_path, export()).parent)
    [rule] = rules.outlets
    assert rule.chrome == (FOLDED,)
    text = article.page.as_raw_page()
    write(tmp_path, export().replace("chrome", 'domains = ["meridianpost.example"]\nchrome'))
    assert PROMO not in clean_page(text, rules=read_rules(tmp_path)).body


def test_a_quoted_or_starred_line_survives_the_way(curator: User, tmp_path: Path) -> None:
    odd = (
        'He said "no\\way" to 5* hotels, and nobody in the city or the port around it had thought otherwise.'
    )
    mark_line(take(1, extra=odd), line_number=EXTRA_LINE, label="chrome", by=curator)
    text = export()
    Ruling.objects.all().delete()
    Outlet.objects.update(rules={}, rules_stamp=0)
    import_(write(tmp_path, text))
    assert "hotels" not in take(2, extra=odd).body
    assert "dogs" in take(3, extra=odd.replace("5*", "5* and dogs")).body


def test_only_one_outlet(curator: User) -> None:
    mark_line(take(1), line_number=EXTRA_LINE, label="chrome", by=curator)
    mark_line(take(2, host="karrindaily.example"), line_number=EXTRA_LINE, label="body", by=curator)
    assert export("--outlet", "karrin-daily").count("[[outlet]]") == 1
    assert "keep = [" in export("--outlet", "karrin-daily")
    with pytest.raises(CommandError, match="no outlet nowhere"):
        export("--outlet", "nowhere")


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, 'name = "The New Gazette"\nchrome = ["Our letter *"]\n')
    told = import_(file, "--dry-run")
    assert "The New Gazette\n  chrome: Our letter *\n" in told
    assert "Nothing was changed" in told
    assert not Outlet.objects.exists()


def test_a_file_may_make_an_outlet_known_by_its_address(tmp_path: Path) -> None:
    text = 'name = "The New Gazette"\ndomains = ["gazette.example"]\nchrome = ["Our harbour letter, now read by *"]\n'
    import_(write(tmp_path, text))
    article = take(1, host="gazette.example")
    assert article.outlet is not None
    assert article.outlet.name == "The New Gazette"
    assert PROMO not in article.body
    import_(write(tmp_path, 'name = "The New Gazette"\nkeep = ["Our harbour letter, now read by *"]\n'))
    assert PROMO in take(2, host="gazette.example").body
    assert tomllib.loads(export())["outlet"] == [
        {
            "name": "The New Gazette",
            "domains": ["gazette.example"],
            "keep": ["Our harbour letter, now read by *"],
        }
    ]


def test_what_a_curator_ruled_here_holds_against_the_file(curator: User, tmp_path: Path) -> None:
    mark_line(take(1), line_number=EXTRA_LINE, label="body", by=curator)
    told = import_(write(tmp_path, f'name = "The Meridian Post"\nchrome = ["{PROMO}"]\n'))
    assert "stays as a curator ruled it here" in told
    assert PROMO in take(2).body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chrome = [", "no TOML file"),
        ('chrome = ["A line"]', "an outlet has no name"),
        ('name = "A"\ncolour = "red"', "the key colour"),
        ('name = "A"\nchrome = "A line"', "chrome must be a list"),
        ('name = "A"\nchrome = ["***"]', "chrome must be a list"),
        ('name = "A"\ndate_order = "ymd"', "date_order must be one of"),
        ('name = "A"\nis_agency = 1', "is_agency must be true or false"),
        ('name = "A"\nchrome = ["A line"]\nkeep = ["a  line"]', "both chrome and keep"),
        ('[outlet]\nname = "A"', "two brackets"),
        ('outlet = ["A"]', "two brackets"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        import_(write(tmp_path, text))
    assert not Outlet.objects.exists()


def test_an_archive_that_was_taught_nothing_teaches_nothing(tmp_path: Path) -> None:
    assert export() == ""
    assert import_(write(tmp_path, export())) == "Nothing new.\n"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.toml"):
        import_(tmp_path / "nothing.toml")


def test_rules_are_built_once_a_generation(curator: User) -> None:
    first = archive_rules()
    assert archive_rules() is first
    article = take(1)
    assert archive_rules() is first
    mark_line(article, line_number=EXTRA_LINE, label="chrome", by=curator)
    assert archive_rules() is not first
