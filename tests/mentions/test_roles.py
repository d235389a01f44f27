from __future__ import annotations

import pytest

from articles.mentions import MentionFinder

ROLES = [
    ("Marovian Deputy Foreign Minister Bo Renn spoke.", "Marovian Deputy Foreign Minister", "deputy foreign minister", "Marovia"),
    ("Marovia's Foreign Minister Bo Renn spoke.", "Marovia's Foreign Minister", "foreign minister", "Marovia"),
    ("Former Lake League head Ann Brell spoke.", "Former Lake League head", "head", "Lake League"),
    ("The new head of the Lake League, Ann Brell, spoke.", "new head of the Lake League", "head", "Lake League"),
    ("Ann Brell, a member of the Lake League Assembly, spoke.", "a member of the Lake League Assembly", "member", "Lake League Assembly"),
    ("They met President Bo Renn.", "President", "president", None),
    ("Ann Brell is the main mediator of this process.", "the main mediator of this process", "mediator", None),
    ("Joint Special Envoy of the Lake League for Peace Peter Brell spoke.", "Joint Special Envoy of the Lake League for Peace", "joint special envoy", "Lake League"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "title", "body"), ROLES)
def test_a_role_beside_a_name(
    finder: MentionFinder, text: str, phrase: str, title: str, body: str | None
) -> None:
    found = finder.find(text)
    [role] = [r for r in found.roles if r.phrase == phrase]
    assert (role.title, role.organisation) == (title, body)
    assert text[role.start : role.end] == role.phrase
    assert role.name_start in {name.start for name in found.names}


def test_two_roles_behind_one_name(finder: MentionFinder) -> None:
    found = finder.find(
        "Sergei Tull, vice president of the Lake League and a frequent adviser to the king, spoke."
    )
    assert [role.phrase for role in found.roles] == [
        "vice president of the Lake League",
        "a frequent adviser to the king",
    ]


def test_courtesy_is_no_role(finder: MentionFinder) -> None:
    assert finder.find("Mr. Renn met Ms. Brell.").roles == ()


def test_a_clause_is_no_role(finder: MentionFinder) -> None:
    text = "They were not sincere in their support for Ann Brell, which means the most contentious figure, Renn, will go."
    assert finder.find(text).roles == ()


def test_an_adverb_of_time_before_a_courtesy_is_no_role(finder: MentionFinder) -> None:
    assert finder.find("Then Mr. Renn climbed.").roles == ()


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Then President Bo Renn rose.", ["President"]),
        ("They met the then foreign minister Bo Renn.", ["foreign minister"]),
        ("Foreign Minister Dr. Bo Renn spoke.", ["Foreign Minister"]),
        ("His defence minister, Ann Brell, spoke.", ["defence minister"]),
        ("His deputy, Ann Brell, spoke. Her colleague, Bo Renn, did not.", []),
    ],
)
def test_a_role_is_what_one_holds(finder: MentionFinder, text: str, phrases: list[str]) -> None:
    assert [role.phrase for role in finder.find(text).roles] == phrases


def test_the_last_of_two_heads_is_the_title(finder: MentionFinder) -> None:
    [role] = finder.find("Ann Brell, the deputy foreign minister of Marovia, spoke.").roles
    assert (role.phrase, role.title) == ("the deputy foreign minister of Marovia", "deputy foreign minister")
