"""Joining across the archive: which known actor a local one is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles.mentions.person_names import is_full_name, name_words, surnames_of
from articles.mentions.spans import Kind
from articles.resolve.actors import KnownActor, LocalActor, Resolution
from articles.resolve.compare import compare_names
from articles.resolve.names import (
    NameKeys,
    is_acronym,
    is_bare_ministry,
    organisation_keys,
    person_keys,
    skeleton,
)

# From this likeness on two names are one actor; below it they stay apart until a person says otherwise.
# Persons: chosen on name_pairs_dev.csv for a precision of at least .92 (see tests/resolve and the report
# of score_names.py); bodies need more, because one word ("Trust", "Bank") makes another body.
SAME_PERSON = 0.85
SAME_BODY = 0.9

# Two candidates closer than this are a tie, and a tie joins neither.
CLEAR_LEAD = 0.03

# A block with more actors than this is a name like Mohammed, and is not looked through: the other word of the
# name, or the pair of both, finds the variants. Each comparison costs about 50 microseconds, so this
# keeps a lookup within the 100 ms that ingest allows.
MOST_IN_BLOCK = 500

# A likeness worth telling a curator of, though too small to join by.
WORTH_SAYING = 0.6

# A lone surname that only one person of the archive bears: likely, never sure.
ONLY_BEARER = 0.75
SAME_LONE_SURNAME = 0.7


@dataclass(frozen=True, slots=True)
class _Scored:
    known: KnownActor
    score: float
    name: str


class ActorDirectory:
    """The actors the archive knows, looked up by keys: one lookup costs the same however many they are.

    Build it once from all KnownActors, `add` what ingest creates. Adding a key that is already there
    adds its names to that actor: aliases grow, and a merged actor stands for the one it was merged into.
    """

    def __init__(self, known: Iterable[KnownActor] = ()) -> None:
        self._actors: dict[str, KnownActor] = {}
        self._by_authority: dict[tuple[str, Kind], str] = {}
        self._exact: dict[tuple[str, Kind], dict[str, None]] = defaultdict(dict)
        self._blocks: dict[tuple[str, Kind], dict[str, None]] = defaultdict(dict)
        self._surnames: dict[str, dict[str, None]] = defaultdict(dict)
        for actor in known:
            self.add(actor)

    def __len__(self) -> int:
        return len(self._actors)

    def add(self, actor: KnownActor) -> None:
        """Make an actor known from now on, or add its names to the one with its key."""
        before = self._actors.get(actor.key)
        if before is not None:
            self.discard(actor.key)
            names = (*before.aliases, actor.name, *actor.aliases)
            actor = replace(
                before, aliases=tuple(dict.fromkeys(names)), authority=before.authority or actor.authority
            )
        self._actors[actor.key] = actor
        for slot, table in self._slots(actor):
            table[slot][actor.key] = None
        for surname in _surname_keys(actor):
            self._surnames[surname][actor.key] = None
        if actor.authority:
            self._by_authority.setdefault((actor.authority, actor.kind), actor.key)

    def discard(self, key: str) -> None:
        """Forget an actor; nothing happens when the key is unknown."""
        actor = self._actors.pop(key, None)
        if actor is None:
            return
        for slot, table in self._slots(actor):
            table[slot].pop(key, None)
        for surname in _surname_keys(actor):
            self._surnames[surname].pop(key, None)
        if actor.authority and self._by_authority.get((actor.authority, actor.kind)) == key:
            del self._by_authority[actor.authority, actor.kind]

    def _slots(
        self, actor: KnownActor
    ) -> list[tuple[tuple[str, Kind], dict[tuple[str, Kind], dict[str, None]]]]:
        found: list[tuple[tuple[str, Kind], dict[tuple[str, Kind], dict[str, None]]]] = []
        for name in _telling_names(actor):
            keys = _keys(name, actor.kind)
            found.append(((keys.exact, actor.kind), self._exact))
            found.extend(((block, actor.kind), self._blocks) for block in keys.blocks)
        return found

    def resolve(self, local: LocalActor, *, context: Sequence[LocalActor] = ()) -> Resolution:
        """Which known actor `local` is; `context` are the actors of its article.

        1. the authority files, 2. a lone surname, 3. the same name, 4. a variant of the name.
        In doubt it is a new actor, and the reason says what stood against a join.
        """
        # 1. A key of the authority files means the same wherever it stands.
        if local.authority:
            key = self._by_authority.get((local.authority, local.kind))
            if key is not None:
                return Resolution(key, 1.0, f"the authority files know both as {local.authority}")
        names = _telling_names_of(local)
        if not names:
            return self._lone(local, context)
        # 2. Two different entries of the authority files are never one actor, however alike.
        # 3. The same name, but for case, titles, accents and word order.
        for name in names:
            same = [
                k
                for k in self._exact.get((_keys(name, local.kind).exact, local.kind), ())
                if self._may_be(local, k)
            ]
            if len(same) == 1:
                return Resolution(same[0], 0.98, f'"{name}" is the same name as {self._actors[same[0]].name}')
            if len(same) > 1:
                return Resolution(
                    None, 0.5, f'several known actors bear the name "{name}"; a person has to decide'
                )
        # 4. A variant of the name.
        return self._variant(local, names)

    def _may_be(self, local: LocalActor, key: str) -> bool:
        theirs = self._actors[key].authority
        return not (local.authority and theirs and local.authority != theirs)

    def _variant(self, local: LocalActor, names: Sequence[str]) -> Resolution:
        bar = SAME_PERSON if local.kind is Kind.PERSON else SAME_BODY
        ranked = sorted(self._scored(local, names), key=lambda one: -one.score)
        if not ranked or ranked[0].score < bar:
            near = (
                f"; the nearest is {ranked[0].known.name} with {ranked[0].score:.2f}"
                if ranked and ranked[0].score > WORTH_SAYING
                else ""
            )
            return Resolution(
                None, ranked[0].score if ranked else 0.0, f"no known actor has a name like {local.name}{near}"
            )
        best = ranked[0]
        if len(ranked) > 1 and best.score - ranked[1].score < CLEAR_LEAD:
            return Resolution(
                None,
                best.score,
                f"{local.name} is as near to {best.known.name} as to {ranked[1].known.name}; "
                "a person has to decide",
            )
        return Resolution(
            best.known.key,
            best.score,
            f'"{best.name}" is a spelling of {best.known.name} (likeness {best.score:.2f} of 1)',
        )

    def _scored(self, local: LocalActor, names: Sequence[str]) -> Iterable[_Scored]:
        blocks = [
            self._blocks.get((block, local.kind), {})
            for name in names
            for block in _keys(name, local.kind).blocks
        ]
        telling = [block for block in blocks if len(block) <= MOST_IN_BLOCK]
        for key in dict.fromkeys(key for block in telling for key in block if self._may_be(local, key)):
            known = self._actors[key]
            pairs = [
                (compare_names(mine, theirs, kind=local.kind), mine)
                for mine in names
                for theirs in _telling_names(known)
            ]
            score, name = max(pairs)
            yield _Scored(known, score, name)

    def _lone(self, local: LocalActor, context: Sequence[LocalActor]) -> Resolution:
        """2. A surname without a first name, or an acronym that its text does not explain."""
        if local.kind is not Kind.PERSON:
            return Resolution(
                None,
                0.0,
                f"{local.name} means different bodies in different texts, and this one does not say which",
            )
        mine = skeleton(name_words(local.name)[-1] if name_words(local.name) else local.name)
        if any(
            mine in _surname_keys_of(other.surfaces)
            for other in context
            if other is not local and other.kind is Kind.PERSON
        ):
            return Resolution(
                None, 0.4, f"several people of this article are called {local.name}; a person has to decide"
            )
        bearers = [self._actors[key] for key in self._surnames.get(mine, ()) if self._may_be(local, key)]
        full = [actor for actor in bearers if is_full_name(actor.name)]
        if len(full) == 1:
            return Resolution(
                full[0].key,
                ONLY_BEARER,
                f"{full[0].name} is the only person in the archive called {local.name}",
            )
        if len(full) > 1:
            listed = ", ".join(actor.name for actor in full[:3])
            return Resolution(None, 0.4, f"several people in the archive are called {local.name}: {listed}")
        if len(bearers) == 1:
            return Resolution(
                bearers[0].key,
                SAME_LONE_SURNAME,
                f"the archive knows one {local.name}, also without a first name",
            )
        return Resolution(None, 0.0, f"nobody in the archive is called {local.name}")


def _keys(name: str, kind: Kind) -> NameKeys:
    return person_keys(name) if kind is Kind.PERSON else organisation_keys(name)


def _telling(name: str, kind: Kind) -> bool:
    """Return False for a name that needs its article: a bare surname, an acronym, a ministry of no state."""
    if kind is Kind.PERSON:
        return is_full_name(name)
    return kind in (Kind.STATE, Kind.MEDIA) or not (is_acronym(name) or is_bare_ministry(name))


def _telling_names(actor: KnownActor) -> tuple[str, ...]:
    names = dict.fromkeys([actor.name, *actor.aliases])
    return tuple(name for name in names if _telling(name, actor.kind))


def _telling_names_of(local: LocalActor) -> tuple[str, ...]:
    # A state is found in many ways ("Damascus", "Syrian government"), but only its name joins. A body's bare
    # "Foreign Ministry" has been given its full name by the article.
    spelled = (local.name,) if local.kind is not Kind.PERSON else (local.name, *local.surfaces)
    return tuple(name for name in dict.fromkeys(spelled) if _telling(name, local.kind))


def _surname_keys(actor: KnownActor) -> set[str]:
    return _surname_keys_of((actor.name, *actor.aliases)) if actor.kind is Kind.PERSON else set()


def _surname_keys_of(names: Iterable[str]) -> set[str]:
    """Skeletons of the surnames of full names; of the words themselves when no name is full."""
    listed = tuple(names)
    full = {skeleton(surname) for name in listed for surname in surnames_of(name)}
    return full or {skeleton(word) for name in listed for word in name_words(name)[-1:]}
