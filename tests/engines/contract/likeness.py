"""Documents like one: the same ones on every engine, ranked by what they share, without its own story."""

from __future__ import annotations

from typing import Any

import pytest

from articles.search.engines.ask import Ask, Found
from articles.search.tree import And, Like, Not, Shared, Similar, Word
from tests.engines.contract.asking import Engine
from tests.engines.documents import document

TEXTS = {
    1: "The envoy opened the harbour talks. Fishing boats waited at the harbour.",
    2: "Harbour talks and an envoy, the second day.",
    3: "The harbours froze; no envoys came.",
    4: "An envoy spoke of bread.",
    5: "Fishing boats, harbour talks, an envoy: the same story told again.",
    6: "Harbour talks with an envoy, which nobody may see.",
    7: "The market was shut.",
}


def shared(word: str, weight: int) -> Shared:
    return Shared("text", word, word, weight)


def like(**fields: Any) -> Similar:
    words = (shared("harbours", 100), shared("talk", 60), shared("envoys", 30), shared("nosuchword", 90))
    return Similar(**{"asked": Like("a"), "words": words, "actors": (), "least": 60, "story": 9} | fields)


def found(engine: Engine, tree: Any, **options: Any) -> list[int]:
    """Return the articles in the order of the engine."""
    answer: Found = engine.ask(Ask(tree, size=100, **options))
    return list(answer.articles)


class Likeness:
    @pytest.fixture
    def harbour(self, engine: Engine) -> Engine:
        documents = [document(number, text) for number, text in TEXTS.items()]
        for number in (1, 5):
            documents[number - 1]["story"] = "story:9"
        documents[5]["status"] = ["status:hidden"]
        documents[2]["person"] = ["actor:12"]
        documents[3]["person"] = ["actor:12"]
        engine.write(documents)
        return engine

    def test_what_shares_enough_words_is_like_it_the_most_alike_first(self, harbour: Engine) -> None:
        assert found(harbour, like()) == [2, 3]
        assert harbour.ask(Ask(like())).scores == (190.0, 130.0)
        assert found(harbour, like(least=131)) == [2]
        assert found(harbour, like(least=30)) == [2, 3, 4]
        assert found(harbour, like(least=191)) == []

    def test_its_own_story_and_other_pages_of_it_are_not(self, harbour: Engine) -> None:
        assert set(found(harbour, like(story=-1))) == {1, 2, 3, 5}
        assert found(harbour, like(without=frozenset({2}))) == [3]

    def test_hidden_ones_are_for_curators(self, harbour: Engine) -> None:
        assert set(found(harbour, like(), curator=True)) == {2, 3, 6}

    def test_shared_actors_count_among_what_shares_words(self, harbour: Engine) -> None:
        actors = (Shared("person", "actor:12", "Oren Vashti", 70), Shared("person", "actor:99", "Nobody", 10))

        assert found(harbour, like(actors=actors)) == [3, 2]
        assert harbour.ask(Ask(like(actors=actors))).scores == (200.0, 190.0)

    def test_it_is_a_part_of_a_query_like_others(self, harbour: Engine) -> None:
        assert found(harbour, And((like(), Word("second")))) == [2]
        assert found(harbour, And((like(), Not(Word("second"))))) == [3]
        assert sorted(found(harbour, Not(like()))) == [1, 4, 5, 7]

    def test_no_words_are_like_nothing(self, engine: Engine, harbour: Engine) -> None:
        assert found(harbour, like(words=(), least=1)) == []

    def test_more_than_are_ranked_at_once(self, engine: Engine) -> None:
        engine.write(
            [document(number, "Harbour talks." if number % 2 else "Harbour.") for number in range(1, 901)]
        )

        assert engine.ask(Ask(like(least=160), size=10)).total == 450
        assert engine.ask(Ask(like(least=60), size=10)).total == 900

    def test_an_unread_like_finds_nothing(self, harbour: Engine) -> None:
        assert found(harbour, Like("abc")) == []

    def test_it_tells_how_many_have_a_word_or_a_key(self, harbour: Engine) -> None:
        harbour.write([document(10, "A cease-fire, and a ceasefire."), document(11, "No cease-fire.")])
        words = [("text", word) for word in ("harbour", "harbours", "ceasefire", "cease", "zebra")]
        told = harbour.frequencies(words, [("person", "actor:12"), ("person", "actor:5")])

        assert told.size == len(TEXTS) + 2
        assert [told.terms[word] for word in words] == [4, 1, 2, 2, 0]
        assert told.keys == {("person", "actor:12"): 2, ("person", "actor:5"): 0}
