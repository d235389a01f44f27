"""Resolving the archive's actors again from what is stored: in batches, and going on after a kill."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from articles.ingest.moving import Moves
from articles.ingest.name_keys import count_contexts, forget_contexts
from articles.ingest.pages import INDEX_EVERY
from articles.ingest.stored_actors import StoredArticle, StoredLocal, stored_articles
from articles.ingest.stories import take_turns
from articles.ingest.who_again import WhoAgain, batched, protected
from articles.models import Actor, ActorContext, Article, Job, JoinCandidate, Mention
from articles.models.job import TakenOver
from articles.search.pending import drain

# Articles in one transaction, half a second of work: so long another writer waits at most.
ARTICLES_AT_ONCE = 100
ACTORS_AT_ONCE = 500
# Names that tell by themselves, then surnames alone and acronyms (see `articles.ingest.who_again`).
ROUNDS = (1, 2)
# So many pairs of actors are told, those with most mentions; the rest is counted.
SHOWN_PAIRS = 50


@dataclass
class Tally:
    """What a run came to. `pairs` counts mentions from one actor to another, an actor made by it is negative.

    Over a run that was broken off and taken up again `pairs` are those since then, all other counts are whole.
    """

    articles: int = 0
    locals: int = 0
    mentions: int = 0
    made: int = 0
    removed: int = 0
    doubts: int = 0
    pairs: Counter[tuple[int, int]] = field(default_factory=Counter)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def shown(self) -> list[tuple[tuple[int, int], int]]:
        """Return the pairs with most mentions."""
        return sorted(self.pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN_PAIRS]

    def note_names(self) -> None:
        """Note what the actors of the pairs to be shown are called, while all of them are there."""
        asked = {actor for pair, _ in self.shown() for actor in pair}
        self.names |= dict(Actor.objects.filter(pk__in=asked).values_list("pk", "machine_name"))

    def to_json(self) -> dict[str, int]:
        """Return the counts, in the form in which the job keeps them."""
        names = ("articles", "locals", "mentions", "made", "removed", "doubts")
        return {name: getattr(self, name) for name in names}

    def add(self, moves: Moves) -> None:
        """Count what a batch came to."""
        self.locals += moves.locals
        self.mentions += sum(moves.pairs.values())
        self.pairs.update(moves.pairs)
        for pair, reason in moves.reasons.items():
            self.reasons.setdefault(pair, reason)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is: articles done, of how many, and the joins changed so far in the run."""

    round: int
    done: int
    total: int
    changed: int


def new_job(*, since: date | None) -> Job:
    """Note a job over the articles that are there now, or those that were taken in since a day (UTC)."""
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    arguments = {"since": since.isoformat() if since else None, "last": newest, "round": ROUNDS[0]}
    total = Article.objects.filter(pk__lte=newest).count()
    return Job.objects.create(kind=Job.Kind.RESOLVE, arguments=arguments, total=total)


def unfinished_job(*, since: date | None) -> Job | None:
    """Return the last job over the same articles that was left half-way, ready to be claimed."""
    wanted = since.isoformat() if since else None
    for job in Job.objects.filter(kind=Job.Kind.RESOLVE).exclude(state=Job.State.DONE).order_by("-pk"):
        if job.arguments["since"] == wanted:
            Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(state=Job.State.WAITING)
            return job
    return None


def would_change(*, since: date | None, tally: Tally) -> Generator[Progress]:
    """Resolve everything again and tally what would change. Nothing is written.

    What is known grows with the number of actors, not with that of articles.
    """
    who = WhoAgain()
    out: Counter[int] = Counter()
    into: set[int] = set()
    absorbed: set[int] = set()
    doubts: set[tuple[int, int]] = set()

    def look(articles: Sequence[StoredArticle], round_: int) -> None:
        moves = Moves(who)
        for stored, article in _due(articles, round_):
            moves.note(stored, who.ask(stored, article))
        tally.add(moves)
        doubts.update(moves.doubts)
        absorbed.update(moves.absorbed)
        for (base, actor), mentions in moves.pairs.items():
            out[base] += mentions
            into.add(actor)

    yield from _rounds(who, _Way(since=since), look, tally)
    left = {actor for actor, mentions in out.items() if mentions >= who.count(actor) and actor not in into}
    emptied = sorted(left | absorbed)
    kept = sum(
        Actor.objects.filter(pk__in=some).filter(protected()).distinct().count()
        for some in batched(emptied, ACTORS_AT_ONCE)
    )
    tally.removed = len(emptied) - kept + _idle().count()
    tally.made = len({actor for actor in into if actor < 0})
    ends = {tuple(sorted((who.after(one), who.after(other)))) for one, other in doubts}
    pairs = {(one, other) for one, other in ends if one != other}
    tally.doubts = len(pairs) - _doubts_known(pairs)
    tally.note_names()


