"""Write the archive's actors to a file that other tools, and `import_actors`, read."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.ingest.reading import authority
from articles.mentions.spans import Kind
from articles.models import Actor, Alias, Article, Mention, Role
from articles.models.article import VISIBLE
from articles.resolve.authority_files import AuthorityEntry, Office
from articles.resolve.authority_files.writing import SCHEMATA, csv_lines, entity, ftm_lines, key_of

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    """`manage.py export_actors FILE --format ftm|csv [--with-mentions]`."""

    help = (
        "Write all actors with their spellings and dated offices, as FollowTheMoney entities or as a table. "
        "What a curator hid is left out, merged actors are one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help='a file to write; "-" is standard output')
        parser.add_argument("--format", choices=("ftm", "csv"), default="ftm", help="default: ftm")
        parser.add_argument(
            "--with-mentions",
            action="store_true",
            help="also the articles that name them, as Article and Mention (ftm only)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["with_mentions"] and options["format"] == "csv":
            raise CommandError("A table of actors has no place for mentions. Use --format ftm.")
        entries, keys = stored_actors()
        lines = (
            ftm_lines(entries, country_of=_country_of()) if options["format"] == "ftm" else csv_lines(entries)
        )
        try:
            with self._output(options["file"]) as out:
                out.writelines(lines)
                if options["with_mentions"]:
                    out.writelines(mention_lines(keys))
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error}") from error
        if options["file"] != STANDARD_OUTPUT:
            self.stdout.write(f"{len(entries)} actors written to {options['file']}.")

    def _output(self, file: str) -> Any:
        if file == STANDARD_OUTPUT:
            out: IO[str] | Any = self.stdout._out if self.stdout._out is not sys.stdout else sys.stdout  # noqa: SLF001
            return nullcontext(out)
        return Path(file).open("w", encoding="utf-8", newline="")


def stored_actors() -> tuple[list[AuthorityEntry], dict[int, str]]:
    """Return the actors that are shown, in the order in which they came in, and their keys by number.

    A key is made of the machine's name and kind, so that it is the same in every export and archive; a
    further actor of the same name and kind has its place among these in its key.
    """
    spelt: dict[int, dict[str, None]] = defaultdict(dict)
    for alias in Alias.objects.order_by("pk").select_related("actor").iterator():
        spelt[alias.actor.root_id][alias.surface] = None
    held: dict[int, dict[Office, None]] = defaultdict(dict)
    for role in Role.objects.filter(article=None).order_by("pk").iterator():
        office = Office(role.title, role.organisation, role.began or None, role.ended or None)
        held[role.actor_id][office] = None
    entries, keys, bearers = [], {}, Counter[tuple[str, str]]()
    for actor in Actor.objects.shown().order_by("pk").iterator():
        own = (actor.machine_kind, actor.machine_name)
        bearers[own] += 1
        keys[actor.pk] = key_of(*own, *([str(bearers[own])] if bearers[own] > 1 else []))
        entries.append(
            AuthorityEntry(
                name=actor.name,
                kind=Kind(actor.kind),
                variants=tuple(surface for surface in spelt[actor.pk] if surface != actor.name),
                offices=tuple(held[actor.pk]),
                source=keys[actor.pk],
            )
        )
    return entries, keys


def mention_lines(keys: dict[int, str]) -> Iterator[str]:
    """Give each visible article that names an actor, and a Mention for each actor that it names."""
    named = Mention.objects.filter(actor__in=Actor.objects.shown(), article__status__in=VISIBLE)
    rows = named.order_by("article", "actor", "pk").values_list("article", "actor", "actor__kind", "surface")
    for number, of_article in groupby(rows.iterator(chunk_size=2000), key=lambda row: row[0]):
        article = Article.objects.select_related("outlet", "page").get(pk=number)
        document = key_of("article", article.permanent_id)
        yield _article(article, document)
        yield from _mentions(document, of_article, keys)


def _mentions(document: str, rows: Iterable[tuple[Any, ...]], keys: dict[int, str]) -> Iterator[str]:
    for (actor, kind), several in groupby(rows, key=lambda row: (row[1], row[2])):
        surfaces = dict.fromkeys(row[3] for row in several)
        said = {
            "document": [document],
            "resolved": [keys[actor]],
            "name": list(surfaces),
            "detectedSchema": [SCHEMATA[Kind(kind)]],
        }
        yield entity(key_of("mention", document, keys[actor]), "Mention", said)


def _article(article: Article, key: str) -> str:
    day = article.published_from if article.published_from == article.published_to else None
    return entity(
        key,
        "Article",
        {
            "title": [article.headline],
            "author": list(article.authors),
            "publishedAt": [day.isoformat()] if day else [],
            "publisher": [article.outlet.name] if article.outlet else [],
            "sourceUrl": [article.page.url or ""],
        },
    )


def _country_of() -> Any:
    codes = {state.name: state.code for state in authority().states if state.code}
    return codes.get
