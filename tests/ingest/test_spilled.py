"""Maps that spill: they answer as dictionaries do, and keep little in memory."""

from __future__ import annotations

import random
from array import array
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from articles.ingest.spilled import Spilled, SpillingMaps
from articles.mentions.spans import Kind
from articles.resolve import ActorDirectory
from articles.resolve.context import context_of
from articles.resolve.register import NameRegister
from tests.resolve.actors import known, local
from tests.resolve.test_register import names

KEYS = st.sampled_from([f"key {number}" for number in range(12)])
VALUES = st.one_of(
    st.integers(-(2**31), 2**31),
    st.lists(st.integers(0, 2**32 - 1), max_size=4).map(lambda numbers: array("I", numbers)),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
)


class SpillingMapIsADictionary(RuleBasedStateMachine):
    """Whatever is done to it, in whatever order, with room for three entries of twelve."""

    def __init__(self) -> None:
        super().__init__()
        self.map = SpillingMaps(room=3)()
        self.model: dict[str, Any] = {}

    @rule(key=KEYS, value=VALUES)
    def put(self, key: str, value: Any) -> None:
        self.map[key] = self.model[key] = value

    @rule(key=KEYS, number=st.integers(0, 9))
    def change_in_place_and_put_again(self, key: str, number: int) -> None:
        held = self.map.get(key)
        if isinstance(held, array):
            held.append(number)
            self.map[key] = held
            self.model[key] = array("I", held)

    @rule(key=KEYS)
    def take_away(self, key: str) -> None:
        assert self.map.pop(key, None) == self.model.pop(key, None)

    @rule(key=KEYS)
    def ask(self, key: str) -> None:
        assert (key in self.map) == (key in self.model)
        assert self.map.get(key) == self.model.get(key)

    @rule(key=KEYS, value=VALUES)
    def put_unless_there(self, key: str, value: Any) -> None:
        assert self.map.setdefault(key, value) == self.model.setdefault(key, value)

    @invariant()
    def as_many(self) -> None:
        assert len(self.map) == len(self.model)

    def teardown(self) -> None:
        assert dict(self.map) == self.model


TestSpillingMapIsADictionary = SpillingMapIsADictionary.TestCase
TestSpillingMapIsADictionary.settings = settings(max_examples=40, stateful_step_count=40)


def test_so_many_entries_are_kept_in_memory_and_no_more() -> None:
    spilling: Any = SpillingMaps(room=50)()
    assert isinstance(spilling, Spilled)
    for number in range(5000):
        spilling[number] = (f"name {number}",)
        assert len(spilling._young) + len(spilling._old) <= 100
    assert [spilling[number] for number in (0, 2500, 4999)] == [("name 0",), ("name 2500",), ("name 4999",)]


def test_maps_of_one_file_do_not_mix() -> None:
    maps = SpillingMaps(room=1)
    one, other = maps(), maps()
    for key in ("a", "b", "c"):
        one[key], other[key] = 1, (key,)
    del one["b"]
    assert (dict(one), dict(other)) == ({"a": 1, "c": 1}, {"a": ("a",), "b": ("b",), "c": ("c",)})


def test_a_directory_on_spilling_maps_answers_as_one_in_memory() -> None:
    listed = names(600)
    chance = random.Random(3)
    in_memory, spilling = ActorDirectory(), ActorDirectory(maps=SpillingMaps(room=20))
    for at, name in enumerate(listed):
        company = [local(name), local(chance.choice(listed)), local("Osanna")]
        answers = [each.resolve(company[0], context=company) for each in (in_memory, spilling)]
        assert answers[0] == answers[1]
        for each in (in_memory, spilling):
            key = answers[0].key or str(at)
            each.add(known(key, name))
            each.note(key, context_of(company[0], company))
            if at % 7 == 0:
                each.discard(key)
    keys = [str(at) for at in range(len(listed))]
    assert [key in spilling for key in keys] == [key in in_memory for key in keys]
    assert {key: spilling.context(key) for key in keys if key in spilling} == {
        key: in_memory.context(key) for key in keys if key in in_memory
    }


def test_a_register_on_spilling_maps_fills_the_same_slots() -> None:
    registers = NameRegister(), NameRegister(SpillingMaps(room=10))
    for register in registers:
        for at, name in enumerate(names(200)):
            register.add(known(str(at // 2), name))
    assert set(registers[0].filled()) == set(registers[1].filled())
    assert len(registers[1].bearers_of(names(1)[0], Kind.PERSON)) == 1
