"""Who may do what: the three roles of an archive, and the accounts that have them.

A reader reads, which matters only in an archive that is closed to everybody else. A curator corrects what the
archive holds. An administrator does that too, makes accounts, and lets in whom the pause for guessed passwords
keeps out.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q

PASSWORD_BYTES = 15  # 120 bits, 20 characters


class Role(StrEnum):
    """What an account is for; the value is the word that commands take."""

    READER = "reader"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"

    @property
    def group_name(self) -> str:
        """The group's name in the admin."""
        return f"{self.value.capitalize()}s"

    @property
    def opens_admin(self) -> bool:
        """True when accounts of this role may open the admin and see what is hidden from readers."""
        return self is not Role.READER

    def permissions(self) -> Q:
        """Return which permissions accounts of this role have."""
        if self is Role.READER:
            shown = ("article", "actor", "outlet", "story")
            return Q(content_type__app_label="articles", codename__in=[f"view_{model}" for model in shown])
        apps = ["articles"] if self is Role.CURATOR else ["articles", "auth", "axes"]
        return Q(content_type__app_label__in=apps)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that was just made, with the password that nobody will be told again."""

    name: str
    role: Role
    password: str
    kept: Path

    def __str__(self) -> str:
        return (
            f"{self.role.value.capitalize()}'s account: name {self.name}, password {self.password}\n"
            f"The password is shown this once; it is kept in {self.kept}, which only you can read."
        )


def group_of(role: Role) -> Group:
    """Return the group of a role with the permissions that it has today."""
    group, _ = Group.objects.get_or_create(name=role.group_name)
    group.permissions.set(Permission.objects.filter(role.permissions()))
    return group


def make_account(name: str, *, role: Role) -> NewAccount | None:
    """Make an account with a generated password; None when there is one of that name, which stays as it is.

    Raises `ValidationError` for a name that nobody could sign in with.
    """
    group = group_of(role)
    User.username_validator(name)
    if User.objects.filter(username=name).exists():
        return None
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    kept = _keep_password(name, password)
    with transaction.atomic():
        user = User.objects.create_user(username=name, password=password, is_staff=role.opens_admin)
        user.groups.add(group)
    return NewAccount(name, role, password, kept)


def _keep_password(name: str, password: str) -> Path:
    """Write a password to a file that its owner alone can read, and return the file."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    kept: Path = settings.DATA_DIR / f"{name}-password.txt"
    kept.touch(mode=0o600)
    kept.chmod(0o600)
    kept.write_text(password + "\n")
    return kept
