"""The parameters of a search, for the OpenAPI document. They are read by `SearchRequest`, as on the page.

All are texts: what cannot be read is left out with a diagnostic and never refused.
"""

from __future__ import annotations

from ninja import Field, Schema


class SearchParameters(Schema):
    """The same parameters as on the page of results."""

    q: str = Field("", description="The query, in the language that the page “How to search” tells.")
    mode: str = Field("", description="all (default) or any: articles with all of the words, or any.")
    outlet: list[str] = Field([], description="An outlet’s number; repeatable. A leading minus excludes.")
    actor: list[str] = Field([], description="An actor’s number; repeatable. A leading minus excludes.")
    speaker: list[str] = Field([], description="The number of an actor who is quoted; repeatable.")
    place: list[str] = Field([], description="A place by its folded name: new-york; repeatable.")
    year: list[str] = Field([], description="2012, doubtful or undated; repeatable.")
    month: list[str] = Field([], description="2012-07, doubtful or undated; repeatable.")
    language: list[str] = Field([], description="A code such as en, or unknown; repeatable.")
    source: list[str] = Field([], description="An agency by its folded name; repeatable.")
    tag: list[str] = Field([], description="A tag’s number; repeatable. A leading minus excludes.")
    collection: list[str] = Field([], description="A collection’s number; repeatable.")
    status: list[str] = Field([], description="For curators: new, needs_review, published, hidden.")
    show: str = Field("", description="counts (default) or shares.")
    bars: str = Field("", description="months (default) or years.")
    first: str = Field("", alias="from", description="First year, month or day: 2012, 2012-07, 2012-07-02.")
    to: str = Field("", description="Last year, month or day.")
    sort: str = Field("", description="relevance (default), mentioned, newest, oldest.")
    count: str = Field("", description="articles (default) or stories.")
    page: str = Field("", description="From 1; past the end the last one is given.")
    size: str = Field("", description="10, 20 (default), 50 or 100 a page.")
    all: list[str] = Field([], description="Names of facets whose values are all listed.")
    off: list[str] = Field([], description="A spelling of an actor that is not to count: 12-annan.")
