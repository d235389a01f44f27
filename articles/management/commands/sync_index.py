"""Bring the search index to the state of the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.search.engines.ask import SearchUnavailable
from articles.search.sync import Difference, compare, repair


class Command(BaseCommand):
    """`manage.py sync_index [--check]`: exit status 0 when index and database hold the same, 1 when not."""

    help = "Do pending index work, compare index and database both ways, repair what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._check() if options["check"] else self._repair()
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error

    def _check(self) -> None:
        found = compare()
        if found:
            raise CommandError(f"Index and database differ: {told(found)}. Run `manage.py sync_index`.")
        self.stdout.write("Index and database hold the same.")

    def _repair(self) -> None:
        done = repair()
        if done.drained:
            self.stdout.write(f"Pending work done: {done.drained} articles.")
        if not done.found:
            self.stdout.write("Index and database hold the same: nothing to repair.")
            return
        self.stdout.write(f"Differed: {told(done.found)}.")
        if done.left:
            raise CommandError(f"Still different: {told(done.left)}. Run `manage.py rebuild_index`.")
        self.stdout.write("Repaired.")


def told(difference: Difference) -> str:
    """Return the difference in words."""
    return (
        f"{len(difference.missing)} not in the index, {len(difference.gone)} no longer in the database,"
        f" {len(difference.stale)} out of date"
    )
