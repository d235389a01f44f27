"""Pages that a person brought through the browser: the files, and what became of each page in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from articles.models.job import Job
from articles.models.page import StoredPage


def upload_storage() -> FileSystemStorage:
    """Return where uploaded files wait until they are read. They are never served."""
    return FileSystemStorage(location=settings.DATA_DIR / "uploads", base_url=None)


# Characters; what stands behind the last dot of a name that has none can be a whole sentence.
LONGEST_ENDING = 20


def waiting_place(file: UploadedFile, name: str) -> str:
    """Return "7/3.zip": a name of our own, of which only the ending is the person's, when it can be one."""
    number = UploadedFile.objects.filter(upload=file.upload).count() + 1
    ending = Path(name).suffix.lower()
    return f"{file.upload_id}/{number}{ending if len(ending) <= LONGEST_ENDING else ''}"


class UploadQuerySet(models.QuerySet["Upload"]):
    """Verbs for lists of uploads."""

    def unfinished(self) -> UploadQuerySet:
        """Keep those that were never started, and those whose reading broke off."""
        return self.filter(Q(job=None) | Q(job__in=Job.objects.broken_off().order_by()))


class Upload(models.Model):
    """What one person brought at one time. It is being sent until it has a job, which reads it."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, null=True, blank=True, related_name="upload")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by_name = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("upload", args=[self.pk])

    def counts(self) -> dict[str, int]:
        """Return the number of pages by what became of them: {"new": 480, "known": 0, "refused": 20}."""
        found = self.pages.order_by().values_list("state").annotate(number=Count("pk"))
        return {str(state): 0 for state in UploadedPage.State} | dict(found)


class UploadedFile(models.Model):
    """One file of an upload, as it was called on the person's machine. Its bytes go when it has been read."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=1000)
    file = models.FileField(upload_to=waiting_place, storage=upload_storage, max_length=200)
    size = models.PositiveBigIntegerField("size in bytes")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record and the bytes."""
        self.file.delete(save=False)
        return super().delete(*args, **kwargs)


class UploadedPage(models.Model):
    """What became of one page. `number` counts the pages of an upload from 1, in the order of reading."""

    class State(models.TextChoices):
        NEW = "new", "taken in"
        KNOWN = "known", "there already"
        REFUSED = "refused", "not taken"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=State.choices)
    # The page, not its article: a reset makes articles anew.
    page = models.ForeignKey(StoredPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    cure = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="each_page_of_an_upload_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"
