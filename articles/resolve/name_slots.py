"""The slots of the tables of names as short texts, so that a database can hold them.

A slot is the kind, the table and the key: "p:exact:kofi annan". Where the table is one of names, each row of it
says which name stands there.
"""

from __future__ import annotations

from articles.mentions.person_names import name_words, surnames_of
from articles.mentions.spans import Kind
from articles.resolve.actors import KnownActor, LocalActor
from articles.resolve.names import normalise, skeleton
from articles.resolve.register import NameRegister, is_telling, keys_of, spelt_slot, surname_slots

# So many characters of a slot are kept. Names have at most 300, and few any that Latin letters need more for.
LONGEST_SLOT = 300
# Whom the authority files know by a key, and persons by the surname that they were known by alone before.
AUTHORITY, BEGAN = "authority", "began"

NameSlot = tuple[str, str]  # the slot, and the name that stands there or nothing


def slot(kind: Kind, table: str, key: str) -> str:
    """Return the slot of a key."""
    return f"{kind.value[0]}:{table}:{key}"[:LONGEST_SLOT]


def slots_of(actor: KnownActor) -> frozenset[NameSlot]:
    """Return the slots in which an actor stands: those of a register that knows nobody else."""
    register = NameRegister()
    register.add(actor)
    found = {(slot(kind, table, key), name) for kind, table, key, name in register.filled()}
    if actor.authority:
        found.add((slot(actor.kind, AUTHORITY, actor.authority), ""))
    if actor.began_lone and actor.kind is Kind.PERSON:
        found |= {(slot(actor.kind, BEGAN, key), "") for key in surname_slots((actor.name, *actor.aliases))}
    return frozenset(found)


def same_slots(local: LocalActor) -> tuple[str, ...]:
    """Return the slots of those who bear the very name of an article's actor, or its key in the authority files."""
    names = (keys_of(name, local.kind).exact for name in _telling(local))
    listed = (slot(local.kind, AUTHORITY, local.authority),) if local.authority else ()
    return (*listed, *(slot(local.kind, "exact", key) for key in names))


def like_slots(local: LocalActor) -> tuple[str, ...]:
    """Return the slots that are looked through for an actor when nobody bears its very name."""
    found = [
        slot(local.kind, "blocks", key) for n in _telling(local) for key in keys_of(n, local.kind).blocks
    ]
    if local.kind is Kind.PERSON:
        words = surnames_of(local.name) or name_words(local.name)[-1:]
        keys = dict.fromkeys(key for word in words for key in surname_keys(normalise(word)))
        found += [slot(local.kind, table, key) for table in ("surnames", "lone", BEGAN) for key in keys]
    return tuple(found)


def _telling(local: LocalActor) -> list[str]:
    spelled = (local.name, *(local.surfaces if local.kind is Kind.PERSON else ()))
    return [name for name in dict.fromkeys(spelled) if is_telling(name, local.kind)]


def surname_keys(surname: str) -> tuple[str, str]:
    """Return the keys of a surname by spelling and by sound."""
    return spelt_slot(surname), skeleton(surname)
