"""Compare two names without a database."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.resolve.compare import compare_names

NAMES_A_LINE = 2


class Command(BaseCommand):
    """`manage.py compare_names --tsv`: name, name in; score from 0 to 1 out."""

    help = (
        "Score how likely two names are one actor: two names a line, a tab between them, on standard input."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tsv",
            action="store_true",
            required=True,
            help="read lines of two names with a tab between them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sys.stdin:
            names = line.rstrip("\r\n").split("\t")
            if len(names) == NAMES_A_LINE:
                answer = f"{compare_names(names[0], names[1]):.4f}"
            else:
                answer = "error: two names with a tab between them are needed"
            self.stdout.write(answer)
            self.stdout.flush()
