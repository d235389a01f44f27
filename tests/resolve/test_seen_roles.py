"""Roles that say the same are listed once."""

from __future__ import annotations

from articles.resolve.seen_roles import SameRole, WrittenRole, same_roles


def test_letters_articles_and_owners_make_no_difference() -> None:
    roles = [
        WrittenRole("Foreign Minister", "foreign minister", ""),
        WrittenRole("the foreign minister", "foreign minister", ""),
        WrittenRole("foreign minister of Marovia", "foreign minister", "Marovia"),
        WrittenRole("Its chairman", "chairman", ""),
        WrittenRole("its chairman", "chairman", ""),
    ]
    assert same_roles(roles) == [
        SameRole("foreign minister of Marovia", (0, 1, 2)),
        SameRole("chairman", (3, 4)),
    ]


def test_two_bodies_are_two_roles() -> None:
    roles = [
        WrittenRole("head", "head", ""),
        WrittenRole("head of the Lake League", "head", "Lake League"),
        WrittenRole("head of the Larch Front", "head", "the Larch Front"),
    ]
    assert [same.members for same in same_roles(roles)] == [(0,), (1,), (2,)]
    assert [same.phrase for same in same_roles(roles)] == [role.phrase for role in roles]


def test_what_somebody_was_is_another_role() -> None:
    roles = [
        WrittenRole("envoy", "envoy", ""),
        WrittenRole("a former envoy", "envoy", ""),
        WrittenRole("the former envoy", "envoy", ""),
    ]
    assert [same.phrase for same in same_roles(roles)] == ["envoy", "former envoy"]
