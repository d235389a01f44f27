"""Actors named by a title with a name, a role alone, or a group's common noun."""

from __future__ import annotations

import pytest

from articles.mentions import Kind, MentionFinder
from articles.mentions.spans import PhraseSpan


def phrases(finder: MentionFinder, text: str) -> dict[str, PhraseSpan]:
    return {one.surface: one for one in finder.find(text).phrases}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Marovian Foreign Minister Ivo Karstan arrived.", "Marovian Foreign Minister Ivo Karstan"),
        ("Reporters met Mr. Karstan before Ivo Karstan left.", "Mr. Karstan"),
        ("The order came from Lt. Gen. Piet Larsen himself.", "Lt. Gen. Piet Larsen"),
    ],
)
def test_a_title_and_its_name_are_one_mention(finder: MentionFinder, text: str, surface: str) -> None:
    found = finder.find(text)
    phrase = next(one for one in found.phrases if one.surface == surface)
    assert phrase.method == "titled name"
    assert phrase.kind is Kind.PERSON
    # The name itself stays bare, and the phrase says which name it is.
    name = next(one for one in found.names if one.start == phrase.name_start)
    assert surface.endswith(name.surface)
    assert name.surface in {"Ivo Karstan", "Karstan", "Piet Larsen"}


def test_what_somebody_does_is_no_title(finder: MentionFinder) -> None:
    assert "poet Piet Larsen" not in phrases(finder, "The poet Piet Larsen read aloud in Vell.")


def test_a_role_beside_the_name_is_that_persons(finder: MentionFinder) -> None:
    text = "Ivo Karstan, the Marovian foreign minister, was late."
    found = phrases(finder, text)["the Marovian foreign minister"]
    assert found.name_start == text.index("Ivo")


def test_a_role_alone_is_its_only_bearers(finder: MentionFinder) -> None:
    text = "Marovian Foreign Minister Ivo Karstan left. The Marovian foreign minister had no comment."
    found = phrases(finder, text)["Marovian foreign minister"]
    assert (found.method, found.name_start) == ("role", text.index("Ivo"))
    assert (found.title, found.organisation) == ("foreign minister", "Marovia")


def test_a_role_that_two_bear_is_left_open(finder: MentionFinder) -> None:
    text = (
        "Marovian Foreign Minister Ivo Karstan met Ostranian Foreign Minister Dora Wenck. "
        "Afterwards the foreign minister kept silent."
    )
    assert phrases(finder, text)["foreign minister"].name_start is None


def test_a_role_without_a_name_makes_no_name(finder: MentionFinder) -> None:
    found = finder.find("The Ostranian foreign minister declined to speak to reporters.")
    assert [name for name in found.names if name.kind is Kind.PERSON] == []
    assert [one.surface for one in found.phrases] == ["Ostranian foreign minister"]


@pytest.mark.parametrize(
    "text",
    [
        "He joined as president last year.",
        "They want a change of leader.",
        "The head of the table was empty.",
    ],
)
def test_a_role_that_nobody_holds_is_no_mention(finder: MentionFinder, text: str) -> None:
    assert phrases(finder, text) == {}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Marovian government forces crossed the river.", "Marovian government forces"),
        ("By noon coalition forces held the pier.", "coalition forces"),
        ("The hill was taken by rebel fighters.", "rebel fighters"),
    ],
)
def test_groups_without_a_name(finder: MentionFinder, text: str, surface: str) -> None:
    found = phrases(finder, text)[surface]
    assert (found.kind, found.method) == (Kind.ORGANISATION, "group")


def test_members_of_a_named_body_are_that_bodys(finder: MentionFinder) -> None:
    text = "Lake League officials arrived in Vell."
    assert phrases(finder, text)["Lake League officials"].name_start == 0


def test_a_coalition_is_called_by_who_leads_it(finder: MentionFinder) -> None:
    found = finder.find("The depot was struck by the Marovia-led coalition on Monday.")
    assert [(one.surface, one.kind) for one in found.names] == [("Marovia-led coalition", Kind.ORGANISATION)]


def test_the_government_of_a_state_is_the_state(finder: MentionFinder) -> None:
    found = finder.find("The Government of Marovia has refused the offer.")
    assert [(one.surface, one.kind, one.qualifier) for one in found.names] == [
        ("Government of Marovia", Kind.STATE, "Marovia")
    ]
