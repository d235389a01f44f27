"""What people ruled about actors, as the resolver asks for it: who is apart, and what is spelt so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from articles.mentions.spans import Kind
from articles.resolve.names import normalise


class StandingVerdicts:
    """Verdicts by key and by name; they hold until they are taken back, also for keys not known yet."""

    __slots__ = ("_apart", "_names_apart", "_spellings")

    def __init__(self, apart: Iterable[frozenset[str]] = ()) -> None:
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._names_apart: dict[tuple[str, Kind], set[str]] = defaultdict(set)
        self._spellings: dict[str, dict[str, None]] = defaultdict(dict)
        for pair in apart:
            self.set_apart(*sorted(pair), stands=True)

    @property
    def any_apart(self) -> bool:
        """Whether any two keys are ruled apart."""
        return bool(self._apart)

    def set_apart(self, a: str, b: str, *, stands: bool) -> None:
        """Rule that two keys are two actors, or take it back."""
        for one, other in ((a, b), (b, a)):
            if stands:
                self._apart[one].add(other)
            else:
                self._apart[one].discard(other)
                if not self._apart[one]:
                    del self._apart[one]

    def apart_from(self, key: str) -> frozenset[str]:
        """Return the keys that are ruled to be others than this one."""
        return frozenset(self._apart.get(key, ()))

    def set_names_apart(self, a: str, b: str, *, kind: Kind, stands: bool) -> None:
        """Rule that who is called `a` is never who is called `b`, or take it back."""
        for one, other in ((normalise(a), normalise(b)), (normalise(b), normalise(a))):
            if stands:
                self._names_apart[one, kind].add(other)
            else:
                self._names_apart[one, kind].discard(other)
                if not self._names_apart[one, kind]:
                    del self._names_apart[one, kind]

    def names_apart_from(self, name: str, kind: Kind) -> frozenset[str]:
        """Return the names, normalised, of those that who is called `name` is not."""
        return frozenset(self._names_apart.get((normalise(name), kind), ()))

    def set_spelling(self, key: str, spelling: str, *, stands: bool) -> None:
        """Rule that a spelling means an actor, or take it back."""
        slot = normalise(spelling)
        if stands:
            self._spellings[slot][key] = None
            return
        self._spellings[slot].pop(key, None)
        if not self._spellings[slot]:
            del self._spellings[slot]

    def spelt(self, name: str) -> tuple[str, ...]:
        """Return the keys that a spelling was ruled to mean, of any kind."""
        return tuple(self._spellings.get(normalise(name), ()))
