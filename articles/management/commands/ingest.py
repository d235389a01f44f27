"""Take pages into the archive."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.capture import Limits, read_paths
from articles.ingest import Outcome, ingest


class Command(BaseCommand):
    """`manage.py ingest PATH...`: exit status 0 when every page was taken or known, else 1."""

    help = (
        "Take pages into the archive: .txt, .html, .jsonl, .warc and .zip files, or folders of them. "
        "Stop it with Ctrl-C and start it again as you like: nothing is taken twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")

    def handle(self, *args: Any, **options: Any) -> None:
        limits = Limits(page=settings.ARCHIVE_PAGE_LIMIT)
        counts: Counter[str] = Counter()
        total = sum(_files_under(path) for path in options["paths"])
        # tqdm draws only on a terminal (disable=None), so that logs hold no half-drawn bars.
        with tqdm(total=total or None, unit="page", disable=None, file=sys.stderr) as bar:
            try:
                for outcome in ingest(read_paths(options["paths"], limits=limits)):
                    counts[outcome.state] += 1
                    if sum(counts.values()) > total:
                        bar.total = None  # JSON Lines and zip files hold more pages than files
                    bar.update()
                    self._tell(outcome, bar)
            except KeyboardInterrupt:
                self.stderr.write("Stopped. What is taken is safe; run the same command again to go on.")
        self.stdout.write(summary(counts))
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} not taken; the reasons stand above.", returncode=1)

    def _tell(self, outcome: Outcome, bar: tqdm[Any]) -> None:
        if outcome.refusal:
            bar.clear()
            self.stderr.write(f"Not taken: {outcome.refusal}")


def summary(counts: Counter[str]) -> str:
    """Return the closing line: "5 new, 0 already there, 0 not taken."."""
    return f"{counts['new']} new, {counts['known']} already there, {counts['refused']} not taken."


def _files_under(path: Path) -> int:
    return sum(1 for file in path.rglob("*") if file.is_file()) if path.is_dir() else int(path.exists())
