from __future__ import annotations

import re

import pytest

from articles.clean.chrome_phrases import chrome_reason, ends_story
from articles.clean.lexicons import lexicon, line_key


def reason(text: str) -> str | None:
    return chrome_reason(line_key(text), words=len(text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "Skip to: Content",
        "Read Comments",
        "12 Comments",
        "Sign up for our newsletter and get the news in your inbox.",
        "© 2012 The Post. All rights reserved.",
        "Email this | Print this",
        "Become a fan! Follow us! Google+ YouTube See our feeds!",
        "Your email address will not be published. Required fields are marked *",
        "5 min read",
    ],
)
def test_known_chrome(text: str) -> None:
    assert reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the government would follow the plan.",
        "“We will share the cost,” he said.",
        "Support for the plan has grown.",
        "He signed up for the army in 1987 and left it in 1990.",
        "She reads more than he does.",
    ],
)
def test_prose_is_not_chrome(text: str) -> None:
    assert reason(text) is None


def test_headings_behind_the_story() -> None:
    assert ends_story("read comments", words=2)
    assert not ends_story("the talks", words=2)


def test_phrases_are_written_as_keys() -> None:
    for name, group in lexicon("chrome").items():
        assert group["reason"], name
        for phrase in group.get("whole", ()):
            assert phrase == phrase.casefold(), phrase
        for pattern in group.get("patterns", ()):
            re.compile(pattern)
