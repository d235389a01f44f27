"""The labels of a page being given: which block has which, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.clean.article import Label
from articles.clean.prose import ProseScore
from articles.clean.reading import PageReading


@dataclass(slots=True)
class Labelling:
    """The labels being given. `body` lists the indices that are body now, in order."""

    reading: PageReading
    scores: tuple[ProseScore, ...]
    labels: list[Label | None] = field(init=False)
    reasons: list[str] = field(init=False)
    headline: int | None = None

    def __post_init__(self) -> None:
        self.labels = [None] * len(self.reading)
        self.reasons = [""] * len(self.reading)

    def give(self, index: int, label: Label, reason: str) -> None:
        """Label a block, whatever it was before."""
        self.labels[index] = label
        self.reasons[index] = f"{reason[:1].upper()}{reason[1:]}."

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
