"""Reasons in one style, wherever they come from."""

from __future__ import annotations

import pytest

from articles.templatetags.archive import as_sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ('this text says that HG is "Harbour Guild"', "This text says that HG is “Harbour Guild”."),
        ("The names sound alike.", "The names sound alike."),
        ("“HG” is short for Harbour Guild here", "“HG” is short for Harbour Guild here."),
        ("It says “Stop.”", "It says “Stop.”"),
        ("the outlet's own line…", "The outlet’s own line…"),
        (" ", ""),
    ],
)
def test_a_reason_is_shown_as_a_sentence(reason: str, sentence: str) -> None:
    assert as_sentence(reason) == sentence
