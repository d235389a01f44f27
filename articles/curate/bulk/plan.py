"""Planning a batch: which articles it changes, which not, and why. Nothing of the archive is changed yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from articles.curate.articles import Person
from articles.curate.bulk.changes import Change, change_of, lasting_value
from articles.models import Article, Batch, BatchItem

State = BatchItem.State

# Articles of one batch: some 20 ms each to change, so that the largest is done in minutes; planning it takes
# seconds, for which a person waits.
MOST_AT_ONCE = 10_000
PLANNED_AT_ONCE = 500  # articles held in memory


def prepare(  # what a batch is
    numbers: Iterable[int],
    action: str,
    *,
    by: Person,
    value: str = "",
    reason: str = "",
    over_rulings: bool = False,
    query: str = "",
) -> Batch:
    """Fix the set and say what would become of each article; what comes in later is not in it.

    Plans of the same person that were never begun go. Raises ValueError when what is asked for is not there, or
    for more than MOST_AT_ONCE articles.
    """
    wanted = list(dict.fromkeys(numbers))
    if len(wanted) > MOST_AT_ONCE:
        raise ValueError(
            f"A change takes {MOST_AT_ONCE:,} articles at most, and these are {len(wanted):,}. Narrow the search, "
            "and change them in several parts."
        )
    batch = Batch(
        action=action,
        value=value.strip(),
        reason=reason,
        over_rulings=over_rulings,
        query=query,
        made_by=by if by.is_authenticated else None,
        made_by_name=str(by),
    )
    with transaction.atomic():
        change = change_of(batch)
        batch.value = lasting_value(batch, change)
        Batch.objects.filter(job=None, made_by=batch.made_by).delete()
        batch.save()
        for some in _parts(wanted):
            articles = list(Article.objects.select_related("outlet").defer("body").filter(pk__in=some))
            place = {number: at for at, number in enumerate(some)}
            articles.sort(key=lambda article: place[article.pk])
            BatchItem.objects.bulk_create(_items(batch, change, articles))
    return batch


def discard(batch: Batch) -> bool:
    """Forget a plan; False when it was begun meanwhile."""
    return bool(Batch.objects.filter(pk=batch.pk, job=None).delete()[0])


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), PLANNED_AT_ONCE):
        yield numbers[start : start + PLANNED_AT_ONCE]


def _items(batch: Batch, change: Change | None, articles: list[Article]) -> list[BatchItem]:
    if change is None:
        return [BatchItem(batch=batch, page_id=article.page_id, state=State.PLANNED) for article in articles]
    before = change.before(articles)
    rulings = change.standing(before)
    items = []
    for article in articles:
        page = article.page_id
        state, note = State.PLANNED, ""
        ruling = rulings.get(page)
        if change.is_so(before[page]):
            state = State.SAME
        elif ruling is not None and change.opposes(ruling) and not batch.over_rulings:
            state = State.RULED
            note = f"{ruling.made_by_name} ruled on {ruling.day} that {ruling}"
        items.append(BatchItem(batch=batch, page_id=page, before=before[page], state=state, note=note))
    return items
