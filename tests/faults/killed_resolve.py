"""Resolve an archive again, killing the process with SIGKILL at random moments, and check how it ends each time.

    python -m tests.faults.killed_resolve TRIALS SEED

It runs in a process of its own with ARCHIVE_DATA_DIR set to a throwaway folder. Each trial begins with the same
archive: a forked child is killed, another one runs the command again to its end. Prints one JSON line a trial.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

from tests.faults.killed_ingest import die_after, in_child

from django.conf import settings  # isort: skip  # killed_ingest sets Django up
from django.core.management import call_command  # isort: skip
from django.db import connection, connections  # isort: skip

from articles.ingest import resolve_again  # isort: skip
from articles.models import Actor, ActorContext, Alias, Job, Mention, Quote, Role  # isort: skip
from tests.ingest.crowded_archive import archive_of, scatter  # isort: skip

resolve_again.ARTICLES_AT_ONCE = 5
ARTICLES = 60
MOST_OF_A_RUN = 0.8  # kills come within this share of it: a run is never twice as long


def state() -> dict[str, Any]:
    """Return who is whom afterwards, whatever numbers the actors have: an actor is its first mention."""
    rows = list(Mention.objects.order_by("pk").values_list("pk", "machine_actor", "actor"))
    first: dict[int, int] = {}
    for pk, base, _ in rows:
        first.setdefault(base, pk)
    roles = Role.objects.filter(mention__isnull=False).order_by("pk")
    return {
        "mentions": [[pk, first[base], first[actor]] for pk, base, actor in rows],
        "names": sorted([first.get(one.pk, 0), one.name, one.machine_name] for one in Actor.objects.all()),
        "aliases": sorted([first.get(one.actor_id, 0), one.surface, one.origin] for one in Alias.every.all()),
        "roles": [
            [first[role.machine_actor_id or 0], first[role.actor_id], role.mention_id] for role in roles
        ],
        "quotes": [
            [quote.pk, first[quote.speaker_id or 0]]
            for quote in Quote.objects.exclude(speaker=None).order_by("pk")
        ],
        "contexts": sorted(
            [first.get(one.pk, 0), sorted(one.words.items()), str(one.first_day)]
            for one in ActorContext.objects.all()
        ),
        "over": not Job.objects.unfinished().exists(),
    }


def resolve(*, dies_after: float | None = None) -> dict[str, Any]:
    """Run the command, and return the state afterwards."""
    if dies_after is not None:
        die_after(dies_after)
    call_command("resolve", stdout=StringIO(), stderr=StringIO())
    return state()


def main(trials: int, seed: int) -> None:
    """Measure an undisturbed run, then disturb as many as asked."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
    settings.DATA_DIR.mkdir(parents=True)
    call_command("migrate", verbosity=0)
    archive_of(ARTICLES, seed=seed)
    scatter()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    database = Path(settings.DATABASES["default"]["NAME"])
    kept = database.with_suffix(".kept")
    shutil.copy(database, kept)
    started = time.monotonic()
    whole = in_child(resolve)
    longest = time.monotonic() - started
    moments = random.Random(seed)  # repeatable trials, not secrets
    for trial in range(trials):
        for file in database.parent.glob(f"{database.name}*"):
            file.unlink()
        shutil.copy(kept, database)
        moment = moments.random() * longest * MOST_OF_A_RUN
        killed = in_child(lambda: resolve(dies_after=moment)) is None  # noqa: B023  # runs at once
        left = in_child(lambda: list(Job.objects.values_list("done", flat=True)))
        after = in_child(resolve)
        otherwise = [part for part in whole if after[part] != whole[part]]
        print(json.dumps({"trial": trial, "killed": killed, "done": left, "otherwise": otherwise}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
