"""The word lists of the cleaning step: TOML files of `lexicon/`, read once.

Each file says in its own comments what it holds and what belongs into it. Lists are data: a word is
added there, never here.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The tables of `lexicon/NAME.toml`. Raises FileNotFoundError for a name that is not there."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The list `key` of a lexicon as a set of lower-case words or phrases."""
    return frozenset(word.casefold() for word in lexicon(name)[key])


def line_key(text: str) -> str:
    """A line as phrase lists write it: case-folded, straight quotes, digits as "#", no outer punctuation.

    "Read Comments (12)" gives "read comments (#".
    """
    folded = (
        text.casefold()
        .replace("’", "'")
        .replace("‘", "'")
        .replace("“", '"')
        .replace("”", '"')
        .replace("(c)", "©")
    )
    start, end = 0, len(folded)
    while end and not folded[end - 1].isalnum():
        end -= 1
    while start < end and not (folded[start].isalnum() or folded[start] in "_©"):
        start += 1
    return _DIGITS.sub("#", folded[start:end])
