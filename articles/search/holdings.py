"""What an archive holds, for its first page: counted by the index, which has every figure at hand.

The database would read all articles for each of these figures, and all mentions for those of the actors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.models import Actor, Outlet
from articles.search.engines.ask import Ask, Choice, FacetCounts, Found, Order, Range
from articles.search.facets import ACTOR_FACETS, BY_NAME, DOUBTFUL, NO_OUTLET, UNDATED
from articles.search.page import NamedInResult
from articles.search.partial_date import PartialDate
from articles.search.run import backend

LARGEST_OUTLETS = 8  # rows of the first page's chart; the others are counted together
NAMED = 8  # actors in each of the two lists
NEWEST = 6  # articles
LATELY = 3  # calendar months
# Articles: fewer in so many months are no stretch to count in, such as after one date read wrongly.
ENOUGH = 20

_PERIODS = ("month", "year")
_ACTORS = tuple(facet.name for facet in ACTOR_FACETS)


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive holds of something: articles by month ("2012-07"), by year, without a date, and in all.

    What is dated to no single month, or no single year, is in `total` alone.
    """

    months: Mapping[str, int]
    years: Mapping[str, int]
    undated: int
    total: int

    @property
    def dated(self) -> int:
        """Articles with a publication date of any precision."""
        return max(0, self.total - self.undated)

    def by(self, period: str) -> Mapping[str, int]:
        """Return the articles by "month" or by "year", with DOUBTFUL and UNDATED, so that they add up to the total."""
        dated = self.years if period == "year" else self.months
        return {**dated, DOUBTFUL: max(0, self.dated - sum(dated.values())), UNDATED: self.undated}


@dataclass(frozen=True, slots=True)
class HeldOfOutlet:
    """What the archive holds of one outlet; of None when nothing tells where an article appeared."""

    outlet: Outlet | None
    held: Held


@dataclass(frozen=True, slots=True)
class Lately:
    """The last stretch of months that holds enough to count in, and who is named most in it."""

    first: PartialDate
    last: PartialDate
    named: tuple[NamedInResult, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """An archive at a glance. All counts are of articles that readers may see.

    `outlets` are the largest ones, the largest first; `others` adds up the `others_count` that are left,
    None when there are none. `lately` is None where no article is dated to a month, or where the stretch would
    be the whole archive. `newest` are numbers of articles, the newest first.
    """

    whole: Held
    outlets: tuple[HeldOfOutlet, ...]
    others: Held | None
    others_count: int
    outlet_count: int
    actor_count: int
    most_named: tuple[NamedInResult, ...]
    lately: Lately | None
    newest: tuple[int, ...]


def holdings() -> Holdings:
    """Return what the archive holds; raises SearchUnavailable, with the cure, when the index is no use.

    1. Count everything. 2. Count each of the largest outlets by month, and the others by what is left.
    3. Count who is named in the last months. 4. Look up names: one query for outlets, one for actors.
    """
    # 1.
    engine = backend()
    found = engine.ask(Ask(order=Order.NEWEST, size=NEWEST, facets=("outlet", *_PERIODS, *_ACTORS)))
    whole, outlets = _held(found), found.counts["outlet"].inside
    # 2.
    largest = sorted(outlets, key=lambda key: (-outlets[key], key))[:LARGEST_OUTLETS]
    of_outlets = {
        key: _held(engine.ask(Ask(choices={"outlet": Choice(frozenset([key]))}, size=0, facets=_PERIODS)))
        for key in largest
    }
    # 3.
    stretch = _last_stretch(whole.months)
    lately, overall = [], _most_named(found.counts)
    if stretch:
        days = Range(stretch[0].first, stretch[1].last)
        lately = _most_named(engine.ask(Ask(published=days, size=0, facets=_ACTORS)).counts)
    # 4.
    rows = Outlet.objects.in_bulk([_number(key) for key in largest if key != _NO_OUTLET])
    actors = Actor.objects.in_bulk({number for number, _ in (*overall, *lately)})
    return Holdings(
        whole=whole,
        outlets=tuple(
            HeldOfOutlet(None if key == _NO_OUTLET else rows[_number(key)], held)
            for key, held in of_outlets.items()
            if key == _NO_OUTLET or _number(key) in rows
        ),
        others=_rest(whole, list(of_outlets.values())) if len(outlets) > len(largest) else None,
        others_count=len(outlets.keys() - {*largest, _NO_OUTLET}),
        outlet_count=len(outlets.keys() - {_NO_OUTLET}),
        actor_count=sum(len(found.counts[name].inside) for name in _ACTORS),
        most_named=_named(overall, actors),
        lately=Lately(*stretch, _named(lately, actors)) if stretch else None,
        newest=found.articles,
    )


_NO_OUTLET = BY_NAME["outlet"].key(NO_OUTLET)


def _held(found: Found) -> Held:
    months, undated = _dated(found.counts["month"])
    return Held(months, _dated(found.counts["year"])[0], undated, found.total)


def _dated(counts: FacetCounts) -> tuple[dict[str, int], int]:
    """Return the counts of what is dated to one period, in order, and how many are undated."""
    values = {key.partition(":")[2]: number for key, number in sorted(counts.inside.items())}
    return {value: number for value, number in values.items() if value[0].isdigit()}, values.get(UNDATED, 0)


def _rest(whole: Held, parts: Sequence[Held]) -> Held:
    """Return what is left of the whole when the parts are taken away; every article has one outlet at most.

    Never less than nothing: articles that came in between are in the parts, which were counted after the whole.
    """
    return Held(
        _less(whole.months, [part.months for part in parts]),
        _less(whole.years, [part.years for part in parts]),
        max(0, whole.undated - sum(part.undated for part in parts)),
        max(0, whole.total - sum(part.total for part in parts)),
    )


def _less(whole: Mapping[str, int], parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    left = {key: number - sum(part.get(key, 0) for part in parts) for key, number in whole.items()}
    return {key: number for key, number in left.items() if number > 0}


def _last_stretch(months: Mapping[str, int]) -> tuple[PartialDate, PartialDate] | None:
    """Return the last LATELY months that hold ENOUGH articles; None when these are all months there are."""
    for last in sorted(months, reverse=True):
        first = _earlier(last, LATELY - 1)
        inside = {month: number for month, number in months.items() if first <= month <= last}
        if sum(inside.values()) >= ENOUGH:
            if len(inside) == len(months):
                return None
            begins, ends = PartialDate.read(first), PartialDate.read(last)
            return (begins, ends) if begins and ends else None
    return None


def _earlier(month: str, months: int) -> str:
    """Return the month so many months before "2012-02": "2011-12" for 2."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 - months, 12)
    return f"{year:04}-{number + 1:02}" if year else "0001-01"  # no calendar here begins earlier


def _most_named(counts: Mapping[str, FacetCounts]) -> list[tuple[int, int]]:
    """Return the actors that most articles name, as pairs of an actor's number and how many articles."""
    every = [(_number(key), number) for name in _ACTORS for key, number in counts[name].inside.items()]
    return sorted(every, key=lambda pair: (-pair[1], pair[0]))[:NAMED]


def _named(counts: Sequence[tuple[int, int]], actors: Mapping[int, Actor]) -> tuple[NamedInResult, ...]:
    return tuple(NamedInResult(actors[number], count) for number, count in counts if number in actors)


def _number(key: str) -> int:
    return int(key.partition(":")[2])