def resolve_again(job: Job, tally: Tally) -> Generator[Progress]:
    """Do a claimed job's work to its end, from where it was left.

    Each batch of articles and the job's place are one transaction. 1. Both rounds. 2. What the actors were named
    with. 3. Actors that nothing names any more. 4. The index. Raises TakenOver when another process runs it by now.
    """
    for name, count in job.arguments.get("counts", {}).items():
        setattr(tally, name, count)
    who = WhoAgain()
    waiting: set[int] = set()

    def store(articles: Sequence[StoredArticle], round_: int) -> None:
        moves = Moves(who)
        moves.meet(articles)
        for stored, article in _due(articles, round_):
            moves.note(stored, moves.write(stored, who.ask(stored, article), article))
        moves.finish()
        waiting.update(moves.articles)
        tally.add(moves)
        tally.made += len(moves.made)
        tally.doubts += moves.new_doubts

    way = _Way(
        since=date.fromisoformat(job.arguments["since"]) if job.arguments["since"] else None,
        last=job.arguments["last"],
        round=job.arguments["round"],
        after=job.last_article,
        job=job,
    )
    for progress in _rounds(who, way, store, tally):  # 1.
        yield progress
        if len(waiting) >= INDEX_EVERY:
            drain()
            waiting.clear()
    tally.note_names()
    _write_contexts(who, job)  # 2.
    tally.removed += _remove_idle(job)  # 3.
    _note_place(job, _Place(ROUNDS[-1], job.arguments["last"], job.total), tally)
    drain()  # 4.


# --- the way through the articles ---


@dataclass(frozen=True, slots=True)
class _Way:
    """Which articles, up to which number, and from where; without a job nothing is noted."""

    since: date | None = None
    last: int | None = None
    round: int = ROUNDS[0]
    after: int = 0
    job: Job | None = None


def _rounds(
    who: WhoAgain, way: _Way, work: Callable[[Sequence[StoredArticle], int], None], tally: Tally
) -> Iterator[Progress]:
    """Go through all articles, then again through those with names that need the others, in their order.

    What was done before a kill, and what came in before `since`, is learnt as it is stored: what is known
    afterwards is what the broken-off run knew.
    """
    every = Article.objects.order_by("pk")
    every = every.filter(pk__lte=way.last) if way.last is not None else every
    total, later = every.count(), array("Q")
    first: Iterator[list[int]] = _numbers(every)
    for round_, batches in zip(ROUNDS, (first, _parts(later)), strict=True):
        reached = 0 if round_ > way.round else way.after if round_ == way.round else way.last or 0
        done = 0
        for numbers in batches:
            old = {number for number in numbers if number <= reached} | _before(way.since, numbers)
            due = [number for number in numbers if number not in old]
            done += len(numbers)
            learnt = stored_articles([number for number in numbers if number in old])
            for stored, article in _due(learnt, round_):
                who.learn(stored, article)
            tally.articles += len(due) if round_ == ROUNDS[0] else 0
            asked: list[StoredArticle] = []
            if due and way.job is None:
                asked = stored_articles(due)
                work(asked, round_)
            elif due and way.job is not None:
                with transaction.atomic():
                    take_turns()
                    who.follow_rulings()
                    asked = stored_articles(due)
                    work(asked, round_)
                    _note_place(way.job, _Place(round_, due[-1], done), tally)
            if round_ == ROUNDS[0]:
                later.extend(_with_more((*learnt, *asked)))
            yield Progress(round_, done, total if round_ == ROUNDS[0] else len(later), tally.locals)


def _numbers(articles: QuerySet[Article]) -> Iterator[list[int]]:
    place = 0
    while numbers := list(articles.filter(pk__gt=place).values_list("pk", flat=True)[:ARTICLES_AT_ONCE]):
        yield numbers
        place = numbers[-1]


