"""The known names, looked up in the database: what `NameRegister` answers, with nothing loaded beforehand.

A number is the primary key of an actor. What was fetched is kept until `forget`; one article asks for its slots
with one query, and for the actors that it has to weigh with two at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection

from articles.ingest.known_actors import ACTORS_AT_ONCE, batches, read_known
from articles.ingest.name_keys import write_keys
from articles.mentions.spans import Kind
from articles.models import NameKey
from articles.resolve.actors import KnownActor
from articles.resolve.lookup import MOST_IN_BLOCK
from articles.resolve.name_slots import AUTHORITY, BEGAN, slot, slots_of, surname_keys
from articles.resolve.register import keys_of
from articles.resolve.verdicts import Standing

# One more than is ever looked through, so that a slot that is too full is seen to be.
ROWS_OF_A_SLOT = MOST_IN_BLOCK + 1
# SQLite joins at most 500 parts to one question.
SLOTS_AT_ONCE = 200

_Row = tuple[int, str]


class StoredNames:
    """Known actors by their primary keys, as long as they are asked about within one transaction."""

    def __init__(self) -> None:
        self._entries: dict[_Row, int] = {}
        self._owners: list[_Row] = []
        self.forget()
        self.follow(Standing())

    def forget(self) -> None:
        """Drop what was fetched; another process may have written since."""
        self._rows: dict[str, list[_Row]] = {}
        self._known: dict[int, KnownActor | None] = {}
        self._entries.clear()
        self._owners.clear()

    def follow(self, now: Standing) -> None:
        """Take in which actors people ruled to be one."""
        self._root: Mapping[int, int] = now.roots
        self._members: dict[int, list[int]] = {}
        for base, root in now.roots.items():
            if base != root:
                self._members.setdefault(root, []).append(base)

    def learn(self, actor: KnownActor, *, fresh: bool = False) -> None:
        """Store by what an actor is looked up from now on; one that is `fresh` has been made just now."""
        number = int(actor.key)
        self._known[number] = actor
        for changed in write_keys({number: slots_of(actor)}, fresh=fresh):
            self._rows.pop(changed, None)

    # --- fetching ---

    def foresee(self, slots: Iterable[str]) -> None:
        """Fetch the rows of these slots, where they are not here yet."""
        missing = sorted(each for each in set(slots) if each not in self._rows)
        for at in range(0, len(missing), SLOTS_AT_ONCE):
            some = missing[at : at + SLOTS_AT_ONCE]
            self._rows.update({each: [] for each in some})
            with connection.cursor() as cursor:
                cursor.execute(_question(len(some)), some)
                for each, number, name in cursor.fetchall():
                    self._rows[each].append((number, name))

    def standing_in(self, slots: Iterable[str]) -> set[int]:
        """Return the actors that stand in these slots, as far as they have been fetched."""
        return {number for each in slots for number, _ in self._rows.get(each, ())}

    def _at(self, kind: Kind, table: str, key: str) -> list[_Row]:
        wanted = slot(kind, table, key)
        if wanted not in self._rows:
            self.foresee((wanted,))
        return self._rows[wanted]

    def meet(self, numbers: Iterable[int]) -> None:
        """Fetch the records of these actors, where they are not here yet."""
        missing = sorted({number for number in numbers if number not in self._known})
        for some in batches(missing, ACTORS_AT_ONCE):
            self._known.update(dict.fromkeys(some))
            self._known.update(read_known(some))

    def known(self, number: int) -> KnownActor | None:
        """Return the record of an actor, None for one that the machine did not find."""
        if number not in self._known:
            self.meet((number,))
        return self._known[number]

    def _record(self, number: int) -> KnownActor:
        actor = self.known(number)
        if actor is None:
            raise KeyError(f"no actor of the machine has the number {number}")
        return actor

    # --- looking up ---

    def number(self, key: str) -> int | None:
        """Return the number of a key, None when it is unknown."""
        return int(key) if self.known(int(key)) else None

    def key(self, number: int) -> str:
        """Return the key of an actor."""
        return str(number)

    def kind(self, number: int) -> Kind:
        """Return the kind of an actor."""
        return self._record(number).kind

    def name(self, number: int) -> str:
        """Return the leading name of an actor."""
        return self._record(number).name

    def names(self, number: int) -> tuple[str, ...]:
        """Return all names of an actor, the leading one first."""
        actor = self._record(number)
        return tuple(dict.fromkeys((actor.name, *actor.aliases)))

    def authority(self, number: int) -> str | None:
        """Return the key of the authority files for an actor."""
        return self._record(number).authority

    def root(self, number: int) -> str:
        """Return the key of the actor that this one stands for."""
        return str(self._root.get(number, number))

    def cluster(self, number: int) -> tuple[int, ...]:
        """Return the numbers of all actors that stand for one and the same, this one's among them."""
        root = self._root.get(number, number)
        company = dict.fromkeys((number, root, *self._members.get(root, ())))
        return tuple(each for each in company if each == number or self.known(each))

    def by_authority(self, authority: str, kind: Kind) -> Sequence[int]:
        """Return the actors that the authority files know by this key."""
        return [number for number, _ in self._at(kind, AUTHORITY, authority)]

    def bearers_of(self, name: str, kind: Kind) -> list[int]:
        """Return the actors that bear the same name, but for case, titles, accents and word order."""
        rows = self._at(kind, "exact", keys_of(name, kind).exact)
        return list(dict.fromkeys(number for number, _ in rows))

    def block(self, key: str, kind: Kind) -> Sequence[int]:
        """Return the entries of a block, and one more than are looked through when it has that many."""
        return [self._entry(row) for row in self._at(kind, "blocks", key)]

    def _entry(self, row: _Row) -> int:
        if row not in self._entries:
            self._entries[row] = len(self._owners)
            self._owners.append(row)
        return self._entries[row]

    def entry(self, number: int) -> tuple[int, str]:
        """Return the actor and the name of an entry."""
        return self._owners[number]

    def persons_called(self, surname: str, *, in_full: bool, most: int) -> list[int]:
        """Return the persons of a surname: those so spelt, then those alike in sound unless more than `most` are."""
        table = "surnames" if in_full else "lone"
        spelt, alike = (self._at(Kind.PERSON, table, key) for key in surname_keys(surname))
        return list(dict.fromkeys(number for number, _ in (*spelt, *(alike if len(alike) <= most else ()))))

    def began_lone(self, surname: str) -> Collection[int]:
        """Return numbers among which are all persons of a surname who were known by it alone before."""
        rows = (row for key in surname_keys(surname) for row in self._at(Kind.PERSON, BEGAN, key))
        return {number for number, _ in rows}

    def bodies_called(self, acronym: str) -> Sequence[int]:
        """Return the bodies that some article has called by an acronym."""
        rows = self._at(Kind.ORGANISATION, "acronyms", acronym.replace(".", ""))
        return [number for number, _ in rows]

    def is_state(self, name: str) -> bool:
        """Return True for the name of a known state."""
        return bool(self.bearers_of(name, Kind.STATE))


def _question(slots: int) -> str:
    """Return the SQL for the first rows of so many slots: a plain IN would fetch all of "Mohammed" to drop them."""
    table = connection.ops.quote_name(NameKey._meta.db_table)  # noqa: SLF001  # documented by Django
    one = (
        f"SELECT * FROM (SELECT slot, actor_id, name FROM {table} WHERE slot = %s"  # noqa: S608  # no text of others
        f" ORDER BY actor_id, name LIMIT {ROWS_OF_A_SLOT}) part"
    )
    return " UNION ALL ".join([one] * slots)
