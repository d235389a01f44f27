"""Carrying a batch out, and taking it back: one article a transaction, going on after a kill."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.curate.articles import ChangedMeanwhile
from articles.curate.bulk.changes import Change, change_of, value_now
from articles.ingest.jobs import claim, finishing, start_runner
from articles.ingest.pages import INDEX_EVERY
from articles.ingest.reclean import reclean_article
from articles.ingest.stories import take_turns
from articles.models import Article, Batch, BatchItem, Job
from articles.models.job import TakenOver
from articles.search.pending import drain, gathered

State = BatchItem.State

ITEMS_AT_ONCE = 100  # numbers of items fetched at a time
PLAN_GONE = "This plan is gone: it was left, or its author made another one. Nothing was changed by it."
NEVER_CHANGED = "The change broke off before its turn came: it was never changed."


def begin(batch: Batch, *, by: User, here: bool = False) -> Job:
    """Note the job that carries a batch out; it starts when this is committed, unless the caller does it `here`.

    Raises ChangedMeanwhile when somebody began it, or made another plan, meanwhile.
    """
    with transaction.atomic():
        held = Batch.objects.select_for_update().filter(pk=batch.pk).first()
        if held is None:
            raise ChangedMeanwhile(PLAN_GONE)
        if held.job is not None:
            raise ChangedMeanwhile(f"{held.job.asked_by or 'Somebody'} began this while you looked at it.")
        held.job = _job(held, by=by, state=State.PLANNED, undo=False)
        held.save(update_fields=["job"])
        if not here:
            start_runner()
    batch.job = held.job
    return held.job


def undo_whole(batch: Batch, *, by: User) -> Job:
    """Note the job that takes a batch back as far as it stands, and start it when this is committed.

    What a change that broke off had not come to is closed: went it on afterwards, nobody could take that back.
    Raises ChangedMeanwhile when it is taken back already; ValueError when it is not over, or cannot be taken back.
    """
    with transaction.atomic():
        held = Batch.objects.select_for_update().get(pk=batch.pk)
        if held.undo_job is not None:
            raise ChangedMeanwhile(f"{held.undo_job.asked_by or 'Somebody'} is taking it back already.")
        if held.action == Batch.Action.READ_AGAIN:
            raise ValueError(
                "Reading again is not taken back: the pages would be read in the same way again."
            )
        # Locked, so that nobody goes on with it (`try_again`) between this look and the commit.
        forward = Job.objects.select_for_update().filter(batch=held).first()
        if forward is None or not forward.over:
            raise ValueError("It is not over yet. Wait, and take it back then.")
        Job.objects.filter(pk=forward.pk, state=Job.State.FAILED).update(state=Job.State.STOPPED)
        held.items.filter(state=State.PLANNED).update(state=State.UNDONE, note=NEVER_CHANGED)
        held.undo_job = _job(held, by=by, state=State.DONE, undo=True)
        held.save(update_fields=["undo_job"])
        start_runner()
    batch.undo_job = held.undo_job
    return held.undo_job


def finish_now(job: Job) -> None:
    """Do a job's work here and now, unless another process has begun it."""
    claimed = claim(job)
    if claimed is not None:
        deque(finishing(claimed, carry_out(claimed)), maxlen=0)


def carry_out(job: Job) -> Iterator[BatchItem]:
    """Do a claimed job's work from where it stands, and give each article of it.

    1. The articles that wait, one after another. 2. Each article, what became of it and the job's progress are one
    transaction. 3. The index, every INDEX_EVERY articles and at the end. Raises TakenOver when another process
    runs the job by now, ValueError when the batch was taken back since or nobody has asked for it.
    """
    batch = Batch.objects.get(pk=job.arguments["batch"])
    if batch.undo_job_id is not None and not job.arguments["undo"]:
        raise ValueError("It was taken back since. Make a new change from the search.")
    waits = State.DONE if job.arguments["undo"] else State.PLANNED
    change = change_of(batch)
    by = job.asked_by
    if by is None:
        raise ValueError("The account that asked for it is gone, and no ruling is made without a name.")
    since_indexed = 0
    while numbers := list(batch.items.filter(state=waits).values_list("pk", flat=True)[:ITEMS_AT_ONCE]):  # 1.
        for number in numbers:
            with gathered():
                item = _step(job, number, change, by=by)  # 2.
            since_indexed += 1
            if since_indexed >= INDEX_EVERY:  # 3.
                drain()
                since_indexed = 0
            yield item
    drain()


