"""Reading stored pages again: compared field by field, one article a transaction, resumed after a kill."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.utils import timezone

from articles.capture import RawPage, read_paths
from articles.curate import rule_fields
from articles.ingest import ArchiveDirectory, ingest_page
from articles.ingest import reclean as engine
from articles.ingest.comparison import compare
from articles.ingest.jobs import claim, new_job, run, run_waiting, try_again
from articles.ingest.reading import read
from articles.ingest.reclean import Selection, reclean_article, would_change
from articles.models import Article, Job, PendingIndex, StoredPage

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
EVERYTHING = Selection()
pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Article]:
    directory = ArchiveDirectory()
    pages = [page for page in read_paths(sorted(PAGES.glob("0[1-3]_*"))) if isinstance(page, RawPage)]
    return [Article.objects.get(pk=ingest_page(page, directory).article_id) for page in pages]


def spoil(article: Article) -> None:
    """Store what another cleaner might have: reading again brings the headline back."""
    Article.objects.filter(pk=article.pk).update(headline="Spoilt")


def headlines() -> list[str]:
    return list(Article.objects.order_by("pk").values_list("headline", flat=True))


def start() -> Job:
    job = claim(new_job(Job.Kind.RECLEAN, EVERYTHING))
    assert job is not None
    return job


def test_a_reading_of_the_same_page_changes_nothing(three: list[Article]) -> None:
    for article in three:
        assert compare(article, read(article.page.as_raw_page())) == ()


def test_a_change_tells_the_field_before_and_after(three: list[Article]) -> None:
    first = three[0]
    right = first.headline
    spoil(first)
    first.mentions.filter(zone="headline").delete()
    changes = {change.field: change for change in reclean_article(first).changes}
    assert (changes["headline"].before, changes["headline"].after) == ("Spoilt", right)
    assert set(changes) <= {"headline", "mentions"}
    again = Article.objects.get(pk=first.pk)
    assert (again.headline, again.version) == (right, first.version + 1)
    assert reclean_article(again).changes == ()


def test_rulings_hold_on_both_sides(three: list[Article]) -> None:
    curator = User.objects.create_user("lena")
    rule_fields(three[0], {"headline": "As ruled", "body": "One.\n\nTwo by Osanna Brekk."}, by=curator)
    assert [report.changes for report in would_change(EVERYTHING)] == [(), (), ()]
    assert Article.objects.get(pk=three[0].pk).headline == "As ruled"


def test_only_what_changed_is_written(three: list[Article]) -> None:
    before = headlines()
    spoil(three[1])
    PendingIndex.objects.all().delete()
    reports = list(run(start()))
    assert [bool(report.changes) for report in reports] == [False, True, False]
    assert headlines() == before
    assert [Article.objects.get(pk=each.pk).version - each.version for each in three] == [0, 1, 0]
    job = Job.objects.get()
    assert (job.state, job.done, job.changed, job.total) == (Job.State.DONE, 3, 1, 3)
    assert not PendingIndex.objects.exists()


def test_a_job_that_was_stopped_goes_on_behind_the_last_article(three: list[Article]) -> None:
    for article in three:
        spoil(article)
    running = run(start())
    assert next(running).article_id == three[0].pk
    running.close()
    job = Job.objects.get()
    assert (job.state, job.done, job.last_article) == (Job.State.STOPPED, 1, three[0].pk)
    assert headlines()[1:] == ["Spoilt", "Spoilt"]
    assert list(run_waiting()) == []  # a person stopped it
    try_again(job)
    [job] = run_waiting()
    assert (job.state, job.done, job.changed) == (Job.State.DONE, 3, 3)
    assert "Spoilt" not in headlines()


def test_a_dead_runners_job_is_taken_up_and_a_live_ones_is_not(three: list[Article]) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    job = start()
    assert claim(job) is None
    Job.objects.update(runner=f"{socket.gethostname()}:{dead.pid}")
    assert claim(job) is not None
    Job.objects.update(runner="elsewhere:1", seen_at=timezone.now())
    assert claim(job) is None
    Job.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    assert Job.objects.get().silent
    assert claim(job) is not None


def test_a_runner_that_lost_its_job_writes_no_more(three: list[Article]) -> None:
    for article in three:
        spoil(article)
    running = run(start())
    next(running)
    Job.objects.update(runner=f"elsewhere:{os.getpid()}")
    assert list(running) == []
    assert headlines()[1:] == ["Spoilt", "Spoilt"]
    assert Job.objects.get().state == Job.State.RUNNING


def test_a_page_that_cannot_be_read_is_reported_and_stops_nothing(
    three: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(page: RawPage) -> object:
        if page.name == three[0].page.name:
            raise RecursionError("too deep")
        return read(page)

    monkeypatch.setattr(engine, "read", stumble)
    spoil(three[1])
    reports = list(run(start()))
    assert [report.error for report in reports] == ["RecursionError: too deep", "", ""]
    job = Job.objects.get()
    assert (job.state, job.failed, job.changed) == (Job.State.DONE, 1, 1)


def test_bytes_that_are_damaged_in_the_database_are_reported_and_stop_nothing(three: list[Article]) -> None:
    StoredPage.objects.filter(article=three[0]).update(compressed=b"no page")
    spoil(three[1])
    reports = list(run(start()))
    assert [bool(report.error) for report in reports] == [True, False, False]
    assert Job.objects.get().changed == 1


def test_what_is_wrong_with_the_set_up_stops_it_once(
    three: list[Article], settings: LazySettings, tmp_path: Path
) -> None:
    right = settings.ARCHIVE_AUTHORITY_DIRS
    (tmp_path / "wrong.toml").write_text('[[state]]\nname = "Vessa"\n')
    settings.ARCHIVE_AUTHORITY_DIRS = [tmp_path]
    spoil(three[1])
    new_job(Job.Kind.RECLEAN, EVERYTHING)
    [job] = run_waiting()
    assert (job.state, job.done, job.failed) == (Job.State.FAILED, 0, 0)
    assert "wrong.toml" in job.error
    settings.ARCHIVE_AUTHORITY_DIRS = right
    Job.objects.update(state=Job.State.WAITING)
    [job] = run_waiting()
    assert (job.state, job.done, job.changed) == (Job.State.DONE, 3, 1)


def test_a_failure_while_writing_leaves_the_article_and_says_why(
    three: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError("no space left")

    spoil(three[1])
    with monkeypatch.context() as patched:
        patched.setattr(engine, "write_reading", full_disk)
        new_job(Job.Kind.RECLEAN, EVERYTHING)
        [job] = run_waiting()
    assert (job.state, job.error, job.done) == (Job.State.FAILED, "OSError: no space left", 1)
    assert headlines()[1] == "Spoilt"
    try_again(job)
    [job] = run_waiting()
    assert (job.state, job.done, job.error) == (Job.State.DONE, 3, "")
    assert headlines()[1] != "Spoilt"


def test_a_curator_who_saves_meanwhile_is_not_overwritten(
    three: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    curator = User.objects.create_user("lena")
    spoil(three[0])
    seen: list[str] = []

    def slow(page: RawPage) -> object:
        reading = read(page)
        if not seen:
            seen.append(page.name)
            rule_fields(three[0], {"body": "As ruled.\n\nBy Osanna Brekk."}, by=curator)
        return reading

    monkeypatch.setattr(engine, "read", slow)
    reclean_article(three[0])
    article = Article.objects.get(pk=three[0].pk)
    assert article.body == "As ruled.\n\nBy Osanna Brekk."
    for mention in article.mentions.filter(zone="body"):
        assert article.body[mention.start : mention.end] == mention.surface


def test_a_selection_is_kept_as_it_was_asked(three: list[Article]) -> None:
    asked = Selection(outlet="x", since=date(2026, 1, 31), article=3, line="A", last=9)
    assert Selection.from_json(asked.to_json()) == asked
    today = timezone.now().date()
    assert Selection(since=today).articles().count() == 3
    assert Selection(since=today + timedelta(days=1)).articles().count() == 0
    assert Selection(article=three[0].pk).articles().get() == three[0]
    assert three[0].outlet is not None
    assert three[0] in Selection(outlet=three[0].outlet.slug).articles()
    assert EVERYTHING.up_to_now().last == three[2].pk
