"""What a search gives back: one record that HTML, JSON, feeds and exports all render."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.models import Actor, Article
    from articles.search.article_hits import ArticleHits
    from articles.search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet. `count` is the number of articles or stories a click on `toggle_url` then shows.

    For a selected value, which a click takes away, `count` is the number of those that carry it
    in the present result. `share` is how much of what the archive holds of the value is in the present result,
    from 0 to 1, where the request asks for shares. `toggle_url` and `exclude_url` are query strings that begin
    with "?"; on an excluded value both take the exclusion back.
    """

    value: str
    label: str
    count: int
    selected: bool
    toggle_url: str
    excluded: bool = False
    exclude_url: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet with its values; `more` counts those left out of the list, which `more_url` shows.

    `find` holds the words that the listed values contain, empty when the list is not cut down to any.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    more: int = 0
    more_url: str | None = None
    find: str = ""

    @property
    def selected(self) -> tuple[FacetValue, ...]:
        """The values that are switched on."""
        return tuple(value for value in self.values if value.selected)


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the request, and the query string without it.

    `parameter` is what an address calls the facet of a chosen value, empty for parts of the query and for days.
    """

    kind: str
    label: str
    remove_url: str
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class FoundSpelling:
    """A spelling that an actor was looked for in: how many of the result use it, and whether it counts.

    `count` is 0 for one that is switched off. `toggle_url` switches it off, or on again.
    """

    text: str
    count: int
    on: bool
    toggle_url: str


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor that the request names, in the query or in a facet, with the spellings it was looked for in.

    `asked` is the part of the query that means it, empty for a facet's; `url` searches for this actor alone
    instead of that part, empty when nobody else was meant.
    """

    actor: Actor
    asked: str
    spellings: tuple[FoundSpelling, ...]
    url: str = ""

    @property
    def worth_showing(self) -> bool:
        """False for an actor chosen in a facet whose one spelling says nothing that the facet does not."""
        return bool(self.asked) or len(self.spellings) > 1


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One bar of the histogram: month is "2012-07", "undated" or "doubtful" (an interval over several).

    A histogram of years has bars whose month is "2012". `count` is what a click on `url`, which puts this month
    or year in the place of others, then shows; `archive_count` is what the whole archive holds.
    """

    month: str
    count: int
    archive_count: int
    url: str

    @property
    def share(self) -> float:
        """How much of what the archive holds of it is in the result, from 0 to 1."""
        return self.count / self.archive_count if self.archive_count else 0.0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something about the query that its writer should know, and the repaired query as a link."""

    message: str
    repaired: str | None = None
    repaired_url: str | None = None


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """The query with its misspelled words put right, and the search for it: `url` begins with "?"."""

    query: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the article and its best passage, escaped, with the hits in <mark>."""

    article: Article
    snippet: str
    number: int  # its place in the whole result, from 1
    url: str  # the article's address, carrying the search and the place in it for the article's page
    marks: ArticleHits  # where the hits stand in the article, and how many there are of each term
    more_versions: int = 0  # other articles of its story that match, when stories are counted
    story_url: str = ""  # the page of its story, when there are more versions
    score: float = 0.0  # how well it matches; only differences mean anything, and only within one engine


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results. `page` runs from 1 to `pages`, which is at least 1.

    All counts are of articles, or of stories when the request counts those; `article_total` and
    `story_total` are the result in both. `histogram` has a bar for each month, or year, that the archive has
    articles of; `zoom_out_url` leads from the months of chosen years to all years, None where none is chosen.
    `actors` are those named in the request; `did_you_mean` is there when a word seems to be misspelled; `undated`
    and `doubtful` are the bars that stand apart, None when the archive has no such article.
    """

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int
    article_total: int
    story_total: int
    archive_total: int
    page: int
    pages: int
    facets: tuple[FacetGroup, ...]
    histogram: tuple[MonthBar, ...]
    chips: tuple[Chip, ...]
    undated_left_out: int
    undated_url: str | None
    diagnostics: tuple[Diagnostic, ...]
    previous_url: str | None
    next_url: str | None
    undated: MonthBar | None = None
    doubtful: MonthBar | None = None
    actors: tuple[FoundActor, ...] = ()
    zoom_out_url: str | None = None
    did_you_mean: DidYouMean | None = None


@dataclass(frozen=True, slots=True)
class NamedInResult:
    """An actor and the number of articles of a result that name it."""

    actor: Actor
    count: int


@dataclass(frozen=True, slots=True)
class NamedPair:
    """Two actors and the number of articles of a result that name both."""

    left: Actor
    right: Actor
    count: int

    @property
    def key(self) -> str:
        """The two numbers, the lower one first: "12-31"."""
        return "-".join(map(str, sorted((self.left.pk, self.right.pk))))


@dataclass(frozen=True, slots=True)
class Together:
    """Who is named in a result, most named first, and who with whom, most often first.

    `total` is the number of articles in the result; `more` are the actors beyond those listed.
    """

    request: SearchRequest
    total: int
    named: tuple[NamedInResult, ...]
    pairs: tuple[NamedPair, ...]
    more: int

    def named_in(self, least: int) -> Together:
        """Return the pairs that so many articles name, at the least, and the actors of these pairs.

        With 1 all actors are kept, also those named with nobody.
        """
        if least <= 1:
            return self
        pairs = tuple(pair for pair in self.pairs if pair.count >= least)
        kept = {actor.pk for pair in pairs for actor in (pair.left, pair.right)}
        return replace(self, pairs=pairs, named=tuple(one for one in self.named if one.actor.pk in kept))
