"""Queries that nobody means: those of `generated_queries` mutilated, spliced and strewn with signs."""

from __future__ import annotations

import random
from collections.abc import Iterator

SIGNS = (
    *"()\"'*?~-:|+!^&,.;/\\<>[]{}#@%=_ \t\n",
    *"“”‘’«»–—…≤≥×½ﬁßİıλжשע字\u200b\u0301\ufeff🙂",
    *(" AND ", " OR ", " NOT ", "(((", ")))", '""', "~5", "~0", "~99", "..", ">=", "<", "**", "??", "--"),
    *(
        "title:",
        "actor:",
        "date:",
        "date:2012-13",
        "date:>=",
        "words:>",
        "lang:xx",
        "is:undated",
        "has:",
        "event:",
    ),
    *(
        "atleast3:",
        "atleast0:",
        "first5:",
        "sentence:(",
        "paragraph:",
        "nofield:",
        "a*",
        "?*",
        "*a*",
        "e?*",
        "*ing",
    ),
)
# What costs an engine most, in the commonest words of the generated archive.
DEAR = (
    *(
        "sentence:(the of)",
        "paragraph:((the OR said) (of OR to))",
        "sentence:(the -of)",
        "sentence:(re* co*)",
    ),
    *(
        '"the of"~50',
        '"the of and"~5',
        '"to said"',
        "first1000:the",
        "atleast50:the",
        "atleast2:*ing",
        "atleast2:co*",
    ),
    *("(re* OR co* OR st* OR pr*)", "al~2", "could~2", "NOT the", "the OR of OR to OR said", "the-of-to"),
)
LONGEST = 3000  # characters


def fuzzed(queries: list[str], count: int, *, seed: int) -> Iterator[str]:
    """Yield so many strings, the same for the same queries and seed."""
    chance = random.Random(seed)
    for _ in range(count):
        text = chance.choice(queries)
        for _ in range(chance.choice((1, 1, 2, 3, 5, 30))):
            text = _mutated(text, queries, chance)[:LONGEST]
        yield text


def _mutated(text: str, queries: list[str], chance: random.Random) -> str:
    place, other = chance.randint(0, len(text)), chance.randint(0, len(text))
    start, end = min(place, other), max(place, other)
    kind = chance.randrange(7)
    if kind == 0:
        return text[:start] + text[end:]
    if kind == 1:
        return f"{text} {chance.choice(queries)}"
    if kind == 2:  # noqa: PLR2004  # the kinds are numbered
        return text + text[start:end]
    if kind == 3 and text:  # noqa: PLR2004
        return (
            text[:start] + chr(chance.choice((0, 7, 0x2028, 0xD7FF, chance.randint(33, 0x2FFF)))) + text[end:]
        )
    if kind == 4:  # noqa: PLR2004
        return f"{text} {chance.choice(DEAR)}"
    return text[:start] + chance.choice(SIGNS) + text[start:]
