"""Work in the background, kept in the database: what it is, how far it is, what became of it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

# A runner gives a sign of life with every article; the longest page takes some ten seconds. One that was
# silent for so long is taken for dead, and another goes on.
SILENT_FOR = timedelta(seconds=120)


class TakenOver(Exception):  # noqa: N818  # it is no error, and its name is what it says
    """Another process goes on with the job, as this one was silent for too long."""


class JobQuerySet(models.QuerySet["Job"]):
    """Verbs for lists of jobs."""

    def unfinished(self) -> JobQuerySet:
        """Keep what is waiting, being run or was killed half-way, the oldest first."""
        return self.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).order_by("pk")

    def broken_off(self) -> JobQuerySet:
        """Keep what failed or has gone silent: it goes on when a person says so."""
        silent = Q(
            state__in=(Job.State.WAITING, Job.State.RUNNING), last_sign__lt=timezone.now() - SILENT_FOR
        )
        return self.annotate(last_sign=Coalesce("seen_at", "asked_at")).filter(
            silent | Q(state=Job.State.FAILED)
        )


class Job(models.Model):
    """Work on several articles: taking them in, cleaning them again, finding out anew which actors they mean.

    `total` and `done` count articles, `changed` those that came out otherwise, `failed` those that could
    not be read; of an upload they count its pages, those taken in and those refused. `last_article` is the
    number of the last one done, written in the same transaction as that article: whoever goes on after a kill
    begins right behind it. `runner` is "host:process".
    """

    class Kind(models.TextChoices):
        LINE = "line", "a marked line"
        RECLEAN = "reclean", "cleaning again"
        RESOLVE = "resolve", "finding out anew who is meant"
        UPLOAD = "upload", "taking in an upload"
        BATCH = "batch", "changing many articles"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        STOPPED = "stopped", "stopped by a person"

    kind = models.CharField("what for", max_length=20, choices=Kind.choices)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING, db_index=True)
    total = models.PositiveIntegerField("articles", default=0)
    done = models.PositiveIntegerField("done so far", default=0)
    changed = models.PositiveIntegerField("came out otherwise", default=0)
    failed = models.PositiveIntegerField("could not be read", default=0)
    last_article = models.PositiveBigIntegerField("last article done", default=0)
    error = models.TextField("why it broke off", blank=True)
    runner = models.CharField("machine and process", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="asked for by",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    asked_at = models.DateTimeField("asked for on", auto_now_add=True)
    started_at = models.DateTimeField("begun on", null=True, blank=True)
    seen_at = models.DateTimeField(
        "last sign of life", null=True, blank=True, help_text="The runner's last sign of life."
    )
    finished_at = models.DateTimeField("finished on", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "background job"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Job {self.pk}: {self.get_kind_display()}, {self.state}"

    @property
    def over(self) -> bool:
        """True when nothing more happens to it."""
        return self.state in {self.State.DONE, self.State.FAILED, self.State.STOPPED}

    @property
    def silent(self) -> bool:
        """True when it is not over and nobody has given a sign of life for SILENT_FOR."""
        since = self.seen_at or self.asked_at
        return not self.over and timezone.now() - since > SILENT_FOR
