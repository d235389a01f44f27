"""Parts of a query that are keys, and keys that count only where another one stands."""

from __future__ import annotations

import pytest

from articles.search.engines.ask import Ask
from articles.search.tree import Carrying, Field, Not, Word
from tests.engines.contract.asking import Engine, ask, choice, numbers
from tests.engines.documents import document


class Spellings:
    @pytest.fixture
    def spelled(self, engine: Engine) -> Engine:
        rows = {1: [(7, "annan")], 2: [(7, "kofi")], 3: [(7, "annan"), (7, "kofi"), (8, "brahimi")], 4: []}
        engine.write(
            [
                document(
                    number,
                    actors={"person": sorted({actor for actor, _ in named})},
                    spelling=[f"spelling:{actor}-{name}" for actor, name in named],
                )
                for number, named in rows.items()
            ]
        )
        return engine

    @pytest.mark.parametrize(
        ("keys", "expected"),
        [
            ([("person", "actor:7")], [1, 2, 3]),
            ([("spelling", "spelling:7-kofi")], [2, 3]),
            ([("spelling", "spelling:7-kofi"), ("spelling", "spelling:7-annan")], [1, 2, 3]),
            ([("person", "actor:8"), ("spelling", "spelling:7-annan")], [1, 3]),
            ([("person", "actor:99")], []),
            ([], []),
        ],
    )
    def test_a_part_may_be_keys(
        self, spelled: Engine, keys: list[tuple[str, str]], expected: list[int]
    ) -> None:
        part = Carrying(frozenset(keys), Field("actor", Word("annan")))
        assert sorted(spelled.ask(Ask(tree=part)).articles) == expected
        assert sorted(spelled.ask(Ask(tree=Not(part))).articles) == sorted({1, 2, 3, 4} - {*expected})

    def test_a_choice_may_be_narrowed_to_some_spellings(self, spelled: Engine) -> None:
        narrowed = {"actor:7": frozenset({"spelling:7-annan"})}
        chosen = {"person": choice("actor:7")}
        assert numbers(spelled, choices=chosen) == [1, 2, 3]
        assert numbers(spelled, choices=chosen, narrowed=narrowed) == [1, 3]
        excluded = {"person": choice(excluded=["actor:7"])}
        assert numbers(spelled, choices=excluded, narrowed=narrowed) == [2, 4]

    def test_who_is_named_together_is_counted(self, spelled: Engine) -> None:
        keys = [("person", "actor:7"), ("person", "actor:8"), ("spelling", "spelling:7-kofi")]
        assert spelled.together(Ask(), keys) == {
            ("actor:7", "actor:8"): 1,
            ("actor:7", "spelling:7-kofi"): 2,
            ("actor:8", "spelling:7-kofi"): 1,
        }
        without = Ask(choices={"person": choice(excluded=["actor:8"])})
        assert spelled.together(without, keys) == {("actor:7", "spelling:7-kofi"): 1}
        assert spelled.together(Ask(), []) == {}

    def test_spellings_are_counted_when_asked_for(self, spelled: Engine) -> None:
        counts = ask(spelled, facets=("spelling",)).counts["spelling"].inside
        assert counts == {"spelling:7-annan": 2, "spelling:7-kofi": 2, "spelling:8-brahimi": 1}