def _parts(numbers: array[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), ARTICLES_AT_ONCE):
        yield list(numbers[at : at + ARTICLES_AT_ONCE])


def _with_more(articles: Iterable[StoredArticle]) -> list[int]:
    """Return the articles that the second round has to look at, in their order."""
    return sorted(each.id for each in articles if not all(stored.tells for stored in each.actors))


def _due(articles: Sequence[StoredArticle], round_: int) -> Iterator[tuple[StoredLocal, StoredArticle]]:
    """Give the local actors of a round, each with its article."""
    for article in articles:
        for stored in article.actors:
            if stored.tells == (round_ == ROUNDS[0]):
                yield stored, article


def _before(since: date | None, numbers: Sequence[int]) -> set[int]:
    if since is None:
        return set()
    start = datetime.combine(since, time.min, tzinfo=UTC)
    early = Article.objects.filter(pk__in=numbers, page__received_at__lt=start)
    return set(early.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a job is: the round, the last article done in it, and how many that were."""

    round: int
    article: int
    done: int


def _note_place(job: Job, place: _Place, tally: Tally) -> None:
    """Write how far the job is, in the transaction of the batch. Raises TakenOver when it is another's."""
    progress = Job.objects.select_for_update().get(pk=job.pk)
    if progress.runner != job.runner:
        raise TakenOver(f"Job {job.pk} is run by {progress.runner or 'nobody'} by now.")
    arguments: dict[str, Any] = {**job.arguments, "round": place.round, "counts": tally.to_json()}
    Job.objects.filter(pk=job.pk).update(
        arguments=arguments,
        last_article=place.article,
        done=place.done if place.round == ROUNDS[0] else progress.total,
        changed=tally.locals,
        seen_at=timezone.now(),
    )


# --- what follows at the end; doing it twice changes nothing ---


def _write_contexts(who: WhoAgain, job: Job) -> None:
    """Store what each actor was named with, and its days, where that is not what is stored."""
    numbers = Actor.objects.filter(made_by="").order_by("pk").values_list("pk", flat=True)
    for some in batched(list(numbers), ACTORS_AT_ONCE):
        with transaction.atomic():
            take_turns()
            named = Mention.objects.filter(machine_actor__in=some).order_by().values("machine_actor")
            days = {
                row["machine_actor"]: (row["first"], row["last"])
                for row in named.annotate(
                    first=Min("article__published_to"), last=Max("article__published_to")
                )
            }
            stored = ActorContext.objects.in_bulk(some)
            rows: list[ActorContext] = []
            former: list[ActorContext] = []
            for actor in some:
                first, last = days.get(actor, (None, None))
                row = ActorContext(actor_id=actor, words=who.context(actor), first_day=first, last_day=last)
                before = stored.get(actor)
                if _told(row) != (_told(before) if before else ({}, None, None)):
                    rows.append(row)
                    former += [before] if before else []
            ActorContext.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["actor"],
                update_fields=["words", "first_day", "last_day"],
            )
            count_contexts((row.words for row in former), (row.words for row in rows))
            Job.objects.filter(pk=job.pk, runner=job.runner).update(seen_at=timezone.now())


def _told(row: ActorContext) -> tuple[Any, date | None, date | None]:
    return row.words, row.first_day, row.last_day


def _idle() -> Any:
    """Return the machine's actors that no mention, ruling, authority file or import names."""
    idle = Actor.objects.filter(made_by="", machine_mentions=None, mentions=None)
    return idle.exclude(protected()).order_by("pk")


def _remove_idle(job: Job) -> int:
    removed = 0
    for some in batched(list(_idle().values_list("pk", flat=True)), ACTORS_AT_ONCE):
        with transaction.atomic():
            take_turns()
            gone = list(_idle().filter(pk__in=some).values_list("pk", flat=True))  # one may have come back
            forget_contexts(gone)
            Actor.objects.filter(pk__in=gone).delete()
            Job.objects.filter(pk=job.pk, runner=job.runner).update(seen_at=timezone.now())
        removed += len(gone)
    return removed


def _doubts_known(pairs: set[tuple[int, int]]) -> int:
    known = 0
    for some in batched(sorted(pairs), ACTORS_AT_ONCE):
        rows = JoinCandidate.objects.filter(left__in={left for left, _ in some})
        known += len(set(rows.values_list("left", "right")) & set(some))
    return known
