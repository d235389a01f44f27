"""Actors from dictionaries of event coders, in both forms; every name here is invented or a state's."""

from __future__ import annotations

import pytest

from articles.mentions.spans import Kind
from articles.resolve.authority_files import Format, Office
from articles.resolve.authority_files.cameo import CodeUse, role_of
from articles.resolve.authority_files.shown_names import plain_name, shown_name
from tests.resolve.authority_files.reading import read

DICTIONARY = """# Invented for a test
<!-- more
of it -->
MARKO_AL-JUHN_  ; CountryInfo.txt
+M._JUHN_
+MARCO_JUHN  # a misspelling
\t[SYRELI 800101-000716]
\t[SYRGOV >000717]
\t[SYRELI]

DUMI_BREKK_ [NORGOVMIL <050101] [NORELI >050101]

SYRIA_ [SYR]
+SYRIAN_ARAB_REPUBLIC_
+HOMS_

THE_PILOTS_GUILD_
PILOTS_GUILD_
P.G.
\t[NGOLAB] ; from a list
"""


def test_heads_synonyms_and_dated_codes() -> None:
    entries, problems = read(DICTIONARY, Format.PETRARCH)
    assert problems == []
    juhn = entries["Marko al-Juhn"]
    assert (juhn.kind, juhn.variants, juhn.line) == (Kind.PERSON, ("M. Juhn", "Marco Juhn"), 4)
    assert juhn.offices == (Office("government", "Syria", "2000-07-17", None),)
    assert juhn.notes == ("codes: SYRELI 1980-01-01..2000-07-16; SYRGOV 2000-07-17..; SYRELI",)


def test_the_older_form_has_its_codes_in_the_line_of_the_head() -> None:
    entries, _ = read(DICTIONARY, Format.PETRARCH)
    brekk = entries["Dumi Brekk"]
    assert brekk.kind is Kind.PERSON
    assert brekk.offices == (Office("government, military", "Norway", None, "2005-01-01"),)


def test_a_state_keeps_its_names_and_not_its_cities() -> None:
    entries, _ = read(DICTIONARY, Format.PETRARCH)
    syria = entries["Syria"]
    assert (syria.kind, syria.variants, syria.offices) == (Kind.STATE, ("Syrian Arab Republic",), ())
    assert "left out: 1" in syria.notes[1]


def test_heads_without_a_code_are_spellings_of_the_one_that_follows() -> None:
    entries, _ = read(DICTIONARY, Format.PETRARCH)
    guild = entries["The Pilots Guild"]
    assert (guild.kind, guild.variants) == (Kind.ORGANISATION, ("Pilots Guild", "P.G."))
    assert guild.offices == (Office("non-governmental organisation, labour", ""),)


def test_synonyms_behind_an_empty_line_are_still_of_their_head() -> None:
    entries, problems = read("PILOTS_GUILD_\n\n+GUILD_OF_PILOTS_\n\n\t[NGO]\n", Format.PETRARCH)
    assert problems == []
    assert entries["Pilots Guild"].variants == ("Guild of Pilots",)


def test_what_is_listed_twice_is_one_actor() -> None:
    text = "MARKO_JUHN_\n\t[SYRGOV 000101-001231]\n\nMARKO_JUHN\n+M._JUHN_\n\t[SYRGOV 020101-021231]\n"
    entries, _ = read(text, Format.PETRARCH)
    juhn = entries["Marko Juhn"]
    assert [office.start for office in juhn.offices] == ["2000-01-01", "2002-01-01"]
    assert juhn.variants == ("M. Juhn",)
    assert "stands again in line 4" in juhn.notes


def test_people_of_one_name_in_two_states_are_two() -> None:
    from articles.resolve.authority_files import read_actor_file

    text = b"MARKO_JUHN_\n\t[SYRGOV >000101]\n\nMARKO_JUHN_\n\t[NORGOV >000101]\n"
    assert len(list(read_actor_file(text, form=Format.PETRARCH, name="x"))) == 2


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        ("800101-991231", "1980-01-01", "1999-12-31"),
        (">000717", "2000-07-17", None),
        ("> 20120101", "2012-01-01", None),
        ("<050101", None, "2005-01-01"),
        ("18970101-450703", "1897-01-01", "1945-07-03"),
        ("290101-681231", "1929-01-01", "1968-12-31"),
        ("310101", "1931-01-01", None),
        (">201005011", "2010-05-01", None),
    ],
)
def test_days(days: str, start: str | None, end: str | None) -> None:
    entries, problems = read(f"MARKO_JUHN_\n\t[SYRGOV {days}]\n", Format.PETRARCH)
    assert problems == []
    assert entries["Marko Juhn"].offices == (Office("government", "Syria", start, end),)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("MARKO_JUHN_\n\t[SYRGOV 0007177-091231]\n\t[SYRELI]\n", 2, '"0007177" is no day'),
        ("MARKO_JUHN_\n\t[SYRGOV 20100931]\n\t[SYRELI]\n", 2, "a day that its month does not have"),
        ("MARKO_JUHN_\n\t[SYRGOV 20121231-20120101]\n\t[SYRELI]\n", 2, "ends before it begins"),
        ("MARKO_JUHN_\n\t[a remark]\n\t[SYRELI]\n", 2, "is no code"),
        ("MARKO_JUHN_ [SYRELI]\nSYRGOV]\n", 2, "a bracket without its other one"),
        ("+M._JUHN_\nMARKO_JUHN_ [SYRELI]\n", 1, "a synonym of no head"),
        ("\t[SYRGOV]\nMARKO_JUHN_ [SYRELI]\n", 1, "stands under no head"),
        ("PILOTS_GUILD_\n\nMARKO_JUHN_ [SYRELI]\n", 1, "has no code"),
        ("____ [SYRELI]\nMARKO_JUHN_ [SYRELI]\n", 1, "the head is empty"),
    ],
)
def test_a_broken_line_says_where_and_leaves_the_rest(text: str, line: int, what: str) -> None:
    entries, [problem] = read(text, Format.PETRARCH)
    assert list(entries) == ["Marko Juhn"]
    assert problem.line == line
    assert what in problem.what
    assert problem.cure


