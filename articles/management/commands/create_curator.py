"""Make the account with which a curator signs in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.accounts import Role, make_account


class Command(BaseCommand):
    """`manage.py create_curator`: as `create_account --role curator`, and content when there is the account."""

    help = "Make a curator's account with a generated password, unless there is one of that name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="curator", help="the name to sign in with (default: curator)")

    def handle(self, *args: Any, **options: Any) -> None:
        if made := make_account(options["name"], role=Role.CURATOR):
            self.stdout.write(str(made))
