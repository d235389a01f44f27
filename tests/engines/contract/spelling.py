"""Better spellings of words that an engine does not know, or hardly."""

from __future__ import annotations

import pytest

from articles.search.engines.ask import BetterSpelled, Spelled
from tests.engines.contract.asking import Engine
from tests.engines.documents import document

TEXTS = (
    *("The envoy Brahimi spoke of a ceasefire and of negotiations." for _ in range(30)),
    *("Vashti met the opposition in the harbour." for _ in range(12)),
    "The brahmi of the market, and a harber.",
)


def better(engine: Engine, word: str, field: str | None = None, *, few: bool = True) -> str | None:
    """Return the better spelling; a field that it is asked for in stands before it."""
    found: BetterSpelled | None = engine.better_spelled([Spelled(word, field)], few=few).get(
        Spelled(word, field)
    )
    if found is None:
        return None
    return found.text if found.field is None else f"{found.field}:{found.text}"


class Spelling:
    @pytest.fixture
    def envoys(self, engine: Engine) -> Engine:
        documents = [document(number, text) for number, text in enumerate(TEXTS, 1)]
        for prepared in documents[30:42]:
            prepared["actor_name"] = "Oren Vashti\n\nQadhir al-Vashti"
            prepared["outlet_name"] = "Vessa Herald"
        engine.write(documents)
        return engine

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("brahimmi", "brahimi"),
            ("barhimi", "brahimi"),
            ("brahm", "brahmi"),
            ("ceasfire", "ceasefire"),
            ("ceazefirre", "ceasefire"),
            ("negociation", "negotiations"),
            ("harbourr", "harbour"),
            ("vashthi", "vashti"),
            ("zebra", None),
            ("xyz", None),
            ("oppositions", None),
            ("harbour", None),
            ("brahimi", None),
            ("ohne2012", None),
            ("брахими", None),
        ],
    )
    def test_an_unknown_word_is_put_right(self, envoys: Engine, word: str, expected: str | None) -> None:
        assert better(envoys, word) == expected

    def test_a_rare_word_is_doubted_only_where_little_was_found(self, envoys: Engine) -> None:
        assert better(envoys, "brahmi") == "brahimi"
        assert better(envoys, "brahmi", few=False) is None
        assert better(envoys, "harber") == "harbour"
        envoys.write([document(100 + number, "A mooring.") for number in range(5)])
        envoys.write([document(110, "A mooringe.")])
        assert better(envoys, "mooringe") is None  # not ten times as many hold the other word

    def test_names_of_actors_come_first_by_letters_and_by_sound(self, envoys: Engine) -> None:
        envoys.write([document(100 + number, "A vashte, or two vashtes, is a boat.") for number in range(12)])

        assert better(envoys, "vashtu") == "vashti"
        assert better(envoys, "vaashtee") == "vashti"  # three letters off, but it sounds the same

    def test_a_spelling_of_an_actor_that_no_text_has_is_asked_for_as_such(self, envoys: Engine) -> None:
        assert better(envoys, "qadhir") == "actor:qadhir"
        assert better(envoys, "qadhir", "actor") is None
        assert better(envoys, "quadhir", "actor") == "actor:qadhir"

    def test_a_field_is_put_right_by_its_own_words(self, envoys: Engine) -> None:
        assert better(envoys, "hearld", "outlet") == "outlet:herald"
        assert better(envoys, "ceasfire", "outlet") is None
        assert better(envoys, "brahimi", "outlet") is None

    def test_no_word_of_a_hidden_or_deleted_article_is_given_away(self, envoys: Engine) -> None:
        envoys.write([document(200, "Kestrelmoor", status=["status:hidden"]), document(201, "Kestrelmoar")])
        envoys.write((), gone=[201])

        assert better(envoys, "kestrelmor") is None
        [found] = envoys.better_spelled([Spelled("kestrelmor")], curator=True).values()
        assert found == BetterSpelled("kestrelmoor")

    def test_a_word_of_hidden_or_deleted_articles_alone_is_not_known(self, envoys: Engine) -> None:
        hidden = [
            document(number, "Ceasfire. Negociation.", status=["status:hidden"]) for number in range(200, 205)
        ]
        envoys.write([*hidden, document(300, "Harberr.")])
        envoys.write((), gone=[300])

        assert better(envoys, "ceasfire") == "ceasefire"
        assert better(envoys, "negociations") == "negotiations"
        assert better(envoys, "harberr", few=False) == "harber"
        assert envoys.better_spelled([Spelled("ceasfire")], few=False, curator=True) == {}

    def test_words_written_later_are_known(self, envoys: Engine) -> None:
        assert better(envoys, "lethmrk") is None
        envoys.write([document(300, "Lethmark lies on the coast.")])
        assert better(envoys, "lethmrk") == "lethmark"

    def test_many_unknown_words_are_no_misspellings(self, envoys: Engine) -> None:
        asked = [Spelled(word) for word in ("brahimmi", "ceasfire", "harbourr", "negociation", "oppositoin")]

        assert len(envoys.better_spelled(asked[:4])) == 4
        assert envoys.better_spelled(asked) == {}

    def test_an_empty_index_knows_nothing_better(self, engine: Engine) -> None:
        assert engine.better_spelled([Spelled("brahimi"), Spelled("hearld", "outlet")]) == {
            Spelled("brahimi"): None,
            Spelled("hearld", "outlet"): None,
        }
