"""Take in rules that curators taught elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.curate.rules_file import RuleChange, import_rules, read_rules_file


class Command(BaseCommand):
    """`manage.py import_rules FILE [--dry-run]`: a whole file or nothing; exit status 1 when refused."""

    help = (
        "Add the rules of a TOML file to the learnt ones. What a curator ruled here holds against the file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file as export_rules prints it")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changes = import_rules(read_rules_file(options["file"]), dry_run=options["dry_run"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for change in changes:
            self._tell(change)
        if not any(change.new for change in changes):
            self.stdout.write("Nothing new.")
        elif options["dry_run"]:
            self.stdout.write("Nothing was changed (--dry-run).")
        else:
            self.stdout.write(
                "Taken in. Run `manage.py reclean` to read the articles again with these rules."
            )

    def _tell(self, change: RuleChange) -> None:
        self.stdout.write(change.outlet)
        for key, value in change.new.items():
            for each in value if isinstance(value, list) else [value]:
                self.stdout.write(f"  {key}: {each}")
        for phrase in change.kept:
            self.stdout.write(f"  stays as a curator ruled it here: {phrase}")
