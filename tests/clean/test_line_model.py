"""The trained line model: its file, its probabilities, its reasons."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from articles.clean import builtin_rules, clean_page
from articles.clean.line_features import (
    FIRST,
    SECOND,
    PageLines,
    first_features,
    read_page_lines,
    second_features,
)
from articles.clean.line_model import FILE, GROUPS, LineScores, builtin_model, read_model
from articles.clean.line_reasons import reasons
from articles.clean.line_signs import SIGNS
from articles.clean.lines import read_lines
from articles.clean.page_numbers import CUT, LOWEST_CUT, PAGE_NUMBERS, page_lean, page_numbers
from articles.clean.prose import WINDOW, score_prose
from articles.clean.reading import PageReading
from articles.clean.wrapping import join_wrapped
from tests.clean.raw_pages import STORY, text_page

MENU = ("Home", "World", "Sport", "Subscribe now", "Share")


def read(*lines: str) -> PageReading:
    return PageReading(join_wrapped(read_lines("\n\n".join(lines))), rules=builtin_rules(), rule=None)


def test_the_shapes_are_those_of_the_names() -> None:
    lines = read_page_lines(read(*MENU, *STORY))
    first = first_features(lines)

    assert lines.signs.shape == (9, len(SIGNS))
    assert first.shape == (9, len(FIRST))
    assert second_features(lines, first, np.full(9, 0.5)).shape == (9, len(SECOND))


def test_a_page_is_told_by_what_is_kept_of_it() -> None:
    lines = read_page_lines(read(*MENU, *STORY))
    story = np.array([0.0] * 5 + [1.0] * 4)
    found = dict(zip(PAGE_NUMBERS, page_numbers(lines, story), strict=True))

    assert found["page's lines kept"] == pytest.approx(4 / 9)
    assert found["page's lines surely not"] == pytest.approx(5 / 9)
    assert found["page's words kept"] > found["page's lines kept"]
    assert found["page's changes"] == pytest.approx(1 / 9)
    assert found["page's doubt by words"] == 0.0
    assert dict(zip(PAGE_NUMBERS, page_numbers(lines, np.full(9, 0.5)), strict=True))[
        "page's doubt by words"
    ] == pytest.approx(1.0)


def test_every_line_of_a_page_is_told_the_same_of_it() -> None:
    lines = read_page_lines(read(*MENU, *STORY))
    columns = [place for place, feature in enumerate(SECOND) if feature.name in PAGE_NUMBERS]
    second = second_features(lines, first_features(lines), np.linspace(0.1, 0.9, 9))

    assert len(columns) == len(PAGE_NUMBERS)
    assert (second[:, columns] == second[0, columns]).all()


def _lean_to(cut: float) -> float:
    return float(np.log(CUT / (1 - CUT)) - np.log(cut / (1 - cut)))


def test_the_story_of_a_doubtful_page_leans_and_that_of_a_clear_one_does_not() -> None:
    words = np.array([3.0, 30.0, 40.0, 30.0, 3.0])
    clear = page_lean(np.array([0.0, 1.0, 1.0, 1.0, 0.0]), words)
    doubtful = page_lean(np.array([0.1, 0.9, 0.2, 0.9, 0.1]), words)

    assert clear == pytest.approx(0.0)
    assert (doubtful[1:4] > 0.1).all()
    assert doubtful[[0, 4]].tolist() == [0.0, 0.0]


def test_the_cut_of_a_page_is_that_of_its_best_expected_f1() -> None:
    # With all but the last line 70 of the expected 71 words of the story are kept in 80 words: F1 = 140 / 151.
    p, words = np.array([1.0, 0.75, 0.1]), np.array([40.0, 40.0, 10.0])

    assert page_lean(p, words)[:2] == pytest.approx(_lean_to(CUT * 140 / 151))


def test_the_cut_falls_only_so_far() -> None:
    assert page_lean(np.full(5, 0.05), np.ones(5)).max() == pytest.approx(_lean_to(LOWEST_CUT))
    assert page_lean(np.zeros(1), np.zeros(1)) == pytest.approx(_lean_to(LOWEST_CUT))


def test_a_reason_speaks_of_the_page_where_it_decided_and_agrees_with_the_verdict() -> None:
    story, menus = read_page_lines(read(*STORY)), read_page_lines(read(*MENU, *MENU, *MENU, *MENU, STORY[1]))

    assert page_reasons(story, [0.9] * 4) == {"on a page that is nearly all story"}
    assert page_reasons(story, [0.1] * 4) == {"on a page with much beside its story"}
    found = page_reasons(menus, [0.1] * 20 + [0.9])
    assert "on a page that is nearly all story" not in found


def page_reasons(lines: PageLines, p: list[float]) -> set[str]:
    """The reasons of lines of which the page alone decided."""
    groups = np.zeros((len(p), len(GROUPS)))
    groups[:, GROUPS.index("page")] = np.sign(np.array(p) - CUT)
    return set(reasons(lines, LineScores(np.array(p), groups), np.zeros(len(p))))


def test_prose_is_probable_and_menus_are_not() -> None:
    scores = score_prose(read(*MENU, *STORY))

    assert max(score.p for score in scores[:5]) < 0.4
    assert min(score.p for score in scores[5:]) > 0.6


def test_a_reason_is_two_facts_in_plain_words() -> None:
    scores = score_prose(read(*MENU, *STORY))

    assert any(
        "reads like a sentence" in score.why or "lies in the main block" in score.why for score in scores[5:]
    )
    assert all(1 <= len(score.why.split(", ")) <= 2 for score in scores)


def test_the_groups_add_up_to_the_probability() -> None:
    model, lines = builtin_model(), read_page_lines(read(*MENU, *STORY))
    found = model.score(lines)
    bias = (model.second.bias + model.trees.bias) / 2 if model.trees else model.second.bias

    assert found.groups.shape == (9, len(GROUPS))
    assert np.allclose(1 / (1 + np.exp(-(bias + found.groups.sum(axis=1)))), found.p)


def test_windows_score_every_line_of_a_long_page() -> None:
    lines = [f"Line {number} of the page" for number in range(WINDOW + 10)]

    assert len(score_prose(read(*lines))) == WINDOW + 10


def test_the_file_is_small_and_holds_numbers_and_names_of_features_only() -> None:
    text = FILE.read_text(encoding="utf-8")
    words = set(re.findall(r'"([^"]*)"', text))

    assert len(text) < 1_000_000
    known = {feature.name for feature in SECOND}
    assert all(word in known or word.islower() or word.replace(" ", "").isalnum() for word in words)
    assert len(words) < len(known) + 120


def test_a_model_for_other_features_is_refused_with_the_cure(tmp_path: Path) -> None:
    table = json.loads(FILE.read_text(encoding="utf-8"))
    table["first"]["features"][0] = "another"
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(table), encoding="utf-8")

    with pytest.raises(ValueError, match=r"benchmarks/train_lines.py"):
        read_model(path)


def test_ten_megabytes_of_short_lines_are_cleaned() -> None:
    article = clean_page(text_page("short line\n" * 20_000))

    assert len(article.lines) == 20_000
