"""Read the stored pages again with today's cleaner and rules."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.ingest.jobs import claim, new_job, run
from articles.ingest.reclean import Recleaned, Selection, would_change
from articles.management.change_table import change_lines
from articles.models import Job, Outlet


class Command(BaseCommand):
    """`manage.py reclean`: exit status 0 when every page was read, else 1; 130 when it was stopped."""

    help = (
        "Read stored pages again and tell what changed, field by field. Every ruling is kept. "
        "Stop it with Ctrl-C and start it again as you like: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outlet", default="", metavar="SLUG", help="articles of this outlet only")
        parser.add_argument(
            "--since", type=_day, metavar="YYYY-MM-DD", help="only pages taken in on this day (UTC) or later"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, and change nothing"
        )
        parser.add_argument("--json", action="store_true", help="JSON Lines, one a changed article")
        parser.add_argument("--restart", action="store_true", help="begin anew instead of going on")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["outlet"] and not Outlet.objects.filter(slug=options["outlet"]).exists():
            raise CommandError(f"There is no outlet {options['outlet']}. Its slug stands in its address.")
        selection = self.selection(options)
        counts: Counter[str] = Counter()
        if options["dry_run"]:
            reports, total, done = would_change(selection), selection.articles().count(), 0
        else:
            reports, total, done = self._start(selection, anew=options["restart"])
        # tqdm draws only on a terminal (disable=None), so that logs hold no half-drawn bars.
        with (
            closing(reports),
            tqdm(total=total, initial=done, unit="article", disable=None, file=sys.stderr) as bar,
        ):
            try:
                for report in reports:
                    bar.update()
                    counts.update(
                        looked_at=1, changed=int(bool(report.changes)), failed=int(bool(report.error))
                    )
                    self._tell(report, bar, as_json=options["json"])
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. What is done is safe; run the same command again to go on.", returncode=130
                ) from None
        self.stderr.write(summary(counts, dry_run=options["dry_run"]))
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} could not be read; the reasons stand above.")

    def selection(self, options: Mapping[str, Any]) -> Selection:
        """Return the articles that the options name."""
        return Selection(outlet=options["outlet"], since=options["since"])

    def _start(self, selection: Selection, *, anew: bool) -> tuple[Generator[Recleaned], int, int]:
        """Return what to go through, how many articles that is, and how many an earlier run has done."""
        job = claim(_job_for(selection, anew=anew))
        if job is None:
            raise CommandError("Another process does this already; its job is among the unfinished ones.")
        if job.done:
            self.stderr.write(f"Going on after {job.done} of {job.total} articles.")
        return run(job), job.total, job.done

    def _tell(self, report: Recleaned, bar: tqdm[Any], *, as_json: bool) -> None:
        if not report.changes and not report.error:
            return
        bar.clear()
        if as_json:
            self.stdout.write(json.dumps(to_json(report), ensure_ascii=False))
        elif report.error:
            self.stderr.write(f"Not read: {report.permanent_id} {report.headline}: {report.error}")
        else:
            self.stdout.write("\n".join(change_lines(report)))


def to_json(report: Recleaned) -> dict[str, Any]:
    """Return one line of --json: {id, headline, changes: [{field, before, after}], error}."""
    return {
        "id": report.permanent_id,
        "headline": report.headline or None,
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in report.changes
        ],
        "error": report.error or None,
    }


def summary(counts: Counter[str], *, dry_run: bool) -> str:
    """Return the closing line: "90 articles read again, 4 changed, 0 could not be read."."""
    verb = "would change" if dry_run else "changed"
    return (
        f"{counts['looked_at']} articles read again, {counts['changed']} {verb}, "
        f"{counts['failed']} could not be read."
    )


def _job_for(selection: Selection, *, anew: bool) -> Job:
    """Return the job of the same selection that was left half-way under the same rules, else a new one."""
    rules = Outlet.objects.rules_generation()
    asked = {**selection.to_json(), "rules": rules}
    left = Job.objects.filter(kind=Job.Kind.RECLEAN).exclude(state=Job.State.DONE)
    for job in left.order_by("-pk") if not anew else ():
        if {**job.arguments, "last": 0} == asked:
            Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(state=Job.State.WAITING)
            return job
    job = new_job(Job.Kind.RECLEAN, selection)
    job.arguments["rules"] = rules
    job.save(update_fields=["arguments"])
    return job


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day; write it as 2026-01-31.") from None
