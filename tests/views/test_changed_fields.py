"""What came out otherwise when a page was read again, in words."""

from __future__ import annotations

import pytest

from articles.views.changed_fields import changes_in_words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["headline", "published", "body"], "headline, date, text"),
        (["authors", "paragraphs", "outlet evidence"], "authors; what supports the outlet"),
        (["published evidence", "updated evidence"], "what supports the date, the day of its update"),
        (["cleaner", "paragraphs"], "nothing that can be seen"),
        (["disputed lines", "places"], "lines in dispute, places"),
    ],
)
def test_changes_are_named_as_a_curator_knows_them(names: list[str], words: str) -> None:
    assert changes_in_words(names) == words
