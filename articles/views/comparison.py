"""Two texts side by side, sentence by sentence, laid out for reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from articles.models import Article
from articles.resolve.copies import Change, SentencePair, compare_versions

# Sentences in a row that are the same in both texts and are shown folded; fewer are quicker read than opened.
FEWEST_FOLDED = 4

# Characters of the longer body up to which two are compared: some 80,000 words, a second's work.
LONGEST_COMPARED = 500_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring sentences of one kind; `folded` when there are many that are the same."""

    change: str
    pairs: tuple[SentencePair, ...]

    @property
    def folded(self) -> bool:
        """True for a long run of sentences that did not change."""
        return self.change == Change.SAME and len(self.pairs) >= FEWEST_FOLDED


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two bodies aligned, with the number of sentences of each kind."""

    stretches: tuple[Stretch, ...]
    same: int
    changed: int
    removed: int
    added: int

    @property
    def differing(self) -> int:
        """Sentences that are not the same in both, an edited one counted once."""
        return self.changed + self.removed + self.added


def compare(one: Article, other: Article) -> Comparison | None:
    """Return how the second article's body differs from the first's; None when one is too long for a page."""
    if max(len(one.body), len(other.body)) > LONGEST_COMPARED:
        return None
    pairs = compare_versions(one.body, other.body)
    counts = Counter(pair.change for pair in pairs)
    return Comparison(
        stretches=tuple(
            Stretch(change.value, tuple(run)) for change, run in groupby(pairs, key=lambda pair: pair.change)
        ),
        same=counts[Change.SAME],
        changed=counts[Change.CHANGED],
        removed=counts[Change.REMOVED],
        added=counts[Change.ADDED],
    )


def count_differing(one: Article, other: Article) -> int | None:
    """Return how many sentences differ between two articles' bodies; None when one is too long."""
    if one.text_hash == other.text_hash:
        return 0
    found = compare(one, other)
    return found.differing if found else None
