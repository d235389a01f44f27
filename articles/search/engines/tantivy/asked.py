"""What Tantivy is asked, and beside it what that comes to in words: sets of common words are known without asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from tantivy import Occur, Query

from articles.search.engines.documents import Mask
from articles.search.engines.tantivy.schema import TEXT
from articles.search.engines.tantivy.snapshot import Snapshot
from articles.search.engines.tantivy.stream import OTHER_FORM

Sought = tuple[str, str]  # a field, and a word that stands in it in either form

# What stands in these stands in the text as well (`ArticleIndex.prepare_text`).
WITHIN_TEXT = ("headline", "subtitle")

# Documents of words whose sets are not known. A part of a query with more of them is left to Tantivy together with the
# others, which it passes over at once; listing so many takes half a millisecond.
MOST_APART = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of Tantivy's, which finds and ranks, and what its documents have to have.

    That is any of the `words` or what any of `either` asks for; or what each of `every` asks for, and nothing of what
    is asked for by `never`. Where none of these is given, the query alone tells. `alike` is what it scores each of its
    documents; None when it tells them apart.
    """

    query: Any
    words: tuple[Sought, ...] = ()
    either: tuple[Asked, ...] = ()
    every: tuple[Asked, ...] = ()
    never: tuple[Asked, ...] = ()
    alike: float | None = None

    @property
    def choice(self) -> bool:
        """Tell whether one of several things is enough."""
        return bool(self.words or self.either)

    def parted(self) -> Iterator[Asked]:
        """Yield what is enough for it, choices within choices taken apart; itself when there is no choice."""
        if not self.choice:
            yield self
            return
        if self.words:
            yield self
        for one in self.either:
            yield from one.parted()


def any_of(held: Iterable[Asked]) -> Asked:
    """Return what asks for what any of these finds; their scores add up."""
    either = tuple(one for one in held if one is not NOTHING)
    if len(either) == 1:
        return either[0]
    query = Query.boolean_query([(Occur.Should, one.query) for one in either])
    return Asked(query, either=either) if either else NOTHING


def all_of(every: Sequence[Asked], *, none_of: Sequence[Asked] = ()) -> Asked:
    """Return what asks for what all of these find, and none of the others."""
    if len(every) == 1 and not none_of:
        return every[0]
    wanted = [one.query for one in every] or [Query.const_score_query(Query.all_query(), 0.0)]
    parts = [(Occur.Must, one) for one in wanted] + [(Occur.MustNot, one.query) for one in none_of]
    return Asked(Query.boolean_query(parts), every=tuple(every), never=tuple(none_of))


def boosted(asked: Asked, worth: float) -> Asked:
    """Return the same, worth so many times as much."""
    alike = None if asked.alike is None else asked.alike * worth
    return replace(asked, query=Query.boost_query(asked.query, worth), alike=alike)


def scored_alike(asked: Asked, worth: float) -> Asked:
    """Return the same, each document worth so much."""
    return replace(asked, query=Query.const_score_query(asked.query, worth), alike=worth)


def in_any(queries: Sequence[Any], words: Sequence[Sought]) -> Asked:
    """Return what asks for any of these words by these queries; their scores add up."""
    query = queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])
    return Asked(query, words=tuple(words)) if queries else NOTHING


NOTHING = Asked(Query.empty_query())


def documents_of(asked: Asked, snapshot: Snapshot) -> Mask:
    """Return the documents that are found: by the sets of common words as far as these tell, the rest of Tantivy."""
    if asked.choice:
        return _any(asked, snapshot)
    if (asked.every or asked.never) and all(
        _apart(one, snapshot) <= MOST_APART for one in (*asked.every, *asked.never)
    ):
        found = snapshot.live.copy()
        for one in asked.every:
            found &= documents_of(one, snapshot)
        for one in asked.never:
            found &= ~documents_of(one, snapshot)
        return found
    return snapshot.mask_of(asked.query)


def _any(asked: Asked, snapshot: Snapshot) -> Mask:
    """Return the documents that one of several things is enough for.

    1. Those with a common word. 2. Those with another word, and those that a query alone tells, asked for as one.
    3. Those for which several things have to come together, each by itself.
    """
    parts = list(asked.parted())
    common, others = _told_apart(parts, snapshot)
    if not common:
        return snapshot.mask_of(asked.query)
    # 1.
    found = snapshot.with_common(common) & snapshot.live
    # 2.
    queries = [_holding(field, words, snapshot) for field, words in others.items()]
    queries += [one.query for one in parts if not (one.words or one.every or one.never)]
    if queries:
        found |= snapshot.mask_of(any_of(map(Asked, queries)).query)
    # 3.
    for one in parts:
        if one.every or one.never:
            found |= documents_of(one, snapshot)
    return found


def _told_apart(parts: Iterable[Asked], snapshot: Snapshot) -> tuple[list[str], dict[str, list[str]]]:
    """Return the words whose documents are known, and by field the others."""
    known = snapshot.common_words
    sought = dict.fromkeys(word for one in parts for word in one.words)
    common: list[str] = []
    others: dict[str, list[str]] = {}
    for field, word in sought:
        if field == TEXT and word in known:
            common.append(word)
        elif field not in WITHIN_TEXT or (TEXT, word) not in sought:
            others.setdefault(field, []).append(word)
    return common, others


def _holding(field: str, words: Iterable[str], snapshot: Snapshot) -> Any:
    return Query.term_set_query(
        snapshot.schema, field, [form for word in words for form in (word, OTHER_FORM + word)]
    )


def _apart(asked: Asked, snapshot: Snapshot) -> float:
    """Return how many documents, at most, Tantivy has to tell of what is asked for by itself."""
    if not asked.choice:
        within = (*asked.every, *asked.never)
        return sum(_apart(one, snapshot) for one in within) if within else np.inf
    parts = list(asked.parted())
    listed = sum(
        snapshot.holding(field, form)
        for field, words in _told_apart(parts, snapshot)[1].items()
        for word in words
        for form in (word, OTHER_FORM + word)
    )
    return listed + sum(_apart(one, snapshot) for one in parts if not one.words)
