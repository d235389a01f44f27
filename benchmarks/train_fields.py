"""Training the choice of headline, byline and date; called by `train_lines.py`, with its models of the folds.

A candidate is right when its words are those of the gold title, when all the people it names are gold authors
(some pages give each a line), when it holds the gold day. Where no line is the gold title, a line that differs
from it by some words is right. Pages in whose text the gold value stands nowhere else teach only to abstain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from score_clean_sets import RENDITIONS, Record, fold_of, raw_page, read_set, scorer_module
from sklearn.linear_model import LogisticRegression

from articles.clean import builtin_rules
from articles.clean.field_model import FIELDS
from articles.clean.field_signs import SIGNS, sign_rows
from articles.clean.front import Front
from articles.clean.labels import label_story
from articles.clean.line_model import LineModel
from articles.clean.lines import read_lines
from articles.clean.prose import score_prose
from articles.clean.reading import PageReading
from articles.clean.stretch import choose_body
from articles.clean.wrapping import join_wrapped

# Sets that have gold fields; newspaper3k has only bodies.
SETS = ("fundus", "readability")
ENGLISH_WEIGHT = 2.0
# Penalty on the ranking's squared weights, a page; inverse strength of the penalty of the pointwise regression.
RANKING_PENALTY, POINTWISE_STRENGTH = 0.03, 0.3
# The part that the pointwise weights have in the ranking; .25 is never worse than none on any set, .5 is.
BLEND = 0.25
# Added to a sign's standard deviation before the penalty weighs it. Without it a sign of three pages in a
# hundred may have the weight of ten others ("ends in dots" made an appeal the headline of a whole outlet).
RARE = 0.25
# Likeness from which a line stands for a gold title that is not on the page: a shorter or an edited form of it.
LIKE = 0.7
CUT_OFF = ("…", "...")
# The probability below which a field is left empty, by hand for a precision of some .93.
LEAST = {"headline": 0.2, "byline": 0.4, "date": 0.4}


@dataclass(frozen=True, slots=True)
class Case:
    """The candidates of one field on one page: signs (n, SIGNS), which are right (n)."""

    fold: int
    weight: float
    rows: NDArray[np.float64]
    right: NDArray[np.float64]


def read_cases(folds: Sequence[LineModel]) -> dict[str, list[Case]]:
    """The cases of every field; the body of each page as the model that did not see it finds it."""
    cases: dict[str, list[Case]] = {field: [] for field in FIELDS}
    for name in SETS:
        for record in read_set(name):
            for rendition in RENDITIONS:
                front = _front(record, rendition, folds[fold_of(record)])
                if front:
                    _add_cases(cases, front, record)
    return cases


def _front(record: Record, rendition: str, model: LineModel) -> Front | None:
    blocks = join_wrapped(read_lines(raw_page(record, rendition).text))
    reading = PageReading(blocks, rules=builtin_rules(), rule=None)
    scores = score_prose(reading, model=model)
    labelling = label_story(reading, scores, choose_body(reading, scores), marked={}, remembered={})
    return Front(reading, [score.p for score in scores], tuple(labelling.body)) if labelling.body else None


def _add_cases(cases: dict[str, list[Case]], front: Front, record: Record) -> None:
    scorer = scorer_module()
    title, people = scorer.norm(record.get("gold_title")), scorer.people(record.get("gold_authors") or [])
    day = str(record.get("gold_date") or "")[:10]
    reading = front.reading
    weight = ENGLISH_WEIGHT if record["english"] else 1.0
    tests = {
        "headline": (title, front.titles, titles_right(title, reading)),
        "byline": (people, front.bylines, lambda i: scorer.people(list(reading.byline(i).names)) <= people),
        "date": (day, front.dates, lambda i: day in {f.day.isoformat() for f in reading.dates(i) if f.day}),
    }
    for field, (gold, candidates, is_right) in tests.items():
        places = candidates() if gold else []
        if places:
            right = np.array([is_right(i) for i in places], dtype=np.float64)
            cases[field].append(Case(fold_of(record), weight, sign_rows(front, places), right))


def titles_right(title: str, reading: PageReading) -> Callable[[int], bool]:
    """Whether a block is the gold title, or its kin where no line of the page is the title itself.

    A line that ends in dots is a link to the story, cut off, and nobody's headline.
    """
    norm = scorer_module().norm
    texts = [norm(block.text) for block in reading.blocks]
    if title in texts:
        return lambda i: texts[i] == title
    return lambda i: not reading.blocks[i].text.endswith(CUT_OFF) and likeness(texts[i], title) >= LIKE


def likeness(text: str, title: str) -> float:
    """The words that both have, as a share of those of either: 0 to 1."""
    one, other = Counter(text.split()), Counter(title.split())
    both = sum((one & other).values())
    return 2 * both / max(1, sum(one.values()) + sum(other.values()))


def train_fields(cases: dict[str, list[Case]], without: int | None) -> dict[str, Any]:
    """The table "fields" of lines.json, from the cases outside the fold `without`."""
    table: dict[str, Any] = {"signs": list(SIGNS)}
    for field in FIELDS:
        table[field] = _train([case for case in cases[field] if case.fold != without]) | {
            "least": LEAST[field]
        }
    return table


def _train(cases: Sequence[Case]) -> dict[str, Any]:
    rows = np.vstack([case.rows for case in cases])
    low, high = rows.min(axis=0), rows.max(axis=0)
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + RARE
    ranking = _rank([case for case in cases if case.right.any()], mean, scale)
    right = np.concatenate([case.right for case in cases])
    weight = np.concatenate([np.full(len(case.right), case.weight) for case in cases])
    point = LogisticRegression(C=POINTWISE_STRENGTH, max_iter=300)
    point.fit((rows - mean) / scale, right, sample_weight=weight)
    weights = point.coef_[0] / scale
    ranking = (1 - BLEND) * ranking / scale + BLEND * weights
    numbers = {"low": low, "high": high, "ranking": ranking, "pointwise": weights}
    return {
        **{key: [float(f"{value:.7g}") for value in values] for key, values in numbers.items()},
        "bias": float(point.intercept_[0] - mean @ weights),
    }


def _rank(
    cases: Sequence[Case], mean: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights under which the right candidates of each page have the largest share of exp(rows @ weights)."""
    rows = np.vstack([(case.rows - mean) / scale for case in cases])
    right = np.concatenate([case.right for case in cases]) > 0
    starts = np.cumsum([0, *(len(case.right) for case in cases[:-1])])
    sizes = [len(case.right) for case in cases]
    weight = np.array([case.weight for case in cases])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = rows @ weights
        z = np.exp(z - np.repeat(np.maximum.reduceat(z, starts), sizes))
        total, good = np.add.reduceat(z, starts), np.add.reduceat(z * right, starts)
        share, goal = z / np.repeat(total, sizes), z * right / np.repeat(np.maximum(good, 1e-12), sizes)
        value = -(weight * np.log(np.maximum(good, 1e-12) / total)).sum()
        gradient = rows.T @ ((share - goal) * np.repeat(weight, sizes))
        penalty = RANKING_PENALTY * len(cases)
        return value + penalty * weights @ weights / 2, gradient + penalty * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)
