"""Adding, updating and taking out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from articles.search.engines.ask import Count, Range
from tests.engines.contract.asking import ALL_FACETS, Engine, ask, numbers
from tests.engines.documents import document


class Writing:
    def test_an_empty_index_answers(self, engine: Engine) -> None:
        found = ask(engine, "annan", facets=ALL_FACETS, published=Range(date(2012, 1, 1), None))

        assert (found.total, found.articles, found.pages, found.archive_total) == (0, (), 1, 0)
        assert (ask(engine, count=Count.STORIES).total, engine.stories()) == (0, {})
        assert engine.versions() == {}

    def test_add_update_remove(self, engine: Engine) -> None:
        engine.write([document(1, "first"), document(2, "second")])
        engine.write([document(1, "changed", version=2)], gone=[2])

        assert numbers(engine, "first") == []
        assert numbers(engine, "second") == []
        assert numbers(engine, "changed") == [1]
        assert engine.versions() == {1: 2}

    def test_the_last_of_two_documents_of_one_article_counts(self, engine: Engine) -> None:
        engine.write([document(1, "old"), document(1, "new", version=5)])

        assert engine.versions() == {1: 5}
        assert numbers(engine, "new") == [1]

    def test_removing_what_is_not_there_is_harmless(self, engine: Engine) -> None:
        engine.write([document(1)])
        engine.write([], gone=[99])

        assert engine.versions() == {1: 1}

    def test_a_write_that_fails_changes_nothing(self, engine: Engine) -> None:
        engine.write([document(1, "before")])

        def broken() -> Iterable[dict[str, Any]]:
            yield document(1, "after")
            raise RuntimeError("the pipeline broke")

        with pytest.raises(RuntimeError, match="pipeline"):
            engine.write(broken())
        assert numbers(engine, "before") == [1]
        engine.write([document(2, "later")])
        assert numbers(engine) == [1, 2]

    def test_many_small_writes_equal_one_large(self, engine: Engine) -> None:
        for number in range(1, 61):
            engine.write(
                [document(number, f"word{number} shared", outlet=number % 3 + 1)], gone=[number - 30]
            )

        assert sorted(engine.versions()) == list(range(31, 61))
        assert numbers(engine, "shared") == list(range(31, 61))
        assert numbers(engine, '"word42 shared"') == [42]
        assert numbers(engine, "word7") == []
        assert ask(engine, facets=("outlet",)).counts["outlet"].inside == {
            f"outlet:{n}": 10 for n in (1, 2, 3)
        }

    def test_clearing(self, engine: Engine) -> None:
        engine.write([document(1)])
        engine.clear()

        assert engine.versions() == {}
        engine.write([document(2)])
        assert engine.versions() == {2: 1}
