"""What a page is like as a whole, by what the first pass thought of its lines.

The second pass sees these numbers beside each line's own: the same in every row of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from articles.clean.line_features import PageLines

# Below this a line counts against the story (as in stretch.py).
CUT = 0.42
# Words from which longer lines count no more in sums over lines; the probability up to which a line is surely none.
LONG_LINE, UNLIKELY = 80.0, 0.1
# The lowest that the cut of a page may fall; a page of menus alone has no story however low it is. Between .2
# and .34 the mean F1 of `benchmarks/train_lines.py --no-write` moves by .0003.
LOWEST_CUT = 0.3


def page_numbers(lines: PageLines, p: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the probabilities `p` (n) say of the page as a whole: (len(PAGE_NUMBERS)).

    A doubtful line on a page that is story almost throughout is more likely the story's than one among menus.
    """
    weight = np.minimum(lines.words, LONG_LINE)
    total = weight.sum()
    kept = p >= CUT
    story = weight * kept
    words = max(story.sum(), 1.0)
    doubt = 4.0 * p * (1.0 - p)
    reports = lines.sign("words of the kind report") > 0
    return np.array(
        [
            p @ weight / total,
            story.sum() / total,
            kept.mean(),
            weight @ (p < UNLIKELY) / total,
            (p < UNLIKELY).mean(),
            weight @ (p > 1.0 - UNLIKELY) / total,
            doubt @ weight / total,
            doubt.mean(),
            story @ lines.sign("ends sentence") / words,
            np.log1p(story.sum()),
            np.count_nonzero(kept[1:] != kept[:-1]) / len(p),
            story @ reports / words,
        ]
    )


PAGE_NUMBERS = (
    "page's mean p",
    "page's words kept",
    "page's lines kept",
    "page's words surely not",
    "page's lines surely not",
    "page's words surely",
    "page's doubt by words",
    "page's doubt by lines",
    "page's sentences kept",
    "page's log words kept",
    "page's changes",
    "page's reports",
)


def page_lean(p: NDArray[np.float64], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log-odds by which each line (n) leans to the story, by what is probable of all lines of the page.

    Keeping a line pays when its probability is above half the F1 that the page can reach: where that is low,
    losing lines of the story costs more than keeping others. So the cut of a page is CUT times the best F1 to be
    expected of it, and lines are moved by as much as CUT lies above that: not at all on a page that is quite
    clear. Lines outside the run of most prose stay, so that a doubtful page does not begin above its headline.
    """
    # 1. The best F1 to be expected, and the cut.
    order = np.argsort(-p, kind="stable")
    right, kept = (p * words)[order].cumsum(), words[order].cumsum()
    best = float((2.0 * right / np.maximum(kept + right[-1], 1e-9)).max())
    cut = max(LOWEST_CUT, CUT * best)
    # 2. The run of most prose.
    first, last = prose_run(p, words)
    lean = np.zeros(len(p))
    lean[first : last + 1] = np.log(CUT / (1.0 - CUT)) - np.log(cut / (1.0 - cut))
    return lean


def prose_run(p: NDArray[np.float64], words: NDArray[np.float64]) -> tuple[int, int]:
    """The first and last line of the run with the largest sum of words x (p - CUT)."""
    sums = np.zeros(len(p) + 1)
    (words * (p - CUT)).cumsum(out=sums[1:])
    last = int((sums[1:] - np.minimum.accumulate(sums[:-1])).argmax())
    return int(sums[: last + 1].argmin()), last
