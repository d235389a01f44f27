"""One search over one snapshot: the sets, the counts, the order, the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from articles.search.engines.ask import Ask, Choice, Count, FacetCounts, Found, Order, Range
from articles.search.engines.counting import ByStory, Counting, counting
from articles.search.engines.documents import Array, Documents, Mask
from articles.search.engines.matching import Matcher, MatchSet, Reach
from articles.search.engines.mentioned import mentions_of
from articles.search.facets import SPELLING, UNDATED
from articles.search.lifted_days import dates_lifted, published_parts
from articles.search.tree import Everything, Trait

DATE_FACETS = {"year", "month"}


def answer(ask: Ask, matcher: Matcher) -> Found:
    """Return what the search finds.

    1. The documents that match the query and may be seen.
    2. Each facet's filter as a set; the result is what is in all of them.
    3. The counts of each facet, over the result with that facet's own filter lifted.
    4. The page, in the order asked for; one document of each story when stories are counted.
    """
    # 1. Query and visibility.
    snapshot = matcher.documents
    archive, filters = _archive(ask, snapshot), _filters(ask, snapshot)
    matches = matcher.matches(ask.tree, _reach(ask, archive, filters, snapshot))
    base = archive if isinstance(ask.tree, Everything) else matches.mask & archive

    # 2. Filters.
    dated = _overlapping(ask.published, base, snapshot)
    result = _narrowed(dated, filters)

    # 3. Counts.
    counter = counting(ask.count, snapshot, archive)
    total, articles, stories = counter.size(result), int(result.sum()), ByStory(snapshot).size(result)
    counts = {name: _counts(name, dated, result, filters, counter) for name in ask.facets}
    lifted = _narrowed(dated, _without(filters, "month")) if "month" in filters else result
    by_month = counts.get("month")
    any_year = _narrowed(dated, _without(filters, *DATE_FACETS)) if filters.keys() & DATE_FACETS else result
    left_out = counter.size(_undated_left_out(ask, matcher, base, result, filters))

    # 4. The page.
    pages = max(1, -(-total // ask.size)) if ask.size else 1
    page = min(max(ask.page, 1), pages)
    shown, scores, more = _shown(ask, page, result, matches, matcher)
    return Found(
        articles=tuple(int(article) for article in snapshot.articles[shown]),
        scores=tuple(float(score) for score in scores[shown]),
        more_versions=more,
        total=total,
        article_total=articles,
        story_total=stories,
        archive_total=counter.size(archive),
        page=page,
        pages=pages,
        counts=counts,
        months=by_month.inside if by_month and lifted is result else counter.by_key("month", lifted),
        archive_months=counter.by_key("month", archive),
        years=counter.by_key("year", any_year),
        archive_years=counter.by_key("year", archive),
        undated_left_out=left_out,
        notes=tuple(matcher.notes),
    )


def _undated_left_out(
    ask: Ask, matcher: Matcher, base: Mask, result: Mask, filters: Mapping[str, _Filter]
) -> Mask:
    """Return the undated documents that days alone keep out: those of the range, or those in the query."""
    snapshot = matcher.documents
    if published_parts(ask.tree):
        undated = _narrowed(_archive(ask, snapshot) & snapshot.undated, _without(filters, *DATE_FACETS))
        lifted = matcher.matches(dates_lifted(ask.tree, Trait("is", UNDATED)), Reach(undated, undated)).mask
        base = lifted & undated & ~result
    elif ask.published.open:
        return np.zeros(snapshot.size, dtype=np.bool_)
    return np.asarray(_narrowed(base, _without(filters, *DATE_FACETS)) & snapshot.undated)


def together(ask: Ask, keys: Sequence[tuple[str, str]], matcher: Matcher) -> dict[tuple[str, str], int]:
    """Return how many articles of a search's result carry two keys both, for each two that share any.

    `keys` are pairs of a field and a key; the answer names each two keys once, in the order of `keys`.
    """
    snapshot = matcher.documents
    may = _narrowed(_overlapping(ask.published, _archive(ask, snapshot), snapshot), _filters(ask, snapshot))
    result = matcher.matches(ask.tree, Reach(may, may)).mask & may
    documents = np.flatnonzero(result)
    carried = np.array([snapshot.carrying(*key)[documents] for key in keys], dtype=np.float32)
    shared = carried @ carried.T if len(keys) else np.zeros((0, 0))
    return {
        (keys[one][1], keys[other][1]): int(shared[one, other])
        for one, other in zip(*np.nonzero(np.triu(shared, 1)), strict=True)
    }


def _reach(ask: Ask, archive: Mask, filters: Mapping[str, _Filter], snapshot: Documents) -> Reach:
    """Return the documents that can be listed, and those that a count can be about with one facet's filter lifted.

    Years and months are lifted together. The undated ones are told of beside a range of days that they are not in.
    """
    dated = _overlapping(ask.published, archive, snapshot)
    listed = _narrowed(dated, filters)
    if listed is archive:
        return Reach(archive, archive)
    lifted = [_without(filters, *(DATE_FACETS if name in DATE_FACETS else {name})) for name in filters]
    counted = [_narrowed(dated, left) for left in lifted]
    undated = _narrowed(archive & snapshot.undated, _without(filters, *DATE_FACETS))
    return Reach(listed, np.logical_or.reduce([listed, undated, *counted]))


def _archive(ask: Ask, snapshot: Documents) -> Mask:
    return snapshot.live if ask.curator else snapshot.visible


def _filters(ask: Ask, snapshot: Documents) -> dict[str, _Filter]:
    return {name: _Filter(name, choice, snapshot, ask.narrowed) for name, choice in ask.choices.items()}


class _Filter:
    """What is selected in one facet, as sets: `any_of` and `none_of` are None when nothing is."""

    def __init__(
        self, name: str, choice: Choice, snapshot: Documents, narrowed: Mapping[str, frozenset[str]]
    ) -> None:
        self.name, self.choice, self.snapshot, self.narrowed = name, choice, snapshot, narrowed
        self.any_of = self._union(choice.included)
        self.none_of = self._union(choice.excluded)

    def without_exclusion(self, key: str) -> _Filter:
        """Return the filter with one value excluded no longer."""
        choice = Choice(self.choice.included, self.choice.excluded - {key})
        return _Filter(self.name, choice, self.snapshot, self.narrowed)

    def apply(self, mask: Mask) -> Mask:
        """Return the part of a set that passes."""
        if self.any_of is not None:
            mask = mask & self.any_of
        if self.none_of is not None:
            mask = mask & ~self.none_of
        return mask

    def _union(self, keys: frozenset[str]) -> Mask | None:
        if not keys:
            return None
        union = np.zeros(self.snapshot.size, dtype=np.bool_)
        for key in keys:
            union |= self._carrying(key)
        return union

    def _carrying(self, key: str) -> Mask:
        mask = self.snapshot.carrying(self.name, key)
        if key not in self.narrowed:
            return mask
        spelled = np.zeros(self.snapshot.size, dtype=np.bool_)
        for spelling in self.narrowed[key]:
            spelled |= self.snapshot.carrying(SPELLING, spelling)
        return mask & spelled


def _without(filters: Mapping[str, _Filter], *names: str) -> dict[str, _Filter]:
    return {name: one for name, one in filters.items() if name not in names}


def _narrowed(mask: Mask, filters: Mapping[str, _Filter]) -> Mask:
    for one in filters.values():
        mask = one.apply(mask)
    return mask


def _overlapping(published: Range, mask: Mask, snapshot: Documents) -> Mask:
    """Return the part of a set that overlaps a range of days; all of it when no days are given."""
    return mask if published.open else mask & snapshot.published(published.first, published.last)


def _counts(
    name: str, dated: Mask, result: Mask, filters: Mapping[str, _Filter], counter: Counting
) -> FacetCounts:
    inside = counter.by_key(name, result)
    own = filters.get(name)
    if own is None:
        return FacetCounts(inside, {}, {})
    lifted = _narrowed(dated, _without(filters, name))
    outside: Mapping[str, int] = {}
    if own.any_of is not None:
        addable = lifted if own.none_of is None else lifted & ~own.none_of
        outside = counter.by_key(name, counter.new_in(addable, result))
    without: dict[str, int] = {}
    for key in own.choice.excluded:
        without[key] = counter.size(own.without_exclusion(key).apply(lifted))
    return FacetCounts(inside, outside, without)


def _shown(
    ask: Ask, page: int, result: Mask, matches: MatchSet, matcher: Matcher
) -> tuple[Array, Array, tuple[int, ...]]:
    """Return the documents of the page, scores by document, and how many more tell the story of each."""
    snapshot = matcher.documents
    by_story, ranked = ask.count is Count.STORIES, ask.order is Order.RELEVANCE
    scores = np.zeros(snapshot.size, dtype=np.float32)
    if ranked:
        # The best of each story cannot be told before all are ranked.
        scores = matches.scores_among(result, best=snapshot.size if by_story else page * ask.size)
    elif ask.order is Order.MENTIONED:
        scores = mentions_of(ask.actors, snapshot) if ask.actors else matcher.occurrences(ask.tree, result)
    listed = _one_of_each_story(result, scores, ask.order, snapshot) if by_story else result
    shown = _page(listed, scores, ask, page, snapshot)
    if not ranked:
        alone = np.zeros(snapshot.size, dtype=np.bool_)
        alone[shown] = True
        scores = matches.scores_among(alone, best=len(shown))
    return shown, scores, _more_versions(shown, result, snapshot) if by_story else (0,) * len(shown)


def _one_of_each_story(result: Mask, scores: Array, order: Order, snapshot: Documents) -> Mask:
    """Return the documents that stand for their stories: the best-ranked, in orders by date the earliest."""
    documents = np.flatnonzero(result)
    choosing = Order.OLDEST if order is Order.NEWEST else order
    ranked = documents[np.lexsort(_sorted_by(documents, scores, choosing, snapshot))]
    firsts = np.unique(snapshot.stories[ranked], return_index=True)[1]
    chosen = np.zeros(snapshot.size, dtype=np.bool_)
    chosen[ranked[firsts]] = True
    return chosen


def _more_versions(shown: Array, result: Mask, snapshot: Documents) -> tuple[int, ...]:
    """Return how many other documents of the result tell the story of each one shown."""
    told = np.bincount(snapshot.stories[result], minlength=snapshot.story_count)
    return tuple(int(number) - 1 for number in told[snapshot.stories[shown]])


def _page(result: Mask, scores: Array, ask: Ask, page: int, snapshot: Documents) -> Array:
    """Return the documents of one page, in order. Equals stand newest first, then by number."""
    documents = np.flatnonzero(result)
    start, end = (page - 1) * ask.size, page * ask.size
    keys = _sorted_by(documents, scores, ask.order, snapshot)
    if len(documents) > 4 * end > 0:
        # Only what can be on the page is sorted in full: all that is not behind the page's last one.
        contending = _not_behind(keys, end)
        documents = documents[contending]
        keys = tuple(key[contending] for key in keys)
    return np.asarray(documents[np.lexsort(keys)][start:end])


def _not_behind(keys: tuple[Array, ...], end: int) -> Mask:
    """Return which are among the first so many by the last of one or two arrays, of equals by the other."""
    primary = keys[-1]
    last = np.partition(primary, end - 1)[end - 1]
    first = primary <= last
    if len(keys) > 1:
        equal = np.flatnonzero(primary == last)
        still = end - (int(np.count_nonzero(first)) - len(equal))
        first[equal] = keys[0][equal] <= np.partition(keys[0][equal], still - 1)[still - 1]
    return np.asarray(first)


def _sorted_by(documents: Array, scores: Array, order: Order, snapshot: Documents) -> tuple[Array, ...]:
    """Return what documents are sorted by, the last array first, as `np.lexsort` takes them."""
    if order is Order.OLDEST:
        return (snapshot.places_by_oldest[documents],)
    newest, worth = snapshot.places_by_newest[documents], scores[documents]
    return (newest,) if order is Order.NEWEST or not worth.any() else (newest, -worth)
