"""Joining across the archive: every answer has a key or none, a score and a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mentions import Kind
from articles.resolve import ActorDirectory, LocalActor, Resolution
from tests.resolve.actors import known, local


@pytest.fixture
def directory() -> ActorDirectory:
    return ActorDirectory(
        [
            known("1", "Abdulbaset Sieda"),
            known("2", "Bashar al-Assad", "Assad", authority="Bashar al-Assad"),
            known("3", "Sergei Lavrov"),
            known("4", "Ann Brell"),
            known("5", "Tomas Brell"),
            known("6", "Syrian National Council", "SNC", kind=Kind.ORGANISATION),
            known("7", "Lukashevich"),
            known("8", "Marovia", "Tessarine", kind=Kind.STATE, authority="Marovia"),
        ]
    )


JOINS = [
    (local("Abdel Baset Seda"), "1", "is a spelling of Abdulbaset Sieda"),
    (local("Bashar Assad"), "2", ""),
    (local("ignored", "Assad", authority="Bashar al-Assad"), "2", "authority files"),
    (local("SERGEI LAVROV"), "3", "same name"),
    (local("Lavrov"), "3", "only person in the archive"),
    (local("Lukashevich"), "7", "without a first name"),
    (local("The Syrian National Council", kind=Kind.ORGANISATION), "6", "same name"),
    (local("Marovia", "Tessarine", kind=Kind.STATE, authority="Marovia"), "8", "authority files"),
]
APART = [
    (local("Sergei Markov"), "no known actor has a name like Sergei Markov"),
    (local("Hafez al-Assad"), ""),
    (local("Brell"), "several people in the archive are called Brell"),
    (local("SNC", kind=Kind.ORGANISATION), "different bodies in different texts"),
    (local("Syrian National Coalition", kind=Kind.ORGANISATION), ""),
    (local("Foreign Ministry", kind=Kind.ORGANISATION), "does not say which"),
    (local("Sergei Lavrov", kind=Kind.ORGANISATION), "no known actor"),
    (local("Nobody Known"), "no known actor has a name like"),
]


@pytest.mark.parametrize(
    ("one", "key", "reason"), JOINS, ids=lambda value: getattr(value, "name", str(value))
)
def test_one_actor(directory: ActorDirectory, one: LocalActor, key: str, reason: str) -> None:
    found = directory.resolve(one)
    assert found.key == key
    assert 0.6 < found.score <= 1
    assert reason in found.reason


@pytest.mark.parametrize(("one", "reason"), APART, ids=lambda value: getattr(value, "name", str(value)))
def test_a_new_actor(directory: ActorDirectory, one: LocalActor, reason: str) -> None:
    found = directory.resolve(one)
    assert found.key is None
    assert reason in found.reason


def test_two_entries_of_the_authority_files_never_join() -> None:
    directory = ActorDirectory([known("1", "George Bush", authority="George H. W. Bush")])
    assert directory.resolve(local("George Bush", authority="George W. Bush")).key is None


def test_two_equally_near_names_join_neither() -> None:
    directory = ActorDirectory([known("1", "Khaled Marun"), known("2", "Khalid Maroun")])
    found = directory.resolve(local("Khaled Maroun"))
    assert (found.key, "a person has to decide" in found.reason) == (None, True)


def test_a_lone_surname_that_two_of_its_article_bear_is_left_open() -> None:
    directory = ActorDirectory([known("1", "Ann Brell")])
    ann, tomas, lone = local("Ann Brell"), local("Tomas Brell"), local("Brell")
    assert directory.resolve(lone, context=(ann, tomas, lone)).key is None
    assert directory.resolve(lone, context=(lone,)).key == "1"


def test_what_is_added_is_found_and_what_is_discarded_is_not(directory: ActorDirectory) -> None:
    directory.add(known("9", "Petra Vell"))
    assert directory.resolve(local("Petra Vell")).key == "9"
    directory.discard("9")
    directory.discard("no such key")
    assert directory.resolve(local("Petra Vell")) == Resolution(
        None, 0.0, "no known actor has a name like Petra Vell"
    )


def test_adding_a_key_again_adds_its_names(directory: ActorDirectory) -> None:
    size = len(directory)
    directory.add(known("3", "Serguei Lavroff"))
    assert len(directory) == size
    assert (
        directory.resolve(local("Serguei Lavroff")).key
        == directory.resolve(local("Sergei Lavrov")).key
        == "3"
    )


WORDS = st.sampled_from(
    ["Ann", "Bo", "Ivo", "Khaled", "Khalid", "Marun", "Maroun", "Tull", "Brell", "al-Rawi"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(st.lists(NAMES, max_size=12), NAMES)
def test_the_answer_is_a_key_it_was_given_and_does_not_hang_on_the_order(
    names: list[str], asked: str
) -> None:
    actors = [known(str(at), name) for at, name in enumerate(dict.fromkeys(names))]
    found = ActorDirectory(actors).resolve(local(asked))
    assert found.key in {None, *(actor.key for actor in actors)}
    assert found.reason
    assert ActorDirectory(reversed(actors)).resolve(local(asked)).key == found.key
