"""Words that begin alike are found by halving: the same ones as by looking at all, in few steps."""

from __future__ import annotations

import random

import pytest

from articles.search.sorted_words import SortedWords

LETTERS = "abcé山\U00010400"


class Read(str):
    """A text that counts how often it is cut."""

    __slots__ = ()
    cuts = 0

    def __getitem__(self, place):
        Read.cuts += 1
        return super().__getitem__(place)


def invented(count: int) -> list[str]:
    chance = random.Random(5)
    return sorted({"".join(chance.choices(LETTERS, k=chance.randint(1, 6))) for _ in range(count)})


@pytest.mark.parametrize("count", [1, 2, 3, 10, 2000])
def test_it_finds_what_looking_at_all_words_finds(count):
    words, chance = invented(count), random.Random(6)
    held = SortedWords("\n".join(words))
    asked = ["", "a", "é", "zz", "\U00010400\U00010400", *words, *(word + "a" for word in words[:50])]
    asked += ["".join(chance.choices(LETTERS, k=chance.randint(1, 4))) for _ in range(200)]
    for prefix in asked:
        assert held.beginning(prefix) == [word for word in words if word.startswith(prefix)], prefix


@pytest.mark.parametrize("prefix", ["", "a"])
def test_no_words(prefix):
    assert SortedWords("").beginning(prefix) == []


def test_a_hundred_thousand_words_take_some_forty_looks():
    held = SortedWords(Read("\n".join(f"{number:06}" for number in range(100_000))))
    Read.cuts = 0

    assert held.beginning("04321") == [f"04321{digit}" for digit in range(10)]
    assert Read.cuts < 60
