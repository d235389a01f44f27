"""The embedded engine keeps the contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from articles.search.engines.ask import Range
from articles.search.engines.whoosh import WhooshBackend, affordable
from tests.engines.contract import EngineContract
from tests.engines.contract.asking import ask, choice
from tests.engines.documents import document


class TestWhoosh(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> WhooshBackend:
        return WhooshBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)

    @pytest.fixture
    def short_of(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
        """Leave so many places of words for a query to bring together, and one at least for each part."""

        def leave(places: int) -> None:
            monkeypatch.setattr(affordable, "PLACES_AN_ARTICLE", 0)
            monkeypatch.setattr(affordable, "FEWEST_PLACES", places)
            monkeypatch.setattr(affordable, "SHARE_LEFT", places)

        return leave

    @pytest.mark.parametrize("query", ["sentence:(plan envoy)", '"plan envoy"~3', '"envoy has a plan"'])
    def test_where_words_stand_is_looked_for_in_the_newest_when_much_was_read(
        self, engine: WhooshBackend, short_of: Callable[[int], None], query: str
    ) -> None:
        text = "The envoy has a plan. Peace talks go on. Peace is near."
        engine.write([document(day, text, published=date(2012, 7, day)) for day in range(1, 11)])
        both = f"atleast2:peace {query}"
        assert ask(engine, both).notes == ()

        # Twenty places of peace, and the words of three texts.
        words = 4 if query.startswith('"envoy') else 2
        short_of(20 + 3 * words)
        found = ask(engine, both, size=100)

        assert sorted(found.articles) == [8, 9, 10]
        assert "3 of 10 articles" in found.notes[0]
        # What comes twice is the same.
        assert ask(engine, f"{both} OR ({both})").total == 3

    def test_where_words_stand_is_looked_for_in_the_texts_that_have_them_all(
        self, engine: WhooshBackend, short_of: Callable[[int], None]
    ) -> None:
        common = [document(day, "The plan. " * 20, published=date(2012, 7, day)) for day in range(1, 11)]
        engine.write([*common, document(11, "A plan for the harbour.", published=date(2011, 7, 1))])
        short_of(30)

        for query in (
            "sentence:(plan harbour)",
            '"plan harbour"~3',
            '"the harbour"',
            "sentence:(plan harbour -envoy)",
        ):
            found = ask(engine, query, size=100)
            assert (found.articles, found.notes) == ((11,), ()), query
        assert ask(engine, "atleast21:plan").notes == ()
        assert "1 of 10 articles" in ask(engine, "atleast20:plan").notes[0]

    def test_where_words_stand_is_looked_for_among_what_days_filters_and_other_parts_leave(
        self, engine: WhooshBackend, short_of: Callable[[int], None]
    ) -> None:
        text = "The envoy has a plan."
        days = [date(year, 7, day) for year in (2012, 2016) for day in range(1, 6)]
        engine.write(
            [
                document(number, f"{text} Accord." if number < 4 else text, published=day, outlet=number % 2)
                for number, day in enumerate(days)
            ]
        )
        query = "sentence:(plan envoy)"
        short_of(6)
        assert ask(engine, query, size=100).total == 3

        spring = ask(engine, query, size=100, published=Range(date(2012, 7, 2), date(2012, 7, 4)))
        accord = ask(engine, f"{query} accord -date:2012-07-01", size=100)
        year = ask(engine, query, size=100, choices={"year": choice("year:2012")}, facets=("year",))
        outlet = ask(
            engine, query, size=100, choices={"year": choice("year:2012"), "outlet": choice("outlet:1")}
        )

        # What can be listed comes first, and is all there: nothing was left out.
        assert (sorted(spring.articles), spring.notes) == ([1, 2, 3], ())
        assert (sorted(accord.articles), accord.notes) == ([1, 2, 3], ())
        # More can be listed than looked through.
        assert sorted(year.articles) == [2, 3, 4]
        assert "3 of 5 articles" in year.notes[0]
        # All that can be listed was looked through, but not all that other years would add.
        assert sorted(outlet.articles) == [1, 3]
        assert "all articles that are listed here" in outlet.notes[0]
