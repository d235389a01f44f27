"""The signs of a page's lines set beside each other: one row of numbers a line, for the trained model.

The first pass sees each line's signs, those of two lines on each side, and what a rough hand-made score says
about the page around it. The second pass sees in addition what the first pass thought of the lines around.
Shapes: n lines; all arrays are float64. Nothing here depends on how long the page is except through sums, so
the time is proportional to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from articles.clean.line_signs import SIGNS, page_signs, page_words
from articles.clean.page_numbers import LONG_LINE, PAGE_NUMBERS, page_numbers, prose_run
from articles.clean.reading import LONGEST_LOOK, PageReading

Array = NDArray[np.float64]

# The rough score from which the first pass starts, in log-odds. Set by hand; only a starting point.
BASE, PER_LOG_WORD, PER_STOP_SHARE, SENTENCE_END = -4.2, 1.3, 4.0, 1.6
PER_CAPITAL_SHARE, CAPITALS_ABOVE, CUT_OFF, PHRASE = -3.0, 0.45, -2.0, -6.0
# Lines on each side whose signs a line sees, and whose probability.
REACH, FAR_REACH = 2, 4
# Lines on each side of the windows over which probabilities are averaged.
WINDOWS = (2, 5, 12)
# The share of a line's weight that reaches the next line in the running sums.
FADE = 0.8
# From here a line counts as surely prose, if it has so many words.
SURE, SURE_WORDS = 0.7, 12
# Letters of a word that says what a line is about, and how many of a line's words are looked at.
SHORTEST_WORD, MOST_LINE_WORDS = 4, 400
# Distances in lines and words beyond which there is no nearer or farther.
FARTHEST, FARTHEST_WORDS = 60, 2000

_NAMES = tuple(name for name, _ in SIGNS)
_AT = {name: place for place, name in enumerate(_NAMES)}
_GROUP = dict(SIGNS)
_PHRASES = [place for place, (_, group) in enumerate(SIGNS) if group == "phrases"]
_TYPES = ("list phrase", "sentence", "short", "other")


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's lines as numbers: signs (n, len(SIGNS)), words (n), and the words each line is about.

    `ids` and `rows` say which word stands in which line, each word once a line.
    """

    signs: Array
    words: Array
    ids: NDArray[np.int64]
    rows: NDArray[np.int64]
    distinct: int

    def sign(self, name: str) -> Array:
        """One sign of every line (n), by its name in `SIGNS`."""
        return np.asarray(self.signs[:, _AT[name]])

    def window(self, start: int, stop: int) -> PageLines:
        """The lines from `start` to before `stop`, as a page of their own."""
        if start == 0 and stop >= len(self.words):
            return self
        inside = (self.rows >= start) & (self.rows < stop)
        return PageLines(
            self.signs[start:stop],
            self.words[start:stop],
            self.ids[inside],
            self.rows[inside] - start,
            self.distinct,
        )


@dataclass(frozen=True, slots=True)
class Feature:
    """A column: its name, and the group under which a person reads of it."""

    name: str
    group: str


def read_page_lines(reading: PageReading) -> PageLines:
    """The numbers of a page that has at least one block."""
    numbers: dict[str, int] = {}
    ids: list[int] = []
    rows: list[int] = []
    stops = reading.stop_words
    words = page_words(reading)
    for row, found in enumerate(words):
        # In the order of the line, so that sums over them are the same to the last bit in every process.
        for word in dict.fromkeys(found[:MOST_LINE_WORDS]):
            if len(word) >= SHORTEST_WORD and word not in stops:
                ids.append(numbers.setdefault(word, len(numbers)))
                rows.append(row)
    return PageLines(
        np.array(page_signs(reading, words), dtype=np.float64),
        np.minimum(np.array(reading.word_counts, dtype=np.float64), LONGEST_LOOK),
        np.array(ids, dtype=np.int64),
        np.array(rows, dtype=np.int64),
        len(numbers),
    )


FEW = 6  # words of a line up to which its type is "short", as headings and links are


def rough_score(lines: PageLines) -> Array:
    """The hand-made probability (n) that each line is prose, by its own signs."""
    column = lines.sign
    z = (
        BASE
        + PER_LOG_WORD * column("log words")
        + PER_STOP_SHARE * np.minimum(column("stop word share"), 0.5)
    )
    z = z + SENTENCE_END * column("ends sentence") + CUT_OFF * column("ends cut off")
    z = z + PER_CAPITAL_SHARE * np.maximum(0.0, column("capital share") - CAPITALS_ABOVE)
    z = z + PHRASE * lines.signs[:, _PHRASES].max(axis=1)
    return sigmoid(z)


