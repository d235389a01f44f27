r"""Phrases of outlet rules: whole lines in which "*" stands for anything, and `\*` for a star."""

from __future__ import annotations

import re

from articles.clean.lexicons import line_key
from articles.clean.lines import plain

_STAR = re.compile(r"(?<!\\)\*")


def is_wild(phrase: str) -> bool:
    """Say whether the phrase has a star that stands for anything."""
    return bool(_STAR.search(phrase))


def unescaped(phrase: str) -> str:
    """Return the phrase with its escaped stars as stars."""
    return phrase.replace("\\*", "*")


def phrase_key(phrase: str) -> str:
    """Return what two phrases for the same lines have in common; "" when it names no letter or figure."""
    parts = [line_key(plain(unescaped(part))) for part in _STAR.split(phrase)]
    return "*".join(parts) if any(parts) else ""


def phrase_pattern(phrase: str) -> str:
    """Return the phrase as a pattern to be matched whole against a `line_key`."""
    return ".*".join(re.escape(line_key(unescaped(part))) for part in _STAR.split(phrase))
