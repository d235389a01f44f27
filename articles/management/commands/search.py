"""Search from the command line."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from articles.search.engines.ask import Count, Order, SearchUnavailable
from articles.search.facets import PARAMETERS
from articles.search.page import SearchPage
from articles.search.request import SIZES, SearchRequest
from articles.search.run import run
from articles.search.shapes import page_as_data

HEADLINE_WIDTH = 80  # characters of a headline in the table


class Command(BaseCommand):
    """`manage.py search QUERY [--json]`: one page of results, as a table or as JSON."""

    help = "Search the archive. QUERY is the query language, or the address of a search from its ? on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--json", action="store_true", help="print the whole page as JSON")
        parser.add_argument("--from", dest="from", default="", help="first day, month or year")
        parser.add_argument("--to", default="", help="last day, month or year")
        parser.add_argument("--sort", choices=[order.value for order in Order], default="")
        parser.add_argument(
            "--count",
            choices=[count.value for count in Count],
            default="",
            help="count articles (default), or each story once",
        )
        parser.add_argument("--page", default="")
        parser.add_argument("--size", choices=[str(size) for size in SIZES], default="")
        for parameter in PARAMETERS:
            parser.add_argument(
                f"--{parameter}",
                action="append",
                default=[],
                help="a value as addresses write it; repeatable",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            page = run(request_from(options))
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(page_as_data(page), ensure_ascii=False))
        else:
            self._table(page)

    def _table(self, page: SearchPage) -> None:
        for diagnostic in page.diagnostics:
            self.stderr.write(diagnostic.message)
        for hit in page.hits:
            published = hit.article.published_to
            day = f"{published:%Y-%m-%d}" if published else "undated   "
            outlet = hit.article.outlet.name if hit.article.outlet else "unknown outlet"
            more = f"  and {hit.more_versions} more" if hit.more_versions else ""
            self.stdout.write(
                f"{hit.number:>5}  {day}  {hit.article.headline[:HEADLINE_WIDTH]}  ({outlet}){more}"
            )
        self.stdout.write(f"{_counted(page)}, page {page.page} of {page.pages}")


def _counted(page: SearchPage) -> str:
    """Return how much was found: "4 of 90 articles", or "3 of 80 stories (4 articles)"."""
    if page.request.count is Count.STORIES:
        return f"{page.total} of {page.archive_total} stories ({page.article_total} articles)"
    return f"{page.total} of {page.archive_total} articles"


def request_from(options: dict[str, Any]) -> SearchRequest:
    """Return the request that the command's arguments make; an address is taken as it is."""
    query: str = options["query"]
    if query.startswith("?"):
        return SearchRequest.from_query_string(query)
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    for name in ("from", "to", "sort", "count", "page", "size"):
        if options[name]:
            parameters[name] = str(options[name])
    for name in PARAMETERS:
        parameters.setlist(name, options[name] or [])
    return SearchRequest.read(parameters)
