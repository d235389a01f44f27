"""What a generated archive is asked: sixty queries of all kinds, and how each system writes them.

    for asked in queries(archive): asked.kind, asked.words, asked.outlet, asked.first, asked.last

A query is words and filters; `OURS`, `WHOOSH`, `TANTIVY` and `FTS5` write the words of a kind in a system's
language. A kind that a table lacks is one the system has not. `BEYOND` are kinds that only we have.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.generated_archive import FIRST_YEAR, OUTLETS, YEARS, GeneratedArchive

# How many of each kind there are: sixty. A tenth of what people type is filtered by outlet, a tenth by days.
MIX = {
    "common": 8,
    "rare": 8,
    "two": 8,
    "three": 4,
    "either": 5,
    "phrase": 8,
    "without": 3,
    "prefix": 3,
    "wildcard": 2,
    "fuzzy": 2,
    "everything": 1,
    "outlet": 4,
    "days": 4,
}
BEYOND = {
    "title": 2,
    "actor": 2,
    "near": 2,
    "sentence": 3,
    "paragraph": 2,
    "atleast": 2,
    "first": 2,
    "any": 3,
}
MISSPELLED = (150, 50)  # words with one letter wrong, and with two
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMON, MIDDLE, RARE = range(90, 900), range(900, 6_000), range(20_000, 80_000)  # ranks of words
RANKS = {"rare": RARE, "prefix": MIDDLE, "wildcard": MIDDLE, "fuzzy": MIDDLE}
WORDS_OF = {
    "everything": 0,
    "two": 2,
    "three": 3,
    "without": 2,
    "near": 2,
    "sentence": 2,
    "paragraph": 2,
    "any": 4,
}

Written = Callable[[tuple[str, ...]], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One query. `outlet` is a number to filter by, `first` and `last` are days, None where not filtered."""

    kind: str
    words: tuple[str, ...]
    outlet: int | None = None
    first: date | None = None
    last: date | None = None

    def as_json(self) -> list[Any]:
        """Return what `from_json` reads."""
        return [
            self.kind,
            self.words,
            self.outlet,
            *(day and day.isoformat() for day in (self.first, self.last)),
        ]

    @classmethod
    def from_json(cls, kept: list[Any]) -> Asked:
        """Return the query that `as_json` wrote."""
        kind, words, outlet, *days = kept
        first, last = (date.fromisoformat(day) if day else None for day in days)
        return cls(kind, tuple(words), outlet, first, last)

    def written(self, language: Mapping[str, Written]) -> str | None:
        """Return the words in a language, None where it has nothing for the kind."""
        write = language.get(self.kind)
        return None if write is None else write(self.words)


def queries(archive: GeneratedArchive, *, mix: Mapping[str, int] = MIX) -> list[Asked]:
    """Return the queries of a mix, the same for the same archive, kinds shuffled."""
    chance = random.Random(archive.seed)
    asked = [_asked(kind, archive, chance) for kind, count in mix.items() for _ in range(count)]
    chance.shuffle(asked)
    return asked


def misspellings(archive: GeneratedArchive) -> list[Asked]:
    """Return words with letters changed, added, left out or swapped, each followed by what it was to be."""
    chance = random.Random(archive.seed + 1)
    asked = []
    for edits, count in enumerate(MISSPELLED, 1):
        for word in chance.sample([archive.words[rank] for rank in MIDDLE], count):
            typed = word
            for _ in range(edits):
                typed = misspelled(typed, chance)
            asked.append(Asked(f"misspelled{edits}", (typed, word)))
    return asked


def misspelled(word: str, chance: random.Random) -> str:
    """Return a word with one letter changed, added, left out or swapped with the next."""
    place, letter = chance.randrange(len(word) or 1), chance.choice(LETTERS)
    before, after = word[:place], word[place:]
    return chance.choice(
        (
            before + letter + after[1:],
            before + letter + after,
            before + after[1:],
            before + after[1::-1] + after[2:],
        )
    )


def _asked(kind: str, archive: GeneratedArchive, chance: random.Random) -> Asked:
    if kind == "phrase":
        return Asked(kind, tuple(chance.choice(archive.pairs[:600]).split()))
    if kind == "actor":
        return Asked(kind, (chance.choice(archive.actors[:200]).name,))
    count = chance.randint(2, 3) if kind == "either" else WORDS_OF.get(kind, 1)
    ranks = RANKS.get(kind, COMMON)
    words = tuple(archive.words[chance.choice(ranks)] for _ in range(count))
    outlet = chance.randint(1, OUTLETS // 2) if kind == "outlet" else None
    if kind != "days":
        return Asked(kind, words, outlet)
    year, month = chance.randint(FIRST_YEAR, FIRST_YEAR + YEARS - 1), chance.randint(1, 9)
    return Asked(kind, words, first=date(year, month, 1), last=date(year, month + 3, 15))


def _quoted(words: tuple[str, ...]) -> str:
    return f'"{" ".join(words)}"'


def _all(words: tuple[str, ...]) -> str:
    return " AND ".join(words)


def _either(words: tuple[str, ...]) -> str:
    return " OR ".join(words)


def _one(words: tuple[str, ...]) -> str:
    return words[0]


def _beginning(words: tuple[str, ...]) -> str:
    return f"{words[0][:4]}*"


def _holed(words: tuple[str, ...]) -> str:
    return f"{words[0][:2]}?{words[0][3:5]}*"


SHARED: dict[str, Written] = {
    **dict.fromkeys(("common", "rare", "outlet", "days"), _one),
    **dict.fromkeys(("two", "three"), _all),
    "either": _either,
    "phrase": _quoted,
}
OURS: dict[str, Written] = {
    **SHARED,
    **dict.fromkeys(("two", "three", "any"), " ".join),
    "without": lambda words: f"{words[0]} -{words[1]}",
    "prefix": _beginning,
    "wildcard": _holed,
    "fuzzy": lambda words: f"{words[0]}~1",
    "everything": lambda _: "",
    "typed": _one,
    "title": lambda words: f"title:{words[0]}",
    "actor": lambda words: f'actor:"{words[0]}"',
    "near": lambda words: f"{_quoted(words)}~5",
    "sentence": lambda words: f"sentence:({words[0]} {words[1]})",
    "paragraph": lambda words: f"paragraph:({words[0]} {words[1]})",
    "atleast": lambda words: f"atleast2:{words[0]}",
    "first": lambda words: f"first50:{words[0]}",
}
WHOOSH: dict[str, Written] = {
    **SHARED,
    "without": lambda words: f"{words[0]} NOT {words[1]}",
    "prefix": _beginning,
    "wildcard": _holed,
    "everything": lambda _: "*",
}
TANTIVY: dict[str, Written] = {
    **SHARED,
    "without": lambda words: f"+{words[0]} -{words[1]}",
    # Its query language has neither; the objects that do take these.
    "prefix": lambda words: f"{words[0][:4]}.*",
    "wildcard": lambda words: f"{words[0][:2]}.{words[0][3:5]}.*",
    "fuzzy": _one,
    "everything": lambda _: "*",
}
FTS5: dict[str, Written] = {
    **SHARED,
    "without": lambda words: f"{words[0]} NOT {words[1]}",
    "prefix": _beginning,
    "everything": lambda _: "",
}
