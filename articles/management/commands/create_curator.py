"""Make the account with which a curator signs in."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

PASSWORD_BYTES = 15  # 120 bits, 20 characters


class Command(BaseCommand):
    """`manage.py create_curator`: the password is printed once and kept in a file of mode 600."""

    help = "Make a curator's account with a generated password, unless there is one of that name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="curator", help="the name to sign in with (default: curator)")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        users = get_user_model().objects
        group = curators()
        if users.filter(username=name).exists():
            return
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        kept = keep_password(name, password)
        with transaction.atomic():
            user = users.create_user(username=name, password=password, is_staff=True)
            user.groups.add(group)
        self.stdout.write(f"Curator's account: name {name}, password {password}")
        self.stdout.write(f"The password is shown this once; it is kept in {kept}, which only you can read.")


def curators() -> Group:
    """Return the group of curators, with every permission on the archive's own records."""
    group, _ = Group.objects.get_or_create(name="Curators")
    group.permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    return group


def keep_password(name: str, password: str) -> Path:
    """Write a password to a file that its owner alone can read, and return the file."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    kept: Path = settings.DATA_DIR / f"{name}-password.txt"
    kept.touch(mode=0o600)
    kept.chmod(0o600)
    kept.write_text(password + "\n")
    return kept
