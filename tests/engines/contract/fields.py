"""Parts of a query that are bound to a field."""

from __future__ import annotations

import pytest

from tests.engines.contract.asking import Engine, numbers
from tests.engines.documents import document


class Fields:
    @pytest.fixture
    def fielded(self, engine: Engine) -> Engine:
        engine.write(
            [
                document(
                    1, "Text.", headline="Talks on Syria", author="Ada Lund", outlet_name="Vessa Herald"
                ),
                document(
                    2,
                    "About Syria.",
                    actor_name="Kofi Annan\n\nK. Annan",
                    author="Jo Ferro\n\nAda Reed",
                    tag_name="Ceasefire talks\n\nTo be checked",
                    collection_name="The Harbour Years",
                ),
            ]
        )
        return engine

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("syria", [1, 2]),
            ("title:syria", [1]),
            ("title:talk", [1]),
            ("TITLE:syria", [1]),
            ('title:"talks on syria"', [1]),
            ("title:(syria OR about)", [1]),
            ("-title:syria", [2]),
            ("title:syr*", [1]),
            ("outlet:herald", [1]),
            ('outlet:"vessa herald"', [1]),
            ("author:ada", [1, 2]),
            ('author:"ada lund"', [1]),
            ('author:"ferro ada"', []),
            ("actor:annan", [2]),
            ('actor:"kofi annan"', [2]),
            ("annan", []),
            ("tag:ceasefire", [2]),
            ('tag:"talks to"', []),
            ("-tag:ceasefire", [1]),
            ('collection:"harbour years"', [2]),
            ("harbour", []),
            ("nofield:syria", []),
        ],
    )
    def test_fields(self, fielded: Engine, query: str, expected: list[int]) -> None:
        assert numbers(fielded, query) == expected
