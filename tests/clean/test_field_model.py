"""Choosing headline, byline and date among the lines around a story."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from articles.clean import builtin_rules
from articles.clean.field_model import FIELDS, FieldModel, field_model_from
from articles.clean.field_signs import SIGNS, sign_rows
from articles.clean.front import Front
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


def sign(page: Front, index: int, name: str) -> float:
    """One sign of one title."""
    return float(sign_rows(page, page.titles())[page.titles().index(index)][SIGNS.index(name)])


def test_a_title_with_the_outlet_behind_it_speaks_for_the_line_itself() -> None:
    page = front(f"{HEAD} | The Quay", "Home", HEAD, "Ships of four countries", f"Quay news {HEAD}")

    assert page.copies(2).begun == 1
    assert page.copies(2).ended == 1
    assert page.copies(2).holding == 2
    assert page.copies(3).holding == 1  # The story begins a sentence with it.
    assert sign(page, 0, "suffix") == 1.0
    assert sign(page, 2, "suffix") == 0.0
    assert sign(page, 0, "begins with a near line") == 1.0


def test_blank_lines_between_all_blocks_are_no_sign() -> None:
    page = front("Home", HEAD)

    assert abs(sign(page, 1, "gap above")) < 0.5


def test_a_time_from_now_stands_in_the_line_or_right_below() -> None:
    page = front(HEAD, "Jane Roe 5 hours ago", "Quay and harbour")

    assert sign(page, 0, "ago near below") == 1.0
    assert sign(page, 1, "ago here") == 1.0
    assert sign(page, 2, "ago here") == 0.0


def test_what_two_judges_choose_may_be_half_as_probable() -> None:
    page, fields = front("Home", HEAD), builtin_model().fields
    assert fields is not None
    sure = fields.probabilities("headline", page, page.titles())[1]
    strict = FieldModel({"headline": replace(fields.rankers["headline"], least=min(1.0, sure * 1.5))})

    assert strict.choose("headline", page, page.titles()) is None
    assert strict.choose("headline", page, page.titles(), agreed=0) is None
    agreed = strict.choose("headline", page, page.titles(), agreed=1)
    assert agreed is not None
    assert agreed.index == 1
