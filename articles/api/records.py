"""What the API answers with, field by field; the OpenAPI document is made from these."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class Date(Schema):
    """When something was published. All are null when nothing tells; an unknown date is never today."""

    start: str | None = Field(None, alias="from", description="First day it can be, 2012-07-02.")
    to: str | None = Field(None, description="Last day it can be.")
    precision: str = Field(description="day, month, year, interval or unknown.")
    edtf: str | None = Field(None, description="The same as EDTF; a ? marks a date read off the text.")


class TermHits(Schema):
    """How often an article has one term of the query."""

    term: str
    hits: int


class SearchHit(Schema):
    """One result."""

    number: int = Field(description="Its place in the whole result, from 1.")
    article: str = Field(description="The permanent id, for /api/articles/{id}.")
    url: str = Field(description="Where its page is, with the hits marked.")
    headline: str | None
    subtitle: str | None
    outlet: str | None
    authors: list[str]
    published: Date
    language: str | None
    partial: bool = Field(description="The page is one of several of an article.")
    snippet: str = Field(description="The best passage as HTML: escaped, hits in <mark>.")
    terms: list[TermHits]
    more_versions: int = Field(description="Further articles of its story, when stories are counted.")
    story_url: str | None
    score: float = Field(description="Only differences mean anything, and only within one engine.")


class FacetValue(Schema):
    """One value of a facet. A click on `toggle_url` shows `count` articles or stories."""

    value: str
    label: str
    count: int
    share: float | None = Field(description="Of what the archive holds of it, where shares are asked for.")
    selected: bool
    excluded: bool
    toggle_url: str
    exclude_url: str


class Facet(Schema):
    """One facet; `more` values are not listed."""

    name: str
    label: str
    more: int
    values: list[FacetValue]


class Month(Schema):
    """A month with what was found in it and what the archive holds of it."""

    month: str
    count: int
    archive_count: int
    share: float = Field(description="Of what the archive holds of it, from 0 to 1.")
    url: str


class Diagnostic(Schema):
    """What was not taken as it was written, with the repaired query where there is one."""

    message: str
    repaired: str | None
    repaired_url: str | None


class DidYouMean(Schema):
    """The query that was perhaps meant; nothing was searched for in the place of what was asked."""

    query: str
    url: str


class SearchAnswer(Schema):
    """One page of results. Addresses are query strings that begin with "?"."""

    query: str
    mode: str
    url: str
    count: str = Field(description="What all counts are of: articles or stories.")
    show: str = Field(description="What pages show: counts or shares.")
    bars: str = Field(description="What `months` has one for each of: months or years.")
    total: int
    article_total: int
    story_total: int
    archive_total: int
    page: int
    pages: int
    hits: list[SearchHit]
    facets: list[Facet]
    months: list[Month]
    undated: Month | None
    doubtful: Month | None
    undated_left_out: int = Field(description="Undated ones that a range of dates keeps out.")
    undated_url: str | None
    diagnostics: list[Diagnostic]
    did_you_mean: DidYouMean | None = Field(description="Where a word is unknown, or hardly known.")
    previous_url: str | None
    next_url: str | None


class Evidence(Schema):
    """What supports one field of an article, and who ruled on it."""

    field: str
    value: Any = Field(description="As the machine read it.")
    method: str
    confidence: float = Field(description="From 0 to 1.")
    lines: list[int] = Field(description="Line numbers of the page as it came.")
    note: str | None
    ruled_by: str | None = Field(description="The curator whose verdict stands in the place of it.")
    reason: str | None


class AlikeArticle(Schema):
    """An article like another; `shares` names the actors and words that both have, the most telling first."""

    article: str = Field(description="The permanent id, for /api/articles/{id}.")
    url: str
    headline: str | None
    outlet: str | None
    published: Date
    shares: list[str]
    score: float = Field(description="Only differences mean anything.")


class AlikeAnswer(Schema):
    """The articles most like one. `search_url` is the query string that finds all of them."""

    hits: list[AlikeArticle]
    stories: int
    search_url: str


class NamedActor(Schema):
    """An actor in an article; `mentions` are [zone, start, end], in characters of that zone's text."""

    id: int
    name: str
    kind: str
    mentions: list[tuple[str, int, int]]


class QuoteRecord(Schema):
    """Words that somebody is quoted with; `start` and `end` count characters of the body."""

    kind: str
    text: str
    start: int
    end: int
    speaker: int | None = Field(description="The number of an actor.")
    cue: str | None
    via: str | None


class ArticleRecord(Schema):
    """One article, with what it rests on."""

    id: str = Field(description="The permanent id: the same for the same page in any archive.")
    url: str
    headline: str | None
    subtitle: str | None
    outlet: str | None
    authors: list[str]
    published: Date
    dateline: str | None
    section: str | None
    language: str | None
    source_credits: list[str]
    captions: list[dict[str, Any]]
    tags: list[str] = Field(description="What curators say it is about.")
    collections: list[str] = Field(description="The curators’ reading lists that it is in.")
    page_number: int | None
    page_count: int | None
    body: str
    actors: list[NamedActor]
    quotes: list[QuoteRecord]
    versions: list[str] = Field(description="Permanent ids of other articles that tell the same story.")
    evidence: list[Evidence]
    page_url: str | None = Field(description="Where the page came from.")
    page_sha256: str


class OfficeRecord(Schema):
    """An office with the days in it, from a file of actors."""

    phrase: str
    held_from: str | None
    held_to: str | None


class ActorRecord(Schema):
    """An actor with all spellings; `id` is another than was asked for when the two were merged."""

    id: int
    url: str
    name: str
    kind: str
    spellings: list[str]
    offices: list[OfficeRecord]
    articles: int
    mentions: int
    search_url: str = Field(description="The query string that finds the articles, for /api/search.")


class Suggestion(Schema):
    """Something that was perhaps meant; `query` is what a search box would hold for it."""

    kind: str = Field(description="actor, outlet, field, value or operator.")
    text: str
    detail: str
    query: str
    url: str | None
    typed: str = Field(description="The end of what was typed, whose place it takes.")
    count: int | None = Field(description="Of an actor: the number of articles that name it.")


class Suggestions(Schema):
    """What the beginning of a query may become."""

    query: str
    suggestions: list[Suggestion]


class Problem(Schema):
    """Why there is no answer, and what to do."""

    error: str
