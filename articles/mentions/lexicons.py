"""Word lists, read once from the TOML files in lexicon/."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("lexicon")


@cache
def words(file: str, table: str) -> frozenset[str]:
    """Return the list `table` of lexicon/`file`.toml. KeyError when there is none: a mistake in the code."""
    with (_FOLDER / f"{file}.toml").open("rb") as stream:
        return frozenset(tomllib.load(stream)[table])


@cache
def alternatives(file: str, table: str) -> str:
    """Return the list as a regular expression, longest first: "deputy minister" beats "minister"."""
    import re

    listed = sorted(words(file, table), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed)
