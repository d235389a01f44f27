"""Places of an article: every spelling under one key, called as it is most written."""

from __future__ import annotations

import pytest

from articles.mentions.authority import Authority, StateFact
from articles.mentions.spans import PlaceSpan
from articles.resolve.places import place_key, places_named, places_of_dateline

MAROVIA = StateFact(
    name="Marovia",
    code=None,
    capitals=("Tessarine",),
    demonyms=("Marovian",),
    aliases=("the MR",),
    metonyms=(),
)
FACTS = Authority(states=(MAROVIA,))


def spans(*surfaces: str) -> list[PlaceSpan]:
    return [PlaceSpan(at, at + len(each), each, "model") for at, each in enumerate(surfaces)]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Port Vessa", "port-vessa"),
        ("PORT-VESSA", "port-vessa"),
        ("the Port  Vessa's", "port-vessa"),
        ("Pôrt Vessa’s", "port-vessa"),
        ("The Marshes", "marshes"),
        ("…", ""),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_place_has_one_key_however_it_is_written(name: str, key: str) -> None:
    assert place_key(name) == key
    assert place_key(key) == key


def test_a_place_is_called_as_it_is_most_written() -> None:
    [port, marshes] = places_named(spans("PORT VESSA", "Port Vessa", "the Marshes", "Port Vessa's"), FACTS)

    assert (port.key, port.label, len(port.spans)) == ("port-vessa", "Port Vessa", 3)
    assert (marshes.key, marshes.label) == ("marshes", "Marshes")
    assert [span.start for span in port.spans] == [0, 1, 3]


def test_of_equals_the_spelling_in_small_letters_is_taken() -> None:
    assert places_named(spans("VESSA", "Vessa"), FACTS)[0].label == "Vessa"


def test_a_state_goes_by_its_main_name_and_its_capital_by_its_own() -> None:
    named = places_named(spans("the MR", "Tessarine", "Marovia"), FACTS)

    assert [(place.key, place.label, len(place.spans)) for place in named] == [
        ("marovia", "Marovia", 2),
        ("tessarine", "Tessarine", 1),
    ]


@pytest.mark.parametrize(
    ("dateline", "keys"),
    [
        ("", ()),
        ("PORT VESSA", ("port-vessa",)),
        ("KARRIN/TESSARINE", ("karrin", "tessarine")),
        ("PORT VESSA, Marovia", ("port-vessa", "marovia")),
        ("KARRIN, Karrin", ("karrin",)),
    ],
)
def test_a_dateline_has_the_keys_of_its_places(dateline: str, keys: tuple[str, ...]) -> None:
    assert places_of_dateline(dateline) == keys
