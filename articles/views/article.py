"""One article: for reading, and as it came."""

from __future__ import annotations

import logging
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.search.engines.ask import SearchUnavailable
from articles.search.more_like import MoreLike, more_like
from articles.search.request import SearchRequest
from articles.search.results_around import Around, results_around
from articles.search.run import Understood, understand
from articles.views.citing import FORMATS, full_citation, head_of
from articles.views.evidence import shown_fields
from articles.views.readable import readable_article
from articles.views.reading import Reading, lay_out
from articles.views.search_links import back_to_search
from articles.views.shelves import may_curate, shelves_of
from articles.views.source_lines import count_lines, source_lines
from articles.views.story import other_versions, parts_of

logger = logging.getLogger(__name__)

PLACE = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)  # of a result; no archive has a thousand million


@require_safe
def article(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Show an article: its text with what is marked in it, and its fields with their evidence."""
    found = readable_article(request, permanent_id)
    asked = understand(SearchRequest.read(request.GET), curator=request.user.is_staff)
    around = _around(request, found, asked)
    lines = source_lines(found)
    reading = lay_out(found, asked=asked.actors)
    return render(
        request,
        "articles/article.html",
        {
            "article": found,
            "head": head_of(found, full_citation(found, request)),
            "cite_formats": FORMATS.values(),
            "reading": reading,
            "fields": shown_fields(found, lines),
            "lines": count_lines(lines),
            "other_versions": other_versions(found),
            "parts": parts_of(found),
            "shelves": shelves_of(found, request),
            "curates": may_curate(request),
            "more_like": _more_like(request, found, reading),
            "query": asked.request.query,
            "around": around,
            "back_url": back_to_search(asked.request, around) if request.GET else "",
        },
    )


@require_safe
def article_raw(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Show the page as it came: every line, what it was taken for, and why."""
    found = readable_article(request, permanent_id)
    lines = source_lines(found)
    context = {"article": found, "lines": lines, "counts": count_lines(lines)}
    if found.page.media_type == "text/html":
        context["source"] = found.page.as_raw_page().text
    return render(request, "articles/raw.html", context)


def _around(request: HttpRequest, found: Article, asked: Understood) -> Around | None:
    """Return the results beside the article; None when its address says of no place, or the search is down."""
    place = request.GET.get("at", "")
    if not PLACE.fullmatch(place):
        return None
    try:
        return results_around(found, int(place), asked, curator=request.user.is_staff)
    except SearchUnavailable:
        logger.exception("The search cannot answer; the article is shown without its neighbours.")
        return None


def _more_like(request: HttpRequest, found: Article, reading: Reading) -> MoreLike | None:
    """Return the articles most like this one; None when the search is down."""
    try:
        named = {one.actor: one.count for one in reading.actors}
        return more_like(found, actors=named, curator=request.user.is_staff)
    except SearchUnavailable:
        logger.exception("The search cannot answer; the article is shown without those like it.")
        return None
