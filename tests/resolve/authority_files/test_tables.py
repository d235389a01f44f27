"""Actors from TOML and from tables: what a person writes, with the mistakes that people make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mentions.authority import DEFAULT_AUTHORITY, load_authority
from articles.mentions.spans import Kind
from articles.resolve.authority_files import FORMATS, Format, Office, guess_format, read_actor_file
from articles.resolve.authority_files.entry import EdgeError, edge_of, runs_backwards
from tests.resolve.authority_files.reading import read

TOML = """source = "invented"

[[person]]
name = "Marko Juhn"
aliases = ["M. Juhn"]

[[office]]
holder = "Marko Juhn"
title = "envoy"
of = "Vessa"
from = 2011-05-07
to = "2012-03"

[[office]]
holder = "Dumi Brekk"
title = "minister"
of = "Vessa"

[[organisation]]
name = "Council of the Free Valleys"
acronyms = ["CFV"]
"""


def test_toml_gives_actors_with_their_offices_and_lines() -> None:
    entries, problems = read(TOML, Format.TOML)
    assert problems == []
    juhn = entries["Marko Juhn"]
    assert (juhn.kind, juhn.variants, juhn.line, juhn.source) == (Kind.PERSON, ("M. Juhn",), 4, "invented")
    assert juhn.offices == (Office("envoy", "Vessa", "2011-05-07", "2012-03"),)
    assert entries["Council of the Free Valleys"].variants == ("CFV",)
    # Somebody whom an office alone names.
    assert (entries["Dumi Brekk"].kind, entries["Dumi Brekk"].line) == (Kind.PERSON, 15)


def test_a_mistake_in_one_toml_table_leaves_the_others() -> None:
    entries, problems = read(TOML.replace('title = "minister"\n', ""), Format.TOML)
    assert "Marko Juhn" in entries
    [problem] = problems
    assert (problem.line, problem.cure) == (15, "add it")
    assert "Dumi Brekk" in problem.what
    assert "'title'" in problem.what


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('source = "x"\n[[person]\nname = "A B"\n', 2, "cannot be read as TOML"),
        ('[[person]]\nname = "A B"\n', 1, "no source line"),
        ('source = "x"\nperson = 3\n', 1, "no list of tables"),
        ('source = "x"\n[[ship]]\nname = "A B"\n', 3, "unknown table"),
        (b'source = "x"\n# caf\xe9\n', 2, "not UTF-8"),
    ],
)
def test_a_broken_toml_file_says_where(text: str | bytes, line: int, what: str) -> None:
    entries, [problem] = read(text, Format.TOML)
    assert entries == {}
    assert what in problem.what
    assert problem.line == line or what == "unknown table"
    assert problem.cure


def test_the_files_of_the_repository_are_read_whole() -> None:
    known = load_authority()
    names = {fact.name for fact in (*known.states, *known.bodies, *known.persons)}
    found: set[str] = set()
    for file in sorted(DEFAULT_AUTHORITY.glob("*.toml")):
        entries, problems = read(file.read_bytes(), Format.TOML)
        assert problems == []
        found |= set(entries)
    assert names <= found


TABLE = """name,kind,variants,title,of,from,to,source
Marko Juhn,person,M. Juhn; Marco Juhn,envoy,Vessa,2011-05-07,2012-03,gazette
Council of the Free Valleys,organization,CFV,,,,,
Marko Juhn,,,minister,Vessa,2012-04,..,radio
"""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_has_a_row_an_office(separator: str, mark: bytes) -> None:
    text = TABLE.replace("M. Juhn; Marco Juhn", '"M. Juhn; Marco Juhn"').replace(",", separator)
    entries, problems = read(mark + text.encode(), Format.CSV)
    assert problems == []
    juhn = entries["Marko Juhn"]
    assert (juhn.kind, juhn.variants, juhn.line) == (Kind.PERSON, ("M. Juhn", "Marco Juhn"), 2)
    assert juhn.source == "gazette; radio"
    assert juhn.offices == (
        Office("envoy", "Vessa", "2011-05-07", "2012-03"),
        Office("minister", "Vessa", "2012-04", None),
    )
    assert entries["Council of the Free Valleys"].kind is Kind.ORGANISATION


def test_a_table_as_a_spreadsheet_saves_it() -> None:
    assert "Zoë Brünn" in read("name;kind\nZoë Brünn;person\n".encode("cp1252"), Format.CSV)[0]
    assert "Zoë Brünn" in read("name\tkind\r\nZoë Brünn\tperson\r\n".encode("utf-16"), Format.CSV)[0]


def test_two_people_of_one_name_are_told_apart_by_an_id() -> None:
    rows = "name,kind,title,id\nMarko Juhn,person,envoy,1\nMarko Juhn,person,judge,2\nMarko Juhn,,mayor,1\n"
    found = list(read_actor_file(rows.encode(), form=Format.CSV, name="x"))
    titles = [[office.title for office in each.offices] for each in found]  # type: ignore[union-attr]
    assert titles == [["envoy", "mayor"], ["judge"]]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",person,,,,,,", "no name"),
        ("Marko Juhn,ship,,,,,,", '"ship" is no kind of actor'),
        ("Marko Juhn,,,,,,,", "has no kind"),
        ("Marko Juhn,person,,envoy,Vessa,7 May 2011,,", '"7 May 2011" is no date'),
        ("Marko Juhn,person,,envoy,Vessa,2011-02-30,,", "a day that its month does not have"),
        ("Marko Juhn,person,,envoy,Vessa,2011-13,,", "a month that no year has"),
        ("Marko Juhn,person,,envoy,Vessa,2012,2011-05,", "ends (2011-05) before it begins (2012)"),
        ("Marko Juhn,person,,,,2012,,", "no title"),
        ("Marko Juhn,person,,envoy,Vessa,,,x,,more", "10 cells under 8 columns"),
        ('"Marko Juhn,person\nsecond,person\n', "runs over several lines"),
        (f"{'J' * 301},person,,,,,,", "longer than 300 characters"),
    ],
)
def test_a_mistake_in_a_row_says_where_and_how_to_mend_it(row: str, what: str) -> None:
    text = "name,kind,variants,title,of,from,to,source\nDumi Brekk,person,,,,,,\n" + row
    entries, [problem] = read(text, Format.CSV)
    assert "Dumi Brekk" in entries
    assert what in problem.what
    assert problem.line == 3
    assert problem.cure


def test_an_actor_stays_when_its_office_has_no_date() -> None:
    entries, _ = read("name,kind,title,from\nMarko Juhn,person,envoy,soon\n", Format.CSV)
    assert entries["Marko Juhn"].offices == ()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Marko Juhn\n"])
def test_a_table_without_a_header_gives_one_problem(text: str) -> None:
    entries, [problem] = read(text, Format.CSV)
    assert entries == {}
    assert problem.line == 1
    assert "name,kind,variants" in problem.cure


def test_ends_of_an_office() -> None:
    assert [edge_of(text) for text in ("2012", "2012-02", "2012-02-29", "", "..")] == [
        "2012",
        "2012-02",
        "2012-02-29",
        None,
        None,
    ]
    with pytest.raises(EdgeError, match="no date"):
        edge_of("0000")
    assert not runs_backwards("2012-05", "2012")
    assert runs_backwards("2012-05", "2012-04-30")
    assert not runs_backwards(None, "2012")


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("x.toml", b"", Format.TOML),
        ("x.tsv", b"", Format.CSV),
        ("x.actors.json", b"", Format.FTM),
        ("x.txt", b'\n{"id": "a"}\n', Format.FTM),
        ("x.txt", b"\xef\xbb\xbfid;name;kind\n", Format.CSV),
        ("x.txt", b"kind,name\n", Format.CSV),
        ("x.txt", b'# c\nsource = "x"\n', Format.TOML),
        ("x.txt", b"# c\nMARKO_JUHN_\n\t[VESGOV]\n", Format.PETRARCH),
        ("x.txt", b"Nothing of the kind.\n", None),
    ],
)
def test_the_form_is_told_by_the_name_or_the_content(name: str, content: bytes, form: Format | None) -> None:
    assert guess_format(content, name=name) is form


@given(st.sampled_from(FORMATS), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_reader_raises_whatever_the_bytes(form: str, content: bytes) -> None:
    for each in read_actor_file(content, form=Format(form), name="x"):
        assert each.line >= 1


BITS = st.sampled_from(
    ["name", "kind", "person", "[", "]", "VESGOV", "<", ">", "000717", "-", "+", "\n", "\t", ";", "#", ",", '"',
     '{"id":"a","schema":"Person","properties":{"name":["A B"]}}', "[[person]]", "source", "=", "2012", "<!--", "-->"]
)  # fmt: skip


@given(st.sampled_from(FORMATS), st.lists(BITS, max_size=40).map("".join))
def test_no_reader_raises_on_pieces_of_its_form(form: str, text: str) -> None:
    for each in read_actor_file(text.encode(), form=Format(form), name="x"):
        assert each.line >= 1
