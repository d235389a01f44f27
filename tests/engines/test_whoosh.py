"""The embedded engine keeps the contract."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from articles.search.engines.whoosh import WhooshBackend, match
from tests.engines.contract import EngineContract
from tests.engines.contract.asking import ask
from tests.engines.documents import document


class TestWhoosh(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> WhooshBackend:
        return WhooshBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)

    @pytest.mark.parametrize("query", ["sentence:(plan envoy)", '"plan envoy"~3'])
    def test_what_stands_together_is_looked_for_in_the_newest_when_much_was_read(
        self, engine: WhooshBackend, monkeypatch: pytest.MonkeyPatch, query: str
    ) -> None:
        text = "The envoy has a plan. Peace talks go on. Peace is near."
        engine.write([document(day, text, published=date(2012, 7, day)) for day in range(1, 11)])
        both = f"atleast2:peace {query}"
        assert ask(engine, both).notes == ()

        monkeypatch.setattr(match, "MOST_PLACES", 10)
        monkeypatch.setattr(match, "NEWEST", 5)
        found = ask(engine, both, size=100)

        assert sorted(found.articles) == [8, 9, 10]
        assert "3 of 10 articles" in found.notes[0]
        # What comes first is looked for in all, and what comes twice is the same.
        assert ask(engine, query).notes == ()
        assert ask(engine, f"{query} OR ({query})").total == 10
