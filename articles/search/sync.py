"""Comparing the index with the database, both ways, and repairing what differs."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Article, PendingIndex
from articles.search.facets import story_key
from articles.search.pending import drain
from articles.search.run import backend


@dataclass(frozen=True, slots=True)
class Difference:
    """Article numbers: in the database alone, in the index alone, in both with another version or story."""

    missing: frozenset[int]
    gone: frozenset[int]
    stale: frozenset[int]

    @property
    def articles(self) -> frozenset[int]:
        """All of them."""
        return self.missing | self.gone | self.stale

    def __bool__(self) -> bool:
        return bool(self.articles)


def compare() -> Difference:
    """Return where index and database differ now. Raises SearchUnavailable when the index cannot be read."""
    engine = backend()
    versions, stories = engine.versions(), engine.stories()
    indexed = {number: (version, stories.get(number)) for number, version in versions.items()}
    stored = {
        number: (version, story_key(number, story))
        for number, version, story in Article.objects.values_list("pk", "version", "story")
    }
    return Difference(
        missing=frozenset(stored.keys() - indexed.keys()),
        gone=frozenset(indexed.keys() - stored.keys()),
        stale=frozenset(number for number, state in stored.items() if indexed.get(number, state) != state),
    )


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did: queued work done, what differed after that, and what still differs."""

    drained: int
    found: Difference
    left: Difference


def repair() -> Repair:
    """Do the queued work, then queue whatever differs and do that too.

    The repair goes through the queue, so that stopping it loses nothing either. Saves that happen
    meanwhile drain themselves; only what still differs and is not queued counts as left. Raises
    SearchUnavailable when the index cannot be read or written.
    """
    drained = drain()
    found = compare()
    if found:
        PendingIndex.objects.queue(sorted(found.articles))
        drain()
    return Repair(drained, found, compare() if found else found)
