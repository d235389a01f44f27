"""The verbs that tell whose words are quoted, in all their forms."""

from __future__ import annotations

import re
from functools import cache

from articles.mentions.lexicons import words

# These double their last letter: "admitted", "dubbing".
_DOUBLING = frozenset({"admit", "quip", "slam", "refer", "dub", "blog", "rip", "label", "chat", "fret"})


@cache
def verbs() -> re.Pattern[str]:
    """Every cue verb; the group says whether it speaks or labels."""
    return re.compile(rf"(?<![\w-])(?:(?P<speech>{_forms('speech')})|(?P<label>{_forms('label')}))(?![\w-])")


def is_bare(word: str) -> bool:
    """Return True for a form without an ending ("press", "say"): a name is its subject only behind "will"."""
    return (
        word in words("cues", "speech") or word in words("cues", "label") or word in {"say", "tell", "write"}
    )


@cache
def _forms(table: str) -> str:
    found = set(words("cues", f"{table}_irregular"))
    for base in words("cues", table):
        found |= inflected(base)
    return "|".join(sorted(map(re.escape, found), key=lambda form: (-len(form), form))).replace(r"\ ", r"\s+")


def inflected(base: str) -> set[str]:
    """Return the base with its regular forms: "deny", "denies", "denied", "denying"."""
    if base in _DOUBLING:
        return {base, base + "s", base + base[-1] + "ed", base + base[-1] + "ing"}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    stem = base.removesuffix("e")
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return {base, third, stem + "ed", stem + "ing"}
