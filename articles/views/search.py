"""The search page: a request, one call, one page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.citation import to_coins
from articles.search.engines.ask import Count, Mode, Order, SearchUnavailable
from articles.search.export import MOST_CITED, MOST_EXPORTED
from articles.search.facets import FACETS, OF_ACTORS
from articles.search.page import FacetGroup, Hit, SearchPage
from articles.search.request import SIZES, Bars, SearchRequest, Show
from articles.search.run import run, years_chosen
from articles.views.chart import Chart, draw
from articles.views.citing import FORMATS, citation_of
from articles.views.compare_searches import comparison_with
from articles.views.export import export_url
from articles.views.fragments import whole_or_part
from articles.views.hits import plain_spans
from articles.views.marking import mark
from articles.views.search_links import months_files, search_at
from articles.views.timeline import timeline_url

logger = logging.getLogger(__name__)

MODES = {Mode.ALL: "all words", Mode.ANY: "any word"}
SHOWN = {Show.COUNTS: "numbers", Show.SHARES: "shares of the archive"}
BARS = {Bars.MONTHS: "months", Bars.YEARS: "years"}

ORDERS = {
    Order.RELEVANCE: "best match",
    Order.MENTIONED: "most mentioned",
    Order.NEWEST: "newest",
    Order.OLDEST: "oldest",
}

COUNTED = {Count.ARTICLES: "articles", Count.STORIES: "stories"}

COUNTS = {Count.ARTICLES: "article", Count.STORIES: "story"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One order of the results, one way of counting or showing them, and the address that gives it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One result, with the search words marked in its headline as well; `coins` cites it."""

    hit: Hit
    headline: SafeString
    coins: str


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with the parameters that its filter box keeps, and whether names match in any spelling."""

    group: FacetGroup
    kept: list[tuple[str, str]]
    by_spelling: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show one page of results with everything that narrows them. All of its state is in the address."""
    try:
        page = run(SearchRequest.read(request.GET), curator=request.user.is_staff)
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    return whole_or_part(
        request,
        shown_page(page, request),
        whole="search/search.html",
        part="search/_swapped.html",
        address=search_at(page.request),
    )


def shown_page(page: SearchPage, request: HttpRequest) -> dict[str, object]:
    """Return what the page of results shows, for the whole page and for the part of it that htmx swaps."""
    asked = page.request
    return {
        "page": page,
        "hits": [shown_hit(hit, request) for hit in page.hits],
        "facets": shown_facets(page),
        "query": asked.query,
        "chart": chart_of(page),
        "chart_files": months_files(asked),
        "sorts": sort_links(asked),
        "network_url": f"{reverse('network')}{asked.url}",
        "timeline_url": timeline_url(asked),
        "compare_url": comparison_with(asked),
        "csv_url": export_url(asked, form="csv"),
        "jsonl_url": export_url(asked, form="jsonl"),
        "most_exported": MOST_EXPORTED,
        "cite_urls": [(form.label, export_url(asked, form=form.ending)) for form in FORMATS.values()],
        "most_cited": MOST_CITED,
        "by_story": asked.count is Count.STORIES,
        "counts": count_links(asked),
        "shown_as": [
            Choice(label, asked.showing(one).url, one is asked.show) for one, label in SHOWN.items()
        ],
        "bars": [Choice(label, asked.by(one).url, one is asked.bars) for one, label in BARS.items()],
        "sizes": [Choice(str(size), asked.with_size(size).url, size == asked.size) for size in SIZES],
        "modes": [(mode.value, label, mode is asked.mode) for mode, label in MODES.items()],
        "shares": asked.show is Show.SHARES,
        "counted": COUNTED[asked.count],
        "by_year": asked.bars is Bars.YEARS,
        **chart_words(asked),
        "narrowed": len(asked.selections) + bool(asked.first or asked.last),
        "date_from": asked.first.text if asked.first else "",
        "date_to": asked.last.text if asked.last else "",
        "kept_parameters": parameters_without(asked, "q", "mode"),
        "kept_by_dates": parameters_without(asked, "from", "to"),
        "swapped": True,
    }


def shown_hit(hit: Hit, request: HttpRequest) -> ShownHit:
    """Return a result as it is shown, with the citation that Zotero finds in it."""
    headline = mark(hit.article.headline, hits=plain_spans(hit.marks.headline))
    return ShownHit(hit, headline, to_coins(citation_of(hit.article, request)))


def shown_facets(page: SearchPage) -> list[ShownFacet]:
    """Return the page's facets, each with what its filter box needs."""
    actors = {facet.name for facet in FACETS if facet.parameter in OF_ACTORS}
    return [
        ShownFacet(group, parameters_without(page.request, f"find_{group.name}"), group.name in actors)
        for group in page.facets
    ]


def chart_of(page: SearchPage) -> Chart:
    """Return the chart of a page's results, with the months that it is narrowed to marked."""
    chosen = {one.value for one in page.request.selections if one.parameter == "month" and not one.excluded}
    return draw(
        page.histogram,
        apart=[page.doubtful, page.undated],
        chosen=frozenset(chosen | years_chosen(page.request)),
        shares=page.request.show is Show.SHARES,
    )


def chart_words(request: SearchRequest) -> dict[str, str]:
    """Return what the table behind a chart is called, and what it holds."""
    counted, unit = COUNTED[request.count], BARS[request.bars].removesuffix("s")
    return {
        "chart_summary": f"{counted.capitalize()} per {unit}, as a table",
        "chart_caption": f"Results by the {unit} they were published in, and all that the archive holds of it",
    }


def sort_links(request: SearchRequest) -> list[Choice]:
    """Return the orders that results can have, each with its address."""
    return [
        Choice(label, request.with_order(order).url, order is request.order)
        for order, label in ORDERS.items()
    ]


def count_links(request: SearchRequest) -> list[Choice]:
    """Return what results can be counted by, each with its address."""
    return [
        Choice(label, request.counting(count).url, count is request.count) for count, label in COUNTS.items()
    ]


def parameters_without(request: SearchRequest, *names: str) -> list[tuple[str, str]]:
    """Return the request's parameters for the hidden inputs of a form that sets those names itself."""
    return [(name, value) for name, value in parse_qsl(request.url[1:]) if name not in {*names, "page"}]
