"""The register: lean tables, bounded lookups, and nothing left of what was discarded."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.mentions import Kind
from articles.resolve import ActorDirectory
from articles.resolve.lookup import MOST_COMPARED
from articles.resolve.register import NameRegister
from articles.resolve.tables import Table
from tests.resolve.actors import known, local

SYLLABLES = ("ba", "ke", "di", "fo", "gu", "la", "mer", "nis", "ro", "tam", "ve", "zu")


def names(count: int) -> list[str]:
    """Return invented names of which many share a given name, a surname or a sound; the same each time."""
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize()

    given_names = [word() for _ in range(40)]
    return [f"{chance.choice(given_names)} {word()}" for _ in range(count)]


def comparisons(directory: ActorDirectory, asked: list[str]) -> int:
    before = directory.comparisons
    for name in asked:
        directory.resolve(local(name))
    return directory.comparisons - before


def test_comparisons_stay_bounded_while_the_archive_grows_fourfold() -> None:
    """Counts, not seconds: however many names share a sound, a lookup compares MOST_COMPARED of them at most."""
    listed = names(8000)
    asked = [f"{name[:-1]}x" for name in names(8100)[8000:]]
    directory = ActorDirectory(known(str(at), name) for at, name in enumerate(listed[:2000]))
    small = max(comparisons(directory, [name]) for name in asked)
    for at, name in enumerate(listed[2000:], 2000):
        directory.add(known(str(at), name))
    large = max(comparisons(directory, [name]) for name in asked)
    assert len(directory) == 4 * 2000
    assert 0 < small <= large == MOST_COMPARED


def test_a_name_that_all_share_is_found_by_the_pair() -> None:
    directory = ActorDirectory(
        known(str(at), f"Mohammed {name.split()[1]}") for at, name in enumerate(names(3000))
    )
    directory.add(known("sought", "Mohammed Quaressin"))
    assert directory.resolve(local("Muhammad Qaresin")).key == "sought"
    assert comparisons(directory, ["Muhammad Qaresin"]) <= MOST_COMPARED


def test_a_short_form_of_a_given_name_is_found() -> None:
    directory = ActorDirectory([known("1", "William Brell"), known("2", "Oleksandr Tull")])
    assert directory.resolve(local("Bill Brell")).key == "1"
    assert directory.resolve(local("Aleksandr Tull")).key == "2"


NAMES = st.sampled_from(
    ["Ann Brell", "Brell", "Khaled Marun", "Khalid Maroun", "Marun", "al-Rawi", "Kim Rawi"]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6), NAMES)
def test_what_was_discarded_never_answers(pairs: list[tuple[str, str]], asked: str) -> None:
    """A directory that forgot some actors answers as one that never knew them."""
    actors = [known(str(at), *pair) for at, pair in enumerate(pairs)]
    directory = ActorDirectory(actors)
    for actor in actors[::2]:
        directory.discard(actor.key)
    assert directory.resolve(local(asked)) == ActorDirectory(actors[1::2]).resolve(local(asked))
    for actor in actors[::2]:
        directory.add(actor)
    assert directory.resolve(local(asked)).key == ActorDirectory(actors).resolve(local(asked)).key


class TestTable:
    def test_one_number_and_several(self) -> None:
        table = Table()
        assert list(table["a"]) == []
        for number in (3, 5, 9):
            table.put("a", number)
        table.drop("a", 5)
        table.drop("a", 77)
        assert list(table["a"]) == [3, 9]
        table.drop("a", 3)
        table.drop("a", 9)
        table.drop("b", 1)
        assert list(table["a"]) == []


class TestRegister:
    def test_a_full_name_and_the_authority_files_lead(self) -> None:
        register = NameRegister()
        number = register.add(known("1", "Tavrov"))
        register.add(known("1", "Sergei Tavrov"))
        assert register.name(number) == "Sergei Tavrov"
        register.add(known("1", "Serguei Tavroff"))
        assert register.name(number) == "Sergei Tavrov"
        register.add(known("1", "Sergei V. Tavrov", authority="Sergei V. Tavrov"))
        assert register.name(number) == "Sergei V. Tavrov"
        assert register.names(number)[1:] == ("Sergei Tavrov", "Tavrov", "Serguei Tavroff")
        assert list(register.by_authority("Sergei V. Tavrov", Kind.PERSON)) == [number]

    def test_a_name_given_by_a_person_leads_on(self) -> None:
        """The archive keeps "Tavrov" as the name and adds the full one as a spelling."""
        register = NameRegister()
        number = register.add(known("1", "Tavrov"))
        register.add(known("1", "Tavrov", "Sergei Tavrov"))
        assert register.name(number) == "Tavrov"
        assert number in register.began_lone("Tavrov")

    def test_states_are_known_by_every_name(self) -> None:
        register = NameRegister()
        register.add(known("1", "Marovia", "Marovian Republic", kind=Kind.STATE))
        assert register.is_state("marovian republic")
        assert not register.is_state("Vessa")
