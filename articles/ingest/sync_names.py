"""Bringing what finds actors (keys of names, counts of context words) to the state of actors and contexts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from articles.ingest.known_actors import ACTORS_AT_ONCE, batches, read_known
from articles.ingest.name_keys import ROWS_AT_ONCE, write_keys
from articles.ingest.stories import take_turns
from articles.models import Actor, ActorContext, ContextWord
from articles.models.name_key import EVERY_CONTEXT, LONGEST_WORD
from articles.resolve.name_slots import slots_of


@dataclass(frozen=True, slots=True)
class Compared:
    """A batch: how many actors it has, and how many of the slots they are found in differed."""

    actors: int
    different: int


def sync_keys(*, write: bool) -> Iterator[Compared]:
    """Yield for each batch of actors what differed.

    Each batch is one transaction, so a run that is broken off has done what it told. With `write` they are the
    same afterwards.
    """
    numbers = list(Actor.objects.order_by("pk").values_list("pk", flat=True))
    for some in batches(numbers, ACTORS_AT_ONCE):
        with transaction.atomic():
            take_turns()
            known = read_known(some)
            wanted = {number: slots_of(known[number]) if number in known else () for number in some}
            changed = write_keys(wanted)
            transaction.set_rollback(not write)
        yield Compared(len(some), len(changed))


def sync_words(*, write: bool) -> int:
    """Count anew how many actors carry each context word, and return of how many words the number differed.

    Words that nobody carries any more are no difference, and go with `write`. It is one transaction, for a number
    that is counted in parts is that of no moment.
    """
    with transaction.atomic():
        take_turns()
        counted: Counter[str] = Counter()
        for words in ActorContext.objects.values_list("words", flat=True).iterator(ROWS_AT_ONCE):
            counted.update(word[:LONGEST_WORD] for word in (*words, EVERY_CONTEXT) if words)
        stored = dict(ContextWord.objects.values_list("word", "actors").iterator(ROWS_AT_ONCE))
        different = {word for word in counted.keys() | stored.keys() if counted[word] != stored.get(word)}
        if write:
            for some in batches(sorted(different), ROWS_AT_ONCE):
                ContextWord.objects.filter(word__in=some).delete()
                ContextWord.objects.bulk_create(
                    ContextWord(word=word, actors=counted[word]) for word in some if counted[word]
                )
            ContextWord.objects.filter(actors=0).delete()
    return len(different)
