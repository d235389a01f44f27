"""Find near-copies without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.json_lines import Record, text_of
from articles.resolve.copies import CopyIndex, Sameness, TemporaryShelf, Thresholds


class Command(BaseCommand):
    """`manage.py duplicates --jsonl`: {id, text} in, one pair of near-copies a line out."""

    help = (
        "Find near-copies among texts from standard input: {id, text} on each line. Prints the two ids and "
        "their Jaccard index over 5-word shingles, tab-separated, as soon as a pair is complete. No database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true", required=True, help="read JSON Lines")
        parser.add_argument(
            "--at",
            type=_share,
            default=0.5,
            metavar="SHARE",
            help="least Jaccard index of a pair (default 0.5)",
        )
        parser.add_argument(
            "--contained",
            type=_share,
            metavar="SHARE",
            help="print also pairs of which the shorter stands in the longer by this share, such as 0.6, and "
            "the share in a fourth column",
        )
        parser.add_argument(
            "--scratch",
            type=Path,
            metavar="FOLDER",
            help="where the temporary file lies, 3.6 GB for a million articles (default: TMPDIR)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        thresholds = Thresholds(near=options["at"], contains=options["contained"], partly=None)
        try:
            with closing(TemporaryShelf[str](options["scratch"])) as shelf:
                print_pairs(CopyIndex(shelf, thresholds=thresholds), sys.stdin.buffer, sys.stdout, sys.stderr)
        except BrokenPipeError:
            raise
        except OSError as error:
            cure = "Name a folder on a disk with room for it with --scratch."
            raise CommandError(f"The temporary file cannot be written: {error}. {cure}") from error


def print_pairs(index: CopyIndex[str], lines: Iterable[bytes], out: IO[str], errors: IO[str]) -> None:
    """Print the pairs that each line completes; the earlier id stands first.

    A line that cannot be read gives {id, error} on `errors`, and the rest goes on. Records of one id are
    versions of one article and no pair.
    """
    contained = index.thresholds.contains is not None
    for line in lines:
        if not line.strip():
            continue
        record_id: Any = None
        try:
            record = json.loads(line)
            record_id = record.get("id") if isinstance(record, dict) else None
            identity, text = _id_of(record), text_of(record)
        except (ValueError, RecursionError) as error:
            errors.write(json.dumps({"id": record_id, "error": str(error)}) + "\n")
            continue
        for copy in index.add(identity, text):
            if copy.a == copy.b or (copy.sameness is Sameness.EXACT and copy.jaccard < index.thresholds.near):
                continue
            last = f"\t{copy.containment:.4f}" if contained else ""
            out.write(f"{copy.a}\t{copy.b}\t{copy.jaccard:.4f}{last}\n")
            out.flush()


def _id_of(record: Record) -> str:
    if not isinstance(record, dict):
        raise ValueError('The line is JSON, but not an object such as {"id": 1, "text": "…"}.')  # noqa: TRY004
    identity = record.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        raise ValueError('The record has no "id" that is a text or a whole number.')  # noqa: TRY004
    if any(mark in str(identity) for mark in "\t\n\r"):
        raise ValueError("The id has a tab or a line end, which cannot be told from the next column or pair.")
    try:
        str(identity).encode()
    except UnicodeEncodeError:
        raise ValueError("The id has half a character, which cannot be written.") from None
    return str(identity)


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0.0 < share <= 1.0:
        raise argparse.ArgumentTypeError("a share above 0 and up to 1 is needed, such as 0.5")
    return share
