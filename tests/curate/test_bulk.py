"""One change to many articles: planned, carried out, taken back; what others ruled is left alone, and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from articles import curate
from articles.curate import bulk
from articles.ingest.jobs import claim, finishing, run_waiting, try_again
from articles.ingest.reset import throw_away
from articles.models import Article, Batch, Job, Outlet, PendingIndex, Ruling, Status, Tag
from tests.factories import make_article

Action = Batch.Action


@pytest.fixture
def lena(db: None) -> User:
    return User.objects.create_user("lena")


@pytest.fixture
def mira(db: None) -> User:
    return User.objects.create_user("mira")


@pytest.fixture
def people(lena: User, mira: User) -> tuple[User, User]:
    return lena, mira


def numbers(articles: list[Article]) -> list[int]:
    return [article.pk for article in articles]


def done(batch: Batch, by: User) -> dict[str, int]:
    """Carry a batch out, and return what became of its articles, without zeros."""
    bulk.finish_now(bulk.begin(batch, by=by, here=True))
    return some(batch)


def undone(batch: Batch, by: User) -> dict[str, int]:
    bulk.finish_now(bulk.undo_whole(batch, by=by))
    return some(batch)


def some(batch: Batch) -> dict[str, int]:
    return {state: count for state, count in batch.counts().items() if count}


@pytest.fixture
def articles(db: None) -> list[Article]:
    return [make_article(published=date(2012, 5, day), outlet="The Meridian Post") for day in (1, 2, 3)]


def test_a_plan_tells_what_would_change_and_what_not_and_changes_nothing(
    articles: list[Article], lena: User, mira: User
) -> None:
    curate.rule_fields(articles[1], {"outlet": "Karrin Daily"}, by=mira)
    curate.rule_fields(articles[2], {"outlet": "Vessa Herald"}, by=mira, reason="It is in the masthead.")
    before = Ruling.objects.count()
    batch = bulk.prepare(numbers(articles), Action.OUTLET, value=" Karrin Daily ", by=lena)
    assert some(batch) == {"planned": 1, "same": 1, "ruled": 1}
    [ruled] = batch.items.filter(state="ruled")
    assert "mira ruled on" in ruled.note
    assert "outlet is Vessa Herald" in ruled.note
    assert Ruling.objects.count() == before
    over = bulk.prepare(numbers(articles), Action.OUTLET, value="Karrin Daily", by=lena, over_rulings=True)
    assert some(over) == {"planned": 2, "same": 1}
    assert not Batch.objects.filter(pk=batch.pk).exists()  # one's earlier plan goes


def test_it_is_carried_out_as_rulings_and_taken_back_whole(articles: list[Article], lena: User) -> None:
    batch = bulk.prepare(numbers(articles), Action.HIDE, reason="Not ours.", by=lena)
    make_article()  # comes in later
    assert done(batch, lena) == {"done": 3}
    assert Article.objects.filter(status=Status.HIDDEN).count() == 3
    rulings = Ruling.objects.all()
    assert {(one.field, one.value, one.reason, one.made_by_name) for one in rulings} == {
        ("status", "hidden", "Not ours.", "lena")
    }
    assert {one.batch_item.batch for one in rulings} == {batch}
    assert undone(batch, lena) == {"undone": 3}
    assert not Article.objects.filter(status=Status.HIDDEN).exists()
    assert not Ruling.objects.standing().exists()


@pytest.mark.parametrize(
    ("action", "value", "kept"),
    [(Action.TAG, "Ceasefire", "tags"), (Action.COLLECT, "the-harbour-years", "collections")],
)
def test_shelves_are_filled_and_emptied(
    articles: list[Article], people: tuple[User, User], action: str, value: str, kept: str
) -> None:
    lena, mira = people
    curate.shelves.begin_collection("The harbour years", by=lena)
    batch = bulk.prepare(numbers(articles), action, value=value, by=lena)
    assert not Tag.objects.exists()  # a plan makes no tag
    assert done(batch, lena) == {"done": 3}
    assert all(getattr(article.page, kept).exists() for article in articles)
    off = getattr(articles[0].page, kept).get()
    curate.shelves.put(articles[0].page, off, on=False, by=mira)
    again = bulk.prepare(numbers(articles), action, value=value, by=lena)
    assert some(again) == {"ruled": 1, "same": 2}  # mira took it off
    assert undone(batch, lena) == {"undone": 2, "kept": 1}
    assert "mira ruled since" in batch.items.get(state="kept").note


def test_a_tag_is_taken_off_though_people_put_it_on(articles: list[Article], lena: User) -> None:
    done(bulk.prepare(numbers(articles[:2]), Action.TAG, value="Ceasefire", by=lena), lena)
    batch = bulk.prepare(numbers(articles), Action.UNTAG, value="ceasefire", by=lena)
    assert done(batch, lena) == {"done": 2, "same": 1}
    assert not articles[0].page.tags.exists()


@pytest.mark.parametrize("action", [Action.TAG, Action.UNTAG])
@pytest.mark.parametrize("value", ["Ceasefire", "Truce"])
def test_it_is_carried_out_and_taken_back_though_the_tag_is_renamed_meanwhile(
    articles: list[Article], lena: User, action: str, value: str
) -> None:
    tag = Tag.objects.named("Ceasefire")
    curate.shelves.rename(tag, name=value, description="")
    off = action == Action.UNTAG
    if off:
        for article in articles:
            curate.shelves.put(article.page, tag, on=True, by=lena)
    batch = bulk.prepare(numbers(articles), action, value=value, by=lena)
    curate.shelves.rename(tag, name="Peace", description="")
    assert done(batch, lena) == {"done": 3}
    assert tag.pages.exists() is not off
    curate.shelves.rename(tag, name="Concord", description="")
    assert undone(batch, lena) == {"undone": 3}
    assert tag.pages.exists() is off
    assert Tag.objects.get() == tag


def test_what_somebody_changes_after_the_plan_is_left_alone_and_told(
    articles: list[Article], lena: User, mira: User
) -> None:
    batch = bulk.prepare(numbers(articles), Action.PUBLISH, by=lena)
    curate.rule_fields(articles[0], {"status": "hidden"}, by=mira)
    assert done(batch, lena) == {"done": 2, "moved_on": 1}
    assert "mira ruled that status is hidden" in batch.items.get(state="moved_on").note
    assert Article.objects.get(pk=articles[0].pk).status == Status.HIDDEN


def test_undo_touches_only_what_is_still_as_the_batch_left_it(
    articles: list[Article], lena: User, mira: User
) -> None:
    batch = bulk.prepare(numbers(articles), Action.HIDE, by=lena)
    done(batch, lena)
    curate.rule_fields(articles[0], {"status": "published"}, by=mira)
    curate.undo_ruling(articles[1].page.rulings.get(), by=mira)
    assert undone(batch, lena) == {"undone": 1, "kept": 2}
    notes = " ".join(batch.items.filter(state="kept").values_list("note", flat=True))
    assert "mira ruled since that status is published" in notes
    assert "mira took it back before" in notes
    assert Article.objects.get(pk=articles[0].pk).status == Status.PUBLISHED


def test_the_second_is_told(articles: list[Article], lena: User, mira: User) -> None:
    batch = bulk.prepare(numbers(articles), Action.HIDE, by=lena)
    with pytest.raises(ValueError, match="not over yet"):
        bulk.undo_whole(batch, by=lena)
    done(batch, lena)
    with pytest.raises(curate.ChangedMeanwhile, match="lena began this"):
        bulk.begin(batch, by=mira)
    assert bulk.discard(batch) is False
    bulk.undo_whole(batch, by=mira)
    with pytest.raises(curate.ChangedMeanwhile, match="mira is taking it back already"):
        bulk.undo_whole(batch, by=lena)
    plan = bulk.prepare(numbers(articles), Action.HIDE, by=lena)
    assert bulk.discard(plan)
    with pytest.raises(curate.ChangedMeanwhile, match="This plan is gone"):
        bulk.begin(plan, by=mira)


def test_what_cannot_be_is_refused_with_the_cure(articles: list[Article], lena: User) -> None:
    for action, value, words in (
        (Action.OUTLET, " ", "Say which one"),
        (Action.UNTAG, "nowhere", "There is no tag nowhere"),
        (Action.COLLECT, "nowhere", "There is no collection nowhere"),
        (Action.TAG, "–", "at least one letter"),
    ):
        with pytest.raises(ValueError, match=words):
            bulk.prepare(numbers(articles), action, value=value, by=lena)
    with pytest.raises(ValueError, match="10,000 articles at most"):
        bulk.prepare(range(1, 10_002), Action.HIDE, by=lena)
    assert not Batch.objects.exists()
    batch = bulk.prepare(numbers(articles), Action.READ_AGAIN, by=lena)
    done(batch, lena)
    with pytest.raises(ValueError, match="not taken back"):
        bulk.undo_whole(batch, by=lena)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_it_goes_on_where_it_was_broken_off(articles: list[Article], lena: User, after: int) -> None:
    batch = bulk.prepare(numbers(articles), Action.HIDE, by=lena)
    job = claim(bulk.begin(batch, by=lena))
    assert job is not None
    steps = finishing(job, bulk.carry_out(job))
    for _ in range(after):
        next(steps)
    # A process that is killed says nothing more: its job stays as it is, with a runner that is gone.
    Job.objects.filter(pk=job.pk).update(runner="elsewhere:1", seen_at="2012-01-01T00:00:00Z")
    with pytest.raises(StopIteration):
        next(steps)  # taken over: it stops, and changes nothing
    assert Ruling.objects.count() == after
    assert [one.state for one in run_waiting()] == ["done"]
    assert some(batch) == {"done": 3}
    assert Ruling.objects.count() == 3
    assert Job.objects.get().done == 3


def test_what_broke_off_and_was_taken_back_does_not_go_on(articles: list[Article], lena: User) -> None:
    batch = bulk.prepare(numbers(articles), Action.HIDE, by=lena)
    job = claim(bulk.begin(batch, by=lena))
    assert job is not None
    steps = finishing(job, bulk.carry_out(job))
    next(steps)
    with pytest.raises(RuntimeError, match="the disk is full"):
        steps.throw(RuntimeError("the disk is full"))
    assert Job.objects.broken_off().get() == job
    assert undone(batch, lena) == {"undone": 3}
    assert batch.items.filter(note__contains="never changed").count() == 2
    assert not Job.objects.broken_off().exists()  # it waits for nobody any more
    try_again(job)
    assert [(one.state, one.error) for one in run_waiting()] == [
        ("failed", "ValueError: It was taken back since. Make a new change from the search.")
    ]
    assert not Article.objects.filter(status=Status.HIDDEN).exists()
    assert not Ruling.objects.standing().exists()


def test_a_set_outlives_a_reset(articles: list[Article], lena: User) -> None:
    batch = bulk.prepare(numbers(articles), Action.HIDE, by=lena)
    throw_away()
    assert done(batch, lena) == {"moved_on": 3}
    assert not Ruling.objects.exists()


def test_a_plan_of_many_asks_no_more_than_one_of_few(
    lena: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [make_article(outlet="The Meridian Post") for _ in range(30)]
    for count in (2, 30):
        with django_assert_max_num_queries(12):
            bulk.prepare(numbers(made[:count]), Action.OUTLET, value="Karrin Daily", by=lena)


def test_the_index_is_brought_up_to_date_once(
    articles: list[Article], lena: User, django_capture_on_commit_callbacks: Any
) -> None:
    batch = bulk.prepare(numbers(articles), Action.TAG, value="Ceasefire", by=lena)
    with django_capture_on_commit_callbacks() as callbacks:
        done(batch, lena)
    assert callbacks == []
    assert not PendingIndex.objects.exists()


def test_of_two_that_begin_at_once_one_is_told_and_no_ruling_is_made_twice(
    at_once: Callable[..., list[Any]],
) -> None:
    lena, mira = (User.objects.create_user(name) for name in ("lena", "mira"))
    made = [make_article() for _ in range(6)]
    batch = bulk.prepare(numbers(made), Action.HIDE, by=lena)
    came = at_once(
        *(lambda by=by: bulk.begin(Batch.objects.get(pk=batch.pk), by=by, here=True) for by in (lena, mira))
    )
    assert sorted(type(one).__name__ for one in came) == ["ChangedMeanwhile", "Job"]
    job = Job.objects.get()
    at_once(lambda: bulk.finish_now(job), lambda: bulk.finish_now(job))
    assert some(batch) == {"done": 6}
    assert Ruling.objects.count() == 6


def test_two_batches_at_once_leave_each_article_to_one_and_tell_the_other(
    at_once: Callable[..., list[Any]],
) -> None:
    lena, mira = (User.objects.create_user(name) for name in ("lena", "mira"))
    made = [make_article(outlet="The Meridian Post") for _ in range(6)]
    plans = [
        bulk.prepare(numbers(made), Action.OUTLET, value=value, by=by)
        for by, value in ((lena, "Karrin Daily"), (mira, "Vessa Herald"))
    ]
    jobs = [bulk.begin(plan, by=by, here=True) for plan, by in zip(plans, (lena, mira), strict=True)]
    at_once(*(lambda job=job: bulk.finish_now(job) for job in jobs))
    states = [some(plan) for plan in plans]
    assert sum(one.get("done", 0) for one in states) == 6
    assert sum(one.get("moved_on", 0) for one in states) == 6
    assert Ruling.objects.count() == 6
    for article in Article.objects.select_related("outlet"):
        assert article.outlet == Outlet.objects.get(name=article.page.rulings.get().value)
