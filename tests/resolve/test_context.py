"""Context: who else is named, roles and days tell people of one name apart, and the reason says so."""

from __future__ import annotations

from datetime import date

import pytest

from articles.mentions import Kind
from articles.resolve import ActorDirectory, KnownActor, LocalActor, Resolution, context_of
from articles.resolve.context import MOST_KEPT, ContextBook, word_for
from tests.resolve.actors import body, known, local, state

HARBOUR = (state("Marovia"), body("Tessarine Harbour Trust"), local("Ivo Tull"), local("Mia Torr"))
STADIUM = (state("Vessa"), body("Aldis Rovers"), local("Jon Hask"), local("Edda Lorn"))


def article(*actors: LocalActor) -> tuple[LocalActor, ...]:
    return actors


def seen(
    directory: ActorDirectory, key: str, one: LocalActor, *others: LocalActor, day: date | None = None
) -> None:
    directory.note(key, context_of(one, (one, *others)), day=day)


def asked(
    directory: ActorDirectory, one: LocalActor, *others: LocalActor, day: date | None = None
) -> Resolution:
    return directory.resolve(one, context=(one, *others), day=day)


@pytest.fixture
def brells() -> ActorDirectory:
    """Two Brells, one of the harbour and one of the stadium."""
    directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Tomas Brell")])
    seen(directory, "1", local("Ann Brell", roles=(("harbour minister", "Marovia"),), gender="f"), *HARBOUR)
    seen(directory, "2", local("Tomas Brell", roles=(("striker", "Aldis Rovers"),), gender="m"), *STADIUM)
    return directory


