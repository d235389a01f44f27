"""Joining across the archive: which known actor a local one is.

The policy, in the order in which it is applied (`lookup.py` holds the steps):

1. What a person ruled stands. A spelling that was given to an actor joins it with score 1. Names that were
   ruled to be two never join, and a name that one actor bears never joins another that was ruled apart from it.
2. A key of the authority files means the same wherever it stands; two of its entries are never one actor.
3. The same full name joins its only bearer, unless what they do contradicts (gender, field of work, state served,
   forty years between) and nobody in their articles is common to both: then there are two of one name.
4. A variant of the name joins from SAME_PERSON or SAME_BODY on, when no other actor is as near.
5. Several actors that fit equally (several of one name, a tie) join only when the context decides clearly.
6. A surname alone joins the only person who bears it, at a lower score, or the one of several whom the context
   clearly means. Context that speaks against it keeps it apart. An acronym alone joins nobody.
7. A full name joins an actor known by that surname alone when nobody else is known to bear it and the context does
   not speak against it: "Lavrov" becomes "Sergei Lavrov" (`better_name`). A second full name with that surname
   stays apart, since the first has it; the actor that began by its surname is named as a candidate, because some of
   its early mentions may be the second one's.
8. Everything else is a new actor. Whenever one of these was in doubt the answer lists candidates for a person.

Merged actors keep their names under their own keys and stand for their root: several with one root are no tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from articles.mentions.spans import Kind
from articles.resolve.actors import KnownActor, LocalActor, Resolution
from articles.resolve.context import ContextBook, described
from articles.resolve.known import KnownContexts, KnownNames
from articles.resolve.lookup import SAME_BODY, SAME_PERSON, Lookup
from articles.resolve.register import NameRegister
from articles.resolve.shelves import MapMaker
from articles.resolve.standing import StandingVerdicts
from articles.resolve.weighing import Question

__all__ = ["SAME_BODY", "SAME_PERSON", "ActorDirectory"]


class ActorDirectory:
    """The actors the archive knows, looked up by keys: one lookup costs the same however many they are.

    Build it once from all KnownActors, `add` what ingest creates, `note` what each article shows. Adding a
    key that is already there adds its names to that actor. `apart` are pairs of keys that people ruled to be
    two actors. `maps` makes the maps in which all of this is kept. `comparisons` counts the pairs of names that were
    compared in full so far.
    """

    def __init__(
        self,
        known: Iterable[KnownActor] = (),
        *,
        apart: Iterable[frozenset[str]] = (),
        maps: MapMaker = dict,
    ) -> None:
        self._register = NameRegister(maps)
        self._book = ContextBook(maps)
        self._verdicts = StandingVerdicts(apart)
        self.comparisons = 0
        for actor in known:
            self.add(actor)

    def __len__(self) -> int:
        return len(self._register)

    def __contains__(self, key: str) -> bool:
        return self._register.number(key) is not None

    # --- what is known ---

    def add(self, actor: KnownActor) -> None:
        """Make an actor known from now on, or add its names to the one with its key."""
        number = self._register.add(actor)
        if actor.context:
            self._book.note(number, actor.context)
        if actor.seen:
            self._book.note_days(number, actor.seen[0].toordinal(), actor.seen[1].toordinal())

    def discard(self, key: str) -> None:
        """Forget an actor, not the rulings on it; nothing happens when the key is unknown."""
        number = self._register.discard(key)
        if number is not None:
            self._book.forget(number)

    def merge(self, key: str, root: str) -> None:
        """Let an actor stand for another from now on. Raises KeyError when `key` is unknown."""
        self._register.merge(self._number(key), root)

    def unmerge(self, key: str) -> None:
        """Let an actor stand for itself again. Raises KeyError when it is unknown."""
        self._register.part(self._number(key))

    def note(
        self, key: str, context: Iterable[str] | Mapping[str, int] = (), *, day: date | None = None
    ) -> None:
        """Take in what one more article shows of an actor: `context_of` it there, and its day.

        At most 50 context words are kept of each actor, those that were named most often. Raises KeyError for an
        unknown key.
        """
        number = self._number(key)
        self._book.note(number, context)
        if day is not None:
            self._book.note_days(number, day.toordinal(), day.toordinal())

    def context(self, key: str) -> dict[str, int]:
        """Return the context words kept of an actor. Raises KeyError for an unknown key."""
        return self._book.words_of(self._number(key))

    def root_of(self, key: str) -> str:
        """Return the key of the actor that this one stands for. Raises KeyError for an unknown key."""
        return self._register.root(self._number(key))

    def _number(self, key: str) -> int:
        number = self._register.number(key)
        if number is None:
            raise KeyError(f"no actor with the key {key!r} is known; add it first")
        return number

    # --- what people ruled ---

    def rule_apart(self, a: str, b: str) -> None:
        """Take in that the actors with these keys are two; the keys need not be known yet."""
        self._verdicts.set_apart(a, b, stands=True)

    def unrule_apart(self, a: str, b: str) -> None:
        """Take back that two keys are two actors."""
        self._verdicts.set_apart(a, b, stands=False)

    def rule_names_apart(self, a: str, b: str, *, kind: Kind) -> None:
        """Take in that who is called `a` is never the actor called `b`, nor the other way round."""
        self._verdicts.set_names_apart(a, b, kind=kind, stands=True)

    def unrule_names_apart(self, a: str, b: str, *, kind: Kind) -> None:
        """Take back that two names are two actors'."""
        self._verdicts.set_names_apart(a, b, kind=kind, stands=False)

    def rule_spelling(self, key: str, spelling: str) -> None:
        """Take in that a spelling means an actor; the key need not be known yet."""
        self._verdicts.set_spelling(key, spelling, stands=True)

    def unrule_spelling(self, key: str, spelling: str) -> None:
        """Take back that a spelling means an actor."""
        self._verdicts.set_spelling(key, spelling, stands=False)

    # --- the question ---

    def resolve(
        self, local: LocalActor, *, context: Sequence[LocalActor] = (), day: date | None = None
    ) -> Resolution:
        """Which known actor `local` is; `context` are the actors of its article, `day` is the article's.

        In doubt it is a new actor: the reason says what stood against a join, the candidates whom it may be.
        """
        lookup = lookup_in(self._register, self._book, self._verdicts, local=local, context=context, day=day)
        answer = lookup.answer()
        self.comparisons += lookup.comparisons
        return answer


def lookup_in(
    names: KnownNames,
    contexts: KnownContexts,
    verdicts: StandingVerdicts,
    *,
    local: LocalActor,
    context: Sequence[LocalActor],
    day: date | None,
) -> Lookup:
    """Return the look-up that answers which actor `local` is, among those that are known there."""
    return Lookup(
        Question(
            register=names,
            book=contexts,
            verdicts=verdicts,
            local=local,
            article=context,
            words=described(local, context),
            day=day.toordinal() if day else None,
        )
    )
