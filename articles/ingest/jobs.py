"""Running jobs: one process at a time each, from where the last one stopped."""

from __future__ import annotations

import logging
import os
import socket
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from articles.ingest.reclean import Recleaned, Selection, reclean
from articles.ingest.resolve_again import Tally, resolve_again
from articles.ingest.uploads import take_in
from articles.models import Job
from articles.models.job import TakenOver

logger = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Job], Iterator[object]]


def change_many(job: Job) -> Iterator[object]:
    """Carry out what a person wants of many articles: it is above this module, which knows it by its name alone."""
    work: Work = import_string("articles.curate.bulk.carry_out")
    return work(job)


# What a claimed job's work is, by its kind.
_WORK: dict[Job.Kind, Work] = {
    Job.Kind.LINE: reclean,
    Job.Kind.RECLEAN: reclean,
    Job.Kind.RESOLVE: lambda job: resolve_again(job, Tally()),
    Job.Kind.UPLOAD: take_in,
    Job.Kind.BATCH: change_many,
}


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
    """Clean a claimed job's articles again, to its end, and tell what became of each (`finishing`)."""
    return finishing(job, reclean(job))


def finishing(job: Job, work: Iterator[T]) -> Generator[T]:
    """Give what a claimed job's work gives, and note how the job ended.

    When the caller stops before the end, the job is stopped and can be claimed again; when something
    breaks, it has failed, says why, and the error is raised.
    """
    state, error = Job.State.STOPPED, ""
    try:
        yield from work
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
            deque(finishing(job, _WORK[Job.Kind(job.kind)](job)), maxlen=0)
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


@task()
def work_off() -> int:
    """Run the jobs that wait, and return how many there were; what became of each stands in its record."""
    return sum(1 for _ in run_waiting())


def start_runner() -> None:
    """Have the waiting jobs run in the background once the present transaction is committed.

    Where that is, ARCHIVE_TASKS says. Should the process die, `manage.py run_jobs` takes its jobs up.
    """
    transaction.on_commit(work_off.enqueue)


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
