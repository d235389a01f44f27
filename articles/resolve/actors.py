"""The records of joining: actors of one article, and which archive actor each one is."""

from __future__ import annotations

from dataclasses import dataclass

from articles.mentions.spans import Kind, NameSpan, PlaceSpan, QuoteSpan, RoleSpan


@dataclass(frozen=True, slots=True)
class LocalActor:
    """One actor within one article: its best name there and every span that means it.

    `authority` is the key of a known actor ("Kofi Annan") when the authority files decided it.
    """

    name: str
    kind: Kind
    spans: tuple[NameSpan, ...]
    roles: tuple[RoleSpan, ...]
    authority: str | None
    reason: str

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The distinct spellings, in the order in which they first appear."""
        return tuple(dict.fromkeys(span.surface for span in self.spans))


@dataclass(frozen=True, slots=True)
class ArticleActors:
    """All actors of one article, its quotes, and what its body names as places only."""

    actors: tuple[LocalActor, ...]
    quotes: tuple[QuoteSpan, ...]
    places: tuple[PlaceSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor the archive already has; `key` is opaque to the resolver (a primary key as text)."""

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which archive actor a local one is. `key` None means: a new actor. `score` runs from 0 to 1."""

    key: str | None
    score: float
    reason: str
