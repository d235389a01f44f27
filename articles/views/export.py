"""The results of a search as a file: for spreadsheets, for programs, and citations for reference managers."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.search.engines.ask import SearchUnavailable
from articles.search.export import Export, export
from articles.search.request import SearchRequest
from articles.views.citing import FORMATS, cited_results
from articles.views.csv_files import Cell, csv_file

logger = logging.getLogger(__name__)

COLUMNS = (
    "number",
    "article",
    "url",
    "headline",
    "outlet",
    "published",
    "published_from",
    "published_to",
    "authors",
    "language",
    "actors",
    "tags",
    "collections",
    "story",
    "page_url",
    "page_sha256",
)


@require_safe
def export_results(request: HttpRequest) -> HttpResponseBase:
    """Send the results of a search, in its order, as `?format` says: jsonl, ris, bib, json (CSL), or CSV."""
    form, asked = request.GET.get("format", ""), SearchRequest.read(request.GET)
    try:
        if form in FORMATS:
            return cited_results(request, asked, FORMATS[form])
        found = export(asked, curator=request.user.is_staff)
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer.")
        return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    if form == "jsonl":
        return _json_lines(request, found)
    return csv_file("results", COLUMNS, (_cells(request, one) for one in found.records))


def export_url(request: SearchRequest, *, form: str) -> str:
    """Return where the results of a search are to be had as a file."""
    url = request.with_page(1).url
    return f"{reverse('export')}{url}{'&' if len(url) > 1 else ''}format={form}"


def _json_lines(request: HttpRequest, found: Export) -> StreamingHttpResponse:
    lines = (
        json.dumps({**one, "url": request.build_absolute_uri(one["url"])}, ensure_ascii=False) + "\n"
        for one in found.records
    )
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="results.jsonl"'
    return response


def _cells(request: HttpRequest, one: dict[str, Any]) -> list[Cell]:
    flat = {
        **one,
        "url": request.build_absolute_uri(one["url"]),
        "authors": "; ".join(one["authors"]),
        "actors": "; ".join(actor["name"] for actor in one["actors"]),
        "tags": "; ".join(one["tags"]),
        "collections": "; ".join(one["collections"]),
    }
    return [flat[column] for column in COLUMNS]
