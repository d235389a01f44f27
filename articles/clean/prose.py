"""How much each block reads as the story's prose: a probability and the facts that weighed most.

The probabilities are those of the trained model (`line_model.py`); `stretch.py` and `labels.py` need only
them and do not know where they come from.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.clean.line_features import read_page_lines, shared_words
from articles.clean.line_model import LineModel, builtin_model
from articles.clean.line_reasons import reasons
from articles.clean.reading import PageReading

# Blocks that are scored together. The longest page trained on has some 2,000; a longer one is scored in
# windows, which keeps time proportional to the page and memory bounded.
WINDOW = 4000


@dataclass(frozen=True, slots=True)
class ProseScore:
    """`p` from 0 to 1; `why` is a phrase for a person: "reads like a sentence, lies in the main block"."""

    p: float
    why: str


def score_prose(reading: PageReading, *, model: LineModel | None = None) -> tuple[ProseScore, ...]:
    """A score for each block, by the model that comes with Dateline unless another is given."""
    if not len(reading):
        return ()
    known = model or builtin_model()
    lines = read_page_lines(reading)
    scores: list[ProseScore] = []
    for start in range(0, len(reading), WINDOW):
        window = lines.window(start, start + WINDOW)
        found = known.score(window)
        why = reasons(window, found, shared_words(window, found.p)[0])
        scores += [ProseScore(float(p), fact) for p, fact in zip(found.p, why, strict=True)]
    return tuple(scores)
