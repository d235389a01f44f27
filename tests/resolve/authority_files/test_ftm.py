"""FollowTheMoney entities, read and written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articles.mentions.spans import Kind
from articles.resolve.authority_files import AuthorityEntry, Format, Office
from articles.resolve.authority_files.writing import csv_lines, ftm_lines, key_of
from tests.resolve.authority_files.reading import read


def line(key: str, schema: str, **properties: Any) -> str:
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return json.dumps({"id": key, "schema": schema, "properties": listed})


def ftm(*lines: str) -> tuple[dict[str, AuthorityEntry], list[str]]:
    entries, problems = read("\n".join(lines), Format.FTM)
    return entries, [str(problem) for problem in problems]


def test_names_of_an_entity_are_its_variants() -> None:
    entries, problems = ftm(
        line("p1", "Person", name=["Marko Juhn", "Marco Juhn"], alias="M. Juhn", weakAlias="Juhn",
             previousName="Marko Sel", firstName="Marko", lastName="Juhn-Sel"),
    )  # fmt: skip
    assert problems == []
    juhn = entries["Marko Juhn"]
    assert (juhn.kind, juhn.source, juhn.line) == (Kind.PERSON, "p1", 1)
    assert juhn.variants == ("Marco Juhn", "M. Juhn", "Juhn", "Marko Sel", "Marko Juhn-Sel")


@pytest.mark.parametrize(
    ("schema", "properties", "kind"),
    [
        ("Company", {}, Kind.ORGANISATION),
        ("Organization", {}, Kind.ORGANISATION),
        ("PublicBody", {}, Kind.ORGANISATION),
        ("PublicBody", {"keywords": ["state"]}, Kind.STATE),
        ("Organization", {"keywords": ["Media"]}, Kind.MEDIA),
        ("Territory", {}, Kind.STATE),
        ("LegalEntity", {}, Kind.ORGANISATION),
        ("LegalEntity", {"birthDate": "1970"}, Kind.PERSON),
    ],
)
def test_the_schema_tells_the_kind(schema: str, properties: dict[str, Any], kind: Kind) -> None:
    entries, _ = ftm(line("x", schema, name="Marko Juhn", **properties))
    assert entries["Marko Juhn"].kind is kind


def test_offices_come_from_what_joins_two_entities() -> None:
    entries, problems = ftm(
        line("o1", "Occupancy", holder="p1", post="q1", startDate=["2011-05-07T00:00:00", "2011-06"], endDate="2012"),
        line("o2", "Occupancy", holder="p1", post="q2"),
        line("m1", "Membership", member="p1", organization="b1", role="speaker", startDate="2009"),
        line("e1", "Employment", employee="p1", employer="b1", endDate="2008"),
        line("d1", "Directorship", director="b1", organization="b2", role="board"),
        line("m2", "Membership", member="p1", organization="b2"),
        line("q1", "Position", name="Mayor of Selmouth"),
        line("q2", "Position", name="envoy of Vessa", alias="envoy", organization="b2"),
        line("p1", "Person", name="Marko Juhn"),
        line("b1", "Organization", name="Pilots Guild"),
        line("b2", "PublicBody", name="Vessa", keywords="state"),
        line("s1", "Sanction", entity="p1"),
    )  # fmt: skip
    assert problems == []
    assert entries["Marko Juhn"].offices == (
        Office("Mayor of Selmouth", "", "2011-05-07", "2012"),
        Office("envoy", "Vessa"),
        Office("speaker", "Pilots Guild", "2009", None),
        Office("employee", "Pilots Guild", None, "2008"),
    )
    assert entries["Pilots Guild"].offices == (Office("board", "Vessa"),)


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        ("{", "this is no JSON"),
        ("[1]", "this is no entity"),
        ('{"id": "x", "properties": {}}', "this is no entity"),
        (line("x", "Person"), "the Person x has no name"),
        (line("x", "Person", name="J" * 301), "the Person x has no name"),
        (line("p1", "Person", name="Dumi Brekk"), "the id p1 stands here again"),
        (line("x", "Occupancy", holder="nobody", post="q1"), "is of nobody, who is not in the file"),
        (line("x", "Occupancy", holder="p1", post="none"), "the position none is not in the file"),
        (line("x", "Occupancy", holder="p1", post="q1", startDate="lately"), '"lately" is no date'),
        (
            line("x", "Occupancy", holder="p1", post="q1", startDate="2012", endDate="2011"),
            "before it begins",
        ),
    ],
)
def test_a_broken_line_says_what_is_wrong(broken: str, what: str) -> None:
    entries, [problem] = ftm(
        line("p1", "Person", name="Marko Juhn"), line("q1", "Position", name="envoy"), broken
    )
    assert "Marko Juhn" in entries
    assert problem.startswith("line 3: ")
    assert what in problem


def test_values_may_be_single_numbers_or_whole_entities() -> None:
    entries, problems = ftm(
        '{"id": 7, "schema": "Person", "properties": {"name": "Marko Juhn", "alias": null}}',
        '{"id": "q", "schema": "Position", "properties": {"name": "envoy"}}',
        '{"id": "o", "schema": "Occupancy", "properties": {"holder": [{"id": 7}], "post": "q", "startDate": 2011}}',
        '{"id": "n", "schema": "Company", "properties": "none"}',
    )
    assert problems == ["line 4: the Company n has no name; give its property name a value"]
    assert entries["Marko Juhn"].offices == (Office("envoy", "", "2011", None),)


WORLD = [
    AuthorityEntry(
        "Marko Juhn",
        Kind.PERSON,
        ("M. Juhn", "Juhn"),
        (Office("envoy", "Vessa", "2011-05-07", "2012-03-31"), Office("judge", "", None, None),
         Office("speaker", "Council of the Free Valleys", "2009-01-01", None)),
        source=key_of("person", "Marko Juhn"),
    ),
    AuthorityEntry(
        "Council of the Free Valleys",
        Kind.ORGANISATION,
        ("CFV",),
        (Office("rebels", "Karrin", "2011-01-01", None), Office("armed group", "")),
        source=key_of("organisation", "Council of the Free Valleys"),
    ),
    AuthorityEntry("Vessa", Kind.STATE, ("Republic of Vessa",), source=key_of("state", "Vessa")),
    AuthorityEntry("Northline Wire", Kind.MEDIA, ("Northline",), source=key_of("media", "Northline Wire")),
]  # fmt: skip


@pytest.mark.parametrize("form", [Format.FTM, Format.CSV])
def test_what_is_written_is_read_back(form: Format) -> None:
    lines = csv_lines(WORLD) if form is Format.CSV else ftm_lines(WORLD, country_of={"Vessa": "VE"}.get)
    entries, problems = read("".join(lines), form)
    assert problems == []
    assert list(entries) == [entry.name for entry in WORLD]
    for entry in WORLD:
        back = entries[entry.name]
        assert (back.kind, set(back.variants)) == (entry.kind, set(entry.variants))
        assert set(back.offices) == set(entry.offices)


def test_entities_are_those_of_the_schema() -> None:
    found = [json.loads(text) for text in ftm_lines(WORLD, country_of={"Vessa": "VE"}.get)]
    by_id = {entity["id"]: entity for entity in found}
    assert len(by_id) == len(found)
    schemata = {entity["schema"] for entity in found}
    assert schemata == {"Person", "Organization", "PublicBody", "Position", "Occupancy", "Membership"}
    for entity in found:
        values = entity["properties"].values()
        assert all(
            isinstance(each, list) and each and all(isinstance(v, str) for v in each) for each in values
        )
    assert by_id[key_of("state", "Vessa")]["properties"]["country"] == ["ve"]
    for occupancy in (entity for entity in found if entity["schema"] == "Occupancy"):
        assert by_id[occupancy["properties"]["holder"][0]]["schema"] == "Person"
        assert by_id[occupancy["properties"]["post"][0]]["schema"] == "Position"
    juhn = by_id[key_of("person", "Marko Juhn")]["properties"]
    assert (juhn["alias"], juhn["weakAlias"]) == (["M. Juhn"], ["Juhn"]) or juhn["weakAlias"] == [
        "M. Juhn",
        "Juhn",
    ]
