"""Find the copies of a text among those that came before it, one text at a time."""

from __future__ import annotations

from typing import Generic

from articles.resolve.copies.overlap import Copy, Id, Sameness, Thresholds, overlap, sameness_of
from articles.resolve.copies.postings import Sharing
from articles.resolve.copies.shelf import Shelf, TemporaryShelf
from articles.resolve.copies.sketch import Fingerprint, fingerprint

# Exact comparisons for one text, of some 50 microseconds each. A text with more likely copies than this has
# been seen so often that its story is found through the first of them.
MOST_COMPARED = 128

# Share of the shorter one's keys that two texts must have in common when all of those are common ones: a
# footer is in every page of an outlet, and makes none a copy. A fifth is half of what `partly` would show.
LEAST_COMMON_SHARE = 0.2


class CopyIndex(Generic[Id]):
    """The texts so far, and the copies of each new one among them.

    A text costs the same however many came before it, but for a binary search and at most 128 exact
    comparisons; of a text that came many hundred times, the links to the earliest are found, which is
    enough to join them all in one story. What is reported is exact: candidates come by chance, the
    overlaps do not.
    """

    def __init__(self, shelf: Shelf[Id] | None = None, *, thresholds: Thresholds | None = None) -> None:
        self._shelf: Shelf[Id] = TemporaryShelf() if shelf is None else shelf
        self.thresholds = thresholds or Thresholds()

    def add(self, identity: Id, text: str) -> list[Copy[Id]]:
        """Take a text in and return its links to earlier ones, the strongest first.

        A text of fewer than five words has no shingle: it is linked to nothing and not kept.
        1. Fingerprint the text. 2. Ask the shelf who shares keys. 3. Compare the likeliest exactly.
        4. Keep it.
        """
        mark = fingerprint(text)  # 1
        if not len(mark.shingles):
            return []
        likely = self._likely(mark, self._shelf.sharing(mark.keys))  # 2
        compared = (self._compare(identity, mark, number) for number in likely)  # 3
        copies = [copy for copy in compared if copy is not None]
        self._shelf.put(identity, mark)  # 4
        return sorted(copies, key=lambda copy: (-copy.jaccard, -copy.containment))

    def _likely(self, mark: Fingerprint, sharing: Sharing) -> list[int]:
        """Return the texts worth an exact comparison, those with most keys in common first."""
        worth = [
            number
            for number, keys in sharing.every.items()
            if sharing.rare[number] or keys >= LEAST_COMMON_SHARE * self._fewest_keys(mark, number)
        ]
        worth.sort(key=lambda number: (-sharing.rare[number], -sharing.every[number], number))
        return worth[:MOST_COMPARED]

    def _fewest_keys(self, mark: Fingerprint, number: int) -> float:
        """Return how many keys the shorter of two texts has, the other's estimated from its length."""
        return len(mark.keys) * min(1.0, self._shelf.size(number) / len(mark.shingles))

    def _compare(self, identity: Id, mark: Fingerprint, number: int) -> Copy[Id] | None:
        letters, shingles = self._shelf.letters_and_shingles(number)
        found = overlap(shingles, mark.shingles)
        sameness = sameness_of(found, same_letters=letters == mark.letters, thresholds=self.thresholds)
        if sameness is None:
            return None
        earlier = self._shelf.identity(number)
        shorter = earlier if len(shingles) < len(mark.shingles) else identity
        inner = shorter if sameness is Sameness.CONTAINS else None
        return Copy(earlier, identity, found.jaccard, found.containment, sameness, inner)
