"""Compounds: one form finds the others."""

from __future__ import annotations

import pytest

from articles.search.compounds import opened
from articles.search.syntax import parse
from articles.search.tree import And, AnyOf, Node, Not, Or, Phrase, Word, any_word

CEASE_FIRE = Or((And((Word("cease"), Word("fire"))), Word("ceasefire")))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("ceasefire", Or((Word("ceasefire"), Phrase("cease fire")))),
        ("Ceasefires", Or((Word("Ceasefires"), Phrase("cease fires")))),
        ("envoy cease fire", And((Word("envoy"), CEASE_FIRE))),
        ("cease fire talks", And((CEASE_FIRE, Word("talks")))),
        ("-ceasefire", Not(Or((Word("ceasefire"), Phrase("cease fire"))))),
        ("fire cease", And((Word("fire"), Word("cease")))),
        ("every day", And((Word("every"), Word("day")))),
        ('"cease fire"', Phrase("cease fire")),
        ("cease-fire", Word("cease-fire")),
    ],
)
def test_a_query_asks_for_all_forms(query: str, tree: Node) -> None:
    assert opened(parse(query).tree) == tree


def test_any_word_queries_take_the_other_forms_as_further_words() -> None:
    tree = opened(any_word(parse("envoy cease fire").tree))

    assert tree == AnyOf((Word("envoy"), Word("cease"), Word("fire"), Word("ceasefire")))
