"""Run one task in this process."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string
from django_tasks.base import Task


class Command(BaseCommand):
    """`manage.py run_task PATH JSON`: the process that the archive starts beside itself for a task."""

    help = "Run one background task. The archive starts this by itself; by hand, use run_jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", help="the task, such as articles.ingest.jobs.work_off")
        parser.add_argument("words", metavar="JSON", help="its arguments: [[positional], {by name}]")

    def handle(self, *args: Any, **options: Any) -> None:
        found = import_string(options["path"])
        if not isinstance(found, Task):
            raise CommandError(f"{options['path']} is no task.")
        positional, by_name = json.loads(options["words"])
        found.call(*positional, **by_name)
