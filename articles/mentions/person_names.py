"""The parts of a person's name: words, particles, and which of them is the surname."""

from __future__ import annotations

import re
from functools import lru_cache

# Names whose parts are kept: an entry takes about 300 bytes, and an archive asks for the same ones all the time.
REMEMBERED = 16_384

# Small words inside a name: "Staffan de Mistura", "Salman bin Abdulaziz", "Moaz al Khatib".
PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "du",
        "ten",
        "ter",
        "zu",
        "af",
        "av",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "abou",
        "al",
        "el",
        "ad",
        "as",
        "an",
        "ar",
        "ash",
        "ul",
        "ud",
        "y",
        "e",
        "st",
        "mc",
        "mac",
    }
)
# Arabic articles; glued by a hyphen they belong to the surname but not to its key.
ARTICLES = (
    "al-",
    "el-",
    "ad-",
    "as-",
    "an-",
    "ar-",
    "ash-",
    "at-",
    "az-",
    "ul-",
    "ud-",
    "ed-",
    "es-",
    "Al-",
    "El-",
    "Ad-",
    "As-",
    "An-",
    "Ar-",
    "Ash-",
    "At-",
    "Az-",
)

# Family names that stand first in news English (Chinese, Korean, Vietnamese, Cambodian).
FAMILY_FIRST = frozenset(
    {
        "Ban",
        "Kim",
        "Park",
        "Pak",
        "Ri",
        "Choe",
        "Jang",
        "Jong",
        "Moon",
        "Roh",
        "Hwang",
        "Yoon",
        "Xi",
        "Hu",
        "Wen",
        "Li",
        "Wang",
        "Yang",
        "Zhang",
        "Chen",
        "Liu",
        "Zhou",
        "Mao",
        "Deng",
        "Jiang",
        "Hua",
        "Bo",
        "Sun",
        "Guo",
        "Luo",
        "Ma",
        "Wu",
        "Xu",
        "Zhao",
        "Zhu",
        "Nguyen",
        "Tran",
        "Ho",
        "Hun",
        "Aung",
        "Thein",
        "Lee",
        "Chiang",
        "Tsai",
        "Mah",
        "Han",
        "Ai",
        "Tan",
        "Goh",
        "Ko",
        "Kang",
        "Cho",
        "Shin",
        "Song",
        "Qin",
        "Le",
    }
)

_PAIR = 2
_LONGEST_FAMILY_FIRST = 3  # words: "Kim Jong Un"

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŠŽĆČĐŁŚŻİ]"
_ARTICLE = r"(?:[Aa]l|[Ee]l|[Aa]d|[Aa]s|[Aa]n|[Aa]r|[Aa]sh|[Aa]t|[Aa]z|[Uu]l)-"
_WORD = rf"(?:{_ARTICLE}{_CAPITAL}[\w-]*|{_CAPITAL}\.|{_CAPITAL}[\w-]*(?:'(?!s\b)\w+)*)"
_PARTICLE = r"(?:de|da|do|dos|di|del|della|der|den|van|von|la|le|du|bin|ibn|ben|bint|abu|al|el|ul|ter|ten)"

# Up to five capitalised words with particles between, not across a line or a comma.
NAME = rf"{_WORD}(?:[ ](?:{_PARTICLE}[ ])*{_WORD}){{0,4}}"

# What may stand before a bare surname and belongs to it: "de Mistura", "al-Assad".
BEFORE_SURNAME = rf"(?:(?i:{_PARTICLE}) |{_ARTICLE})?"


@lru_cache(maxsize=REMEMBERED)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without particles and articles: ("Moaz", "Khatib") of "Moaz al-Khatib"."""
    found: list[str] = []
    for word in name.replace("’", "'").split():
        bare = bare_word(word.removesuffix("'s").strip(".,"))
        if bare and word not in PARTICLES:
            found.append(bare)
    return tuple(found)


def bare_word(word: str) -> str:
    """Return a word without its Arabic article: "Assad" of "al-Assad"."""
    for article in ARTICLES:
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word


@lru_cache(maxsize=REMEMBERED)
def is_full_name(name: str) -> bool:
    """Return True when a name has a given name and a surname, so that a surname alone can mean it."""
    parts = name_words(name)
    return len(parts) > 1 and all(part[0].isupper() for part in parts) and not parts[0].isdigit()


def surnames_of(name: str) -> tuple[str, ...]:
    """Return the words of a full name that may stand for it alone; empty for one word.

    The last word, or the first of a family-first name ("Ban Ki-moon"): a hyphenated second word whose
    tail is small shows Korean order, the list of family names the rest. Both ends are given when
    order is not sure ("Kim Clark").
    """
    parts = name_words(name)
    if len(parts) <= 1:
        return ()
    pair = len(parts) == _PAIR
    if re.fullmatch(rf"{_CAPITAL}\w*-[a-z]\w*", parts[1]) and pair:
        return (parts[0],)
    if parts[0] in FAMILY_FIRST and len(parts) <= _LONGEST_FAMILY_FIRST:
        return (parts[0], parts[-1]) if pair else (parts[0],)
    return (parts[-1],)
