"""Link the whole archive anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.ingest import relink
from articles.ingest.pages import INDEX_EVERY
from articles.models import Article, DuplicateLink, PartLink, Story
from articles.search.engines.ask import SearchUnavailable
from articles.search.pending import drain


class Command(BaseCommand):
    """`manage.py link_copies`: copies, stories and pages of all articles, as if they came in today."""

    help = (
        "Find the copies of every article again and bring stories and pages of one article up to date. "
        "Rulings stand. Stop it with Ctrl-C and start it again as you like: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from-start", action="store_true", help="begin with the first article, where it stopped or not"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = _place()
        after = 0 if options["from_start"] else _read(place)
        if after:
            self.stdout.write(f"Going on after article {after}; --from-start begins anew.")
        try:
            self._link(place, after)
        except KeyboardInterrupt:
            _index("What was linked is not indexed")
            raise CommandError("Stopped. What is linked is safe; run it again to go on.") from None
        place.unlink(missing_ok=True)
        _index("All is linked, but not indexed")
        stories = Story.objects.shown()
        self.stdout.write(
            f"Articles: {Article.objects.count()}. Links between copies: {DuplicateLink.objects.count()}. "
            f"Stories: {stories.count()}, in several outlets: {stories.in_several_outlets().count()}. "
            f"Links between pages of one article: {PartLink.objects.count()}."
        )

    def _link(self, place: Path, after: int) -> None:
        """Link batch by batch, and note each in the file from which a later run goes on.

        The index follows every INDEX_EVERY articles: searches that count stories would otherwise name, all the
        while, stories that are gone.
        """
        since_indexed = 0
        left = Article.objects.filter(pk__gt=after)
        # tqdm draws only on a terminal (disable=None), so that logs hold no half-drawn bars.
        with tqdm(total=left.count(), unit="article", disable=None, file=sys.stderr) as bar:
            for last in relink(after=after):
                linked = Article.objects.filter(pk__gt=after, pk__lte=last).count()
                bar.update(linked)
                after = last
                place.write_text(str(last))
                since_indexed += linked
                if since_indexed >= INDEX_EVERY:
                    _index("What was linked is not indexed")
                    since_indexed = 0


def _index(fault: str) -> None:
    try:
        drain()
    except SearchUnavailable as error:
        raise CommandError(f"{fault}: {error}") from error


def _place() -> Path:
    """Return the file that holds the number of the last article linked, while a run is not over."""
    folder: Path = settings.DATA_DIR
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "link_copies.place"


def _read(place: Path) -> int:
    try:
        return int(place.read_text())
    except (FileNotFoundError, ValueError):  # no run was stopped, or it was stopped while it wrote this
        return 0
