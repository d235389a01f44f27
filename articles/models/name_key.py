"""By what the machine's actors are looked up when an article names somebody: names by keys, context words by use.

Both follow from actors, spellings and contexts alone; `articles.ingest.name_keys` writes them in the transaction
that writes those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection, models

from articles.models.actor import Actor

# The longest context word that is counted by itself; a longer one counts with those that begin alike.
LONGEST_WORD = 400
# Under this word stands how many actors have a context at all.
EVERY_CONTEXT = ""

_ADD = (
    "INSERT INTO {table} (word, actors) VALUES (%s, %s)"
    " ON CONFLICT (word) DO UPDATE SET actors = {table}.actors + excluded.actors"
)


class NameKey(models.Model):
    """A slot of the tables of names (see `articles.resolve.name_slots`), and an actor that stands in it.

    `name` is the name that stands there, or empty where the table is one of actors. A row has no id: some six of
    them belong to one actor, and the key of the table finds all of a slot without touching the rows.
    """

    pk = models.CompositePrimaryKey("slot", "actor_id", "name")
    slot = models.CharField(max_length=300)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.slot}: {self.actor_id}"


class ContextWordQuerySet(models.QuerySet["ContextWord"]):
    """Verbs for the use of context words."""

    def carriers(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many actors carry each of these words."""
        asked = {word: word[:LONGEST_WORD] for word in words}
        found = dict(self.filter(word__in=set(asked.values())).values_list("word", "actors"))
        return {word: found.get(stored, 0) for word, stored in asked.items()}

    def add(self, more: Mapping[str, int]) -> None:
        """Add to these words' numbers of actors, or take from them, where other transactions do the same."""
        rows: dict[str, int] = {}
        for word, number in more.items():
            rows[word[:LONGEST_WORD]] = rows.get(word[:LONGEST_WORD], 0) + number
        wanted = sorted((word, number) for word, number in rows.items() if number)  # one order: no deadlock
        if not wanted:
            return
        table = connection.ops.quote_name(self.model._meta.db_table)  # noqa: SLF001  # documented by Django
        with connection.cursor() as cursor:
            cursor.executemany(_ADD.format(table=table), wanted)


class ContextWord(models.Model):
    """How many actors carry a context word: what all carry tells nothing of any."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    actors = models.IntegerField()

    objects = ContextWordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.word
