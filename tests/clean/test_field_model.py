"""Choosing headline, byline and date among the lines around a story."""

from __future__ import annotations

import numpy as np
import pytest

from articles.clean import builtin_rules
from articles.clean.field_model import FIELDS, field_model_from
from articles.clean.field_signs import SIGNS, Front, sign_rows
from articles.clean.line_model import builtin_model
from articles.clean.lines import read_lines
from articles.clean.reading import PageReading
from articles.clean.wrapping import join_wrapped
from tests.clean.raw_pages import STORY

HEAD = "Harbour to be opened to ships of every flag"


def front(*above: str) -> Front:
    blocks = join_wrapped(read_lines("\n\n".join((*above, *STORY))))
    reading = PageReading(blocks, rules=builtin_rules(), rule=None)
    body = tuple(range(len(above), len(blocks)))
    return Front(reading, [0.9 if i in body else 0.1 for i in range(len(blocks))], body)


def test_the_rows_have_a_number_for_every_sign() -> None:
    page = front("Home", HEAD, "By Jane Roe", "July 2, 2012")

    assert sign_rows(page, page.titles()).shape == (len(page.titles()), len(SIGNS))
    assert np.isfinite(sign_rows(page, page.titles())).all()


def test_byline_and_date_are_chosen_where_they_stand() -> None:
    page, fields = front("Home", HEAD, "By Jane Roe", "July 2, 2012"), builtin_model().fields
    assert fields is not None

    byline, date = (
        fields.choose(name, page, candidates)
        for name, candidates in (("byline", page.bylines()), ("date", page.dates()))
    )

    assert byline is not None
    assert byline.index == 2
    assert date is not None
    assert date.index == 3
    assert "ranks first" in date.reason


def test_without_candidates_nothing_is_chosen() -> None:
    fields = builtin_model().fields
    assert fields is not None

    assert all(fields.choose(name, front(HEAD), []) is None for name in FIELDS)


def test_a_model_for_other_signs_is_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match=r"benchmarks/train_lines.py"):
        field_model_from({"signs": ["another"]}, source="lines.json")
