"""The queue of index work: nothing is lost, whoever drains it, and whatever dies in between."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections as databases
from django.db import transaction

from articles.models import Article, PendingIndex
from articles.search import pending
from articles.search.engines.ask import SearchUnavailable
from articles.search.pending import drain, schedule
from articles.search.run import backend
from articles.search.sync import compare, repair
from tests.factories import make_article

# Children are forked: they use the test's database file and index, each with connections of its own.
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def index(transactional_db: None) -> None:
    """Give the test an empty index and a database that other processes can see."""
    backend().clear()


pytestmark = pytest.mark.usefixtures("index")


def in_child(work: Callable[[], None]) -> multiprocessing.Process:
    """Start a forked process with database connections of its own."""
    databases.close_all()

    def run() -> None:
        databases.close_all()
        work()

    child = FORK.Process(target=run)
    child.start()
    return child


def save(article: Article, headline: str) -> None:
    """Save as the archive's writers do: the change and its index work in one transaction."""
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        Article.objects.filter(pk=article.pk).update(headline=headline, version=locked.version + 1)
        PendingIndex.objects.queue([article.pk])
        schedule()


def in_step() -> bool:
    return not compare() and not PendingIndex.objects.exists()


def test_draining_brings_the_index_to_the_present_state() -> None:
    first, second = make_article(), make_article()

    assert drain() == 2
    assert backend().versions() == {first.pk: 1, second.pk: 1}
    number = second.pk
    second.delete()
    PendingIndex.objects.queue([number, first.pk, first.pk])

    assert drain() == 2
    assert backend().versions() == {first.pk: 1}
    assert drain() == 0
    assert in_step()


def test_a_commit_drains_and_a_rollback_does_not() -> None:
    article = make_article()
    drain()
    save(article, "Changed")

    assert in_step()
    assert backend().versions() == {article.pk: 2}
    with transaction.atomic():
        save(article, "Lost")
        transaction.set_rollback(True)
    assert backend().versions() == {article.pk: 2}
    assert in_step()


def test_more_than_a_batch_is_drained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "BATCH", 3)
    for _ in range(8):
        make_article()

    assert drain() == 8
    assert in_step()


def test_an_article_that_cannot_be_prepared_does_not_hold_the_others_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    good, bad = make_article(), make_article()
    Article.objects.filter(pk=bad.pk).update(captions=[{"no": "text"}])

    with caplog.at_level(logging.ERROR, logger="articles"):
        assert drain() == 1
    assert f"Article {bad.pk} could not be prepared" in caplog.text
    assert backend().versions() == {good.pk: 1}
    assert [row.article_id for row in PendingIndex.objects.all()] == [bad.pk]

    Article.objects.filter(pk=bad.pk).update(captions=[])
    assert drain() == 1
    assert in_step()


def test_a_save_does_not_fail_because_the_index_is_broken(caplog: pytest.LogCaptureFixture) -> None:
    article = make_article()
    drain()
    path = Path(backend().path)
    (path / "current").write_text("index-0.0-other")

    with caplog.at_level(logging.ERROR, logger="articles"):
        save(article, "Kept")
    assert "stays queued" in caplog.text
    assert Article.objects.get(pk=article.pk).headline == "Kept"
    assert PendingIndex.objects.count() == 1
    with pytest.raises(SearchUnavailable, match="rebuild_index"):
        drain()

    backend().clear()
    repair()
    assert in_step()


def test_whoever_holds_the_lock_picks_the_work_up() -> None:
    """A drain that finds the lock taken leaves at once; the holder looks again after it has let go."""
    article = make_article()
    drained = []

    with backend().lock():
        other = threading.Thread(target=lambda: (drained.append(drain()), databases.close_all()))
        other.start()
        other.join(20)
        assert drained == [0]
        assert PendingIndex.objects.count() == 1
    assert drain() == 1
    assert backend().versions() == {article.pk: 1}


def test_work_queued_while_the_holder_lets_go_is_not_left_lying(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last look at the queue comes after the lock is free: what was committed before is seen."""
    make_article()
    late = []
    lock = type(backend()).lock

    class LateCommit:
        """Stands around the lock and queues another article just before it is let go."""

        def __init__(self, inner: object) -> None:
            self.inner = inner

        def __enter__(self) -> bool:
            return self.inner.__enter__()  # type: ignore[attr-defined]

        def __exit__(self, *error: object) -> None:
            if not late:
                late.append(make_article().pk)
            self.inner.__exit__(*error)  # type: ignore[attr-defined]

    monkeypatch.setattr(type(backend()), "lock", lambda self, **options: LateCommit(lock(self, **options)))
    assert drain() == 2
    assert in_step()


def test_two_processes_saving_lose_nothing() -> None:
    articles = [make_article() for _ in range(4)]
    drain()

    def work(name: str) -> Callable[[], None]:
        def saves() -> None:
            for number in range(12):
                save(articles[number % 4], f"{name} {number}")

        return saves

    children = [in_child(work(name)) for name in ("first", "second")]
    for child in children:
        child.join(120)

    assert [child.exitcode for child in children] == [0, 0]
    assert in_step()
    assert set(backend().versions().values()) == {7}


@pytest.mark.parametrize("moment", ["before the index", "before the rows go"])
def test_a_kill_between_commit_and_index_loses_nothing(moment: str) -> None:
    article = make_article()
    drain()

    def die(*_args: object, **_options: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        if moment == "before the index":
            pending.index_present_state = die  # type: ignore[assignment]
        else:
            written = pending.index_present_state
            pending.index_present_state = lambda numbers: (written(numbers), die())[0]
        save(article, "Saved")

    child = in_child(work)
    child.join(60)

    assert child.exitcode == -signal.SIGKILL
    assert Article.objects.get(pk=article.pk).headline == "Saved"
    assert PendingIndex.objects.count() == 1
    assert repair().drained == 1
    assert in_step()


def test_repair_finds_what_differs_in_both_directions() -> None:
    missing, stale, fine = make_article(), make_article(), make_article()
    drain()
    backend().write((), gone=[missing.pk])
    Article.objects.filter(pk=stale.pk).update(version=9)
    gone = make_article()
    drain()
    number = gone.pk
    gone.delete()

    done = repair()

    assert done.found.missing == {missing.pk}
    assert done.found.stale == {stale.pk}
    assert done.found.gone == {number}
    assert not done.left
    assert backend().versions() == {missing.pk: 1, stale.pk: 9, fine.pk: 1}
