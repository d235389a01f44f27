"""An upload: read page by page, each told of once, going on where it was left, its bytes gone at the end."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from articles.capture import RawPage, read_paths
from articles.ingest import Outcome, ingest, pages
from articles.ingest.jobs import claim, finishing, run_waiting
from articles.ingest.uploads import add_file, add_text, begin, discard, start, take_in
from articles.mentions import AuthorityError
from articles.models import Article, Job, RefusedPage, Upload, UploadedPage
from articles.models.job import TakenOver
from tests.ingest.uploaded_pages import page_text, zip_of

pytestmark = pytest.mark.django_db


def uploaded(*files: tuple[str, bytes]) -> Upload:
    upload = begin(by=User.objects.get_or_create(username="lena")[0])
    for name, content in files:
        add_file(upload, ContentFile(content, name=name), name=name)
    return upload


def places(upload: Upload) -> list[Path]:
    return [Path(file.file.path) for file in upload.files.all()]


def test_every_page_is_told_of_under_the_name_the_person_knows() -> None:
    upload = uploaded(("first week/pages.zip", zip_of(3, 1)), ("note.pdf", b"%PDF"))
    add_text(upload, page_text(50))
    waiting = places(upload)
    assert all(place.exists() for place in waiting)
    start(upload)
    [job] = run_waiting()
    assert (job.state, job.total, job.done, job.changed, job.failed) == ("done", 6, 6, 4, 2)
    pages = list(upload.pages.all())
    assert [page.number for page in pages] == [1, 2, 3, 4, 5, 6]
    assert pages[0].name == "first week/pages.zip!pages/bad 0.txt"
    assert [page.state for page in pages] == ["refused", "new", "new", "new", "refused", "new"]
    assert pages[0].reason == "The page is empty."
    assert "“.pdf” are not read" in pages[4].reason
    assert pages[4].cure
    assert pages[5].name == "pasted text.txt"
    assert {page.page.article for page in pages if page.page} == set(Article.objects.all())
    assert RefusedPage.objects.count() == 2
    assert upload.counts() == {"new": 4, "known": 0, "refused": 2}
    assert not any(place.exists() for place in waiting)


def test_a_name_that_is_no_text_or_ends_in_a_sentence_stops_nothing() -> None:
    sentence = "herald.example_" + "harbour-talks-resume-" * 10
    upload = uploaded((sentence, b"x"), ("a\0\ud800.txt", page_text(1).encode()))
    start(upload)
    list(run_waiting())
    refused, taken = upload.pages.order_by("number")
    assert (refused.name, refused.state) == (sentence, "refused")
    assert "no ending" in refused.reason
    assert (taken.name, taken.state) == ("a\\ud800.txt", "new")


def test_what_is_there_already_is_told_and_not_taken_twice() -> None:
    for _ in range(2):
        start(uploaded(("a.txt", page_text(1).encode())))
        list(run_waiting())
    assert Article.objects.count() == 1
    assert [page.state for page in UploadedPage.objects.order_by("pk")] == ["new", "known"]


def test_a_job_goes_on_behind_the_last_page_told_of() -> None:
    upload = uploaded(("pages.zip", zip_of(5, 2)))
    job = claim(start(upload))
    assert job is not None
    work = finishing(job, take_in(job))
    assert len(list(islice(work, 3))) == 3
    work.close()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.STOPPED, 3, 7)
    Job.objects.update(state=Job.State.WAITING)
    [job] = run_waiting()
    assert (job.state, job.done, job.changed, job.failed) == ("done", 7, 5, 2)
    assert upload.pages.count() == 7
    assert Article.objects.count() == 5


def test_a_page_and_what_is_told_of_it_stand_or_fall_together() -> None:
    job = claim(start(uploaded(("a.txt", page_text(1).encode()))))
    assert job is not None
    Job.objects.update(runner="elsewhere:1")
    with pytest.raises(TakenOver):
        list(take_in(job))
    assert not Article.objects.exists()
    assert not UploadedPage.objects.exists()


@pytest.fixture
def a_page_that_breaks_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the second page of a zip fail, as a fault of ours does."""
    real = pages.ingest_page

    def breaks(page: RawPage, *args: Any, **options: Any) -> Outcome:
        if "0001" in page.name:
            raise RuntimeError("a fault of ours")
        return real(page, *args, **options)

    monkeypatch.setattr(pages, "ingest_page", breaks)


@pytest.mark.usefixtures("a_page_that_breaks_the_reader")
def test_a_page_that_breaks_the_reader_is_refused_and_the_next_goes_on() -> None:
    upload = uploaded(("pages.zip", zip_of(3, 0)))
    start(upload)
    [job] = run_waiting()
    assert job.state == Job.State.DONE
    [refused] = upload.pages.filter(state="refused")
    assert "could not be read" in refused.reason
    assert upload.counts()["new"] == 2


@pytest.mark.usefixtures("a_page_that_breaks_the_reader")
def test_it_is_refused_at_the_command_line_too(tmp_path: Path) -> None:
    (tmp_path / "pages.zip").write_bytes(zip_of(3, 0))
    outcomes = list(ingest(read_paths([tmp_path])))
    assert [outcome.state for outcome in outcomes] == ["new", "refused", "new"]
    assert "could not be read" in RefusedPage.objects.get().reason


def test_a_wrong_authority_file_is_told_once_and_refuses_no_page(
    settings: LazySettings, tmp_path: Path
) -> None:
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "wrong.toml").write_text('[[state]]\nname = "Vessa"\n')
    settings.ARCHIVE_AUTHORITY_DIRS = [folder]
    (tmp_path / "pages.zip").write_bytes(zip_of(3, 0))
    with pytest.raises(AuthorityError, match=r"wrong\.toml"):
        list(ingest(read_paths([tmp_path / "pages.zip"])))
    assert not RefusedPage.objects.exists()


def test_an_upload_that_was_never_started_can_be_thrown_away_and_a_started_one_not() -> None:
    upload = uploaded(("a.txt", b"text"))
    [place] = places(upload)
    assert place.read_bytes() == b"text"
    discard(upload)
    assert not Upload.objects.exists()
    assert not place.exists()
    upload = uploaded(("a.txt", b"text"))
    assert start(upload) == start(upload)
    discard(upload)
    assert Upload.objects.get() == upload
