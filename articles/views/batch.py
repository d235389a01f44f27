"""A list of queries or names, and what each finds. A short list is in the address, a longer one is posted."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.search.batch import LONGEST_LINE, MOST_LINES, LineCount, count_each, lines_of, requests_of
from articles.search.engines.ask import Mode, SearchUnavailable
from articles.views.csv_files import csv_file
from articles.views.search_links import search_at

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 2000  # characters that every browser, server and mail program passes on

CSV_HEADER = ("line", "hits", "articles", "stories", "undated articles", "means", "note", "search")


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """A batch as its form says it; `fault` is why it cannot be done."""

    lines: tuple[str, ...]
    names: bool
    mode: Mode
    fault: str = ""

    @classmethod
    def read(cls, parameters: QueryDict) -> BatchAsked:
        """Read the form's fields from an address or from what was posted."""
        lines = lines_of(parameters.get("lines", "").replace("\0", " "))
        fault = ""
        if len(lines) > MOST_LINES:
            fault = f"These are {len(lines)} lines; a batch takes {MOST_LINES}. Paste them in several parts."
        elif long := next((line for line in lines if len(line) > LONGEST_LINE), ""):
            fault = f"A line has {len(long)} characters; a search takes {LONGEST_LINE}: {long[:60]}…"
        mode = Mode.ANY if parameters.get("mode") == Mode.ANY else Mode.ALL
        return cls(tuple(lines), parameters.get("as") == "names", mode, fault)

    @property
    def url(self) -> str:
        """The query string that asks for the same."""
        pairs = [("lines", "\n".join(self.lines))]
        pairs += [("as", "names")] if self.names else []
        pairs += [("mode", self.mode.value)] if self.mode is not Mode.ALL else []
        return "?" + urlencode(pairs)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A row of the table, with the address of its search."""

    found: LineCount
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest) -> HttpResponseBase:
    """Show what each line of a list finds, as a table or, with `format=csv`, as a file."""
    fields = request.POST if request.method == "POST" else request.GET
    asked = BatchAsked.read(fields)
    as_file = fields.get("format") == "csv"
    permalink = reverse("batch") + asked.url
    short = len(permalink) <= LONGEST_ADDRESS
    if request.method == "POST" and short and not asked.fault and not as_file:
        return redirect(permalink)
    found: list[LineCount] = []
    if not asked.fault:
        requests = requests_of(asked.lines, names=asked.names, mode=asked.mode)
        try:
            curator = request.user.is_staff
            found = list(count_each(asked.lines, requests, names=asked.names, curator=curator))
        except SearchUnavailable as fault:
            logger.exception("The search cannot answer.")
            return render(request, "search/unavailable.html", {"fault": fault}, status=503)
    if as_file and not asked.fault:
        return csv_file("batch", CSV_HEADER, (csv_row(one, request) for one in found))
    context = {
        "asked": asked,
        "text": "\n".join(asked.lines),
        "rows": [ShownLine(one, search_at(one.request)) for one in found],
        "any_word": asked.mode is Mode.ANY,
        "csv_url": f"{permalink}&format=csv" if short else "",
        "most_lines": MOST_LINES,
        "uncounted": any(one.hits is None for one in found),
    }
    return render(request, "search/batch.html", context, status=400 if asked.fault else 200)


def csv_row(one: LineCount, request: HttpRequest | None = None) -> tuple[str | int | None, ...]:
    """Return a line's row of the file; with a request its search has a whole address."""
    address = search_at(one.request)
    return (
        one.text,
        one.hits,
        one.articles,
        one.stories,
        one.undated,
        "; ".join(one.names),
        " ".join(diagnostic.message for diagnostic in one.diagnostics),
        request.build_absolute_uri(address) if request else address,
    )
