"""The labels of a page being given: which block has which, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.clean.article import Label
from articles.clean.prose import ProseScore
from articles.clean.reading import PageReading


@dataclass(slots=True)
class Labelling:
    """The labels being given. `body` lists the indices that are body now, in order.

    `overruled` has the blocks that read like the story and were taken out for what they say, with what spoke for them.
    """

    reading: PageReading
    scores: tuple[ProseScore, ...]
    labels: list[Label | None] = field(init=False)
    reasons: list[str] = field(init=False)
    overruled: dict[int, str] = field(default_factory=dict)
    headline: int | None = None

    def __post_init__(self) -> None:
        self.labels = [None] * len(self.reading)
        self.reasons = [""] * len(self.reading)

    def give(self, index: int, label: Label, reason: str) -> None:
        """Label a block, whatever it was before."""
        self.overruled.pop(index, None)
        self.labels[index] = label
        self.reasons[index] = f"{reason[:1].upper()}{reason[1:]}."

    def overrule(self, index: int, reason: str) -> None:
        """Label a block chrome for what it says; that it read like the story before is kept."""
        spoke_for_it = self.reasons[index] if self.labels[index] is Label.BODY else ""
        self.give(index, Label.CHROME, reason)
        if spoke_for_it:
            self.overruled[index] = spoke_for_it

    def is_free(self, index: int) -> bool:
        """True when no rule has labelled the block yet, or only as body."""
        return self.labels[index] in {None, Label.BODY}

    @property
    def body(self) -> list[int]:
        """Indices of the blocks that are body."""
        return [index for index, label in enumerate(self.labels) if label is Label.BODY]

    def words(self, indices: list[int]) -> int:
        """How many words the blocks have together."""
        return sum(self.reading.word_counts[index] for index in indices)
