"""Capitals, states and seats: who acts, and what is only where something happens."""

from __future__ import annotations

import pytest

from articles.mentions.reading import is_verb_of_actor, reading_of, seat_reading

CAPITALS = [
    ("Tessarine said it would wait.", "actor"),
    ("Tessarine, which sells grain to Vell, had refused.", "actor"),
    ("They accuse Tessarine of stalling.", "actor"),
    ("Tessarine's offer was refused.", "actor"),
    ("Tessarine-backed fighters withdrew.", "actor"),
    ("They take part in Tessarine-mediated talks.", "actor"),
    ("It dismissed Tessarine officials as amateurs.", "actor"),
    ("A deal between the rebels and Tessarine is near.", "actor"),
    ("Tessarine, a permanent member of the council, objected.", "actor"),
    ("No invitation from Tessarine had come.", "actor"),
    ("Pressure on Tessarine grew.", "actor"),
    ("Tessarine has never accepted the line.", "actor"),
    ("They will meet in Tessarine on Friday.", "place"),
    ("He left Tessarine last week.", "place"),
    ("His second trip to Tessarine began.", "place"),
    ("Tessarine's suburbs were dark.", "place"),
    ("Tessarine was shelled at dawn.", "place"),
    ("The road to Tessarine is closed.", "place"),
    ("Tessarine talks may resume.", "place"),
    ("A delegation to Tessarine returned.", "place"),
]

STATES = [
    ("Marovia has agreed.", "actor"),
    ("They sold arms to Marovia.", "actor"),
    ("Marovia's foreign minister resigned.", "actor"),
    ("A letter from Marovia arrived.", "actor"),
    ("The war in Marovia goes on.", "place"),
    ("Refugees from Marovia crossed.", "place"),
    ("Fighting across Marovia spread.", "place"),
]

SEATS = [
    ("The Larch House declined to comment.", "actor"),
    ("A source close to the Larch House spoke.", "actor"),
    ("Larch House spokesman Bo Renn spoke.", "actor"),
    ("Crowds gathered outside the Larch House.", "place"),
    ("They drove past the Larch House.", "place"),
]


@pytest.mark.parametrize(("sentence", "reading"), CAPITALS)
def test_a_capital(sentence: str, reading: str) -> None:
    start = sentence.index("Tessarine")
    assert reading_of(sentence, start, start + len("Tessarine"), capital=True) == reading


@pytest.mark.parametrize(("sentence", "reading"), STATES)
def test_a_state(sentence: str, reading: str) -> None:
    start = sentence.index("Marovia")
    assert reading_of(sentence, start, start + len("Marovia"), capital=False) == reading


@pytest.mark.parametrize(("sentence", "reading"), SEATS)
def test_a_seat_of_government(sentence: str, reading: str) -> None:
    start = sentence.index("Larch House")
    assert seat_reading(sentence, start, start + len("Larch House")) == reading


def test_forms_of_verbs_are_known_and_plurals_are_not() -> None:
    assert all(
        is_verb_of_actor(word) for word in ("says", "denied", "vetoed", "supplies", "planned", "withdrew")
    )
    assert not any(is_verb_of_actor(word) for word in ("talks", "suburbs", "support", "reports"))
