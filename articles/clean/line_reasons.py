"""What decided a line, in words: the features that weighed most, each as a fact that a person can check.

The model says which groups of features spoke for its verdict; the fact of each group is then read off the
line itself, so that a reason is never more than what is there to see.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from articles.clean.line_features import Array, PageLines
from articles.clean.line_model import GROUPS, LineScores
from articles.clean.line_signs import SIGNS
from articles.clean.page_numbers import CUT, LONG_LINE, prose_run

# How many facts a reason has at most.
MOST_FACTS = 2
# Words of a line that is called long, and of one that is called short.
LONG, SHORT = 18, 7
# Share of the neighbours' words that is prose, from which they are called prose, and up to which they are not.
PROSE_AROUND, OTHER_AROUND = 0.6, 0.3
# Share of a line's words that the confident lines hold too, from which it speaks of the same.
MUCH_SHARED = 0.3
# Share of stop words from which the words are those of sentences; share of capitals from which of titles.
SENTENCE_WORDS, TITLE_CAPITALS = 0.25, 0.6
# Share of the page's words that is prose, from which it is nearly all story, and up to which it has much beside it.
MOSTLY_STORY, LITTLE_STORY = 0.8, 0.4
# Lines on each side that are neighbours, as the features have them.
REACH = 2

_AT = {name: place for place, (name, _) in enumerate(SIGNS)}


class Line(NamedTuple):
    """What a fact is read from: the line's signs, and its company."""

    signs: list[float]
    words: int
    around: float
    inside: bool
    shared: float
    kept: bool
    page: float

    def sign(self, name: str) -> float:
        """One sign by its name."""
        return self.signs[_AT[name]]


def reasons(page: PageLines, scores: LineScores, shared: Array) -> tuple[str, ...]:
    """For every line the facts that decided it: "reads like a sentence, lies in the main block".

    `shared` is the share of each line's words that stand in other lines which are surely prose.
    """
    lines = _read_lines(page, scores.p, shared)
    speaking = scores.groups * np.where(scores.p >= CUT, 1.0, -1.0)[:, None]
    orders = np.argsort(-speaking, axis=1).tolist()
    return tuple(map(_reason, lines, orders, speaking.tolist()))


def _reason(line: Line, order: list[int], weights: list[float]) -> str:
    """The facts of the groups that spoke loudest for the verdict; `order` has the loudest first."""
    facts: list[str] = []
    for place in order:
        if len(facts) == MOST_FACTS or weights[place] <= 0:
            break
        fact = _FACTS[GROUPS[place]](line)
        if fact and fact not in facts:
            facts.append(fact)
    return ", ".join(facts) or _size(line)


def _read_lines(page: PageLines, p: Array, shared: Array) -> list[Line]:
    weight = np.minimum(page.words, LONG_LINE)
    first, last = prose_run(p, weight)
    mass = np.concatenate([[0.0], np.cumsum(p * weight)])
    total = np.concatenate([[0.0], np.cumsum(weight)])
    at = np.arange(len(p))
    inside = (at >= first) & (at <= last)
    low, high = np.maximum(at - REACH, 0), np.minimum(at + REACH + 1, len(p))
    near = (mass[high] - mass[low] - p * weight) / np.maximum(total[high] - total[low] - weight, 1.0)
    kept = p >= CUT
    share = np.full(len(p), weight @ kept / total[-1])
    columns = (page.signs, page.words.astype(np.int64), near, inside, shared, kept, share)
    return list(map(Line, *(column.tolist() for column in columns)))


def _size(line: Line) -> str:
    return f"{line.words} word{'s' if line.words != 1 else ''}"


def _length(line: Line) -> str:
    if line.words >= LONG:
        return f"long ({_size(line)})"
    return f"short ({_size(line)})" if line.words <= SHORT else _size(line)


def _sentence(line: Line) -> str:
    if line.sign("ends cut off"):
        return "breaks off as teasers do"
    if line.sign("ends sentence"):
        return "reads like a sentence" if line.words > SHORT else "ends as a sentence does"
    return "does not end as a sentence does"


def _words(line: Line) -> str:
    share = line.sign("stop word share")
    return (
        "has the small words of sentences"
        if share >= SENTENCE_WORDS
        else "has few of the small words of sentences"
    )


def _capitals(line: Line) -> str:
    if line.sign("first lower"):
        return "begins in lower case"
    share = line.sign("capital share")
    return (
        "written in capitals as titles and names are"
        if share >= TITLE_CAPITALS
        else "written in lower case as sentences are"
    )


def _wording(line: Line) -> str:
    kinds = {
        "words of the kind promo": "has the words of links and offers",
        "words of the kind picture": "has the words of picture credits",
        "words of the kind clock": "has the words of a time of publication",
        "words of the kind consent": "has the words of cookie and privacy notices",
        "words of the kind reader": "speaks to the reader",
        "words of the kind report": "reports what someone said",
    }
    name = max(kinds, key=line.sign)
    return kinds[name] if line.sign(name) > 0 else "has no words of links or offers"


def _marks(line: Line) -> str:
    facts = {
        "bullet": "an item of a list",
        "address": "holds an address",
        "copyright": "has a copyright sign",
        "slash or bar": "has bars or slashes as menus do",
        "has clock": "has a time of day",
        "has year": "has a year",
        "digit share": "has figures",
        "brackets": "has brackets",
    }
    return next((fact for name, fact in facts.items() if line.sign(name)), "has no marks of a menu or list")


def _phrases(line: Line) -> str:
    known = any(line.sign(name) for name, group in SIGNS if group == "phrases")
    return "worded as chrome is" if known else "not worded as chrome is"


def _repeats(line: Line) -> str:
    if line.sign("begins next"):
        return "the next line begins with it"
    return "stands more than once on the page" if line.sign("repeated") else "stands once on the page"


def _neighbours(line: Line) -> str:
    if line.around >= PROSE_AROUND:
        return "stands among prose"
    return (
        "stands among lines that are no prose"
        if line.around <= OTHER_AROUND
        else "stands between prose and other lines"
    )


def _block(line: Line) -> str:
    return "lies in the main block" if line.inside else "lies outside the main block"


def _vocabulary(line: Line) -> str:
    return (
        "speaks of what the story speaks of"
        if line.shared >= MUCH_SHARED
        else "shares few words with the story"
    )


def _page(line: Line) -> str:
    """What the page is like, where that agrees with what became of the line."""
    if line.kept:
        return "on a page that is nearly all story" if line.page >= MOSTLY_STORY else ""
    return "on a page with much beside its story" if line.page <= LITTLE_STORY else ""


_FACTS: dict[str, Callable[[Line], str]] = {
    "length": _length,
    "sentence": _sentence,
    "words": _words,
    "capitals": _capitals,
    "wording": _wording,
    "marks": _marks,
    "phrases": _phrases,
    "repeats": _repeats,
    "neighbours": _neighbours,
    "block": _block,
    "vocabulary": _vocabulary,
    "place": lambda line: "stands apart" if line.sign("gap") else "follows the line above at once",
    "page": _page,
    "own": lambda _: "",
}
