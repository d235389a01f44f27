"""The word lists and the measured rates of dating: the TOML files of `lexicon/`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"


@cache
def table(name: str) -> dict[str, Any]:
    """The tables of `lexicon/NAME.toml`. Raises FileNotFoundError for a name that is not there."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The list `key` of a lexicon as a set of small-letter words."""
    return frozenset(word.casefold() for word in table(name)[key])


@cache
def numbers(name: str, key: str) -> dict[str, int]:
    """The table `key` of a lexicon, written as number = [words], turned round: word to number."""
    return {word.casefold(): int(number) for number, listed in table(name)[key].items() for word in listed}


@cache
def rates(kind: str) -> dict[str, float]:
    """How evidence of a kind is weighed (`weights.toml`)."""
    return {key: float(value) for key, value in table("weights")["kind"][kind].items()}
