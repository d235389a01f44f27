"""Make an archive ready to be served."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.accounts import Role, make_account
from articles.ingest.jobs import start_runner
from articles.ingest.settle import settle_everything
from articles.models import Article, Job, PlaceMention, StoredPage
from articles.search.engines.ask import IndexOutdated, SearchUnavailable
from articles.search.run import backend

DEMO_PAGES = Path("fixtures") / "pages"


class Command(BaseCommand):
    """`make run` calls this before it serves. Running it again changes nothing that is already there."""

    help = "Make the archive ready: database, static files, accounts, demo pages, index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address", default="", help="where the archive will be served, for the closing line"
        )
        parser.add_argument("--no-demo", action="store_true", help="leave an empty archive empty")

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        call_command("collectstatic", interactive=False, verbosity=0)
        self._make_accounts()
        self._renew_index()
        if not options["no_demo"] and not StoredPage.objects.exists():
            self.stdout.write(
                "The archive is empty: taking in the demonstration pages (about half a minute)."
            )
            call_command("ingest", str(settings.ROOT / DEMO_PAGES), stdout=self.stdout)
        self._tell_of_places()
        call_command("sync_index", stdout=self.stdout)
        if Job.objects.unfinished().exists():
            self.stdout.write("Going on with the work that was left when the archive was stopped.")
            start_runner()
        if options["address"]:
            self.stdout.write(f"Serving {options['address']} (stop with Ctrl-C)")
        # gunicorn replaces this process; what was said must be out before.
        sys.stdout.flush()

    def _make_accounts(self) -> None:
        """Make the curator's account, or one of each role when ARCHIVE_ACCOUNTS asks for it."""
        for role in Role if settings.ARCHIVE_ACCOUNTS == "all" else [Role.CURATOR]:
            if made := make_account(role.value, role=role):
                self.stdout.write(str(made))

    @staticmethod
    def _migrate() -> None:
        """Bring the database up to date, and with it what rulings make of the archive."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
            settle_everything()

    def _tell_of_places(self) -> None:
        """Say how an archive of a former version gets what its articles name as places."""
        articles = Article.objects.count()
        if articles and not PlaceMention.objects.exists():
            self.stdout.write(
                f"None of the {articles} articles has places yet: they were read by a former version. "
                "`manage.py reclean` finds them, and can be stopped and gone on with."
            )

    def _renew_index(self) -> None:
        """Build the index anew when another version made it; `sync_index` tells of all other faults."""
        try:
            backend().check()
        except IndexOutdated as fault:
            self.stdout.write(f"{fault.args[0].removesuffix(fault.cure).strip()} Building it anew:")
            call_command("rebuild_index", stdout=self.stdout)
        except SearchUnavailable:
            return
