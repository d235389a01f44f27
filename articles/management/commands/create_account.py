"""Make the account of a reader, a curator or an administrator."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.accounts import Role, make_account


class Command(BaseCommand):
    """`manage.py create_account NAME --role ROLE`: the password is printed once and kept in a file of mode 600."""

    help = "Make an account with a generated password, unless there is one of that name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name to sign in with")
        parser.add_argument("--role", choices=list(Role), required=True, help="what the account may do")

    def handle(self, *args: Any, **options: Any) -> None:
        name, role = options["name"], Role(options["role"])
        try:
            made = make_account(name, role=role)
        except ValidationError as fault:
            raise CommandError(f"{name}: {' '.join(fault.messages)}") from None
        if not made:
            raise CommandError(
                f"There is an account named {name} already; it stays as it is. Choose another name, or change "
                f"what it may do under Users in the admin."
            )
        self.stdout.write(str(made))
