"""Search from the command line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from articles.models import Article
from articles.search.batch import count_each, lines_of, requests_of
from articles.search.engines.ask import Count, Mode, Order, SearchUnavailable
from articles.search.facets import PARAMETERS
from articles.search.page import SearchPage
from articles.search.request import SIZES, SearchRequest
from articles.search.run import listed, run
from articles.search.shapes import page_as_data
from articles.search.source_ids import SourceIds
from articles.views.batch import CSV_HEADER, csv_row
from articles.views.csv_files import safe_cell

HEADLINE_WIDTH = 80  # characters of a headline in the table


class Command(BaseCommand):
    """`manage.py search QUERY [--json]`: one page of results, as a table or as JSON.

    With `--jsonl FILE` it answers many queries: one JSON object a line in, one a line out, in the same order.
    With `--batch FILE` it counts what each line of a list finds, as CSV.
    """

    help = "Search the archive. QUERY is the query language, or the address of a search from its ? on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="?")
        parser.add_argument("--json", action="store_true", help="print the whole page as JSON")
        parser.add_argument(
            "--jsonl",
            metavar="FILE",
            help="answer the queries of a file (- is standard input), each a line {id, query, mode}",
        )
        parser.add_argument(
            "--batch",
            metavar="FILE",
            help="count what each line of a file finds (- is standard input), as CSV",
        )
        parser.add_argument(
            "--names", action="store_true", help="with --batch: each line is a name, in any spelling"
        )
        parser.add_argument(
            "--pages",
            action="append",
            default=[],
            metavar="FILE",
            help="JSON Lines that articles came from, for their ids, where they were moved since; repeatable",
        )
        parser.add_argument(
            "--mode",
            choices=[mode.value for mode in Mode],
            default="",
            help="articles with all of the words (default), or with any of them",
        )
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
        if sum(options[name] is not None for name in ("query", "jsonl", "batch")) != 1:
            raise CommandError("Give a query, or --jsonl or --batch with a file of queries.")
        try:
            if options["batch"] is not None:
                self._count_all(options)
                return
            if options["jsonl"] is not None:
                self._answer_all(options)
                return
            page = run(request_from(options))
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(page_as_data(page), ensure_ascii=False))
        else:
            self._table(page)

    def _count_all(self, options: dict[str, Any]) -> None:
        """Write a row for each line of a file, as the page of many searches shows it."""
        try:
            lines = lines_of("".join(_lines(options["batch"])))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The file cannot be read: {error}.") from error
        names, mode = options["names"], Mode(options["mode"] or Mode.ALL)
        writer = csv.writer(self.stdout)
        writer.writerow(CSV_HEADER)
        requests = requests_of(lines, names=names, mode=mode)
        for one in count_each(lines, requests, names=names):
            writer.writerow([safe_cell(cell) for cell in csv_row(one)])

    def _answer_all(self, options: dict[str, Any]) -> None:
        """Answer every line of a file; one that is no query ends the command with its number."""
        try:
            ids = SourceIds(Path(name) for name in options["pages"])
            for number, line in enumerate(_lines(options["jsonl"]), 1):
                if line.strip():
                    self._answer(line, number, options, ids)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The file cannot be read: {error}.") from error

    def _answer(self, line: str, number: int, options: dict[str, Any], ids: SourceIds) -> None:
        asked = _asked(line, number)
        words = {**options, "query": asked["query"], "mode": asked.get("mode") or options["mode"]}
        page = listed(request_from(words))
        for diagnostic in page.diagnostics:
            self.stderr.write(f"{asked.get('id')}: {diagnostic.message}")
        sources = ids.of(page.articles)
        visible = Article.objects.visible().filter(pk__in=page.articles)
        names = dict(visible.values_list("pk", "permanent_id"))
        hits = [
            {"article": names[number], "source_id": sources.get(number), "score": score}
            for number, score in zip(page.articles, page.scores, strict=True)
            if number in names
        ]
        answer = {"id": asked.get("id"), "total": page.total, "hits": hits}
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _table(self, page: SearchPage) -> None:
        for diagnostic in page.diagnostics:
            instead = f" Search for {diagnostic.repaired} instead." if diagnostic.repaired else ""
            self.stderr.write(diagnostic.message + instead)
        if page.did_you_mean:
            self.stderr.write(f"Did you mean {page.did_you_mean.query} ?")
        for hit in page.hits:
            published = hit.article.published_to
            day = f"{published:%Y-%m-%d}" if published else "undated   "
            outlet = hit.article.outlet.name if hit.article.outlet else "unknown outlet"
            more = f"  and {hit.more_versions} more" if hit.more_versions else ""
            terms = "".join(f"  {one.term} {one.count}" for one in hit.marks.terms)
            self.stdout.write(
                f"{hit.number:>5}  {day}  {hit.article.headline[:HEADLINE_WIDTH]}  ({outlet}){more}{terms}"
            )
        self.stdout.write(f"{_counted(page)}, page {page.page} of {page.pages}")
        if page.story_total < page.total:
            self.stdout.write(f"They tell {page.story_total} stories")
        if page.request.mode is Mode.ANY:
            self.stdout.write("They hold any of the words")
        if page.undated_left_out:
            self.stdout.write(f"{page.undated_left_out} more would match but for having no date")


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from sys.stdin
        return
    with Path(name).open(encoding="utf-8") as lines:
        yield from lines


def _asked(line: str, number: int) -> dict[str, Any]:
    """Read one line. Raises CommandError, with the form, when it is no query."""
    form = 'Write {"id": "1", "query": "peace plan", "mode": "any"}; mode is all or any.'
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"Line {number} is not JSON ({error}). {form}") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise CommandError(f"Line {number} has no query. {form}")
    if asked.get("mode") not in (None, "", *Mode):
        raise CommandError(f"Line {number} has a mode that is none. {form}")
    return asked


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
    for name in ("mode", "from", "to", "sort", "count", "page", "size"):
        if options[name]:
            parameters[name] = str(options[name])
    for name in PARAMETERS:
        parameters.setlist(name, options[name] or [])
    return SearchRequest.read(parameters)
