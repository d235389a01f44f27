"""Resolve the actors of stored articles again with today's rules, authority files, imports and rulings."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.ingest.jobs import claim, finishing
from articles.ingest.resolve_again import (
    ROUNDS,
    Progress,
    Tally,
    new_job,
    resolve_again,
    unfinished_job,
    would_change,
)

NAME_WIDTH = 32  # columns


class Command(BaseCommand):
    """`manage.py resolve`: exit status 0 at its end; 130 when it was stopped."""

    help = (
        "Find out anew which actor each stored mention means, after files of actors were taken in or the rules "
        "changed, and to join surnames with full names that came in later. No page is read again; rulings and "
        "mentions stay. Stop it with Ctrl-C and start it again as you like: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, change nothing")
        parser.add_argument(
            "--since", type=_day, metavar="YYYY-MM-DD", help="only pages taken in on this day (UTC) or later"
        )
        parser.add_argument("--restart", action="store_true", help="begin anew instead of going on")

    def handle(self, *args: Any, **options: Any) -> None:
        tally = Tally()
        if options["dry_run"]:
            steps = would_change(since=options["since"], tally=tally)
        else:
            steps = self._start(tally, since=options["since"], anew=options["restart"])
        # tqdm draws only on a terminal (disable=None), so that logs hold no half-drawn bars.
        with closing(steps), tqdm(unit="article", disable=None, file=sys.stderr) as bar:
            try:
                for progress in steps:
                    show(progress, bar)
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. What is done is safe; run the same command again to go on.", returncode=130
                ) from None
        for line in pair_lines(tally):
            self.stdout.write(line)
        self.stdout.write(summary(tally, dry_run=options["dry_run"]))

    def _start(self, tally: Tally, *, since: date | None, anew: bool) -> Generator[Progress]:
        left = None if anew else unfinished_job(since=since)
        job = claim(left or new_job(since=since))
        if job is None:
            raise CommandError("Another process does this already; its job is among the unfinished ones.")
        if job.done:
            self.stderr.write(
                f"Going on in round {job.arguments['round']} after {job.done} of {job.total} articles."
            )
        return finishing(job, resolve_again(job, tally))


def show(progress: Progress, bar: tqdm[Any]) -> None:
    """Move the bar to where the run is."""
    bar.set_description(f"round {progress.round} of {len(ROUNDS)}", refresh=False)
    bar.set_postfix({"joins changed": progress.changed}, refresh=False)
    if progress.done < bar.n or bar.total != progress.total:
        bar.reset(total=progress.total)
    bar.update(progress.done - bar.n)


def pair_lines(tally: Tally) -> Iterator[str]:
    """Give the table of who goes to whom: the pairs with most mentions, each with its first reason."""
    shown = tally.shown()
    for (base, actor), mentions in shown:
        yield (
            f"{mentions:>6}  {_called(base, tally.names):<{NAME_WIDTH}} → {_called(actor, tally.names):<{NAME_WIDTH}} "
            f"{tally.reasons[base, actor]}"
        )
    if len(tally.pairs) > len(shown):
        yield f"… and {len(tally.pairs) - len(shown)} more pairs of actors"


def summary(tally: Tally, *, dry_run: bool) -> str:
    """Return the closing line."""
    end = " Nothing was changed (--dry-run)." if dry_run else ""
    return (
        f"{tally.articles} articles: {tally.mentions} mentions {'would move' if dry_run else 'moved'} "
        f"in {tally.locals} joins; {tally.made} actors new, {tally.removed} removed, "
        f"{tally.doubts} new doubts.{end}"
    )


def _called(actor: int, names: dict[int, str]) -> str:
    if actor < 0:
        return "(a new actor)"
    name = f"{names[actor]} ({actor})"
    return name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 1]}…"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day; write it as 2026-01-31.") from None
