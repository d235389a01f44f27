"""How alike two names are, from 0 (surely two) to 1 (surely one)."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from articles.mentions.spans import Kind
from articles.resolve.names import given_name, listed, normalise, organisation_tokens, person_tokens, skeleton


def compare_names(a: str, b: str, *, kind: Kind | None = None) -> float:
    """How likely two names mean one actor, judged by spelling alone.

    Symmetric. Without `kind` both readings are tried and the better person or body reading is taken
    by whether the names bear a legal form or a general noun of bodies.
    """
    if normalise(a) == normalise(b):
        return 1.0 if normalise(a) else 0.0
    if kind is Kind.PERSON:
        return _persons(person_tokens(a), person_tokens(b))
    return _bodies(organisation_tokens(a), organisation_tokens(b))


@lru_cache(maxsize=65536)
def word_likeness(a: str, b: str) -> float:
    """How alike two words of names are: equal 1, same sound .95, else by edits."""
    if a == b:
        return 1.0
    if given_name(a) == given_name(b):
        return 0.97
    if len(a) == 1 or len(b) == 1:
        return 0.8 if a[0] == b[0] else 0.0
    edits = DamerauLevenshtein.distance(a, b)
    same_sound = skeleton(a) == skeleton(b) and len(skeleton(a)) > 1
    if same_sound and JaroWinkler.similarity(a, b) > 0.6:
        return 0.95
    if edits == 1 and min(len(a), len(b)) >= 4:
        return 0.9
    return 0.85 * max(0.0, 1 - edits / max(len(a), len(b)))


def _persons(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    if not a or not b:
        return 0.0
    if "".join(a) == "".join(b):
        return 0.97
    short, long = sorted((a, b), key=len)
    free = list(long)
    scores: list[float] = []
    for word in short:
        best = max(free, key=lambda other: word_likeness(word, other), default=None)
        if best is None:
            break
        scores.append(word_likeness(word, best))
        free.remove(best)
    if len(short) == 1 and len(long) > 1:
        return 0.6 * scores[0]
    # One word that differs makes another person: brothers share all but one.
    weakest = min(scores)
    mean = sum(scores) / len(scores)
    extra = 0.04 * len(free)
    glued = skeleton("".join(a)) == skeleton("".join(b))
    score = 0.5 * weakest + 0.5 * mean - extra
    return max(score, 0.9 if glued and len(short) > 1 else 0.0)


def _bodies(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    if not a or not b:
        return 0.0
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return 0.98
    free = list(b)
    matched = total = 0.0
    for word in a:
        weight = 0.5 if word in listed("generic") else 1.0
        total += weight
        best = max(free, key=lambda other: word_likeness(word, other), default=None)
        if best is not None and word_likeness(word, best) >= 0.85:
            matched += weight * word_likeness(word, best)
            free.remove(best)
    total += sum(0.5 if word in listed("generic") else 1.0 for word in free)
    return matched / total if total else 0.0
