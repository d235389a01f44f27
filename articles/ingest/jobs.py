"""Running jobs: one process at a time each, from where the last one stopped."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone

from articles.ingest.reclean import Recleaned, Selection, TakenOver, reclean
from articles.ingest.resolve_again import Tally, resolve_again
from articles.models import Job

logger = logging.getLogger(__name__)


def new_job(kind: Job.Kind, selection: Selection, *, asked_by: User | AnonymousUser | None = None) -> Job:
    """Note a job over the articles that are there now. Call it inside the transaction that needs it."""
    bounded = selection.up_to_now()
    return Job.objects.create(
        kind=kind,
        arguments=bounded.to_json(),
        total=bounded.articles().count(),
        asked_by=asked_by if isinstance(asked_by, User) else None,
    )


def claim(job: Job) -> Job | None:
    """Take a job to run it here; None when it is over or another process is at it."""
    with transaction.atomic():
        found = Job.objects.select_for_update().get(pk=job.pk)
        if found.state in {Job.State.DONE, Job.State.FAILED} or _is_run(found):
            return None
        found.state, found.runner = Job.State.RUNNING, this_process()
        found.started_at = found.started_at or timezone.now()
        found.seen_at = timezone.now()
        found.error = ""
        found.save()
    return found


def run(job: Job) -> Generator[Recleaned]:
    """Run a claimed job to its end and tell what became of each article.

    When the caller stops before the end, the job is stopped and can be claimed again; when something
    breaks, it has failed, says why, and the error is raised.
    """
    state, error = Job.State.STOPPED, ""
    try:
        yield from reclean(job)
        state = Job.State.DONE
    except TakenOver:
        logger.warning("Job %s was taken over by another process.", job.pk)
        return
    except Exception as broken:
        state, error = Job.State.FAILED, f"{type(broken).__name__}: {broken}"
        raise
    finally:
        Job.objects.filter(pk=job.pk, runner=job.runner).update(
            state=state, error=error, runner="", finished_at=timezone.now()
        )


def run_waiting() -> Iterator[Job]:
    """Run every job that waits or was left by a process that died, and give each back when it is over.

    One that fails does not stop the next.
    """
    for waiting in Job.objects.unfinished():
        job = claim(waiting)
        if job is None:
            continue
        try:
            for _ in resolve_again(job, Tally()) if job.kind == Job.Kind.RESOLVE else run(job):
                pass
        except Exception:
            logger.exception("Job %s failed.", job.pk)
        job.refresh_from_db()
        yield job


def try_again(job: Job) -> None:
    """Let a job that failed, was stopped or has gone silent go on, in a process of its own."""
    Job.objects.filter(pk=job.pk, state__in=(Job.State.FAILED, Job.State.STOPPED)).update(
        state=Job.State.WAITING, error="", finished_at=None
    )
    start_runner()


def start_runner() -> None:
    """Start `manage.py run_jobs` beside this process once the present transaction is committed.

    A process of its own, since reading pages would hold up the requests of a web worker, and a worker is
    replaced every few thousand requests. Should it die too, `manage.py run_jobs` takes its jobs up.
    """
    transaction.on_commit(_start_runner)


def _start_runner() -> None:
    command = [sys.executable, str(settings.ROOT / "manage.py"), "run_jobs"]
    try:
        runner = subprocess.Popen(  # noqa: S603  # our own command
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:
        logger.exception("No process could be started for the jobs; run `manage.py run_jobs`.")
        return
    # Waiting for it is what lets the system forget it when it ends.
    threading.Thread(target=runner.wait, name="wait for run_jobs", daemon=True).start()


def this_process() -> str:
    """Return "host:process", by which a job knows its runner."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_run(job: Job) -> bool:
    """Say whether a live process runs the job; one on another machine is known by its signs of life."""
    if job.state != Job.State.RUNNING or job.silent:
        return False
    host, _, process = job.runner.rpartition(":")
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # it lives, under another account
    return True
