"""What any-word results are ranked by."""

from __future__ import annotations

from articles.search.engines.ask import Ask
from articles.search.syntax import parse
from articles.search.tree import any_word
from tests.engines.contract.asking import Engine
from tests.engines.documents import dated, document


class AnyWord:
    def test_more_of_the_words_stand_first_then_closer_ones(self, engine: Engine) -> None:
        engine.write(
            [
                document(1, "envoy envoy envoy truce truce truce of them all it was"),
                document(2, "envoy met to talk of a truce and of a harbour"),
                document(3, "it rained on all of them and on all of us"),
                document(4, "it was there: the envoy truce harbour and more of it"),
            ]
        )
        tree = any_word(parse("envoy truce harbour -rained").tree)

        assert engine.ask(Ask(tree=tree)).articles == (4, 2, 1)

    def test_the_rest_of_the_query_is_asked_for_as_before(self, engine: Engine) -> None:
        dated(engine)
        tree = any_word(parse("one two five date:2012").tree)

        assert sorted(engine.ask(Ask(tree=tree)).articles) == [1, 2]

    def test_a_word_missing_of_a_short_query_costs_more_than_repeats_of_the_others_bring(
        self, engine: Engine
    ) -> None:
        engine.write(
            [
                document(1, "truce truce truce, said all of them, and again the harbour harbour"),
                document(2, "the truce of the harbour was, said the envoy of them all, no more"),
                *(document(number, "it rained on all of them") for number in range(3, 9)),
            ]
        )

        assert engine.ask(Ask(tree=any_word(parse("truce harbour envoy").tree))).articles == (2, 1)

    def test_function_words_count_for_little(self, engine: Engine) -> None:
        engine.write(
            [
                document(1, "who was it that had been to and from there"),
                document(2, "Lights in towns; envoys left harbours."),
                *(document(number, "rain, rain, rain") for number in range(3, 9)),
            ]
        )
        tree = any_word(parse("who was it that left the harbour").tree)

        assert engine.ask(Ask(tree=tree)).articles == (2, 1)

    def test_words_joined_by_or_alone_are_words_like_others(self, engine: Engine) -> None:
        dated(engine)

        assert any_word(parse("one two OR five").tree) == any_word(parse("one two five").tree)
        assert sorted(engine.ask(Ask(tree=any_word(parse("one two OR five").tree))).articles) == [1, 2, 5]

    def test_what_or_joins_besides_words_stays(self, engine: Engine) -> None:
        tree = parse("one title:two OR five").tree

        assert any_word(tree) == tree
