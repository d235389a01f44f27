"""Stories: articles joined by the text they share, and which of them was published first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Generic

from articles.resolve.copies.overlap import Copy, Id, Sameness

# Days between two articles that share a part, or of which one holds the other, up to which they are one
# story. Editions and wire copies follow within a week; an agency's background paragraphs (FA-KES: up to .58
# of the shorter article) come back for years.
MOST_DAYS_APART = 7


@dataclass(frozen=True, slots=True)
class DatedArticle(Generic[Id]):
    """An article and its publication interval, both ends included; an end is None when it is unknown.

    `outlet` is any name or key that tells outlets apart, None when it is unknown.
    """

    id: Id
    start: date | None
    end: date | None
    outlet: Hashable | None = None


@dataclass(frozen=True, slots=True)
class FirstPublication(Generic[Id]):
    """The earliest of a story: `id` is None when the dates do not decide, `candidates` are those it may be.

    `certain` is False when an article without a date may be earlier still. `reason` is a sentence.
    """

    id: Id | None
    candidates: tuple[Id, ...]
    certain: bool
    reason: str


@dataclass(frozen=True, slots=True)
class StoryGroup(Generic[Id]):
    """Two articles or more that tell one text, in the order in which they were given."""

    members: tuple[Id, ...]
    first: FirstPublication[Id]


def group_stories(
    articles: Iterable[DatedArticle[Id]], copies: Iterable[Copy[Id]]
) -> tuple[StoryGroup[Id], ...]:
    """Join articles into stories; those that stay alone are in none. Links to unknown ids are left out.

    1. Exact and near copies are one story, whatever their dates.
    2. A text inside another joins it, unless their dates are more than a week apart, or the holder is a
       roundup: it holds texts that share nothing with each other, and would make one story of many.
    3. Texts that share a part join when both are dated, no more than a week apart, and not of one outlet:
       an outlet repeats its background paragraphs from story to story, a wire copy crosses outlets.
    The order of articles and links changes nothing but the order of the result.
    """
    dated = {article.id: article for article in articles}
    links = [copy for copy in copies if copy.a in dated and copy.b in dated]
    joined = _Joined(dated)
    for copy in links:  # 1
        if copy.sameness in {Sameness.EXACT, Sameness.NEAR}:
            joined.join(copy.a, copy.b)
    roundups = _roundups(links, joined)
    weak: list[Copy[Id]] = []
    for copy in links:
        days = _days_apart(dated[copy.a], dated[copy.b])
        held = copy.sameness is Sameness.CONTAINS and _holder(copy) not in roundups  # 2
        crosses = dated[copy.a].outlet is None or dated[copy.a].outlet != dated[copy.b].outlet
        partly = copy.sameness is Sameness.PARTLY and days is not None and crosses  # 3
        if (held or partly) and (days or 0) <= MOST_DAYS_APART:
            weak.append(copy)
    for copy in weak:
        joined.join(copy.a, copy.b)
    return tuple(
        StoryGroup(tuple(members), first_publication([dated[member] for member in members]))
        for members in joined.groups()
        if len(members) > 1
    )


def first_publication(members: Iterable[DatedArticle[Id]]) -> FirstPublication[Id]:
    """Return which of a story's articles came first, as far as their intervals tell.

    One may be the first when it can have begun before every other must have been out. An article of which
    only one end is known counts as open at the other; one without a date is no candidate, but leaves doubt.
    """
    members = tuple(members)
    known = [member for member in members if member.start or member.end]
    undated = len(members) - len(known)
    doubt = f" {undated} without a date may be earlier." if undated else ""
    if not known:
        return FirstPublication(None, (), certain=False, reason="None of them is dated.")
    latest_first = min(member.end or date.max for member in known)
    may_be = tuple(member.id for member in known if (member.start or date.min) <= latest_first)
    if len(may_be) > 1:
        reason = f"The dates of {len(may_be)} overlap, so that each of them may be the first.{doubt}"
        return FirstPublication(None, may_be, certain=False, reason=reason)
    reason = f"It was published by {latest_first.isoformat()}, every other dated one later.{doubt}"
    if len(known) == 1:
        reason = f"It is the only one with a date.{doubt}"
    return FirstPublication(may_be[0], may_be, certain=not undated, reason=reason)


def _holder(copy: Copy[Id]) -> Id:
    return copy.b if copy.inner == copy.a else copy.a


def _roundups(links: list[Copy[Id]], joined: _Joined[Id]) -> set[Id]:
    """Return the texts that hold others which share nothing with each other."""
    related = {frozenset((joined.root(copy.a), joined.root(copy.b))) for copy in links}
    inside: dict[Id, set[Id]] = defaultdict(set)
    for copy in links:
        if copy.sameness is Sameness.CONTAINS and copy.inner is not None:
            inside[_holder(copy)].add(joined.root(copy.inner))
    return {
        holder
        for holder, texts in inside.items()
        if any(frozenset(pair) not in related for pair in combinations(texts, 2))
    }


def _days_apart(left: DatedArticle[Id], right: DatedArticle[Id]) -> int | None:
    """Return the fewest days that can lie between two articles; None when one has no date at all."""
    if not (left.start or left.end) or not (right.start or right.end):
        return None
    gaps = (
        ((later.start or date.min) - (earlier.end or date.max)).days
        for earlier, later in ((left, right), (right, left))
    )
    return max(0, *gaps)


class _Joined(Generic[Id]):
    """Disjoint sets of ids (union-find with halved paths)."""

    def __init__(self, ids: Iterable[Id]) -> None:
        self._above = {each: each for each in ids}

    def root(self, each: Id) -> Id:
        above = self._above
        while above[each] != each:
            above[each] = above[above[each]]
            each = above[each]
        return each

    def join(self, one: Id, other: Id) -> None:
        self._above[self.root(one)] = self.root(other)

    def groups(self) -> Iterable[list[Id]]:
        members: dict[Id, list[Id]] = defaultdict(list)
        for each in self._above:
            members[self.root(each)].append(each)
        return members.values()
