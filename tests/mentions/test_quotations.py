from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mentions.quotations import MASK, masked, quoted_stretches


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "yes" and "no."', ["yes", "no."]),
        ("“One.” “Two.”", ["One.", "Two."]),
        ("„Eins“, sagte sie.", ["Eins"]),
        ("‘Guns are quiet,’ he said of the men’s word.", ["Guns are quiet,"]),
        ("The men’s word and the ’90s", []),
        ('"It goes on.\n"It ends."', ["It goes on.", "It ends."]),
        ('"It said ‘no’ twice," he said.', ["It said ‘no’ twice,"]),
        ('""', []),
    ],
)
def test_what_stands_between_marks(text: str, quotes: list[str]) -> None:
    assert [text[one.start : one.end] for one in quoted_stretches(text)] == quotes


@given(st.text(alphabet='ab \n"“”‘’„«».,'))
def test_quotations_never_overlap_and_masks_keep_the_length(text: str) -> None:
    found = quoted_stretches(text)
    assert all(before.closing <= after.opening for before, after in itertools.pairwise(found))
    assert len(masked(text, found)) == len(text)


def test_the_mask_hides_words_and_keeps_the_last_stop() -> None:
    text = 'Ann: "so it is," she said.'
    assert masked(text, quoted_stretches(text)) == 'Ann: "' + MASK * 8 + '," she said.'
