"""Write out what people ruled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.curate.rulings_file import export_rulings


class Command(BaseCommand):
    """`manage.py export_rulings FILE|-`: JSON Lines, one verdict a line, the oldest first."""

    help = (
        "Write every ruling, undone ones too, as JSON Lines that import_rulings takes; - is standard output."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE|-", help="where to write")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] == "-":
            for line in export_rulings():
                self.stdout.write(line)
            return
        number = 0
        try:
            with Path(options["file"]).open("w", encoding="utf-8") as file:
                for number, line in enumerate(export_rulings(), start=1):  # noqa: B007  # counted for the summary
                    file.write(f"{line}\n")
        except OSError as error:
            raise CommandError(f"{options['file']} could not be written: {error}") from error
        self.stderr.write(f"{number} rulings written.")
