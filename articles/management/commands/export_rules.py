"""Print the rules that curators taught."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.curate.rules_file import export_rules
from articles.models import Outlet


class Command(BaseCommand):
    """`manage.py export_rules [--outlet SLUG]`: TOML on standard output, as `import_rules` takes it."""

    help = "Print what curators taught about outlets' pages, in the form of the built-in rule files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outlet", default="", metavar="SLUG", help="of this outlet only")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(export_rules(options["outlet"]), ending="")
        except Outlet.DoesNotExist:
            raise CommandError(
                f"There is no outlet {options['outlet']}. Its slug stands in its address."
            ) from None
