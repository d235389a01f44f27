"""How alike two names are, from 0 (surely two) to 1 (surely one)."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from articles.mentions.person_names import REMEMBERED
from articles.mentions.spans import Kind
from articles.resolve.names import (
    given_name,
    is_lone,
    listed,
    looks_like_body,
    normalise,
    organisation_tokens,
    person_tokens,
    skeleton,
    two_given_names,
    vowels_agree,
)


def compare_names(a: str, b: str, *, kind: Kind | None = None) -> float:
    """How likely two names mean one actor, judged by spelling alone.

    Symmetric. Without `kind` the names are read as bodies' when either bears a legal form, a general noun of
    bodies or a figure, and as persons' otherwise.
    """
    if normalise(a) == normalise(b):
        return 1.0 if normalise(a) else 0.0
    person = kind is Kind.PERSON if kind else not (looks_like_body(a) or looks_like_body(b))
    if person:
        score = _persons(person_tokens(a), person_tokens(b))
        return min(score, _OTHER_FATHER) if _fathers_differ(a, b) else score
    return _bodies(organisation_tokens(a), organisation_tokens(b))


# The first three were chosen on name_pairs_dev.csv together with SAME_PERSON and SAME_BODY. The others come from how
# names are written, and were held against transliterations.csv: of 300,000 random pairs of names 25 pass for spellings
# of one name, 89 without them. When one moves, run score_names.py again (tests/resolve/test_compare.py has the floors).
_SAME_WORD = 0.85  # two words are one from here on
_SAME_SOUND = 0.6  # Jaro-Winkler that words of one skeleton must reach: "Olga" and "Ulugh" do not
_LONG_ENOUGH = 4  # letters; one slip of the pen in a shorter word makes another word
_LONG_WORD = 7  # letters from which one other letter is sooner a slip than another name, a vowel as well
_FEW_CONSONANTS = 2  # so few in common prove nothing when more than one letter differs: "Lina" and "Leon"

# Words that differ by sex or are known as two given names; two that have their consonants alone in common. The
# other word of the name cannot make up for the first; by the second a name with one equal word stays in doubt.
_OTHER_NAME = 0.5
_SAME_LONE_WORD = 0.95
_ANOTHER_IN_FRONT = 0.08
_OTHER_VOWELS = 0.78

# "Salman bin Muhammad" and "Muhammad bin Salman" are son and father: the same words, another man.
_OTHER_FATHER = 0.5


def _fathers_differ(a: str, b: str) -> bool:
    """Return True when both names say whose son, and the order of the two names is turned round."""
    left, right = (re.search(r"\b(\w+) (?:bin|ibn|ben|bint) (\w+)\b", normalise(name)) for name in (a, b))
    if left is None or right is None:
        return False
    return (
        left[1] != right[1]
        and word_likeness(left[1], right[2]) >= _SAME_WORD
        and word_likeness(left[2], right[1]) >= _SAME_WORD
    )


@lru_cache(maxsize=REMEMBERED)
def word_likeness(a: str, b: str) -> float:
    """How alike two words of names are: equal 1, same sound .95, else by edits."""
    if given_name(a) == given_name(b):
        return 1.0 if a == b else 0.97
    if 1 in (len(a), len(b)):
        return 0.8 if a[0] == b[0] else 0.0
    if _woman_and_man(a, b) or two_given_names(a, b):
        return _OTHER_NAME
    return _spelling_likeness(a, b)


def _spelling_likeness(a: str, b: str) -> float:
    edits = DamerauLevenshtein.distance(a, b)
    same_sound = skeleton(a) == skeleton(b) and len(skeleton(a)) > 1
    likeness = 0.85 * max(0.0, 1 - edits / max(len(a), len(b)))
    if same_sound and JaroWinkler.similarity(a, b) > _SAME_SOUND:
        likeness = 0.95 if 3 * edits <= max(len(a), len(b)) else 0.9
    elif edits == 1 and min(len(a), len(b)) >= _LONG_ENOUGH:
        likeness = 0.9
    if edits == 1 and min(len(a), len(b)) >= _LONG_WORD:
        return likeness
    few_consonants = edits > 1 and same_sound and len(skeleton(a)) <= _FEW_CONSONANTS
    return likeness if vowels_agree(a, b) and not few_consonants else min(likeness, _OTHER_VOWELS)


# Russian surnames as a woman and as a man bear them: two people, however alike.
_GENDERED = (
    ("ova", "ov"),
    ("eva", "ev"),
    ("ina", "in"),
    ("skaya", "sky"),
    ("skaya", "ski"),
    ("skaia", "skii"),
)


def _woman_and_man(a: str, b: str) -> bool:
    if a.endswith("a") is b.endswith("a"):
        return False
    for woman, man in _GENDERED:
        for one, other in ((a, b), (b, a)):
            if one.endswith(woman) and other.endswith(man) and len(one) > len(woman) + 2:
                return True
    return False


def _persons(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    if not a or not b:
        return 0.0
    if "".join(a) == "".join(b):
        return 0.97
    # Ordered in full, so that the answer does not hang on which name comes first.
    short, long = sorted((a, b), key=lambda name: (len(name), name))
    free = list(range(len(long)))
    scores: list[float] = []
    for at in range(len(short)):
        alike = {other: _likeness_in_place(short, at, long, other) for other in free}
        best = max(free, key=alike.__getitem__)
        scores.append(alike[best])
        free.remove(best)
    if is_lone(short) and not is_lone(long):
        return 0.6 * min(scores)
    # One word that differs makes another person: brothers share all but one.
    weakest = min(scores)
    mean = sum(scores) / len(scores)
    # Middle names come and go; three left over are another pedigree.
    extra = 0.04 * len(free) + 0.03 * max(0, len(free) - 2)
    if len(free) > 1 and 0 in free:
        # A pedigree grows behind the given name; what stands before it is sooner another person, run into this one.
        extra += _ANOTHER_IN_FRONT
    # "Abu Bakr" and "Abubakr": other words, the same sounds.
    glued = len(a) != len(b) and skeleton("".join(a)) == skeleton("".join(b))
    score = 0.5 * weakest + 0.5 * mean - extra
    return max(score, 0.9 if glued and len(short) > 1 else 0.0)


def _likeness_in_place(a: tuple[str, ...], at: int, b: tuple[str, ...], other: int) -> float:
    """Compare two words of names; an initial stands for a given name, never for the surname at the end."""
    one, two = a[at], b[other]
    if 1 in (len(one), len(two)) and one != two:
        surname = at == len(a) - 1 if len(two) == 1 else other == len(b) - 1
        if surname:
            return min(_OTHER_NAME, word_likeness(one, two))
    return word_likeness(one, two)


def _bodies(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    if not a or not b:
        return 0.0
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return 0.98
    if len(a) == len(b) == 1:
        # One word is the whole name, and nothing confirms a looser spelling of it: "Macy" is not "Mece".
        likeness = word_likeness(a[0], b[0])
        sure = likeness >= _SAME_LONE_WORD or min(len(a[0]), len(b[0])) >= _LONG_WORD
        return likeness if sure else min(likeness, _OTHER_VOWELS)
    a, b = sorted((a, b))
    free = list(b)
    matched = total = 0.0
    for word in a:
        weight = 0.5 if word in listed("generic") else 1.0
        total += weight
        best = max(free, key=lambda other: word_likeness(word, other), default=None)
        if best is not None and word_likeness(word, best) >= _SAME_WORD:
            matched += weight * word_likeness(word, best)
            free.remove(best)
    total += sum(0.5 if word in listed("generic") else 1.0 for word in free)
    return matched / total if total else 0.0
