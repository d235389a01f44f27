"""Take pages in, killing the process with SIGKILL at random moments, and check what is left each time.

    python -m tests.faults.killed_ingest PAGES TRIALS SEED {anywhere,before-index}

It runs in a process of its own with ARCHIVE_DATA_DIR set to a throwaway folder. The language model is
loaded once; each trial is a forked child that is killed, then a second child runs `sync_index` and
compares. The archive is kept from trial to trial, as when a person starts the command again, and
emptied when few pages are left. Prints one JSON line a trial.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.prod")

import django

django.setup()

from django.conf import settings  # noqa: E402  # Django must be set up first
from django.core.management import call_command  # noqa: E402  # Django must be set up first
from django.db import connections  # noqa: E402  # Django must be set up first
from haystack.query import SearchQuerySet  # noqa: E402  # Django must be set up first

from articles.capture import read_paths  # noqa: E402  # Django must be set up first
from articles.ingest import pages as ingest  # noqa: E402  # Django must be set up first
from articles.ingest import windows  # noqa: E402  # Django must be set up first
from articles.models import Article, PendingIndex  # noqa: E402  # Django must be set up first

ingest.INDEX_EVERY = 3  # so that a run visits the index some fifteen times and is killed there too
windows.PAGES_TOGETHER = 3  # so that kills come while pages are read, and while they are stored


def in_child(work: Callable[[], Any]) -> Any:
    """Run `work` in a forked child and return what it returned, or None when the child was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        connections.close_all()
        answer = json.dumps(work()).encode()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or status == 0, f"a child failed with status {status}"
    return json.loads(answer) if answer else None


def die_after(seconds: float) -> None:
    """Kill this process with SIGKILL after a while, whatever it is doing then."""
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()


def take_in(pages: Path, *, mode: str, moment: float, expected: float, left: int) -> bool:
    """Take the pages in, of which `left` are missing; the process is killed at `moment` (0 to 1).

    "anywhere": of the run, which takes about `expected` seconds. "before-index": of its visits to
    the index, and within that visit, so between the commit of the database and that of the index.
    """
    if mode == "anywhere":
        die_after(moment * expected)
    elif mode == "before-index":
        drain = ingest.drain
        whole_visits, part = divmod(moment * (left / ingest.INDEX_EVERY), 1)
        visits = int(whole_visits)

        def drain_and_die() -> None:
            nonlocal visits
            if visits == 0:
                die_after(part * 0.1)  # a visit takes about 0.1 s
            visits -= 1
            drain()

        ingest.drain = drain_and_die
    for _ in ingest.ingest(read_paths([pages])):
        pass
    return True


def state() -> dict[str, Any]:
    """Return every article's parts, so that a half-written one shows, and what the index holds."""
    rows = [
        (
            article.permanent_id,
            article.text_hash,
            article.mentions.count(),
            article.quotes.count(),
            article.evidence.count(),
            len(article.cleaning.lines),
        )
        for article in Article.objects.order_by("permanent_id").select_related("cleaning")
    ]
    indexed = sorted(int(result.pk) for result in SearchQuerySet().all()[:10_000])
    stored = sorted(Article.objects.values_list("pk", flat=True))
    return {
        "articles": rows,
        "index_equals_database": indexed == stored,
        "pending": PendingIndex.objects.count(),
    }


def synced_state() -> dict[str, Any]:
    """Return the state after `sync_index`, as a person would run it after a crash."""
    call_command("sync_index", stdout=StringIO())
    return state()


def empty_archive() -> None:
    """Begin with an archive of nothing."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
    settings.DATA_DIR.mkdir(parents=True)
    in_child(lambda: call_command("migrate", verbosity=0))


def main(pages: Path, trials: int, seed: int, mode: str) -> None:
    """Measure an undisturbed run, then disturb as many as asked."""
    empty_archive()
    ingest.read(next(page for page in read_paths([pages]) if not isinstance(page, ingest.Refusal)))
    connections.close_all()
    started = time.monotonic()
    in_child(lambda: take_in(pages, mode="undisturbed", moment=0, expected=0, left=0))
    longest = time.monotonic() - started
    whole = {row[0]: row for row in in_child(synced_state)["articles"]}
    empty_archive()
    moments = random.Random(seed)  # repeatable trials, not secrets
    left = len(whole)
    for trial in range(trials):
        moment, expected = moments.random(), longest * left / len(whole)
        finished = in_child(
            lambda: take_in(pages, mode=mode, moment=moment, expected=expected, left=left)  # noqa: B023  # runs at once
        )
        after = in_child(synced_state)
        rows = after.pop("articles")
        broken = [row for row in rows if row != whole[row[0]]]
        print(
            json.dumps(
                {"trial": trial, "killed": not finished, "articles": len(rows), "broken": broken, **after}
            )
        )
        left = len(whole) - len(rows)
        # With few pages left a run is mostly its own start, and every kill would come there.
        if left < len(whole) // 4:
            empty_archive()
            left = len(whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
