"""In which order results stand."""

from __future__ import annotations

from datetime import date

import pytest

from articles.search.engines.ask import Order
from articles.search.facets import mentioned_key
from tests.engines.contract.asking import Engine, ask
from tests.engines.documents import dated, document


class Sorting:
    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            (Order.NEWEST, [4, 6, 3, 2, 1, 5]),
            (Order.OLDEST, [4, 3, 1, 2, 6, 5]),
            (Order.RELEVANCE, [4, 6, 3, 2, 1, 5]),
            (Order.MENTIONED, [4, 6, 3, 2, 1, 5]),
        ],
    )
    def test_undated_articles_stand_last(self, engine: Engine, order: Order, expected: list[int]) -> None:
        assert list(ask(dated(engine), order=order).articles) == expected

    def test_equals_stand_newest_arrival_first(self, engine: Engine) -> None:
        engine.write([document(number, published=date(2012, 1, 1)) for number in (3, 1, 2)])

        assert list(ask(engine, order=Order.NEWEST).articles) == [3, 2, 1]
        assert list(ask(engine, order=Order.OLDEST).articles) == [1, 2, 3]

    def test_the_better_match_stands_first(self, engine: Engine) -> None:
        engine.write(
            [
                document(1, "peace among many other words that say nothing of it at all"),
                document(2, "peace peace"),
                document(3, "a word", headline="Peace"),
                document(4, "nothing"),
            ]
        )
        found = ask(engine, "peace")

        assert found.articles[-1] == 1
        assert list(found.scores) == sorted(found.scores, reverse=True)

    def test_a_name_as_written_stands_before_its_stem(self, engine: Engine) -> None:
        engine.write([document(1, "The water was cold."), document(2, "Maxine Waters was cold.")])

        assert list(ask(engine, "waters").articles) == [2, 1]

    def test_a_rare_word_weighs_more_than_a_common_one(self, engine: Engine) -> None:
        engine.write([document(number, "common words here") for number in range(1, 9)])
        engine.write([document(9, "rare words here"), document(10, "common rain here")])

        assert ask(engine, "rare OR common").articles[0] == 9

    @pytest.mark.parametrize("query", ["envoy harbour", "envoy OR harbour"])
    def test_a_word_in_the_headline_weighs_more_than_one_in_the_text(
        self, engine: Engine, query: str
    ) -> None:
        filler = " ".join(["rain"] * 12)
        engine.write(
            [
                document(1, f"{filler} envoy {filler} harbour"),
                document(2, f"{filler} envoy {filler}", headline="Harbour"),
                document(3, f"harbour {filler} envoy {filler}", subtitle="To the harbour"),
            ]
        )

        assert list(ask(engine, query).articles) == [2, 3, 1]

    def test_a_word_in_the_headline_weighs_more_than_many_in_the_text(self, engine: Engine) -> None:
        filler = "of the harbour and its lights " * 5
        engine.write(
            [
                document(1, f"{'envoy ' * 8} {filler}", headline="Harbour lights"),
                document(2, f"{filler} envoy envoy {'today ' * 6}", headline="Envoy arrives"),
                *(document(number, filler, headline="Harbour") for number in range(3, 12)),
            ]
        )

        assert list(ask(engine, "envoy").articles) == [2, 1]

    def test_words_close_together_stand_before_words_apart(self, engine: Engine) -> None:
        filler = " ".join(["rain"] * 20)
        engine.write(
            [
                document(1, f"envoys {filler} harbours again"),
                document(2, f"{filler} harbours envoys again"),
                document(3, f"envoys again and harbours {filler}"),
            ]
        )

        assert list(ask(engine, "envoy harbour").articles) == [2, 3, 1]

    def test_the_most_mentioned_stand_first(self, engine: Engine) -> None:
        def mentions(*times: int) -> list[str]:
            return [mentioned_key(actor, number) for actor, number in enumerate(times, start=12)]

        engine.write(
            [
                document(1, "peace", mentioned=mentions(2, 9)),
                document(2, "peace peace peace and war", mentioned=mentions(40)),
                document(3, "of peace, peace", headline="Peace at last", mentioned=mentions(3, 1)),
                document(4, "peace on earth, goodwill", mentioned=mentions(99)),
            ]
        )

        def order(query: str, *actors: int) -> list[int]:
            return list(ask(engine, query, order=Order.MENTIONED, actors=frozenset(actors)).articles)

        assert order("peace") == [3, 2, 4, 1]
        assert order("peace OR war") == [2, 3, 4, 1]
        assert order('"on earth" OR war -last') == [4, 2]
        assert order("peace", 12) == [4, 2, 3, 1]
        assert order("peace", 12, 13) == [4, 2, 1, 3]
        assert order("", 13) == [1, 3, 4, 2]
