"""Do the work that waits in the background."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.ingest.jobs import run_waiting
from articles.models import Job


class Command(BaseCommand):
    """`manage.py run_jobs`: exit status 1 when a job failed. Jobs that others run are left to them."""

    help = (
        "Run the jobs that wait, and go on with those whose process died. The archive starts this by "
        "itself after a curator marked a line; run it by hand, or every few minutes, to be sure."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = []
        for job in run_waiting():
            jobs.append(job)
            self.stdout.write(f"{job}: {job.done} of {job.total} articles, {job.changed} changed.")
        if not jobs:
            self.stdout.write("Nothing to do.")
        failed = [job for job in jobs if job.state == Job.State.FAILED]
        if failed:
            raise CommandError("; ".join(f"Job {job.pk} failed: {job.error}" for job in failed))
