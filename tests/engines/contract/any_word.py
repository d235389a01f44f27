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
