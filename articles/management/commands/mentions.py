"""Find actors and quotes without a database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from articles.management.json_lines import Record, stream, text_of
from articles.mentions.authority import load_authority
from articles.mentions.find import MentionFinder, load_finder
from articles.mentions.spans import NameSpan, PlaceSpan
from articles.resolve.article import actors_of_text


class Command(BaseCommand):
    """`manage.py mentions --jsonl`: {id, text} in, mentions, actors and quotes out."""

    help = "Find the actors and quotes of texts from standard input: {id, text} on each line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true", required=True, help="read and write JSON Lines")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = load_authority(*settings.ARCHIVE_AUTHORITY_DIRS)
        finder = load_finder(model=settings.ARCHIVE_MODEL or None, authority=authority)
        stream(lambda record: mentions_of(text_of(record), finder))


def mentions_of(text: str, finder: MentionFinder) -> Record:
    """Return what a text names, in the form of the contract in docs/commands.md; offsets count characters."""
    found = actors_of_text(text, finder)
    named: list[tuple[NameSpan | PlaceSpan, str]] = [
        (span, span.kind.value) for actor in found.actors for span in actor.spans
    ]
    named += [(place, "place") for place in found.places]
    return {
        "mentions": [
            {"start": span.start, "end": span.end, "surface": span.surface, "kind": kind}
            for span, kind in sorted(named, key=lambda each: each[0].start)
        ],
        "actors": [
            {
                "name": actor.name,
                "kind": actor.kind.value,
                "surfaces": list(actor.surfaces),
                "roles": list(dict.fromkeys(role.phrase for role in actor.roles)),
            }
            for actor in found.actors
        ],
        "quotes": [
            {
                "start": quote.start,
                "end": quote.end,
                "speaker": quote.speaker_text,
                "cue": quote.cue,
                "via": quote.via,
            }
            for quote in found.quotes
        ],
    }
