"""Counts and choices of facets."""

from __future__ import annotations

import pytest

from articles.search.engines.ask import Choice
from tests.engines.contract.asking import ALL_FACETS, Engine, ask, choice, numbers
from tests.engines.documents import document


class Facets:
    @pytest.fixture
    def faceted(self, engine: Engine) -> Engine:
        engine.write(
            [
                document(1, outlet=1, actors={"person": [12, 5], "state": [7]}),
                document(2, outlet=1, actors={"person": [12]}),
                document(3, outlet=2, actors={"person": [1], "media": [9]}),
                document(4, actors={"state": [7, 8]}),
            ]
        )
        return engine

    def test_values_are_whole_keys(self, faceted: Engine) -> None:
        counts = ask(faceted, facets=ALL_FACETS).counts

        assert counts["outlet"].inside == {"outlet:1": 2, "outlet:2": 1, "outlet:none": 1}
        assert counts["person"].inside == {"actor:12": 2, "actor:5": 1, "actor:1": 1}
        assert counts["state"].inside == {"actor:7": 2, "actor:8": 1}
        assert counts["media"].inside == {"actor:9": 1}
        assert counts["organisation"].inside == {}
        assert counts["language"].inside == {"language:en": 4}

    def test_counts_of_everything_follow_what_is_written(self, faceted: Engine) -> None:
        hidden = document(6, outlet=2, status=["status:hidden"])
        faceted.write([hidden, document(5, outlet=1)], gone=[3])
        everything = {"facets": ("outlet",)}

        for _ in range(2):  # the second time they are known
            assert ask(faceted, **everything).counts["outlet"].inside == {"outlet:1": 3, "outlet:none": 1}
            assert ask(faceted, **everything, curator=True).counts["outlet"].inside["outlet:2"] == 1
        faceted.write([], gone=[1, 2])
        assert ask(faceted, **everything).counts["outlet"].inside == {"outlet:1": 1, "outlet:none": 1}

    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ({"outlet": choice("outlet:1")}, [1, 2]),
            ({"outlet": choice("outlet:1", "outlet:2")}, [1, 2, 3]),
            ({"outlet": choice(excluded=["outlet:1"])}, [3, 4]),
            ({"outlet": choice("outlet:none")}, [4]),
            ({"outlet": choice("outlet:1"), "person": choice("actor:5")}, [1]),
            ({"person": choice("actor:12"), "state": choice("actor:8")}, []),
            ({"person": choice("actor:12", excluded=["actor:5"])}, [2]),
            ({"person": choice("actor:1")}, [3]),
            ({"outlet": choice("outlet:99")}, []),
            ({"outlet": choice(excluded=["outlet:99"])}, [1, 2, 3, 4]),
        ],
    )
    def test_narrowing_is_exact(
        self, faceted: Engine, choices: dict[str, Choice], expected: list[int]
    ) -> None:
        assert numbers(faceted, choices=choices) == expected

    def test_counts_when_something_is_selected(self, faceted: Engine) -> None:
        counts = ask(faceted, choices={"outlet": choice("outlet:1")}, facets=ALL_FACETS).counts

        assert counts["outlet"].inside == {"outlet:1": 2}
        assert counts["outlet"].outside == {"outlet:2": 1, "outlet:none": 1}
        assert counts["person"].inside == {"actor:12": 2, "actor:5": 1}
        assert counts["person"].outside == {}

    def test_what_a_value_adds_counts_no_article_twice(self, faceted: Engine) -> None:
        counts = ask(faceted, choices={"person": choice("actor:12")}, facets=("person",)).counts["person"]

        assert counts.inside == {"actor:12": 2, "actor:5": 1}
        assert counts.outside == {"actor:1": 1}

    def test_an_exclusion_says_what_it_hides(self, faceted: Engine) -> None:
        choices = {"outlet": choice(excluded=["outlet:1", "outlet:2"])}
        counts = ask(faceted, choices=choices, facets=("outlet",)).counts["outlet"]

        assert counts.without_exclusion == {"outlet:1": 3, "outlet:2": 2}

    def test_hidden_articles_are_for_curators(self, faceted: Engine) -> None:
        faceted.write([document(2, outlet=1, status=["status:hidden"])])

        assert numbers(faceted) == [1, 3, 4]
        assert ask(faceted, facets=("outlet",)).counts["outlet"].inside["outlet:1"] == 1
        assert ask(faceted).archive_total == 3
        assert numbers(faceted, curator=True) == [1, 2, 3, 4]
        assert ask(faceted, curator=True).archive_total == 4