def _job(batch: Batch, *, by: User, state: State, undo: bool) -> Job:
    return Job.objects.create(
        kind=Job.Kind.BATCH,
        arguments={"batch": batch.pk, "undo": undo},
        total=batch.items.filter(state=state).count(),
        asked_by=by,
    )


def _step(job: Job, number: int, change: Change | None, *, by: User) -> BatchItem:
    item = BatchItem.objects.select_related("batch").get(pk=number)
    if change is None:
        _read_again(item)  # outside the transaction: it takes longer than others should wait
    with transaction.atomic():
        progress = Job.objects.select_for_update().get(pk=job.pk)
        if progress.runner != job.runner:
            raise TakenOver(f"Job {job.pk} is run by {progress.runner or 'nobody'} by now.")
        if change is not None:
            take_turns()
            if job.arguments["undo"]:
                _take_back(item, change, by=by)
            else:
                _make(item, change, by=by)
        item.save(update_fields=["state", "note", "ruling"])
        changed = item.state in (State.DONE, State.UNDONE)
        Job.objects.filter(pk=job.pk).update(
            done=F("done") + 1,
            changed=F("changed") + int(changed),
            failed=F("failed") + int(not changed),
            seen_at=timezone.now(),
        )
    return item


def _make(item: BatchItem, change: Change, *, by: User) -> None:
    """Change one article, unless it has something else by now than the plan was made for."""
    article = _locked(item)
    if article is None:
        item.state, item.note = State.MOVED_ON, "The article is being made anew."
        return
    now = value_now(change, article)
    last = change.standing([item.page_id]).get(item.page_id)
    later = last is not None and change.opposes(last) and last.made_at > item.batch.made_at
    if now != item.before or (later and not change.is_so(now)):
        who = f"{last.made_by_name} ruled that {last}." if last else "The machine read it anew."
        item.state, item.note = State.MOVED_ON, who
        return
    item.ruling = change.make(article, by=by, reason=item.batch.reason)
    item.state = State.DONE


def _take_back(item: BatchItem, change: Change, *, by: User) -> None:
    """Take one change back, unless somebody ruled on the same thing since, or took it back."""
    article, last = _locked(item), change.standing([item.page_id]).get(item.page_id)
    if article is None or item.ruling is None:
        item.state, item.note = State.KEPT, "The article is being made anew."
    elif item.ruling.undone_at is not None:
        item.state, item.note = State.KEPT, f"{item.ruling.undone_by_name} took it back before."
    elif last != item.ruling:
        who = f"{last.made_by_name} ruled since that {last}." if last else "Somebody ruled on it since."
        item.state, item.note = State.KEPT, who
    else:
        change.take_back(item.ruling, by=by)
        item.state = State.UNDONE


def _read_again(item: BatchItem) -> None:
    article = _article(item)
    if article is None:
        item.state, item.note = State.MOVED_ON, "The article is being made anew."
        return
    report = reclean_article(article)
    item.state = State.UNREAD if report.error else State.DONE if report.changes else State.SAME
    item.note = report.error or ", ".join(change.field for change in report.changes)


def _article(item: BatchItem) -> Article | None:
    return Article.objects.filter(page=item.page_id).select_related("page", "outlet").first()


def _locked(item: BatchItem) -> Article | None:
    """Return the article as it is now; nobody changes it before the transaction is over."""
    articles = Article.objects.filter(page=item.page_id).select_related("page", "outlet")
    return articles.select_for_update(of=("self",)).first()