def sigmoid(z: Array) -> Array:
    """Log-odds as probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.minimum(np.maximum(z, -30.0), 30.0))))


def first_features(lines: PageLines) -> Array:
    """What the first pass sees: (n, len(FIRST))."""
    rough = rough_score(lines)
    return np.hstack(
        [lines.signs, _neighbours(lines.signs), _company(lines), _page(lines, rough), _context(lines, rough)]
    )


def second_features(lines: PageLines, first: Array, p: Array) -> Array:
    """What the second pass sees: the first pass's row and what its probabilities `p` (n) say: (n, len(SECOND))."""
    page = np.tile(page_numbers(lines, p), (len(p), 1))
    return np.hstack([first, _context(lines, p), page])


def _shifted(values: Array, offsets: Sequence[int]) -> list[Array]:
    """For each offset the rows moved so that row i holds what row i + offset held; zeros come in at the ends."""
    n, reach = len(values), max(map(abs, offsets))
    padded = np.zeros((n + 2 * reach, *values.shape[1:]))
    padded[reach : reach + n] = values
    return [padded[reach + by : reach + by + n] for by in offsets]


def _neighbours(signs: Array) -> Array:
    return np.hstack(_shifted(signs, _OFFSETS))


_OFFSETS = tuple(by for by in range(-REACH, REACH + 1) if by)
_FAR_OFFSETS = tuple(range(-FAR_REACH, FAR_REACH + 1))


def _company(lines: PageLines) -> Array:
    """Which kinds of line stand right above and right below: one column a pair of kinds."""
    count = len(_TYPES)
    signs, n = lines.signs, len(lines.words)
    kind = np.full(n, 3)
    kind[lines.words <= FEW] = 2
    kind[(signs[:, _AT["ends sentence"]] > 0) & (lines.words > FEW)] = 1
    kind[signs[:, _PHRASES].max(axis=1) > 0] = 0
    above = np.concatenate([[count], kind[:-1]])
    below = np.concatenate([kind[1:], [count]])
    out = np.zeros((n, (count + 1) ** 2))
    out[np.arange(n), above * (count + 1) + below] = 1.0
    return out


def _page(lines: PageLines, rough: Array) -> Array:
    """What the page is like: the same in every row but for the place of the line."""
    n, total = len(lines.words), lines.words.sum()
    prose = (rough * lines.words).sum()
    same = [
        np.log1p(n),
        np.log1p(total),
        prose / total,
        np.log1p(prose),
        lines.signs[:, _AT["bullet"]].mean(),
        lines.signs[:, _AT["gap"]].mean(),
    ]
    before = (np.cumsum(lines.words) - lines.words) / total
    return np.hstack(
        [np.tile(same, (n, 1)), before[:, None], np.log1p(np.minimum(np.arange(n), FARTHEST))[:, None]]
    )


_PAGE = (
    "page lines",
    "page words",
    "page prose share",
    "page prose",
    "page bullets",
    "page gaps",
    "words before",
    "line number",
)


def _context(lines: PageLines, p: Array) -> Array:
    """What the probabilities `p` say about the lines around each line: (n, len(_CONTEXT))."""
    n, words = len(p), lines.words
    weight = np.minimum(words, LONG_LINE)
    mass = p * weight
    columns = [np.log((p + 1e-4) / (1.0001 - p))]
    columns += _shifted(p, _FAR_OFFSETS)
    masses, weights = _sums(mass), _sums(weight)
    for reach in WINDOWS:
        first, after = _window_ends(n, reach)
        columns.append((masses[after] - masses[first]) / np.maximum(weights[after] - weights[first], 1.0))
    sums, (first, after) = _sums(p), _window_ends(n, 5)
    columns.append((sums[after] - sums[first]) / (after - first))
    total = max(mass.sum(), 1e-9)
    before = masses[1:] - mass
    behind = total - before - mass
    columns += [before / total, behind / total]
    columns += [np.minimum(np.log1p(before), 8.0), np.minimum(np.log1p(behind), 8.0)]
    columns += _fading(p, weight)
    columns += _main_block(p, words)
    columns += _nearest_sure(p, words)
    columns += shared_words(lines, p)
    return np.array(columns).T


_CONTEXT = (
    ("log-odds", "own"),
    *((f"p at {by}", "neighbours" if by else "own") for by in range(-FAR_REACH, FAR_REACH + 1)),
    *((f"words of prose within {reach}", "neighbours") for reach in WINDOWS),
    ("lines of prose within 5", "neighbours"),
    ("prose before", "block"),
    ("prose after", "block"),
    ("log prose before", "block"),
    ("log prose after", "block"),
    ("fading from above", "neighbours"),
    ("fading from below", "neighbours"),
    ("in block", "block"),
    ("from block start", "block"),
    ("to block end", "block"),
    ("words from block", "block"),
    ("block share", "block"),
    ("sure above", "neighbours"),
    ("sure below", "neighbours"),
    ("between sure", "neighbours"),
    ("words shared with sure lines", "vocabulary"),
    ("words shared, by p", "vocabulary"),
)


