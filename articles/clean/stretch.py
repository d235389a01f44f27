"""The stretch of a page where its story stands: the run of blocks with the most prose."""

from __future__ import annotations

from dataclasses import dataclass

from articles.clean.prose import ProseScore
from articles.clean.reading import PageReading

# Below this a block counts against the stretch. Measured in research/cleaning.md: between .36 and .5 the
# mean F1 moves by .001.
CUT = 0.42
# The most words of a subhead inside a story.
LONGEST_SUBHEAD = 14
# Words that at least one block of a story has. A page of shorter lines has no prose, whatever their score.
LONGEST_WITHOUT_PROSE = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Indices of the first and last block, both included."""

    first: int
    last: int

    def __contains__(self, index: int) -> bool:
        return self.first <= index <= self.last


def best_stretch(scores: tuple[ProseScore, ...], words: tuple[int, ...]) -> Stretch | None:
    """The run with the largest sum of words x (p - CUT) (Kadane's algorithm); None when no block is prose."""
    best: Stretch | None = None
    best_sum = running = 0.0
    start = 0
    for index, (score, count) in enumerate(zip(scores, words, strict=True)):
        if running <= 0:
            running, start = 0.0, index
        running += count * (score.p - CUT)
        if running > best_sum:
            best_sum, best = running, Stretch(start, index)
    return best


def choose_body(reading: PageReading, scores: tuple[ProseScore, ...]) -> dict[int, str]:
    """The blocks of the body with their reasons: the prose of the best stretch, and the subheads in it."""
    stretch = best_stretch(scores, reading.word_counts)
    if stretch is None or max(reading.word_counts[stretch.first : stretch.last + 1]) < LONGEST_WITHOUT_PROSE:
        return {}
    inside = range(stretch.first, stretch.last + 1)
    body = {index: f"prose of the story: {scores[index].why}" for index in inside if scores[index].p >= CUT}
    for index in inside:
        short = reading.word_counts[index] <= LONGEST_SUBHEAD and not reading.blocks[index].mark
        between = index - 1 in body and index + 1 in body and index not in body
        if between and short and not reading.chrome[index] and not body[index - 1].startswith("a short line"):
            body[index] = "a short line between two paragraphs of the story: a subhead"
    return dict(sorted(body.items()))
