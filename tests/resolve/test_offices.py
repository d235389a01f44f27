"""Who held an office on a day, asked in words, over invented authority files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from articles.mentions.authority import Authority, load_authority
from articles.resolve.offices import Holder, OfficeAsked, holders, parse_office

FACTS = """
source = "invented"
state = [
  {name = "Marovia", demonyms = ["Marovian"], capital = "Tessarine", aliases = ["Marovian Republic"]},
  {name = "Northern Isles", demonyms = ["Islander"]},
]
organisation = [{name = "League of Lakes", aliases = ["Lake League"], acronyms = ["LoL"]}]
seat = [{name = "Quay House", of = "Marovia"}]
person = [{name = "Ann Brell"}]
office = [
  {holder = "Ann Brell", title = "foreign minister", of = "Marovia", from = "2010-02", to = "2012-06-30"},
  {holder = "Ivo Tull", title = "foreign minister", of = "Marovia", from = "2012-07-01", to = ".."},
  {holder = "Ivo Tull", title = "foreign minister", of = "Northern Isles", from = "2001", to = "2004"},
  {holder = "Osk Renn", title = "defence minister", of = "Marovia", from = "2010"},
  {holder = "Mia Torr", title = "secretary of state", of = "Northern Isles", from = "2010"},
  {holder = "Kal Umber", title = "envoy", variants = ["peace envoy"], of = "League of Lakes", from = "2011"},
  {holder = "Edda Lorn", title = "special envoy", of = "Marovia", from = "2011"},
  {holder = "Pia Soll", title = "quay house spokeswoman", of = "Marovia", from = "2011", unique = false},
  {holder = "Jon Hask", title = "LoL ambassador", of = "Marovia", from = "2011"},
]
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    file: Path = tmp_path_factory.mktemp("authority") / "invented.toml"
    file.write_text(FACTS, encoding="utf-8")
    return load_authority(file)


@pytest.mark.parametrize(
    ("words", "title", "of"),
    [
        ("foreign minister of Marovia", "foreign minister", "Marovia"),
        ("the Foreign Minister of the Marovian Republic", "foreign minister", "Marovia"),
        ("Marovian foreign minister", "foreign minister", "Marovia"),
        ("Marovia’s foreign minister", "foreign minister", "Marovia"),
        ("Northern Isles' foreign minister", "foreign minister", "Northern Isles"),
        ("Marovian minister of foreign affairs", "foreign minister", "Marovia"),
        ("Marovian Defense Minister", "defence minister", "Marovia"),
        ("secretary of state of the Northern Isles", "secretary of state", "Northern Isles"),
        ("LoL peace envoy", "peace envoy", "League of Lakes"),
        ("envoy of the Lake League for Marovia", "envoy", "League of Lakes"),
        ("foreign minister", "foreign minister", None),
    ],
)
def test_an_office_in_words(facts: Authority, words: str, title: str, of: str | None) -> None:
    assert parse_office(words, facts) == OfficeAsked(title, of)


@pytest.mark.parametrize("words", ["", "  .", "of Marovia"])
def test_words_without_a_title(facts: Authority, words: str) -> None:
    assert parse_office(words, facts) is None
    assert holders(words, facts) == ()


@pytest.mark.parametrize(
    ("words", "day", "people"),
    [
        ("foreign minister of Marovia", date(2012, 6, 30), ["Ann Brell"]),
        ("foreign minister of Marovia", date(2012, 7, 1), ["Ivo Tull"]),
        ("foreign minister of Marovia", date(2010, 1, 31), []),
        ("foreign minister of Marovia", None, ["Ann Brell", "Ivo Tull"]),
        ("foreign minister", date(2004, 12, 31), ["Ivo Tull"]),
        ("Lake League special envoy", date(2012, 1, 1), ["Kal Umber"]),
        ("Marovian special envoy for the lakes", date(2012, 1, 1), ["Edda Lorn"]),
        ("Quay House spokesman", date(2012, 1, 1), ["Pia Soll"]),
        ("Marovian ambassador to the LoL", date(2012, 1, 1), ["Jon Hask"]),
        ("Marovian admiral", date(2012, 1, 1), []),
    ],
)
def test_who_held_it(facts: Authority, words: str, day: date | None, people: list[str]) -> None:
    assert [one.person for one in holders(words, facts, on_day=day)] == people


def test_a_holder_has_the_days_of_the_files(facts: Authority) -> None:
    office = OfficeAsked("foreign minister", "Northern Isles")
    assert holders(office, facts) == (
        Holder("Ivo Tull", "foreign minister", "Northern Isles", "2001", "2004"),
    )
