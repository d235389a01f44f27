"""Throw away what the machine made, and make it again from the stored pages."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.ingest.reset import rebuild, throw_away, unread
from articles.models import Article, Ruling, StoredPage


class Command(BaseCommand):
    """`manage.py reset [--yes]`: exit status 0 when every page was read, else 1; 130 when it was stopped."""

    help = (
        "Throw away every article, actor, mention and story that the machine made, and build them again from "
        "the stored pages. Pages, rulings and accounts stay, and articles keep their permanent ids. Stop it "
        "with Ctrl-C and start it again as you like: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--restart", action="store_true", help="begin anew instead of going on")

    def handle(self, *args: Any, **options: Any) -> None:
        left = unread().count()
        if left and not options["restart"]:
            self.stderr.write(f"Going on: {left} of {StoredPage.objects.count()} pages are still to be read.")
        else:
            self._ask(sure=options["yes"])
            self.stderr.write(f"{throw_away()} articles thrown away; their pages are kept.")
        failed = 0
        # tqdm draws only on a terminal (disable=None), so that logs hold no half-drawn bars.
        with tqdm(total=unread().count(), unit="page", disable=None, file=sys.stderr) as bar:
            try:
                for report in rebuild():
                    bar.update()
                    if report.error:
                        failed += 1
                        bar.clear()
                        self.stderr.write(f"Not read: {report.name}: {report.error}")
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. What is done is safe; run the same command again to go on.", returncode=130
                ) from None
        waiting = Ruling.objects.waiting().count()
        self.stderr.write(f"{Article.objects.count()} articles; {waiting} rulings wait for an actor.")
        if failed:
            raise CommandError(f"{failed} pages could not be read; the reasons stand above.")

    def _ask(self, *, sure: bool) -> None:
        if sure:
            return
        asked = (
            f"This throws away what the machine made of {Article.objects.count()} articles and reads their "
            "pages again; readers find them as they come back. Type yes to go on: "
        )
        if input(asked).strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
