"""Words nearly alike are found without comparing all: the same ones, and with a bounded share compared."""

from __future__ import annotations

import random
from unittest.mock import patch

import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.search import near_words
from articles.search.near_words import NearWords
from articles.search.sorted_words import SortedWords
from benchmarks.generated_archive import SYLLABLES
from benchmarks.generated_queries import misspelled

ODD = ["брахими", "брахимии", "山東省", "x", "a" * 300, "9/11", "cafe", "köln"]


def invented(count: int) -> list[str]:
    chance = random.Random(3)
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 5))) for _ in range(count)] + ODD


@pytest.mark.parametrize("edits", [1, 2, 3])
def test_it_finds_what_comparing_all_words_finds(edits: int) -> None:
    words, chance = invented(3000), random.Random(edits)
    near = NearWords(SortedWords.of(sorted({*words})))
    for word in chance.sample(words, 100) + ODD:
        typed = misspelled(misspelled(word, chance), chance) or word
        found = process.extract(
            typed, words, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
        )
        expected = {(one, int(distance)) for one, distance, _ in found if len(one) < 255}

        assert set(near.near(typed, edits)) == expected, typed


@pytest.mark.parametrize("letters", ["ab", "abcd", "aéя山z"])
def test_words_of_few_letters_are_found_as_well(letters: str) -> None:
    chance = random.Random(letters)
    words = sorted({"".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(1500)})
    near = NearWords(SortedWords.of(words))
    for word in chance.sample(words, 60):
        typed = misspelled(misspelled(word, chance), chance) or word
        for edits in (1, 2, 3):
            expected = {(one, distance) for one in words if (distance := OSA.distance(typed, one)) <= edits}
            assert set(near.near(typed, edits)) == expected, typed


def test_few_words_are_compared_letter_by_letter() -> None:
    words, chance = invented(50_000), random.Random(1)
    near = NearWords(SortedWords.of(sorted({*words})))
    with patch.object(near_words.process, "extract", wraps=process.extract) as compare:
        for word in chance.sample([word for word in words if len(word) > 5], 100):
            near.near(misspelled(word, chance), 2)
    compared = [len(call.args[1]) for call in compare.call_args_list]

    assert sum(compared) / len(compared) < 0.003 * len(words)
    assert max(compared) < 0.02 * len(words)


@pytest.mark.parametrize("words", [[], ["annan"], ["annan", "other"]])
def test_few_words_or_none(words: list[str]) -> None:
    near = NearWords(SortedWords.of(words))
    assert near.near("annan", 1) == [("annan", 0)] * len(words[:1])
    assert near.near("", 2) == []
