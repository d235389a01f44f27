"""Background work that broke off and that nobody wants any more: set aside, and brought back.

It is no fact of the archive, so that setting it aside is no ruling: the job counts as stopped by a person, and
Django's log of what staff did keeps what brings it back. What the job has done stays done.
"""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from articles.curate.articles import ChangedMeanwhile
from articles.curate.staff_log import note, notes_on
from articles.models import Job


def seen_of(job: Job) -> str:
    """Return what tells the job as it is from itself after somebody let it go on."""
    sign = job.seen_at or job.asked_at
    return f"{job.state} {job.done} {sign.isoformat()}"


def set_aside(number: int, *, by: User, seen: str) -> LogEntry:
    """Take work that broke off from the desk, and return the note from which it comes back.

    Raises ChangedMeanwhile when it is not broken off any more, or went on after `seen`.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=number).first()
        if job is None or seen_of(job) != seen or not Job.objects.broken_off().filter(pk=number).exists():
            raise ChangedMeanwhile(_who_was_quicker(number, job))
        # Without a runner: should the silent one live after all, it finds that the job is not its own.
        Job.objects.filter(pk=number).update(state=Job.State.STOPPED, runner="")
        return note(Job, number, by=by, name=str(job), flag=CHANGE, message=str(job.state))


def bring_back(noted: LogEntry) -> bool:
    """Put a job on the desk again as it was; False when that was done before, or somebody let it go on."""
    number = int(noted.object_id or 0)
    with transaction.atomic():
        held = Job.objects.select_for_update().filter(pk=number, state=Job.State.STOPPED).first()
        if held is None or notes().filter(object_id=noted.object_id).first() != noted:
            return False
        Job.objects.filter(pk=number).update(state=noted.change_message)
    return True


def notes() -> QuerySet[LogEntry]:
    """Return what is noted of jobs, the latest first."""
    return notes_on(Job)


def _who_was_quicker(number: int, job: Job | None) -> str:
    last = notes().filter(object_id=str(number)).first()
    if last is not None and job is not None and job.state == Job.State.STOPPED:
        return f"{last.user} set it aside while you looked. There is nothing left to do."
    return "This work went on while you looked. Nothing was set aside. Look at it once more."
