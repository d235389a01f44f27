"""Doubt: what stays apart goes to a person, with candidates and reasons; what people ruled stands."""

from __future__ import annotations

import pytest

from articles.mentions import Kind
from articles.resolve import ActorDirectory, LocalActor
from tests.resolve.actors import known, local


def keys(directory: ActorDirectory, one: LocalActor) -> list[str]:
    found = directory.resolve(one)
    assert found.key is None
    assert all(candidate.reason and 0 < candidate.score < 1 for candidate in found.candidates)
    assert [c.score for c in found.candidates] == sorted((c.score for c in found.candidates), reverse=True)
    return [candidate.key for candidate in found.candidates]


class TestCandidates:
    def test_a_likeness_below_the_bar(self) -> None:
        directory = ActorDirectory([known("1", "Khaled Marun"), known("2", "Petra Vell")])
        assert keys(directory, local("Khaled Maren")) == ["1"]

    def test_a_tie(self) -> None:
        directory = ActorDirectory([known("1", "Khaled Marun"), known("2", "Khalid Maroun")])
        assert sorted(keys(directory, local("Khaled Maroun"))) == ["1", "2"]

    def test_several_of_one_name_and_five_at_most(self) -> None:
        directory = ActorDirectory(known(str(at), "Ann Brell") for at in range(7))
        assert keys(directory, local("Ann Brell")) == ["0", "1", "2", "3", "4"]

    def test_an_ambiguous_surname(self) -> None:
        directory = ActorDirectory(
            [known("1", "Ann Brell"), known("2", "Tomas Brell"), known("3", "Ann Orsk")]
        )
        assert sorted(keys(directory, local("Brell"))) == ["1", "2"]

    def test_an_acronym_that_bodies_were_called_by(self) -> None:
        council = known("1", "Sarrish National Council", "SNC", kind=Kind.ORGANISATION)
        directory = ActorDirectory([council, known("2", "Lake League", kind=Kind.ORGANISATION)])
        assert keys(directory, local("SNC", kind=Kind.ORGANISATION)) == ["1"]

    def test_a_sure_answer_has_none(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Petra Vell")])
        assert directory.resolve(local("Ann Brell")).candidates == ()
        assert directory.resolve(local("Nobody Known")).candidates == ()

    def test_a_name_of_two_words_that_is_one_is_no_full_name(self) -> None:
        directory = ActorDirectory([known("1", "Rami Abdulrahman", "Abdel Rahman"), known("2", "Ann Brell")])
        assert directory.resolve(local("Abdulrahman Attari")).key is None
        assert directory.resolve(local("Rami Abdul Rahman")).key == "1"

    def test_a_spelling_of_a_lone_surname_is_not_enough(self) -> None:
        directory = ActorDirectory([known("1", "Sergei Tavrov")])
        assert directory.resolve(local("Tavrov")).key == "1"
        assert keys(directory, local("Tavrow")) == ["1"]


class TestMerged:
    def test_candidates_of_one_root_are_no_tie(self) -> None:
        directory = ActorDirectory([known("1", "Khaled Marun"), known("2", "Khalid Maroun", root="1")])
        found = directory.resolve(local("Khaled Maroun"))
        assert (found.key in {"1", "2"}, found.root, found.candidates) == (True, "1", ())

    def test_the_base_that_fits_best_answers_for_its_root(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Anna Orsk", root="1")])
        found = directory.resolve(local("Anna Orsk"))
        assert (found.key, found.root) == ("2", "1")
        assert directory.resolve(local("Ann Brell")).root == "1"

    def test_a_chain_leads_to_its_end_and_a_ring_ends(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell", root="2"), known("2", "Petra Vell", root="3")])
        assert directory.root_of("1") == "3"
        directory.add(known("3", "Mia Torr", root="1"))
        assert directory.root_of("1") in {"1", "2", "3"}

    def test_merging_and_parting_again(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Tomas Brell")])
        directory.merge("2", "1")
        assert directory.resolve(local("Brell")).root == "1"
        directory.unmerge("2")
        assert sorted(keys(directory, local("Brell"))) == ["1", "2"]
        with pytest.raises(KeyError, match="add it first"):
            directory.merge("9", "1")


class TestRulings:
    def test_a_spelling_that_a_person_gave_joins_for_sure(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Tomas Brell")])
        directory.rule_spelling("1", "Brell")
        found = directory.resolve(local("BRELL"))
        assert (found.key, found.score) == ("1", 1.0)
        assert "a person ruled" in found.reason
        directory.unrule_spelling("1", "Brell")
        assert directory.resolve(local("Brell")).key is None

    def test_a_ruled_surname_does_not_take_a_full_name(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell")])
        directory.rule_spelling("1", "Brell")
        assert directory.resolve(local("Tomas Brell", "Tomas Brell", "Brell")).key is None

    def test_a_spelling_of_two_actors_is_open(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Petra Vell")])
        directory.rule_spelling("1", "The Crow")
        directory.rule_spelling("2", "The Crow")
        assert sorted(keys(directory, local("The Crow"))) == ["1", "2"]

    def test_a_spelling_of_a_merged_actor_gives_its_root(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Petra Vell", root="1")])
        directory.rule_spelling("2", "The Crow")
        assert directory.resolve(local("The Crow")).root == "1"

    @pytest.mark.parametrize("name", ["Khaled Maroun", "Khaled Marun"])
    def test_names_ruled_two_never_join(self, name: str) -> None:
        directory = ActorDirectory([known("1", "Khaled Marun")])
        directory.rule_names_apart("Khaled Marun", name, kind=Kind.PERSON)
        found = directory.resolve(local(name))
        assert (found.key, found.candidates) == (None, ())
        directory.unrule_names_apart("Khaled Marun", name, kind=Kind.PERSON)
        assert directory.resolve(local(name)).key == "1"

    def test_who_is_not_the_root_is_none_of_its_bases(self) -> None:
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Anna Orsk", root="1")])
        directory.rule_names_apart("Anna Orsk", "Ann Brell", kind=Kind.PERSON)
        assert directory.resolve(local("Anna Orsk")).key is None

    def test_an_actor_without_first_name_that_is_not_the_full_one(self) -> None:
        """The one known as "Brell" was ruled to be another than Ann: the next "Brell" is that other one."""
        directory = ActorDirectory([known("1", "Ann Brell"), known("2", "Brell")])
        assert directory.resolve(local("Brell")).key == "1"
        directory.rule_apart("1", "2")
        assert directory.resolve(local("Brell")).key == "2"
        directory.unrule_apart("2", "1")
        assert directory.resolve(local("Brell")).key == "1"

    def test_a_variant_that_is_an_actor_of_its_own_stays_out_of_the_other(self) -> None:
        one, two = known("1", "Khaled Marun", "Khaled Maroun"), known("2", "Khaled Maroun")
        assert directory_key(ActorDirectory([one, two])) is None
        assert directory_key(ActorDirectory([one, two], apart={frozenset({"1", "2"})})) is None
        assert (
            directory_key(ActorDirectory([known("1", "Khaled Marun"), two], apart=[frozenset("12")])) == "2"
        )


def directory_key(directory: ActorDirectory) -> str | None:
    return directory.resolve(local("Khaled Maroun")).key


class TestSurnameFirst:
    def test_the_full_name_comes_later(self) -> None:
        directory = ActorDirectory([known("1", "Tavrov")])
        found = directory.resolve(local("Sergei Tavrov", "Sergei Tavrov", "Tavrov"))
        assert (found.key, found.better_name) == ("1", "Sergei Tavrov")
        assert "surname alone" in found.reason

    def test_a_second_full_name_stays_apart_and_is_asked_about(self) -> None:
        directory = ActorDirectory([known("1", "Tavrov")])
        directory.add(known("1", "Sergei Tavrov"))
        assert directory.resolve(local("Tavrov")).key == "1"
        assert keys(directory, local("Ivan Tavrov")) == ["1"]
        assert "surname alone at first" in directory.resolve(local("Ivan Tavrov")).candidates[0].reason

    def test_who_was_always_known_in_full_is_not_asked_about(self) -> None:
        directory = ActorDirectory([known("1", "Sergei Tavrov", "Tavrov")])
        assert keys(directory, local("Ivan Tavrov")) == []

    def test_another_full_bearer_forbids_it(self) -> None:
        directory = ActorDirectory([known("1", "Tavrov"), known("2", "Ivan Tavrov")])
        assert directory.resolve(local("Sergei Tavrov")).key is None

    def test_two_of_the_name_in_the_article_leave_it_open(self) -> None:
        directory = ActorDirectory([known("1", "Tavrov")])
        sergei, ivan = local("Sergei Tavrov"), local("Ivan Tavrov")
        found = directory.resolve(sergei, context=(sergei, ivan))
        assert (found.key, [one.key for one in found.candidates]) == (None, ["1"])

    def test_two_known_by_that_surname_leave_it_open(self) -> None:
        directory = ActorDirectory([known("1", "Tavrov"), known("2", "Tavrov")])
        assert sorted(keys(directory, local("Sergei Tavrov"))) == ["1", "2"]


class TestBodies:
    def test_what_an_article_calls_a_body_for_short_is_not_its_name_elsewhere(self) -> None:
        army = known("1", "Marovian Liberation Army", "Army", "the Army", kind=Kind.ORGANISATION)
        directory = ActorDirectory([army])
        assert directory.resolve(local("Army", kind=Kind.ORGANISATION)).key is None
        assert directory.resolve(local("Marovian Liberation Army", kind=Kind.ORGANISATION)).key == "1"

    def test_a_short_form_with_words_of_its_own_is(self) -> None:
        watch = known(
            "1", "Marovian Lighthouse Watch for Seafarers", "Marovian Lighthouse", kind=Kind.ORGANISATION
        )
        assert (
            ActorDirectory([watch]).resolve(local("Marovian Lighthouse", kind=Kind.ORGANISATION)).key == "1"
        )
