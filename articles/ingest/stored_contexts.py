"""What known actors were named together with, looked up in the database: what `ContextBook` answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from articles.models import ActorContext, ContextWord
from articles.models.name_key import EVERY_CONTEXT
from articles.resolve.context import Match, bounded, compared, weight_of

_Days = tuple[date, date] | None


class StoredContexts:
    """Contexts by the primary keys of actors; what is noted is known at once, and stored by `keep`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop what was fetched, and what was noted and not kept."""
        self._words: dict[int, dict[str, int]] = {}
        self._days: dict[int, _Days] = {}
        self._carriers: dict[str, int] = {}
        self._more: Counter[str] = Counter()  # what is noted and not counted in the database yet
        self._noted: set[int] = set()

    def foresee(self, words: Iterable[str]) -> None:
        """Fetch how many actors carry these words."""
        missing = {*words, EVERY_CONTEXT} - self._carriers.keys()
        if missing:
            self._carriers.update(ContextWord.objects.carriers(missing))

    def meet(self, actors: Iterable[int]) -> None:
        """Fetch the contexts of these actors, where they are not here yet."""
        missing = {number for number in actors if number not in self._words}
        if not missing:
            return
        rows = ActorContext.objects.filter(pk__in=missing)
        for number in missing:
            self._words[number], self._days[number] = {}, None
        for number, words, first, last in rows.values_list("pk", "words", "first_day", "last_day"):
            self._words[number] = words
            self._days[number] = (first, last) if first and last else None

    def _weight(self, word: str) -> float:
        self.foresee((word,))
        carriers = self._carriers[word] + self._more[word]
        return weight_of(carriers, self._carriers[EVERY_CONTEXT] + self._more[EVERY_CONTEXT])

    def match(
        self,
        actors: Iterable[int],
        article: Mapping[str, str],
        *,
        day: int | None,
        is_state: Callable[[str], bool],
    ) -> Match:
        """Compare the context of an article with that of one known actor, under all its numbers."""
        numbers = list(actors)
        self.meet(numbers)
        theirs: dict[str, int] = {}
        days: list[int] = []
        for number in numbers:
            theirs.update(self._words[number])
            days.extend(each.toordinal() for each in self._days[number] or ())
        return compared(article, theirs, self._weight, day=day, days=days, is_state=is_state)

    # --- what articles show ---

    def note(self, actor: int, words: Iterable[str], *, day: date | None, fresh: bool = False) -> None:
        """Count words for an actor, and widen the days in which it is in the news; `fresh` ones have none."""
        if fresh and actor not in self._words:
            self._words[actor], self._days[actor] = {}, None
        self.meet((actor,))
        before = self._words[actor]
        self._noted.add(actor)
        kept = dict(before)
        for word in words:
            kept[word] = kept.get(word, 0) + 1
        kept = bounded(kept)
        self._more.update(kept.keys() - before.keys())
        self._more.subtract(before.keys() - kept.keys())
        self._more[EVERY_CONTEXT] += bool(kept) - bool(before)
        self._words[actor] = kept
        if day is not None:
            first, last = self._days[actor] or (day, day)
            self._days[actor] = min(first, day), max(last, day)

    def keep(self) -> None:
        """Store what was noted, for other processes and later runs."""
        rows = []
        for number in sorted(self._noted):
            first, last = self._days[number] or (None, None)
            rows.append(
                ActorContext(actor_id=number, words=self._words[number], first_day=first, last_day=last)
            )
        ActorContext.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["actor"],
            update_fields=["words", "first_day", "last_day"],
        )
        ContextWord.objects.add(self._more)
        self._carriers = {word: held + self._more[word] for word, held in self._carriers.items()}
        self._more.clear()
        self._noted.clear()