def test_a_head_that_is_not_to_be_coded_is_left_out() -> None:
    assert read("THE_SEASON_OF_PEACE_ [---]\n", Format.PETRARCH) == ({}, [])


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ("PILOTS_TRUST_ [MNCUSA]", Kind.ORGANISATION),
        ("SELMA_DAILY_ [NORMED]", Kind.MEDIA),
        ("VALLEY_BRIGADE_ [SYRREB >110801]", Kind.ORGANISATION),
        ("SOLVEIG_JUHN_ [IGOUNO 920101-961231]", Kind.PERSON),
        ("SOLVEIG_JUHN_ [NGOHRI]", Kind.ORGANISATION),
        ("SIR_SOLVEIG_DE_LA_JUHN_ [NORELI]", Kind.PERSON),
        ("JUHN_ [NORGOV >110801]", Kind.PERSON),
        ("STORVIK_ [NORGOV]", Kind.ORGANISATION),
        ("MINISTRY_OF_BRIDGES_ [NORGOV 010101-020101]", Kind.ORGANISATION),
        ("NORWEGIAN_PRIME_MINISTER_ [NORGOV]", Kind.ORGANISATION),
        ("ISLAMIC_CHURCH_ [NORGOV >010101] ; CountryInfo.txt", Kind.PERSON),
        ("HIGH_BRIDGES_COUNCIL_ [NORGOV >010101] ; CountryInfo.txt", Kind.ORGANISATION),
        ("ARUBA_ [NLDABW]", Kind.STATE),
        ("MAYOTTE_ [FRA]", Kind.STATE),
        ("STORVIK_VALLEY_ [NOR]", Kind.ORGANISATION),
        ("SOVIET_UNION_ [USR <911221]", Kind.STATE),
    ],
)
def test_the_name_and_the_code_tell_the_kind(record: str, kind: Kind) -> None:
    entries, problems = read(record, Format.PETRARCH)
    assert problems == []
    [entry] = entries.values()
    assert entry.kind is kind


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("SYRGOV", ("government", "Syria")),
        ("SYRGOVMIL", ("government, military", "Syria")),
        ("IGOUNO", ("intergovernmental organisation", "United Nations")),
        ("NGONORHLH", ("non-governmental organisation, health", "Norway")),
        ("GBRVGBGOV", ("government", "British Virgin Islands")),
        ("SASREB", ("rebels", "South Asia")),
        ("SYR", ("", "Syria")),
    ],
)
def test_what_a_code_says(code: str, role: tuple[str, str]) -> None:
    assert role_of(CodeUse(code)) == role


@pytest.mark.parametrize(
    ("raw", "kind", "shown"),
    [
        ("MARKO_AL-JUHN_", Kind.PERSON, "Marko al-Juhn"),
        ("AL-JUHN", Kind.PERSON, "Al-Juhn"),
        ("J._O'SEL_", Kind.PERSON, "J. O'Sel"),
        ("AMA_MCSELM_", Kind.PERSON, "Ama McSelm"),
        ("DE_JUHN_(ACTING_", Kind.PERSON, "De Juhn"),
        ("Marko JUHN", Kind.PERSON, "Marko JUHN"),
        ("UNION_OF_THE_PILOTS_LLC", Kind.ORGANISATION, "Union of the Pilots LLC"),
        ("RUF", Kind.ORGANISATION, "RUF"),
        ("BANK_BTP", Kind.ORGANISATION, "Bank BTP"),
        ("ISLAMIC_ARMY_(IAA)_", Kind.ORGANISATION, "Islamic Army (IAA)"),
    ],
)
def test_names_are_shown_as_people_write_them(raw: str, kind: Kind, shown: str) -> None:
    assert shown_name(plain_name(raw), person=kind is Kind.PERSON) == shown


def test_lines_of_two_encodings_in_one_file() -> None:
    text = "ZOË_JUHN_ [NORELI]\n".encode() + "MARKO_BRÜNN_ [NORELI]\n".encode("latin-1")
    assert list(read(text, Format.PETRARCH)[0]) == ["Zoë Juhn", "Marko Brünn"]
