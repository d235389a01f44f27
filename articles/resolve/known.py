"""What the resolver asks of the names and contexts that are known, wherever they are kept.

`NameRegister` and `ContextBook` hold them in memory; `articles.ingest.stored_names` and `stored_contexts` look
them up in the database. Both answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from articles.mentions.spans import Kind
from articles.resolve.context import Match


class KnownNames(Protocol):
    """Known actors by number, their names by keys; an entry is a number for one name of one actor."""

    def meet(self, numbers: Iterable[int]) -> None:
        """Hear which actors will be asked about next, so that they can be fetched at once."""

    def number(self, key: str) -> int | None:
        """Return the number of a key, None when it is unknown."""

    def key(self, number: int) -> str:
        """Return the key of an actor."""

    def kind(self, number: int) -> Kind:
        """Return the kind of an actor."""

    def name(self, number: int) -> str:
        """Return the leading name of an actor."""

    def names(self, number: int) -> tuple[str, ...]:
        """Return all names of an actor, the leading one first."""

    def authority(self, number: int) -> str | None:
        """Return the key of the authority files for an actor."""

    def root(self, number: int) -> str:
        """Return the key of the actor that this one stands for."""

    def cluster(self, number: int) -> tuple[int, ...]:
        """Return the numbers of all actors that stand for one and the same, this one's among them."""

    def by_authority(self, authority: str, kind: Kind) -> Sequence[int]:
        """Return the actors that the authority files know by this key."""

    def bearers_of(self, name: str, kind: Kind) -> list[int]:
        """Return the actors that bear the same name, but for case, titles, accents and word order."""

    def block(self, key: str, kind: Kind) -> Sequence[int]:
        """Return the entries of a block; of one with more than MOST_IN_BLOCK perhaps not all."""

    def entry(self, number: int) -> tuple[int, str]:
        """Return the actor and the name of an entry."""

    def persons_called(self, surname: str, *, in_full: bool, most: int) -> list[int]:
        """Return the persons of a surname: those so spelt, then those alike in sound unless more than `most` are."""

    def began_lone(self, surname: str) -> Collection[int]:
        """Return numbers among which are all persons of a surname who were known by it alone before."""

    def bodies_called(self, acronym: str) -> Sequence[int]:
        """Return the bodies that some article has called by an acronym."""

    def is_state(self, name: str) -> bool:
        """Return True for the name of a known state."""


class KnownContexts(Protocol):
    """What known actors were named together with."""

    def meet(self, actors: Iterable[int]) -> None:
        """Hear which actors will be compared next, so that they can be fetched at once."""

    def match(
        self,
        actors: Iterable[int],
        article: Mapping[str, str],
        *,
        day: int | None,
        is_state: Callable[[str], bool],
    ) -> Match:
        """Compare the context of an article with that of one known actor, under all its numbers."""
