"""Accounts of the three roles, as the operator makes them."""

from __future__ import annotations

import stat
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from articles.accounts import Role

pytestmark = pytest.mark.django_db


def call(command: str, *arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("role", "staff", "may", "may_not"),
    [
        ("reader", False, ["articles.view_article"], ["articles.view_ruling", "articles.change_article"]),
        ("curator", True, ["articles.change_article"], ["auth.view_user", "axes.delete_accessattempt"]),
        ("administrator", True, ["articles.change_article", "auth.add_user", "axes.delete_accessattempt"], []),
    ],
)  # fmt: skip
def test_a_role_may_what_it_is_for_and_no_more(
    role: str, may: list[str], may_not: list[str], *, staff: bool
) -> None:
    said = call("create_account", "mira", "--role", role)
    kept = settings.DATA_DIR / "mira-password.txt"
    password = kept.read_text().strip()
    assert f"{role.capitalize()}'s account: name mira, password {password}" in said
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    user = User.objects.get()
    assert user.check_password(password)
    assert (user.is_staff, user.is_superuser) == (staff, False)
    assert [user.has_perm(permission) for permission in may] == [True] * len(may)
    assert [user.has_perm(permission) for permission in may_not] == [False] * len(may_not)


def test_an_account_is_made_once_and_its_name_is_one() -> None:
    call("create_account", "mira", "--role", "reader")
    password = (settings.DATA_DIR / "mira-password.txt").read_text()
    with pytest.raises(CommandError, match="named mira already; it stays as it is"):
        call("create_account", "mira", "--role", "administrator")
    assert (settings.DATA_DIR / "mira-password.txt").read_text() == password
    assert not User.objects.get().is_staff
    with pytest.raises(CommandError, match=r"\.\./mira: Enter a valid username"):
        call("create_account", "../mira", "--role", "reader")


def test_what_a_role_may_is_brought_up_to_date() -> None:
    call("create_curator")
    Group.objects.get(name="Curators").permissions.clear()
    call("create_curator")
    assert User.objects.get().has_perm("articles.change_article")


@pytest.mark.parametrize(("wanted", "names"), [("curator", ["curator"]), ("all", sorted(Role))])
def test_prepare_makes_the_curator_alone_or_all_three(
    wanted: str, names: list[str], settings: LazySettings
) -> None:
    settings.ARCHIVE_ACCOUNTS = wanted
    said = call("prepare", "--no-demo")
    assert sorted(User.objects.values_list("username", flat=True)) == names
    assert all(f"account: name {name}, password" in said for name in names)
    assert "account: name" not in call("prepare", "--no-demo")
