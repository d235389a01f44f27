"""An archive that lasts as long as a run: who is who over a row of articles, without a database."""

from __future__ import annotations

from datetime import date

from articles.mentions.authority import Authority
from articles.mentions.spans import Kind, PlaceSpan
from articles.resolve.across import ActorDirectory
from articles.resolve.actors import ArticleActors, KnownActor, LocalActor, Resolution
from articles.resolve.context import context_of
from articles.resolve.names import normalise


class RunningArchive:
    """Gives every actor of a row of articles a key, the same over all of them.

    An answer is given when its article is read, and stands: what later articles show changes no earlier key.
    """

    def __init__(self, *, authority: Authority | None = None) -> None:
        self.directory = ActorDirectory()
        self._authority = authority or Authority()

    def take(self, found: ArticleActors, *, day: date | None = None) -> tuple[Resolution, ...]:
        """Return who each actor of an article is, in their order, and remember them; `key` is never None.

        1. All are looked up before any is remembered: what an article keeps apart stays apart.
        2. New ones get a key. 3. Names and context are noted.
        """
        # 1.
        answers = [self.directory.resolve(local, context=found.actors, day=day) for local in found.actors]
        keyed = []
        for local, answer in zip(found.actors, answers, strict=True):
            # 2.
            key = answer.key or self._new_key(local)
            # 3.
            self.directory.add(
                KnownActor(key, answer.better_name or local.name, local.kind, local.surfaces, local.authority)
            )
            self.directory.note(key, context_of(local, found.actors), day=day)
            keyed.append(
                Resolution(key, answer.score, answer.reason, self.directory.root_of(key), answer.candidates)
            )
        return tuple(keyed)

    def _new_key(self, local: LocalActor) -> str:
        # A state has one key, also where it was first seen as a place.
        if local.kind is Kind.STATE:
            return f"state {local.authority or normalise(local.name)}"
        return str(len(self.directory) + 1)

    def place_key(self, place: PlaceSpan) -> str:
        """Return the key of what is named as a place: the state's own for a state, else one for the name."""
        state = self._authority.state_called(place.surface)
        return f"state {state}" if state else f"place {normalise(place.surface)}"
