"""The register of known names: tables that find, for a name, the few actors that may bear it.

Actors are numbered as they come, and so are their distinct names ("entries"); tables map a key to numbers. An actor
takes some 1.8 kB with its context (benchmarks/bench_resolve.py).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from functools import lru_cache

from articles.mentions.person_names import REMEMBERED, is_full_name, name_words, surnames_of
from articles.mentions.spans import Kind
from articles.resolve.actors import KnownActor
from articles.resolve.names import (
    NameKeys,
    is_acronym,
    is_bare_ministry,
    is_lone,
    listed,
    normalise,
    organisation_keys,
    organisation_tokens,
    person_keys,
    person_tokens,
    skeleton,
)
from articles.resolve.shelves import MapMaker, PackedTexts
from articles.resolve.tables import TABLES_OF_NAMES, KindTables

_KINDS = tuple(Kind)


class NameRegister:
    """Known actors by number, and their names by keys."""

    __slots__ = (
        "_authorities",
        "_began_lone",
        "_by_authority",
        "_entries",
        "_entry_owner",
        "_free",
        "_keys",
        "_kinds",
        "_members",
        "_names",
        "_numbers",
        "_root",
        "_tables",
    )

    def __init__(self, maps: MapMaker = dict) -> None:
        self._numbers: MutableMapping[str, int] = maps()
        self._keys: MutableMapping[int, str] = maps()
        self._names: MutableMapping[int, tuple[str, ...]] = maps()
        self._kinds = bytearray()
        self._authorities: dict[int, str] = {}
        self._root: dict[int, str] = {}
        self._members: dict[str, list[int]] = {}
        self._by_authority: dict[tuple[str, Kind], list[int]] = {}
        self._entries = PackedTexts()
        self._entry_owner = array("I")
        self._free: list[int] = []
        self._tables = {kind: KindTables(maps) for kind in Kind}
        self._began_lone: set[int] = set()

    def __len__(self) -> int:
        return len(self._numbers)

    # --- putting in and taking out ---

    def add(self, actor: KnownActor) -> int:
        """Register an actor, or add its names to the one with its key; return its number."""
        number = self._numbers.get(actor.key)
        names = tuple(dict.fromkeys((actor.name, *actor.aliases)))
        if number is None:
            number = self._number_for(actor)
        before = self._names[number]
        fresh = tuple(name for name in names if name not in before)
        self._names[number] = (*before, *fresh)
        self._index_names(number, before, fresh)
        if before:
            self._lead(number, actor, before)
        if actor.began_lone:
            self._began_lone.add(number)
        if actor.authority and number not in self._authorities:
            self._authorities[number] = actor.authority
            self._by_authority.setdefault((actor.authority, self.kind(number)), []).append(number)
        if actor.root and actor.root != actor.key:
            self.merge(number, actor.root)
        return number

    def _number_for(self, actor: KnownActor) -> int:
        if self._free:
            number = self._free.pop()
            self._keys[number], self._kinds[number] = actor.key, _KINDS.index(actor.kind)
        else:
            number = len(self._keys)
            self._keys[number], self._names[number] = actor.key, ()
            self._kinds.append(_KINDS.index(actor.kind))
        self._numbers[actor.key] = number
        return number

    def _lead(self, number: int, actor: KnownActor, before: tuple[str, ...]) -> None:
        """Let the first full name of a person, and the name in the authority files, lead the others."""
        person = self.kind(number) is Kind.PERSON
        first_full = person and not any(map(is_full_name, before))
        if first_full and any(map(is_full_name, self._names[number])):
            self._began_lone.add(number)
        recognised = bool(actor.authority) and number not in self._authorities
        if recognised or (first_full and is_full_name(actor.name)):
            self._names[number] = tuple(dict.fromkeys((actor.name, *self._names[number])))

    def _index_names(self, number: int, before: tuple[str, ...], fresh: tuple[str, ...]) -> None:
        kind, tables = self.kind(number), self._tables[self.kind(number)]
        for name in fresh:
            if not is_telling(name, kind) or _is_short_form(name, self._names[number][0], kind):
                continue
            keys = keys_of(name, kind)
            if any(self._entry_owner[entry] == number for entry in tables.exact[keys.exact]):
                continue
            entry = len(self._entries)
            self._entries.append(name)
            self._entry_owner.append(number)
            tables.exact.put(keys.exact, entry)
            for block in keys.blocks:
                tables.blocks.put(block, entry)
        if kind is Kind.ORGANISATION:
            for letters in _acronyms(fresh) - _acronyms(before):
                tables.acronyms.put(letters, number)
        if kind is Kind.PERSON:
            self._index_surnames(number, before, fresh)

    def _index_surnames(self, number: int, before: tuple[str, ...], fresh: tuple[str, ...]) -> None:
        tables, had, full = self._tables[Kind.PERSON], surname_slots(before), surname_slots(fresh)
        for surname in full - had:
            tables.surnames.put(surname, number)
        if full and not had:
            for lone in _lone_slots(before):
                tables.lone.drop(lone, number)
        elif not full and not had:
            for lone in _lone_slots(fresh) - _lone_slots(before):
                tables.lone.put(lone, number)

    def discard(self, key: str) -> int | None:
        """Forget an actor and return its number; None when the key is unknown."""
        number = self._numbers.pop(key, None)
        if number is None:
            return None
        kind, tables = self.kind(number), self._tables[self.kind(number)]
        for letters in _acronyms(self._names[number]):
            tables.acronyms.drop(letters, number)
        for name in self._names[number]:
            if is_telling(name, kind):
                keys = keys_of(name, kind)
                for entry in [e for e in tables.exact[keys.exact] if self._entry_owner[e] == number]:
                    tables.exact.drop(keys.exact, entry)
                    for block in keys.blocks:
                        tables.blocks.drop(block, entry)
        for sound in {*surname_slots(self._names[number]), *_lone_slots(self._names[number])}:
            tables.surnames.drop(sound, number)
            tables.lone.drop(sound, number)
        authority = self._authorities.pop(number, None)
        if authority:
            self._by_authority[authority, kind].remove(number)
        self.part(number)
        self._began_lone.discard(number)
        self._names[number] = ()
        self._free.append(number)
        return number

    def merge(self, number: int, root: str) -> None:
        """Let an actor stand for another one."""
        self.part(number)
        self._root[number] = root
        self._members.setdefault(root, []).append(number)

    def part(self, number: int) -> None:
        """Let an actor stand for itself again."""
        root = self._root.pop(number, None)
        if root is not None:
            self._members[root].remove(number)

    # --- looking up ---

    def number(self, key: str) -> int | None:
        """Return the number of a key, None when it is unknown."""
        return self._numbers.get(key)

    def key(self, number: int) -> str:
        """Return the key of an actor."""
        return self._keys[number]

    def kind(self, number: int) -> Kind:
        """Return the kind of an actor."""
        return _KINDS[self._kinds[number]]

    def name(self, number: int) -> str:
        """Return the leading name of an actor."""
        return self._names[number][0]

    def names(self, number: int) -> tuple[str, ...]:
        """Return all names of an actor, the leading one first."""
        return self._names[number]

    def authority(self, number: int) -> str | None:
        """Return the key of the authority files for an actor."""
        return self._authorities.get(number)

    def root(self, number: int) -> str:
        """Return the key of the actor that this one stands for, through any chain of merges."""
        if number not in self._root:
            return self._keys[number]
        key, seen = self._keys[number], set[str]()
        while key not in seen:
            seen.add(key)
            at = self._numbers.get(key)
            above = self._root.get(at) if at is not None else None
            if above is None:
                break
            key = above
        return key

    def cluster(self, number: int) -> tuple[int, ...]:
        """Return the numbers of all actors that stand for one and the same, this one's among them."""
        if not self._members:
            return (number,)
        waiting, found = [self.root(number)], dict.fromkeys((number,))
        seen = set(waiting)
        while waiting:
            key = waiting.pop()
            at = self._numbers.get(key)
            if at is not None:
                found[at] = None
            for member in self._members.get(key, ()):
                found[member] = None
                if self._keys[member] not in seen:
                    seen.add(self._keys[member])
                    waiting.append(self._keys[member])
        return tuple(found)

    def by_authority(self, authority: str, kind: Kind) -> Sequence[int]:
        """Return the actors that the authority files know by this key."""
        return self._by_authority.get((authority, kind), ())

    def bearers_of(self, name: str, kind: Kind) -> list[int]:
        """Return the actors that bear the same name, but for case, titles, accents and word order."""
        entries = self._tables[kind].exact[keys_of(name, kind).exact]
        return list(dict.fromkeys(self._entry_owner[entry] for entry in entries))

    def block(self, key: str, kind: Kind) -> Sequence[int]:
        """Return the entries of a block."""
        return self._tables[kind].blocks[key]

    def entry(self, number: int) -> tuple[int, str]:
        """Return the actor and the name of an entry."""
        return self._entry_owner[number], self._entries[number]

    def persons_called(self, surname: str, *, in_full: bool, most: int) -> list[int]:
        """Return the persons of a surname, known in full or by it alone: those so spelt, then those alike in sound.

        A sound that more than `most` share tells nothing and is left out.
        """
        tables = self._tables[Kind.PERSON]
        table = tables.surnames if in_full else tables.lone
        alike = table[skeleton(surname)]
        return list(dict.fromkeys((*table[spelt_slot(surname)], *(alike if len(alike) <= most else ()))))

    def bodies_called(self, acronym: str) -> Sequence[int]:
        """Return the bodies that some article has called by an acronym."""
        return self._tables[Kind.ORGANISATION].acronyms[acronym.replace(".", "")]

    def is_state(self, name: str) -> bool:
        """Return True for the name of a known state."""
        return bool(self.bearers_of(name, Kind.STATE))

    def began_lone(self, surname: str) -> Collection[int]:  # noqa: ARG002  # a set is asked faster than looked through
        """Return numbers among which are all persons of a surname who were known by it alone before."""
        return self._began_lone

    def meet(self, numbers: Iterable[int]) -> None:
        """Nothing has to be fetched of those that will be asked about: all are here."""

    # --- as a whole ---

    def filled(self) -> Iterator[tuple[Kind, str, str, str]]:
        """Give what stands in the tables: kind, table, slot, and the name where the table is one of names."""
        for kind, tables in self._tables.items():
            for table in KindTables.__slots__:
                for slot, number in getattr(tables, table).items():
                    name = self._entries[number] if table in TABLES_OF_NAMES else ""
                    yield kind, table, slot, name