class TestSeveralBearers:
    def test_context_decides_and_says_so(self, brells: ActorDirectory) -> None:
        found = asked(brells, local("Brell"), *HARBOUR)
        assert (found.key, found.candidates) == ("1", ())
        assert found.score < 0.75
        assert "Ann Brell" in found.reason
        assert "Tessarine Harbour Trust" in found.reason
        assert asked(brells, local("Brell"), *STADIUM).key == "2"

    def test_one_thing_in_common_is_too_little(self, brells: ActorDirectory) -> None:
        found = asked(brells, local("Brell"), HARBOUR[0])
        assert found.key is None
        assert found.candidates[0].key == "1"

    def test_a_bit_of_both_is_no_clear_lead(self, brells: ActorDirectory) -> None:
        assert asked(brells, local("Brell"), *HARBOUR[:3], *STADIUM[:3]).key is None

    def test_a_man_is_not_the_woman(self, brells: ActorDirectory) -> None:
        found = asked(brells, local("Brell", gender="m"), *HARBOUR)
        assert found.key is None
        assert "woman" in next(one.reason for one in found.candidates if one.key == "1")

    def test_spellings_of_company_count_as_one(self, brells: ActorDirectory) -> None:
        spelt = (state("Marovia"), body("The Tessarine Harbor Trust"), local("Ivo Tul"))
        assert asked(brells, local("Brell"), *spelt).key == "1"

    def test_two_of_one_full_name(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Ann Brell")])
        seen(directory, "1", local("Ann Brell"), *HARBOUR)
        seen(directory, "2", local("Ann Brell"), *STADIUM)
        found = asked(directory, local("Ann Brell"), *STADIUM)
        assert (found.key, "Aldis Rovers" in found.reason) == ("2", True)
        assert asked(directory, local("Ann Brell")).key is None


class TestOneBearer:
    def test_a_surname_in_a_strange_company_stays_apart(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        seen(directory, "1", local("Ann Brell"), *HARBOUR)
        found = asked(directory, local("Brell"), *STADIUM)
        assert (found.key, [one.key for one in found.candidates]) == (None, ["1"])
        assert "nobody in common" in found.reason
        assert asked(directory, local("Brell"), *HARBOUR).key == "1"
        assert asked(directory, local("Brell"), STADIUM[0]).key == "1"

    def test_the_same_office_speaks_for_a_surname_in_strange_company(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        minister = (("harbour minister", "Marovia"),)
        seen(directory, "1", local("Ann Brell", roles=minister), *HARBOUR)
        assert asked(directory, local("Brell", roles=minister), *STADIUM).key == "1"

    def test_a_full_name_needs_a_contradiction_as_well(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        seen(directory, "1", local("Ann Brell", roles=(("harbour minister", "Marovia"),)), *HARBOUR)
        striker = local("Ann Brell", roles=(("striker", None),))
        found = asked(directory, striker, *STADIUM)
        assert (found.key, [one.key for one in found.candidates]) == (None, ["1"])
        assert "sport" in found.reason
        assert asked(directory, local("Ann Brell"), *STADIUM).key == "1"
        assert asked(directory, striker, *HARBOUR).key == "1"

    def test_two_states_served(self) -> None:
        directory = ActorDirectory(
            [
                known("1", "Ann Brell"),
                *(known(name, name, kind=Kind.STATE, authority=name) for name in ("Marovia", "Vessa")),
            ]
        )
        seen(directory, "1", local("Ann Brell", roles=(("foreign minister", "Marovia"),)), *HARBOUR)
        found = asked(directory, local("Ann Brell", roles=(("foreign minister", "Vessa"),)), *STADIUM)
        assert (found.key, "Vessa" in found.reason) == (None, True)

    def test_forty_years_between(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        seen(directory, "1", local("Ann Brell"), *HARBOUR, day=date(1931, 5, 1))
        late = asked(directory, local("Ann Brell"), *STADIUM, day=date(2012, 5, 1))
        assert (late.key, "forty years" in late.reason) == (None, True)
        assert asked(directory, local("Ann Brell"), *STADIUM, day=date(1935, 5, 1)).key == "1"

    def test_a_known_actor_brings_its_context(self) -> None:
        told = context_of(local("Ann Brell"), HARBOUR)
        days = (date(2011, 1, 1), date(2012, 1, 1))
        directory = ActorDirectory([KnownActor("1", "Ann Brell", Kind.PERSON, (), context=told, seen=days)])
        assert directory.context("1") == told
        assert asked(directory, local("Brell"), *STADIUM).key is None


class TestSurnameFirst:
    def test_strange_company_speaks_against_the_full_name(self) -> None:
        directory = ActorDirectory([known("1", "Brell")])
        seen(directory, "1", local("Brell"), *HARBOUR)
        assert asked(directory, local("Ann Brell"), *STADIUM).key is None
        assert asked(directory, local("Ann Brell"), *HARBOUR).better_name == "Ann Brell"


class TestBook:
    def test_it_is_bounded_and_keeps_what_is_named_often(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        for at in range(MOST_KEPT * 3):
            directory.note("1", [f"person:Somebody {at}", "state:Marovia"])
        kept = directory.context("1")
        assert len(kept) == MOST_KEPT
        assert kept["state:Marovia"] == MOST_KEPT * 3
        assert f"person:Somebody {MOST_KEPT * 3 - 1}" in kept

    def test_what_many_share_weighs_little(self) -> None:
        book = ContextBook()
        for actor in range(200):
            book.note(actor, ["state:Marovia", f"person:Friend {actor}"])
        both = {"state:Marovia": "Marovia", "person:Friend 7": "Friend"}
        alone = book.match([7], {"state:Marovia": "Marovia"}, day=None, is_state=bool)
        assert alone.weight < 0.1
        assert book.match([7], both, day=None, is_state=bool).weight > 0.7

    def test_a_forgotten_actor_leaves_nothing(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        seen(directory, "1", local("Ann Brell"), *HARBOUR)
        directory.discard("1")
        assert "1" not in directory
        directory.add(known("1", "Ann Brell"))
        assert directory.context("1") == {}
        with pytest.raises(KeyError, match="add it first"):
            directory.note("2", ["state:Marovia"])

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("Brell", Kind.PERSON),
            ("SNC", Kind.ORGANISATION),
            ("Foreign Ministry", Kind.ORGANISATION),
            ("Herald", Kind.MEDIA),
        ],
    )
    def test_names_that_tell_nothing_are_no_context(self, name: str, kind: Kind) -> None:
        assert word_for(name, kind) is None
