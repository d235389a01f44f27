"""Find actors and quotes without a database."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.json_lines import Record, stream, text_of
from articles.management.reading_pool import Found, ReadingPool, found_in, reading_pool
from articles.mentions.authority import load_authority
from articles.mentions.find import MentionFinder, load_finder
from articles.mentions.spans import NameSpan, PhraseSpan, PlaceSpan
from articles.resolve.running import RunningArchive


class Command(BaseCommand):
    """`manage.py mentions --jsonl`: {id, text} in, mentions, actors and quotes out."""

    help = "Find the actors and quotes of texts from standard input: {id, text} on each line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true", required=True, help="read and write JSON Lines")
        parser.add_argument(
            "--resolve",
            action="store_true",
            help='give every mention an "actor", the same for one actor over all records of the run',
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=1,
            help="processes that read at once, for many texts; the answers keep the order of the records",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] < 1:
            raise CommandError("--workers must be 1 or more.")
        authority = load_authority(*settings.ARCHIVE_AUTHORITY_DIRS)
        archive = RunningArchive(authority=authority) if options["resolve"] else None
        if options["workers"] > 1:
            stream_with(options["workers"], archive)
            return
        finder = load_finder(model=settings.ARCHIVE_MODEL or None, authority=authority)
        stream(lambda record: mentions_of(text_of(record), finder, archive=archive))


def stream_with(workers: int, archive: RunningArchive | None) -> None:
    """Answer standard input with several processes; who is who is told in this one, in the order of the records."""
    read: deque[Found | None] = deque(maxlen=1)  # of the line that is being answered

    def lines(pool: ReadingPool) -> Iterator[bytes]:
        for line, found in pool.read(line for line in sys.stdin.buffer if line.strip()):
            read.append(found)
            yield line

    def answer(record: Record) -> Record:
        text_of(record)  # refuses what has no text, as with one process
        found = read[-1]
        if found is None:
            raise ValueError("The record could not be read.")
        return answer_of(found, archive=archive)

    folders = [str(folder) for folder in settings.ARCHIVE_AUTHORITY_DIRS]
    with reading_pool(workers, model=settings.ARCHIVE_MODEL or None, authority=folders) as pool:
        stream(answer, lines=lines(pool))


def mentions_of(text: str, finder: MentionFinder, *, archive: RunningArchive | None = None) -> Record:
    """Return what a text names, in the form of the contract in docs/commands.md; offsets count characters.

    With an `archive` each mention and each actor also says which actor of the run it is.
    """
    return answer_of(found_in(text, finder), archive=archive)


def answer_of(reading: Found, *, archive: RunningArchive | None = None) -> Record:
    """Return what was found in the form of the contract."""
    found = reading.actors
    answers = archive.take(found) if archive else (None,) * len(found.actors)
    named: list[tuple[NameSpan | PlaceSpan | PhraseSpan, dict[str, str]]] = [
        (span, {"kind": span.kind.value, "method": span.method, **_whose(answer.key if answer else None)})
        for actor, answer in zip(found.actors, answers, strict=True)
        for span in actor.spans
    ]
    whose = {span.start: told.get("actor") for span, told in named}
    named += [
        (
            place,
            {
                "kind": "place",
                "method": place.method,
                **_whose(archive.place_key(place) if archive else None),
            },
        )
        for place in found.places
    ]
    named += [
        (
            phrase,
            {
                "kind": phrase.kind.value,
                "method": phrase.method,
                **_whose(None if phrase.name_start is None else whose.get(phrase.name_start)),
            },
        )
        for phrase in reading.phrases
    ]
    return {
        "mentions": [
            {"start": span.start, "end": span.end, "surface": span.surface, **told}
            for span, told in sorted(named, key=lambda each: (each[0].start, each[0].end))
        ],
        "actors": [
            {
                "name": actor.name,
                "kind": actor.kind.value,
                "surfaces": list(actor.surfaces),
                "roles": list(dict.fromkeys(role.phrase for role in actor.roles)),
                **({"actor": answer.key, "score": answer.score, "reason": answer.reason} if answer else {}),
            }
            for actor, answer in zip(found.actors, answers, strict=True)
        ],
        "quotes": [
            {
                "start": quote.start,
                "end": quote.end,
                "speaker": quote.speaker_text,
                "cue": quote.cue,
                "via": quote.via,
                "kind": quote.kind,
            }
            for quote in sorted((*found.quotes, *reading.reported), key=lambda each: (each.start, each.end))
        ],
    }


def _whose(key: str | None) -> dict[str, str]:
    return {} if key is None else {"actor": key}
