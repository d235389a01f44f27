"""Writing what actors are looked up by, whenever their names or contexts are written, in the same transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from articles.ingest.known_actors import ACTORS_AT_ONCE, batches, read_known
from articles.models import ActorContext, ContextWord, NameKey
from articles.models.name_key import EVERY_CONTEXT
from articles.resolve.name_slots import NameSlot, slots_of

ROWS_AT_ONCE = 5000


def index_names(actors: Iterable[int]) -> None:
    """Bring the keys of these actors up to date with their names and spellings; only what differs is written."""
    for some in batches(sorted(set(actors)), ACTORS_AT_ONCE):
        known = read_known(some)
        write_keys({number: slots_of(known[number]) if number in known else () for number in some})


def write_keys(wanted: Mapping[int, Collection[NameSlot]], *, fresh: bool = False) -> set[str]:
    """Make these the keys of these actors, and return the slots that changed; `fresh` ones have none yet."""
    before: dict[int, set[NameSlot]] = defaultdict(set)
    if not fresh:
        rows = NameKey.objects.filter(actor__in=list(wanted))
        for number, slot, name in rows.values_list("actor_id", "slot", "name"):
            before[number].add((slot, name))
    changed: set[str] = set()
    new: list[NameKey] = []
    for number, slots in wanted.items():
        left = {slot for slot, _ in before[number].difference(slots)}
        if left:
            NameKey.objects.filter(actor=number, slot__in=left).delete()
        added = {row for row in slots if row[0] in left or row not in before[number]}
        new += [NameKey(slot=slot, actor_id=number, name=name) for slot, name in sorted(added)]
        changed |= left.union(slot for slot, _ in added)
    NameKey.objects.bulk_create(new, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    return changed


def count_contexts(before: Iterable[Collection[str]], after: Iterable[Collection[str]]) -> None:
    """Note that actors carry other context words than before; each element is all words of one actor."""
    more: Counter[str] = Counter()
    for contexts, number in ((before, -1), (after, 1)):
        for words in contexts:
            for word in (*words, EVERY_CONTEXT) if words else ():
                more[word] += number
    ContextWord.objects.add(more)


def forget_contexts(actors: Collection[int]) -> None:
    """Take the words of actors that are about to be deleted out of the count."""
    rows = ActorContext.objects.filter(pk__in=actors)
    count_contexts(rows.values_list("words", flat=True), ())
    rows.delete()
