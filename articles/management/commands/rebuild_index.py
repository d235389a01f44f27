"""Build the search index anew. Stands in for Haystack's command, which empties the index first."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.search.engines.ask import SearchUnavailable
from articles.search.pending import batches_after, drain, prepare
from articles.search.run import backend

REPORT_EVERY = 5.0  # seconds between lines when the output is no terminal


class Command(BaseCommand):
    """`manage.py rebuild_index`: readers go on with the old index until the new one is whole.

    Stopped and started again it goes on where it was. What is saved meanwhile is in the new index too.
    """

    help = "Build a new search index beside the present one and swap it in when it is whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--noinput", action="store_true", help="accepted for Haystack's sake; nothing is asked"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started, total = time.monotonic(), Article.objects.count()
        last_report, begun = started, -1

        def progress(done: int) -> None:
            nonlocal last_report, begun
            now = time.monotonic()
            if begun < 0:
                begun = done
                if done:
                    self.stdout.write(f"A rebuild was stopped; this one goes on after {done} articles.")
            elif self.stdout.isatty():
                self.stdout.write(f"\r{line(done, total, now - started, begun=begun)}", ending="")
            elif now - last_report >= REPORT_EVERY:
                self.stdout.write(line(done, total, now - started, begun=begun))
                last_report = now

        try:
            backend().rebuild(batches_after, lambda numbers: prepare(numbers)[0], progress=progress)
            drain()
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        if self.stdout.isatty():
            self.stdout.write("")
        held = len(backend().versions())
        self.stdout.write(f"The new index holds {held} articles; it took {time.monotonic() - started:.1f} s.")


def line(done: int, total: int, seconds: float, *, begun: int = 0) -> str:
    """Return one line of progress: articles done, rate since the `begun` ones, time left."""
    rate = (done - begun) / seconds if seconds > 0 else 0.0
    left = f", {max(total - done, 0) / rate:.0f} s left" if rate else ""
    return f"{done} of {total} articles, {rate:.0f} a second{left}"
