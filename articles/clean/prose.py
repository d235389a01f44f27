"""How much each block reads as the story's prose: a probability and the two signs that weighed most.

This is the hand-made score. Its weights were set by reading pages, not fitted; `stretch.py` and
`labels.py` need only the probabilities and do not know where they come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log1p

from articles.clean.line_model import LineModel
from articles.clean.reading import LONGEST_LOOK, PageReading

# Weights of the score, in log-odds. Set by hand on general knowledge of news pages and checked on the sets of
# research/cleaning.md; score the sets of ../shared/data again when one moves.
BASE = -4.2
PER_LOG_WORD = 1.3
PER_STOP_SHARE = 4.0
SENTENCE_END = 1.6
CAPITALS_ABOVE = 0.45
PER_CAPITAL_SHARE = -3.0
LIST_ITEM = -1.2
REPEATED = -1.0
CUT_OFF = -2.0  # ends in "..." as teasers do
CHROME = -6.0
NEIGHBOURS = 2.4  # for neighbours that are all prose; the same taken off when none is
# How many blocks on each side are neighbours, and the most words one of them can weigh.
REACH, HEAVIEST = 3, 40
# Mean of the neighbours from which a block stands "among prose", and up to which "among short lines".
PROSE_AROUND, LINES_AROUND = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class ProseScore:
    """`p` from 0 to 1; `why` is a phrase for a person: "42 words, ends as a sentence does"."""

    p: float
    why: str


def score_prose(reading: PageReading, *, model: LineModel | None = None) -> tuple[ProseScore, ...]:
    """A score for each block: first by itself, then with its neighbours."""
    del model  # not yet used
    own = [_own_score(reading, index) for index in range(len(reading))]
    alone = [_probability(z) for z in own]
    weights = [min(words, HEAVIEST) for words in reading.word_counts]
    scores = []
    for index, z in enumerate(own):
        around = range(max(0, index - REACH), min(len(own), index + REACH + 1))
        near = [(alone[i], weights[i]) for i in around if i != index]
        mass = sum(weight for _, weight in near)
        mean = sum(p * weight for p, weight in near) / mass if mass else 0.5
        p = _probability(z + NEIGHBOURS * (mean - 0.5))
        scores.append(ProseScore(p, _why(reading, index, mean)))
    return tuple(scores)


def _own_score(reading: PageReading, index: int) -> float:
    block, words = reading.blocks[index], reading.word_counts[index]
    text = block.text[:LONGEST_LOOK]
    tokens = text.split()
    stops = sum(token.casefold().strip(".,;:\"“”'") in reading.stop_words for token in tokens) / len(tokens)
    capitals = sum(token[0].isupper() for token in tokens) / len(tokens)
    if reading.language in {"ja", "zh", "th", "ko", None}:
        stops = 0.3
    z = BASE + PER_LOG_WORD * log1p(min(words, 120)) + PER_STOP_SHARE * min(stops, 0.5)
    z += SENTENCE_END if reading.is_sentence(index) else 0.0
    z += PER_CAPITAL_SHARE * max(0.0, capitals - CAPITALS_ABOVE)
    z += LIST_ITEM if block.mark else 0.0
    z += REPEATED if reading.repeats[reading.keys[index]] > 1 else 0.0
    z += CUT_OFF if text.endswith(("...", "…", "[…]", "[...]")) else 0.0
    return z + (CHROME if reading.chrome[index] else 0.0)


def _why(reading: PageReading, index: int, around: float) -> str:
    words = reading.word_counts[index]
    size = f"{words} word{'s' if words != 1 else ''}"
    ending = "ends as a sentence does" if reading.is_sentence(index) else "does not end as a sentence does"
    company = (
        "among prose"
        if around > PROSE_AROUND
        else "among short lines"
        if around < LINES_AROUND
        else "between prose and short lines"
    )
    return f"{size}, {ending}, {company}"


def _probability(z: float) -> float:
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, z))))