def keys_of(name: str, kind: Kind) -> NameKeys:
    """Return what a name of this kind is looked up by."""
    return person_keys(name) if kind is Kind.PERSON else organisation_keys(name)


def is_telling(name: str, kind: Kind) -> bool:
    """Return False for a name that needs its article: a bare surname, an acronym, a ministry of no state."""
    if kind is Kind.PERSON:
        return is_full_name(name) and not is_lone(person_tokens(name))
    return kind in (Kind.STATE, Kind.MEDIA) or not (is_acronym(name) or is_bare_ministry(name))


# So many words that are no general nouns of bodies make a short form one body's own: "Syrian Observatory", not "Army".
_OWN_WORDS = 2


def _is_short_form(name: str, leading: str, kind: Kind) -> bool:
    """Return True for what an article calls a body for short ("the Army"): elsewhere it means another one."""
    if kind is not Kind.ORGANISATION or name == leading:
        return False
    words, all_words = set(organisation_tokens(name)), set(organisation_tokens(leading))
    return words < all_words and len(words - listed("generic")) < _OWN_WORDS


@lru_cache(maxsize=REMEMBERED)
def _surnames(name: str) -> tuple[str, ...]:
    return surnames_of(name)


@lru_cache(maxsize=REMEMBERED)
def _last_words(name: str) -> tuple[str, ...]:
    return name_words(name)[-1:]


def surname_words(names: Iterable[str]) -> list[str]:
    """Return the surnames of full names; the last words themselves when no name is full."""
    listed = tuple(names)
    full = [surname for name in listed for surname in _surnames(name)]
    return full or [word for name in listed for word in _last_words(name)]


@lru_cache(maxsize=REMEMBERED)
def squeezed(word: str) -> str:
    """Return a word without what spellings of one surname leave out first: case, accents, doubled letters."""
    return re.sub(r"(.)\1+", r"\1", normalise(word))


def _acronyms(names: Iterable[str]) -> set[str]:
    return {name.replace(".", "") for name in names if is_acronym(name)}


def _word_slots(words: Iterable[str]) -> set[str]:
    return {slot for word in words for slot in (skeleton(word), spelt_slot(word))}


def spelt_slot(surname: str) -> str:
    """Return the slot of a surname by its spelling; by its sound it is the skeleton."""
    return f"={squeezed(surname)}"


def surname_slots(names: Iterable[str]) -> set[str]:
    """Return the slots of the surnames of full names."""
    return _word_slots(surname for name in names for surname in _surnames(name))


def _lone_slots(names: Iterable[str]) -> set[str]:
    return _word_slots(word for name in names for word in _last_words(name))
