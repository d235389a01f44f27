from __future__ import annotations

import pytest

from articles.mentions.gazetteer import PhraseIndex

INDEX = PhraseIndex(
    [("Lake League", 1), ("Lake League Assembly", 2), ("L.L.", 1), ("Corvid-Wire", 3), ("Élan", 4)]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Lake League Assembly met.", [("Lake League Assembly", 2)]),
        ("the Lake League's Assembly", [("Lake League", 1)]),
        ("An L.L. envoy", [("L.L.", 1)]),
        ("a Lake League-mandated force", [("Lake League", 1)]),
        ("Corvid-Wire reported", [("Corvid-Wire", 3)]),
        ("Élan’s editor", [("Élan", 4)]),
        ("lake league", []),
        ("Lake\n\nLeague", []),
        ("SnowLake League", []),
    ],
)
def test_longest_whole_words_on_one_line(text: str, found: list[tuple[str, int]]) -> None:
    view = text.replace("’", "'")
    assert [(text[hit.start : hit.end], hit.value) for hit in INDEX.find(view)] == found
