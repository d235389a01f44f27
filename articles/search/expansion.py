"""Which words a form (w?rd, negot*ation) or a misspelling (word~) stands for. Pure.

Both are compared with words as the index holds them: folded, and hyphenated ones also written together.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.search.analysis import fold, query_terms
from articles.search.tree import Fuzzy, Wildcard

LETTERS = re.compile(r"[^\W_]+")
NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@lru_cache(maxsize=256)
def form(wildcard: Wildcard) -> re.Pattern[str]:
    """Return what matches each line that is a word of the form, in a text of one folded word a line.

    Each * but the last takes the nearest place that fits and never gives it up, which finds all that there
    is and keeps a form with many of them from trying every combination.
    """
    start, *rest = (_literal(part) for part in wildcard.pattern.split("*"))
    if not rest:
        return re.compile(f"^{start}$", re.MULTILINE)
    middle = "".join(rf"(?>[^\n]*?{part})" for part in rest[:-1] if part)
    return re.compile(rf"^{start}{middle}[^\n]*{rest[-1]}$", re.MULTILINE)


def literal_start(wildcard: Wildcard) -> str:
    """Return the folded letters that all words of a form begin with."""
    start = re.split(r"[*?]", wildcard.pattern, maxsplit=1)[0]
    return _folded(start)


def literal_part(wildcard: Wildcard) -> str:
    """Return the longest folded letters that words of a form have side by side, a line feed behind them at the end."""
    pieces = [_folded(piece) for piece in re.split(r"[*?]", wildcard.pattern)]
    pieces[-1] += "\n" if pieces[-1] else ""
    return max(pieces, key=len)


def _literal(part: str) -> str:
    """Return the pattern of a stretch without a *: its letters folded, any letter for each question mark."""
    return r"[^\n]".join(re.escape(_folded(piece)) for piece in part.split("?"))


def _folded(piece: str) -> str:
    return NOT_ALPHANUMERIC.sub("", fold(piece)) if piece else ""


@lru_cache(maxsize=256)
def folded(fuzzy: Fuzzy) -> str:
    """Return the word that others are to be nearly like."""
    return "".join(word for term in query_terms(fuzzy.text) for word in term.whole).lower()


def is_alike(fuzzy: Fuzzy, word: str) -> bool:
    """Tell whether a word is nearly like another."""
    return OSA.distance(folded(fuzzy), word, score_cutoff=fuzzy.edits) <= fuzzy.edits


def of_form_in(wildcard: Wildcard, text: str) -> list[str]:
    """Return the words of a form among those of a text in small letters."""
    return form(wildcard).findall("\n".join(set(LETTERS.findall(text))))


def alike_in(fuzzy: Fuzzy, text: str) -> list[str]:
    """Return the words nearly alike among those of a text in small letters; parts of longer words may be with them."""
    word = folded(fuzzy)
    shortest, longest = max(len(word) - fuzzy.edits, 1), len(word) + fuzzy.edits
    held = set(re.findall(rf"[^\W_]{{{shortest},{longest}}}", text))
    found = process.extract(
        word, held, scorer=OSA.distance, score_cutoff=fuzzy.edits, limit=None, processor=None
    )
    return [near for near, _, _ in found]
