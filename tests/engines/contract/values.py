"""Days, kinds and lengths that stand in a query."""

from __future__ import annotations

from datetime import date

import pytest

from articles.search.event_keys import keys_spoken_of
from tests.engines.contract.asking import Engine, ask, choice, numbers
from tests.engines.documents import dated, document


class Values:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("date:2012-07", [2, 3, 4]),
            ("date:2012-07-01", [2, 3, 4]),
            ("date:2012-06..2012-07", [1, 2, 3, 4]),
            ("date:>2012-07-01", [3, 4, 6]),
            ("date:>=2013", [4, 6]),
            ("date:<2012-06-01", [4]),
            ("-date:2012", [5, 6]),
            ("date:2013 OR two", [2, 4, 6]),
            ("is:undated", [5]),
            ("-is:undated", [1, 2, 3, 4, 6]),
            ("is:doubtful", [3, 4]),
        ],
    )
    def test_days(self, engine: Engine, query: str, expected: list[int]) -> None:
        assert numbers(dated(engine), query) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("event:2012-06-30", [1, 2]),
            ("event:2012-06", [1, 2]),
            ("event:2012-06-29", [2]),
            ("event:2012", [1, 2, 3]),
            ("event:2012-06-30..2013-07-01", [1, 2]),
            ("event:>=2012", [1, 2, 3]),
            ("event:<2012", [4]),
            ("-event:2012", [4, 5]),
            ("event:2012 date:2013", [1]),
            ("event:2012-06-29 OR five", [2, 5]),
        ],
    )
    def test_days_that_texts_speak_of(self, engine: Engine, query: str, expected: list[int]) -> None:
        day = (date(2012, 6, 30), date(2012, 6, 30))
        month = (date(2012, 6, 1), date(2012, 6, 30))
        year = (date(2012, 1, 1), date(2012, 12, 31))
        long_ago = (date(1999, 3, 1), date(1999, 3, 1))
        engine.write(
            [
                document(1, "one", published=date(2013, 7, 1), event=sorted(keys_spoken_of(*day))),
                document(2, "two", event=sorted(keys_spoken_of(*month) | keys_spoken_of(*day))),
                document(3, "three", event=sorted(keys_spoken_of(*year))),
                document(4, "four", published=date(2012, 6, 30), event=sorted(keys_spoken_of(*long_ago))),
                document(5, "five"),
            ]
        )

        assert numbers(engine, query) == expected

    def test_the_undated_that_days_leave_out_are_told(self, engine: Engine) -> None:
        dated(engine)

        assert ask(engine, "date:2012").undated_left_out == 1
        assert ask(engine, "five OR date:2012").undated_left_out == 0
        assert ask(engine, "two date:2012").undated_left_out == 0
        assert ask(engine, "-date:2012").undated_left_out == 0
        assert ask(engine, "date:2012", choices={"outlet": choice("outlet:1")}).undated_left_out == 0

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("words:>2", [1, 3]),
            ("words:>=2", [1, 2, 3]),
            ("words:2", [2]),
            ("words:<2", [4]),
            ("words:2..3", [1, 2]),
            ("is:partial", [1]),
            ("has:quotes", [1, 2]),
            ("has:quotes -is:partial", [2]),
            ("has:duplicates OR has:captions", [3]),
            ("lang:en", [1, 2, 4]),
            ("lang:pt", [3]),
            ("lang:pt-br", [3]),
            ("lang:ru", []),
            ("is:hidden", []),
            ("quote:peace", [2]),
            ("quote:wishes", [2]),
            ('quote:"peace wish"', []),
            ("speaker:annan", [2]),
            ("source:reuters", [1]),
            ("place:vessa", [1]),
        ],
    )
    def test_kinds_and_lengths(self, engine: Engine, query: str, expected: list[int]) -> None:
        engine.write(
            [
                document(
                    1,
                    "a b c",
                    trait=["is:partial", "has:quotes"],
                    source_name="Reuters",
                    place_name="VESSA, May 2",
                ),
                document(
                    2, "a b", trait=["has:quotes"], quote="A wish for peace.", speaker_name="Kofi Annan"
                ),
                document(3, "a b c d", trait=["has:duplicates", "has:captions"], language=["language:pt-br"]),
                document(4, "a"),
                document(5, "a", status=["status:hidden"]),
            ]
        )

        assert numbers(engine, query) == expected
        assert numbers(engine, "is:hidden", curator=True) == [5]
