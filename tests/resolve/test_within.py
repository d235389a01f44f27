"""Joining within one article. Spans are written down by hand, so that no tagger stands between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.mentions import Authority, Kind, Mentions, NameSpan, Zone
from articles.mentions.authority import BodyFact, PersonFact, StateFact
from articles.mentions.spans import Gender
from articles.resolve import ArticleActors, join_within
from articles.resolve.within import ministry_name

FACTS = Authority(
    states=(StateFact("Marovia", None, ("Tessarine",), ("Marovian",), (), ()),),
    bodies=(
        BodyFact("Lake League", Kind.ORGANISATION, (), ("LL",), (), None),
        BodyFact("Lake League Assembly", Kind.ORGANISATION, (), (), (), "Lake League"),
    ),
    persons=(PersonFact("Ivo Karstan", ("Karstan",)),),
)


def article(*names: str | NameSpan, kind: Kind = Kind.PERSON, authority: Authority = FACTS) -> ArticleActors:
    """Return an article that names these one after the other, ten characters apart."""
    spans: list[NameSpan] = []
    at = 0
    for name in names:
        span = (
            name if isinstance(name, NameSpan) else NameSpan(0, len(name), name, kind, "body", "model", 0.8)
        )
        spans.append(replace(span, start=at, end=at + len(span.surface)))
        at += len(span.surface) + 10
    return join_within({"body": Mentions(tuple(spans), (), ())}, authority=authority)


def person(name: str, gender: Gender | None = None) -> NameSpan:
    return NameSpan(0, 0, name, Kind.PERSON, "body", "model", 0.8, gender=gender)


def body(name: str, method: str = "model", qualifier: str | None = None) -> NameSpan:
    return NameSpan(0, 0, name, Kind.ORGANISATION, "body", method, 0.8, qualifier)


def joined(found: ArticleActors) -> list[tuple[str, tuple[str, ...]]]:
    return [(actor.name, actor.surfaces) for actor in found.actors]


class TestPersons:
    def test_a_later_surname_joins_its_full_name(self) -> None:
        assert joined(article("Khaled Marun", "Marun")) == [("Khaled Marun", ("Khaled Marun", "Marun"))]

    def test_an_earlier_surname_joins_too(self) -> None:
        assert joined(article("Marun", "Khaled Marun")) == [("Khaled Marun", ("Marun", "Khaled Marun"))]

    def test_particles_and_articles_do_not_part(self) -> None:
        assert len(article("Staffan de Vrell", "Vrell", "de Vrell").actors) == 1
        assert len(article("Moaz al-Marun", "Marun", "al-Marun").actors) == 1

    def test_the_family_name_may_stand_first(self) -> None:
        assert len(article("Ban Ki-moon", "Ban").actors) == 1

    def test_spellings_of_one_full_name_join(self) -> None:
        assert joined(article("Grigor Tchulkan", "Grigori Chulkan"))[0][1] == (
            "Grigor Tchulkan",
            "Grigori Chulkan",
        )

    def test_two_of_one_surname_stay_two_and_the_lone_surname_is_neither(self) -> None:
        found = joined(article("Ann Brell", "Tomas Brell", "Brell"))
        assert found == [
            ("Ann Brell", ("Ann Brell",)),
            ("Tomas Brell", ("Tomas Brell",)),
            ("Brell", ("Brell",)),
        ]

    def test_an_honorific_tells_two_of_one_surname_apart(self) -> None:
        found = article(
            person("Ann Brell", "f"), person("Tomas Brell", "m"), person("Brell", "m"), person("Brell", "f")
        )
        assert joined(found) == [
            ("Ann Brell", ("Ann Brell", "Brell")),
            ("Tomas Brell", ("Tomas Brell", "Brell")),
        ]

    def test_a_lone_first_name_joins_the_only_one_so_called(self) -> None:
        assert joined(article("Ann Brell", "Ann")) == [("Ann Brell", ("Ann Brell", "Ann"))]
        assert len(article("Ann Brell", "Ann Tull", "Ann").actors) == 3

    def test_a_lone_surname_is_who_the_authority_says_unless_another_bears_it_here(self) -> None:
        [alone] = article("Karstan").actors
        assert (alone.name, alone.authority) == ("Ivo Karstan", "Ivo Karstan")
        [other] = article("Petra Karstan", "Karstan").actors
        assert (other.name, other.authority) == ("Petra Karstan", None)

    def test_every_join_says_why(self) -> None:
        assert "nobody else" in article("Khaled Marun", "Marun").actors[0].reason
        assert "authority" in article("Karstan").actors[0].reason


class TestBodies:
    def test_an_acronym_joins_the_name_it_is_defined_by(self) -> None:
        long, short = body("Vell Reform Council", "long name of an acronym"), body("VRC", "acronym defined")
        spans = (
            replace(long, end=19),
            replace(short, start=21, end=24),
            replace(short, start=40, end=43, method="acronym"),
        )
        [actor] = join_within({"body": Mentions(spans, (), ())}).actors
        assert (actor.name, actor.surfaces) == ("Vell Reform Council", ("Vell Reform Council", "VRC"))
        assert "VRC is “Vell Reform Council”" in actor.reason

    def test_an_acronym_by_its_initials(self) -> None:
        assert joined(article(body("Vell Reform Council"), body("VRC")))[0][1] == (
            "Vell Reform Council",
            "VRC",
        )

    def test_a_listed_part_stays_apart_from_its_whole(self) -> None:
        assert len(article(body("Lake League"), body("Lake League Assembly"), body("LL")).actors) == 2

    def test_a_short_form_joins_the_only_long_name_it_fits(self) -> None:
        assert len(article(body("Vell Institute for Lake Studies"), body("Vell Institute")).actors) == 1
        two = article(
            body("Vell Institute for Lake Studies"), body("Vell Institute for Peace"), body("Vell Institute")
        )
        assert len(two.actors) == 3

    def test_ministries_of_one_state_are_one_and_of_two_are_two(self) -> None:
        found = article(
            body("Marovian Foreign Ministry", "ministry", "Marovia"),
            body("Tessarine’s foreign ministry", "ministry", "Marovia"),
            body("Foreign Ministry", "ministry", "Marovia"),
            body("Ostranian Foreign Ministry", "ministry", "Ostrana"),
        )
        assert [actor.name for actor in found.actors] == [
            "Marovian Foreign Ministry",
            "Ostrana Foreign Ministry",
        ]

    @pytest.mark.parametrize(
        ("surface", "name"),
        [
            ("Tessarine’s foreign ministry", "Marovian Foreign Ministry"),
            ("Ministry of Foreign Affairs", "Marovian Foreign Ministry"),
            ("defense ministry in Tessarine", "Marovian Defence Ministry"),
            ("Ministry of Health", "Marovian Health Ministry"),
        ],
    )
    def test_the_one_name_of_a_ministry(self, surface: str, name: str) -> None:
        assert ministry_name(surface, "Marovia", FACTS) == name


class TestStatesAndZones:
    def test_every_word_for_a_state_is_that_state(self) -> None:
        spans = ("Marovia", "Tessarine", "Marovian government")
        found = article(*(NameSpan(0, 0, s, Kind.STATE, "body", "state", 0.9, "Marovia") for s in spans))
        assert joined(found) == [("Marovia", spans)]
        assert found.actors[0].authority == "Marovia"

    def test_a_headlines_surname_joins_the_bodys_full_name(self) -> None:
        def zone(name: str, where: Zone) -> Mentions:
            return Mentions((NameSpan(0, len(name), name, Kind.PERSON, where, "model", 0.8),), (), ())

        found = join_within({"headline": zone("Marun", "headline"), "body": zone("Khaled Marun", "body")})
        assert [actor.name for actor in found.actors] == ["Khaled Marun"]
        assert {span.zone for span in found.actors[0].spans} == {"headline", "body"}
