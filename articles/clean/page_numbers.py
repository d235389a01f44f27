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
