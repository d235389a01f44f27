"""Pages that came through the browser: kept until they are read, read by a job, each told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.capture import Limits, RawPage, Refusal, read_paths
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.pages import INDEX_EVERY, Outcome, take
from articles.ingest.reading import ReadAhead
from articles.ingest.windows import look_ahead, windows
from articles.models import Job, StoredPage, Upload, UploadedFile, UploadedPage
from articles.models.job import TakenOver
from articles.search.pending import drain

PASTED_NAME = "pasted text.txt"


def begin(*, by: User) -> Upload:
    """Open an upload, to which files can be added until it is started."""
    return Upload.objects.create(made_by=by, made_by_name=by.get_username())


def add_file(upload: Upload, file: File[bytes], *, name: str) -> UploadedFile:
    """Keep a file until it is read; `name` is what it was called where it came from, with its folders.

    A name can hold what no database keeps, half a character from Windows among it: that is written out.
    """
    kept = name.replace("\0", "").encode(errors="backslashreplace").decode()[:1000]
    return UploadedFile.objects.create(upload=upload, name=kept, size=file.size, file=file)


def add_text(upload: Upload, text: str) -> UploadedFile:
    """Keep pasted text as a file of its own."""
    pasted = ContentFile(text.encode(), name=PASTED_NAME)
    return add_file(upload, pasted, name=PASTED_NAME)


def start(upload: Upload) -> Job:
    """Note the job that reads the upload; starting the runner is the caller's matter."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.job is None:
            held.job = Job.objects.create(kind=Job.Kind.UPLOAD, asked_by=held.made_by)
            held.save(update_fields=["job"])
    upload.job = held.job
    return held.job


def discard(upload: Upload) -> None:
    """Forget an upload that was never started, and its bytes. One that was started stays."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.job is None:
            for file in held.files.all():
                file.delete()
            held.delete()


def take_in(job: Job) -> Iterator[UploadedPage]:
    """Read a claimed job's upload from where it stands, and tell what became of each page.

    1. Count the pages, once, so that the progress has an end. 2. Go on behind the last page told of, some pages read
    together. 3. Each page, what became of it and the job's progress are one transaction. 4. The index, every
    INDEX_EVERY new pages and at the end. 5. The bytes go: what was taken is kept as a stored page.
    Raises TakenOver when another process runs the job by now.
    """
    upload = job.upload
    if not job.total:  # 1.
        job.total = sum(1 for _ in _pages(upload))
        Job.objects.filter(pk=job.pk).update(total=job.total, seen_at=timezone.now())
    done = upload.pages.aggregate(last=Max("number"))["last"] or 0  # 2.
    directory = ArchiveDirectory()
    since_indexed = 0
    for window in windows(islice(_pages(upload), done, None)):
        ahead = look_ahead(window)
        for number, page in enumerate(window, start=done + 1):
            told = _take(job, number, page, directory=directory, ahead=ahead)  # 3.
            since_indexed += told.state == UploadedPage.State.NEW
            if since_indexed >= INDEX_EVERY:  # 4.
                drain()
                since_indexed = 0
            yield told
        done += len(window)
    drain()
    for file in upload.files.all():  # 5.
        file.file.delete(save=False)


def _pages(upload: Upload) -> Iterator[RawPage | Refusal]:
    """Read the pages of all files, each under the name that the person knows it by."""
    limits = Limits(page=settings.ARCHIVE_PAGE_LIMIT)
    for file in upload.files.all():
        for page in read_paths([Path(file.file.path)], limits=limits):
            yield replace(page, name=file.name + page.name.removeprefix(file.file.path))


def _take(
    job: Job,
    number: int,
    page: RawPage | Refusal,
    *,
    directory: ArchiveDirectory,
    ahead: Mapping[str, ReadAhead],
) -> UploadedPage:
    told: list[UploadedPage] = []
    take(page, directory, ahead=ahead, noted=lambda outcome: told.append(_tell(job, number, outcome)))
    return told[-1]


def _tell(job: Job, number: int, outcome: Outcome) -> UploadedPage:
    """Write what became of a page and how far the job is, in the transaction of the page."""
    progress = Job.objects.select_for_update().get(pk=job.pk)
    if progress.runner != job.runner:
        raise TakenOver(f"Job {job.pk} is run by {progress.runner or 'nobody'} by now.")
    progress.done = number
    progress.changed += outcome.state == "new"
    progress.failed += outcome.state == "refused"
    progress.seen_at = timezone.now()
    progress.save(update_fields=["done", "changed", "failed", "seen_at"])
    refusal = outcome.refusal
    return UploadedPage.objects.create(
        upload=job.upload,
        number=number,
        name=outcome.name[:1000],
        state=outcome.state,
        page=StoredPage.objects.filter(article=outcome.article_id).only("pk").first(),
        reason=refusal.reason if refusal else "",
        cure=refusal.cure if refusal else "",
    )
