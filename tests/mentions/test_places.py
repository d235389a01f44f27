"""Places that the tagger takes for persons and bodies, told by all that a text says of them."""

from __future__ import annotations

import re

import pytest

from articles.mentions import Kind, MentionFinder, NameSpan, PlaceSpan
from articles.mentions.candidates import Candidate, Rank
from articles.mentions.find import ArticleTexts
from articles.mentions.places import as_known, only_a_place


def occurrences(text: str, name: str, kind: Kind = Kind.PERSON) -> list[Candidate]:
    found = re.finditer(rf"\b{name}\b", text)
    return [Candidate(one.start(), one.end(), kind, Rank.MODEL, "model", 0.75) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Hessek is a small fishing village in the hills.",
        "They passed Hessek, a town of 900 people.",
        "Hessek (Old Hessaq) was a city on the northern shore.",
        "The port of Hessek was closed.",
        "Nineteen people died when shells hit Hessek.",
        "She is to lay a wreath at Hessek, where 19 people died.",
        "The convoy stopped near Hessek. Hessek has no power.",
        "He was born in Hessek.",
    ],
)
def test_a_person_that_stands_as_places_do_is_one(text: str) -> None:
    assert only_a_place(text, occurrences(text, "Hessek"), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "Hessek, a village elder, spoke of the talks.",
        "Mr. Hessek is a legend in the town. The road to Hessek",
        "Hessek said the talks would go on. They met near Hessek.",
        "He joined the band of Hessek, where he met his wife.",
        "The envoy wrote to Hessek.",
    ],
)
def test_who_acts_or_has_a_title_is_none(text: str) -> None:
    assert not only_a_place(text, occurrences(text, "Hessek"), frozenset())


def test_an_address_ends_in_a_known_place() -> None:
    text = "They marched to Hessek, Ruritania."
    assert only_a_place(text, occurrences(text, "Hessek"), {text.index("Ruritania")})
    assert not only_a_place(text, occurrences(text, "Hessek"), frozenset())


def test_a_body_needs_more_than_a_preposition() -> None:
    for text, place in [
        ("He sat in Larch for a year.", False),
        ("A camp near Larch was closed.", True),
        ("A district LRC.", False),
        ("The village of Larch was empty.", True),
    ]:
        name = "LRC" if "LRC" in text else "Larch"
        assert only_a_place(text, occurrences(text, name, Kind.ORGANISATION), frozenset()) is place


def test_a_headline_has_the_places_of_the_body() -> None:
    text = "Bigger force for Selm truce, Toll says in Hessek"
    tagged = [one for name in ("Selm", "Toll", "Hessek") for one in occurrences(text, name)]
    places = [PlaceSpan(0, 14, "Strait of Selm", "model"), PlaceSpan(30, 36, "Hessek", "model")]
    names = [NameSpan(50, 61, "Samira Toll", Kind.PERSON, "body", "model", 0.75)]
    read = as_known(text, tagged, places=places, names=names)
    assert [one.reading for one in read] == ["place", "actor", "place"]


def test_a_headline_is_in_the_language_of_its_body(finder: MentionFinder) -> None:
    body = "Die Boote und die Fähren liegen in dem Hafen, und es ist nicht zu sehen, wann sie wieder fahren."
    headline = "Hafengespräche: Zwei Zimmer, ein Blatt Papier"
    found = finder.find_batch([ArticleTexts({"body": [body], "headline": [headline]})])
    assert found[0]["headline"][0].names == ()


def test_a_state_in_the_plural_is_no_actor(finder: MentionFinder) -> None:
    state = finder.authority.states[0].name
    assert all(name.surface != f"{state}s" for name in finder.find(f"One family, two {state}s").names)
