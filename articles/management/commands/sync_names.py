"""Bring what finds actors by their names to the state of the actors."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.ingest.sync_names import sync_keys, sync_words
from articles.models import Actor


class Command(BaseCommand):
    """`manage.py sync_names [--check]`: exit status 0 when all is as it should be in the end, 1 when not."""

    help = (
        "Work out anew by which keys the actors of the archive are found when an article names somebody, and how many "
        "carry each context word, and repair what differs. Stop it and start it again as you like."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        write, slots = not options["check"], 0
        # tqdm draws only on a terminal (disable=None), so that logs hold no half-drawn bars.
        with tqdm(total=Actor.objects.count(), unit="actor", disable=None, file=sys.stderr) as bar:
            for done in sync_keys(write=write):
                slots += done.different
                bar.update(done.actors)
        words = sync_words(write=write)
        if not slots and not words:
            self.stdout.write("Names and context words are as the actors have them.")
            return
        told = f"Differed: {slots} keys of names, the counts of {words} context words."
        if options["check"]:
            raise CommandError(f"{told} Run `manage.py sync_names`.")
        self.stdout.write(f"{told} Repaired.")
