"""Take in what people ruled elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.curate.rulings_exchange import import_rulings
from articles.curate.rulings_file import read_rulings


class Command(BaseCommand):
    """`manage.py import_rulings FILE [--dry-run]`: a whole file or nothing; exit status 1 when refused."""

    help = (
        "Take in rulings as export_rulings writes them. Each once; what was ruled here holds against the file. "
        "Rulings on actors or pages that are not here wait for them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE|-", help="a file as export_rulings writes it")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would become of each, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = (
                sys.stdin.read()
                if options["file"] == "-"
                else Path(options["file"]).read_text(encoding="utf-8")
            )
            lines = read_rulings(text.splitlines())
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        counts: Counter[str] = Counter()
        for report in import_rulings(lines, dry_run=options["dry_run"]):
            counts[report.state] += 1
            note = f" ({report.note})" if report.note else ""
            self.stdout.write(f"{report.number}: {report.state}: {report.ruling}{note}")
        told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "no rulings"
        self.stderr.write(f"{told}.{' Nothing was changed (--dry-run).' if options['dry_run'] else ''}")
        if counts["applied"] and not options["dry_run"]:
            self.stderr.write("Run `manage.py reclean` when lines of outlets are among them.")
