"""The records of joining: actors of one article, and which archive actor each one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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
    """All actors of one article, its quotes, and what its texts name as places only."""

    actors: tuple[LocalActor, ...]
    quotes: tuple[QuoteSpan, ...]
    places: tuple[PlaceSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor the archive already has; `key` is opaque to the resolver (a primary key as text).

    `root` is the key of the actor that this one was merged into; None when it stands for itself.
    `context` counts what it was named with, in the words of `context_of`; `seen` are the first and the
    last day of the articles that name it. `began_lone` says that it was known by a surname alone
    before it got its full name, so that some of its mentions may be another's.
    """

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    authority: str | None = None
    root: str | None = None
    context: Mapping[str, int] = field(default_factory=dict)
    seen: tuple[date, date] | None = None
    began_lone: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known actor that a local one may be, for a person to decide; `score` runs from 0 to 1."""

    key: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which archive actor a local one is. `key` None means: a new actor. `score` runs from 0 to 1.

    `key` is the actor whose name fits best, `root` the one it stands for: the actor it was merged into,
    else itself. `candidates` are whom it may be after all, best first and five at most, whenever the
    decision was in doubt; empty when there was none. `better_name` is a fuller name than the known actor has
    ("Sergei Lavrov" for one known as "Lavrov"), to be taken as its name unless a person named it.
    """

    key: str | None
    score: float
    reason: str
    root: str | None = None
    candidates: tuple[Candidate, ...] = ()
    better_name: str | None = None
