"""Words kept as lines of one text are those of a sorted list; what begins alike is found in few looks."""

from __future__ import annotations

import random
import re

import pytest

from articles.search.sorted_words import SortedWords

LETTERS = "abcé山\U00010400"


class Counted(SortedWords):
    """Counts how often a word is looked at."""

    looks = 0

    def __getitem__(self, number):
        self.looks += 1
        return super().__getitem__(number)


def invented(count: int, chance: random.Random) -> list[str]:
    return sorted({"".join(chance.choices(LETTERS, k=chance.randint(1, 6))) for _ in range(count)})


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 2000])
def test_it_finds_what_looking_at_all_words_finds(count):
    chance = random.Random(5)
    words = invented(count, chance)
    held = SortedWords.of(words)
    asked = ["", "a", "é", "zz", "\U00010400\U00010400", *words, *(word + "a" for word in words[:50])]
    asked += ["".join(chance.choices(LETTERS, k=chance.randint(1, 4))) for _ in range(200)]
    for prefix in asked:
        assert held.beginning(prefix) == [word for word in words if word.startswith(prefix)], prefix
        assert (prefix in held) == (prefix in words), prefix
    for form, part in (("a.b.*", "a"), (".*ab.*", "ab"), (".*ab", "ab\n"), (".é.*a", ""), (".*", "")):
        pattern = re.compile(f"^{form}$".replace(".", r"[^\n]"), re.MULTILINE)
        assert list(held.matching(pattern, part)) == [word for word in words if pattern.fullmatch(word)], form


def test_words_that_come_bit_by_bit_are_there_once_and_in_order():
    chance, lines, held = random.Random(5), SortedWords(), set()
    for count in (0, 3, 400, 1, 50, 3000, 20, 0):
        new = {*invented(count, chance)}
        lines, held = lines.with_others(new), held | new
        assert list(lines) == sorted(held)
        assert [lines[number] for number in range(len(lines))] == sorted(held)
    assert lines.with_others(held) is lines


def test_a_hundred_thousand_words_take_some_forty_looks():
    held = Counted.of([f"{number:06}" for number in range(100_000)])

    assert held.beginning("04321") == [f"04321{digit}" for digit in range(10)]
    assert 0 < held.looks < 60