def _sums(values: Array) -> Array:
    """The sums over the first lines: over none, over one, and so on to all (n + 1)."""
    sums = np.zeros(len(values) + 1)
    values.cumsum(out=sums[1:])
    return sums


# The same for all pages of a length, and asked for eight times a page.
@lru_cache(maxsize=128)
def _window_ends(n: int, reach: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each of n lines the first of those from `reach` above to `reach` below, and the one after the last."""
    at = np.arange(n)
    return np.maximum(at - reach, 0), np.minimum(at + reach + 1, n)


def _fading(p: Array, weight: Array) -> list[Array]:
    """Running means of prose above and below, nearer lines counting more."""
    masses, weights = (p * weight).tolist(), weight.tolist()
    above = np.array(_running_means(masses, weights))
    return [above, np.array(_running_means(masses[::-1], weights[::-1])[::-1])]


def _running_means(masses: list[float], weights: list[float]) -> list[float]:
    """For each line the share of mass in the weight of the lines before it, the nearer counting more."""
    mass = total = 0.0
    means = []
    for line_mass, line_weight in zip(masses, weights, strict=True):
        means.append(mass / total if total else 0.0)
        mass, total = FADE * mass + line_mass, FADE * total + line_weight
    return means


def _main_block(p: Array, words: Array) -> list[Array]:
    """Inside the run with the largest sum of words x (p - CUT) or not, and how far from its ends."""
    n = len(p)
    first, last = prose_run(p, words)
    at = np.arange(n, dtype=np.float64)
    inside = np.zeros(n)
    inside[first : last + 1] = 1.0
    before = words.cumsum()
    start, end = before[first] - words[first], before[last]
    away = np.maximum(0.0, np.maximum(start - before, before - words - end))
    mass = p * words
    total = max(mass.sum(), 1e-9)
    return [
        inside,
        _signed_log(at - first),
        _signed_log(last - at),
        np.log1p(np.minimum(away, FARTHEST_WORDS)),
        np.full(n, mass[first : last + 1].sum() / total),
    ]


def _signed_log(distance: Array) -> Array:
    return np.sign(distance) * np.log1p(np.minimum(np.abs(distance), FARTHEST))


def _nearest_sure(p: Array, words: Array) -> list[Array]:
    """Lines to the nearest one above and below that is surely prose, as logarithms."""
    n = len(p)
    at = np.arange(n)
    sure = (p >= SURE) & (words >= SURE_WORDS)
    above = np.maximum.accumulate(np.where(sure, at, -FARTHEST))
    below = np.minimum.accumulate(np.where(sure, at, n + FARTHEST)[::-1])[::-1]
    up = np.concatenate([[FARTHEST], at[1:] - above[:-1]])
    down = np.concatenate([below[1:] - at[:-1], [FARTHEST]])
    up, down = (np.log1p(np.minimum(np.maximum(side, 0), FARTHEST)) for side in (up, down))
    return [up, down, np.maximum(up, down)]


def shared_words(lines: PageLines, p: Array) -> list[Array]:
    """The share of each line's words that stand in other lines which are surely, or by `p`, prose."""
    n = len(p)
    per_line = np.maximum(np.bincount(lines.rows, minlength=n), 1)
    columns = []
    for weight in (
        ((p >= SURE) & (lines.words >= SURE_WORDS)).astype(np.float64),
        p * (lines.words >= SURE_WORDS),
    ):
        counts = np.bincount(lines.ids, weights=weight[lines.rows], minlength=lines.distinct)
        others = np.minimum(np.maximum(counts[lines.ids] - weight[lines.rows], 0.0), 1.0)
        columns.append(np.bincount(lines.rows, weights=others, minlength=n) / per_line)
    return columns


FIRST: tuple[Feature, ...] = (
    *(Feature(name, group) for name, group in SIGNS),
    *(Feature(f"{name} at {by:+d}", "neighbours") for by in _OFFSETS for name in _NAMES),
    *(
        Feature(f"between {above} and {below}", "neighbours")
        for above in (*_TYPES, "the page's edge")
        for below in (*_TYPES, "the page's edge")
    ),
    *(Feature(name, "page") for name in _PAGE),
    *(Feature(f"rough: {name}", group) for name, group in _CONTEXT),
)
SECOND: tuple[Feature, ...] = (
    *FIRST,
    *(Feature(f"first pass: {name}", group) for name, group in _CONTEXT),
    *(Feature(name, "page") for name in PAGE_NUMBERS),
)
