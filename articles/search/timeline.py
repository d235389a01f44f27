"""A search over time: when its articles were published, and which times they speak of, kept apart.

A timeline has one of three scales: all years, the months of a year, the days of a month. Each scale has bars for what
lies in one of its units, and spans for what is known less closely and yet lies inside what is looked at: "between
4 March and 7 May 2012" is a span among the months of 2012, and one of the articles of 2012 among the years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import Count as CountOf
from django.db.models import F, QuerySet

from articles.models import Article, DateMention, Role
from articles.search.engines.ask import Ask, Choice, Count
from articles.search.event_keys import EVENT, LONGEST_BY_DAY
from articles.search.facets import BY_NAME, DOUBTFUL, UNDATED
from articles.search.page import Diagnostic
from articles.search.partial_date import PartialDate
from articles.search.request import SearchRequest
from articles.search.run import backend, diagnostics_of, understand
from articles.search.tree import SpeakingOf, conjunction

# Articles whose own times are looked up, for the spans; bars of years and months count all.
MOST_READ = 30_000
AT_ONCE = 10_000  # numbers in one question to the database: SQLite takes 32,766 at the most


class Scale(StrEnum):
    """What a timeline has a bar for."""

    YEARS = "year"
    MONTHS = "month"
    DAYS = "day"

    @property
    def key_length(self) -> int:
        """How many characters of a day in ISO form name one of the units."""
        return {"year": 4, "month": 7, "day": 10}[self.value]


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included, and the number of articles of which no more is known than that."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Band:
    """Articles by unit ("2012", "2012-07", "2012-07-02"), spans, the most frequent first, and how many have no time."""

    bars: Mapping[str, int]
    spans: tuple[Span, ...]
    apart: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which an actor that the search names came into an office, or left it, as far as it is known."""

    role: Role
    when: PartialDate
    began: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A search over time. `within` is the year or the month that is looked at, None for all years.

    An article is published once, but may speak of many times. `unread` articles were too many for their spans.
    """

    request: SearchRequest
    scale: Scale
    within: PartialDate | None
    total: int
    published: Band
    spoken: Band
    turns: tuple[Turn, ...]
    unread: int
    diagnostics: tuple[Diagnostic, ...]


def timeline(request: SearchRequest, *, within: PartialDate | None, curator: bool = False) -> Timeline:
    """Count the articles of a search over time; `within` is a year or a month.

    1. Count by key: years and months of publication, and the times that are spoken of. 2. Look up the intervals of
    what has no key of its own at this scale. 3. Add when the actors that are asked for came into office and left.

    Raises SearchUnavailable, with the cure, when the index is no use.
    """
    # Stories run over many days; the request that is given back counts what the bars do.
    understood = understand(replace(request, count=Count.ARTICLES), curator=curator)
    scale = scale_of(within)
    # 1.
    ask = replace(understood.ask, size=0, facets=("year", "month", EVENT))
    found = backend().ask(ask)
    inside = {name: counts.inside for name, counts in found.counts.items()}
    silent = found.total - backend().ask(_speaking(ask, None)).total
    # 2.
    doubtful, unread_doubtful = _numbers(_loosely_published(ask, within))
    speaking, unread_speaking = _numbers(_speaking(ask, within))
    intervals = _published(doubtful)
    times = _spoken(speaking, within)
    # 3.
    turns = tuple(sorted(_turns(ask.actors, within), key=lambda turn: (turn.when.first, turn.role.pk)))
    return Timeline(
        request=understood.request,
        scale=scale,
        within=within,
        total=found.total,
        published=Band(
            bars=_exact(intervals) if scale is Scale.DAYS else _by_key(inside[scale.value], scale, within),
            spans=_spans(intervals),
            apart=inside["month"].get(BY_NAME["month"].key(UNDATED), 0),
        ),
        spoken=Band(
            bars=_exact(times) if scale is Scale.DAYS else _by_key(inside[EVENT], scale, within),
            spans=_spans(_without_keys(times, scale)),
            apart=silent,
        ),
        turns=turns,
        unread=max(unread_doubtful, unread_speaking),
        diagnostics=diagnostics_of(understood),
    )


def scale_of(within: PartialDate | None) -> Scale:
    """Return the scale on which a year, a month, or all of time is looked at."""
    if within is None:
        return Scale.YEARS
    return Scale.MONTHS if len(within.text) == Scale.YEARS.key_length else Scale.DAYS


def _by_key(counts: Mapping[str, int], scale: Scale, within: PartialDate | None) -> dict[str, int]:
    """Return the counts of the units inside what is looked at, by unit."""
    begins = within.text if within else ""
    units = ((key.partition(":")[2], number) for key, number in counts.items())
    return {
        unit: number
        for unit, number in units
        if len(unit) == scale.key_length and unit[0].isdigit() and unit.startswith(begins)
    }


def _speaking(ask: Ask, within: PartialDate | None) -> Ask:
    """Return the question for the articles that speak of some time, or of what is looked at."""
    days = SpeakingOf(within.first, within.last) if within else SpeakingOf()
    return replace(ask, tree=conjunction([ask.tree, days]), facets=())


def _loosely_published(ask: Ask, within: PartialDate | None) -> Ask | None:
    """Return the question for the articles whose intervals have to be looked up; None when there can be none.

    Of a month these are all of its articles, for their days.
    """
    wanted = {"year": DOUBTFUL} if within is None else {"year": within.text[:4], "month": DOUBTFUL}
    if scale_of(within) is Scale.DAYS and within:
        wanted = {"month": within.text}
    choices = dict(ask.choices)
    for name, value in wanted.items():
        key, chosen = BY_NAME[name].key(value), choices.get(name, Choice())
        if key in chosen.excluded or (chosen.included and key not in chosen.included):
            return None
        choices[name] = Choice(frozenset([key]))
    return replace(ask, choices=choices, facets=())


def _numbers(ask: Ask | None) -> tuple[tuple[int, ...], int]:
    """Return the articles that a question finds, up to MOST_READ of them, and how many there are beyond."""
    if ask is None:
        return (), 0
    found = backend().ask(replace(ask, page=1, size=MOST_READ))
    return found.articles, max(0, found.total - len(found.articles))


Intervals = Counter[tuple[date, date]]


def _published(articles: tuple[int, ...]) -> Intervals:
    rows = (
        Article.objects.filter(pk__in=some).values_list("published_from", "published_to")
        for some in _parts(articles)
    )
    return _counted(rows, CountOf("pk"))


def _spoken(articles: tuple[int, ...], within: PartialDate | None) -> Intervals:
    """Return how many articles name each of the times that lie inside what is looked at."""
    times = DateMention.objects.filter(first_day__isnull=False, last_day__isnull=False)
    if within is None:
        times = times.exclude(first_day=F("last_day"))
    else:
        times = times.filter(first_day__lte=within.last, last_day__gte=within.first)
    rows = (times.filter(article__in=some).values_list("first_day", "last_day") for some in _parts(articles))
    return _counted(rows, CountOf("article", distinct=True))


def _counted(questions: Iterable[QuerySet], number: CountOf) -> Intervals:
    counted: Intervals = Counter()
    for rows in questions:
        for first, last, articles in rows.order_by().annotate(number=number):
            counted[first, last] += articles
    return counted


def _parts(articles: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(articles), AT_ONCE):
        yield articles[start : start + AT_ONCE]


def _exact(intervals: Intervals) -> dict[str, int]:
    return {first.isoformat(): number for (first, last), number in intervals.items() if first == last}


def _spans(intervals: Intervals) -> tuple[Span, ...]:
    spans = [Span(first, last, number) for (first, last), number in intervals.items() if first != last]
    return tuple(sorted(spans, key=lambda span: (-span.count, span.first, span.last)))


def _without_keys(times: Intervals, scale: Scale) -> Intervals:
    """Return the times that no bar of the scale counts and that no longer scale is for.

    A month or less counts for each day, and so for each month and year, that it shares (`articles.search.event_keys`).
    """

    def has_none(first: date, last: date) -> bool:
        brief = (last - first).days < LONGEST_BY_DAY
        if scale is Scale.DAYS:
            return brief
        return not brief and (first.year == last.year) is (scale is Scale.MONTHS)

    return Counter({days: number for days, number in times.items() if has_none(*days)})


def _turns(actors: frozenset[int], within: PartialDate | None) -> Iterator[Turn]:
    """Yield when the actors came into the offices whose terms are known, and when they left them."""
    if not actors:
        return
    roles = Role.objects.filter(actor__in=actors, actor__hidden=False).select_related("actor")
    for role in roles.order_by("pk"):
        for text, began in ((role.began, True), (role.ended, False)):
            when = PartialDate.read(text) if text else None
            if when and (within is None or (within.first <= when.last and when.first <= within.last)):
                yield Turn(role, when, began)
