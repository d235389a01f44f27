"""What every engine is asked and what it answers, in words that belong to no engine.

An engine's backend offers, beside Haystack's own methods:

- `ask(Ask) -> Found`: one search, everything that a page of results needs.
- `together(Ask, keys) -> {(key, key): count}`: how many articles of a result carry two keys both.
- `better_spelled([Spelled], few=...) -> {Spelled: BetterSpelled or None}`: what unknown words were perhaps to be.
- `frequencies(terms, keys) -> Frequencies`: how many documents hold terms and carry keys.
- `write(documents, gone=...)`: documents as `ArticleIndex.full_prepare` makes them, and article numbers to
  take out; one commit.
- `check()`: raise SearchUnavailable when the index cannot be read.
- `size()`: how many articles the index holds; `suits_up_to`: beyond how many another engine is the better choice.
- `warm()`: read what every search needs, before the first reader asks.
- `versions() -> {article number: version}`, `stories() -> {article number: story key}`: what the index
  holds, for repair.
- `lock(blocking=...)`: the right to write, among all processes on this index.
- `rebuild(...)`: a new index beside the old one, swapped in when it is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from articles.search.tree import Everything, Node


class Order(StrEnum):
    """How results are sorted. Undated articles stand last in both orders by date.

    Most mentioned: by how often an article names the actors asked for, or where none are, holds the words.
    """

    RELEVANCE = "relevance"
    MENTIONED = "mentioned"
    NEWEST = "newest"
    OLDEST = "oldest"


class Mode(StrEnum):
    """Which of the words that stand by themselves in a query an article has to hold."""

    ALL = "all"
    ANY = "any"


class Count(StrEnum):
    """What totals, facets, months and pages count: every article, or every story once."""

    ARTICLES = "articles"
    STORIES = "stories"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is selected in one facet: any of `included` (when there are some) and none of `excluded`.

    Both hold index keys such as "outlet:3".
    """

    included: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Range:
    """Articles whose publication interval overlaps these days, both included; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    @property
    def open(self) -> bool:
        """True when it restricts nothing."""
        return self.first is None and self.last is None


@dataclass(frozen=True, slots=True)
class Ask:
    """One search. `page` counts from 1; past either end the nearest page is given.

    `choices` maps facet names to what is selected in them. With `curator` hidden articles count as well.
    `facets` names the fields of keys to count. `narrowed` maps a key of a choice to keys of the field
    `spelling`: an article passes by that key only where it carries one of those as well. A `size` of 0 asks for counts
    alone. Counted by stories, one article of each story is given: the best-ranked one, or in both orders by
    date the earliest. `actors` are the numbers of those that the request names, for the order by mentions.
    """

    tree: Node = field(default_factory=Everything)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    published: Range = Range()
    order: Order = Order.RELEVANCE
    count: Count = Count.ARTICLES
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = ()
    narrowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    curator: bool = False
    actors: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Spelled:
    """One word of a query as the index would hold it, and the field that it is bound to (None: anywhere)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class BetterSpelled:
    """What a word was perhaps to be, and the field in which it then is looked for (None: anywhere)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many of `size` documents hold each term, and carry each key: pairs of a field and what is in it.

    About so many: until an engine has tidied up, deleted ones may count as well.
    """

    size: int
    terms: Mapping[tuple[str, str], int]
    keys: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How often the values of one facet occur, in articles or in stories; keys are index keys.

    - `inside`: what carries the value in the result.
    - `outside`: what the result would gain when the value was selected as well; empty unless something is
      selected in this facet.
    - `without_exclusion`: for each excluded value, the whole result if it was excluded no longer.
    """

    inside: Mapping[str, int]
    outside: Mapping[str, int]
    without_exclusion: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives. `articles`, `scores` and `more_versions` run side by side, in order, for the page.

    All counts are of what was asked to be counted; `article_total` and `story_total` are the result in
    both. `more_versions` counts the further articles of a hit's story in the result, 0 when all are listed.
    `undated_left_out` counts the undated ones that the date range, or days in the query, alone keep out.
    `months` counts by month key with the months' own choice lifted, `years` by year key with that of years and
    months; `archive_months` and `archive_years` count those of the whole archive.
    """

    articles: tuple[int, ...]
    scores: tuple[float, ...]
    more_versions: tuple[int, ...]
    total: int
    article_total: int
    story_total: int
    archive_total: int
    page: int
    pages: int
    counts: Mapping[str, FacetCounts]
    months: Mapping[str, int]
    archive_months: Mapping[str, int]
    years: Mapping[str, int]
    archive_years: Mapping[str, int]
    undated_left_out: int
    notes: tuple[str, ...] = ()


class SearchUnavailable(Exception):  # noqa: N818  # it names what a reader meets  # it says what a reader meets, and errors.SearchUnavailable reads well
    """The index cannot be used. The message says why, and `cure` how to mend it."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(f"{message} {cure}")
        self.cure = cure


class IndexOutdated(SearchUnavailable):
    """The index was made by another version of the archive; rebuilding it is all there is to do."""
