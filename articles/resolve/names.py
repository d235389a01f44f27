"""Names as keys: one spelling for what differs only by script, case, titles or transliteration."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from anyascii import anyascii

from articles.mentions.person_names import PARTICLES, REMEMBERED

_LEXICON = Path(__file__).with_name("lexicon") / "names.toml"

# One sound, several spellings in Latin letters; longest first, applied left to right.
# The rows come from how Russian and Arabic names are written in English, French and German.
_SOUNDS = (
    ("tsch", "c"), ("shch", "s"), ("tch", "c"), ("sch", "s"), ("sz", "s"), ("kh", "h"), ("ch", "c"),
    ("sh", "s"), ("zh", "z"), ("dzh", "z"), ("dj", "z"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("ck", "k"), ("qu", "k"), ("ts", "s"), ("tz", "s"), ("x", "ks"), ("q", "k"), ("w", "v"), ("j", "z"),
)  # fmt: skip
# Letters of a word that can be looked up by, and of an acronym.
_SHORTEST_TELLING = 3
_LONGEST_ACRONYM = 6

_OPENING_ARTICLES = frozenset({"al", "el", "ad", "ar", "ash"})
_VOWELS = re.compile(r"[aeiouy]+")


@cache
def _lexicon() -> dict[str, Any]:
    with _LEXICON.open("rb") as stream:
        return tomllib.load(stream)


@cache
def _read_as(table: str) -> dict[str, str]:
    return {word: row[0] for row in _lexicon()[table] for word in row}


@cache
def listed(table: str) -> frozenset[str]:
    """Return a flat word list of lexicon/names.toml."""
    return frozenset(_lexicon()[table])


@lru_cache(maxsize=REMEMBERED)
def normalise(name: str) -> str:
    """Return a name in small Latin letters and single spaces, without accents and marks. Idempotent."""
    # Glued capitals are two words: "VladimirPutin".
    spaced = re.sub(r"(?<=[a-zà-ÿ]{2})(?=[A-Z][a-z]{2})", " ", unicodedata.normalize("NFKC", name))
    ascii_name = anyascii(spaced).lower()
    ascii_name = re.sub(r"['’`\u02bc]", "", ascii_name)
    return " ".join(re.findall(r"[a-z0-9&]+", ascii_name.replace("&", " & ")))


@lru_cache(maxsize=REMEMBERED)
def person_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a person's name that tell: no honorifics, particles and Arabic articles.

    "Abd el-Harun", "Abdelharun" and "Abdul Harun" all give ("abd", "harun").
    """
    if "," in name:
        # "NURISTANI, Abdul Aziz": the family name was put first for a list.
        family, _, given = name.partition(",")
        name = f"{given} {family}"
    if not name.isupper():
        name = _GLUED_INITIALS.sub(lambda match: " ".join(match.group()), name)
    words = [part for word in normalise(name).split() for part in _servant_of(word)]
    # A particle that opens the name is a given name ("Ben Rhodes"), but an Arabic article never is.
    found = [
        word
        for at, word in enumerate(words)
        if word not in listed("honorific")
        and (word not in PARTICLES or (at == 0 and word not in _OPENING_ARTICLES))
    ]
    return tuple(found) or tuple(words)


# "JC Juncker": initials without stops; no given name of two letters is written in capitals beside one that is not.
_GLUED_INITIALS = re.compile(r"\b(?!I{1,3}\b)[A-Z]{2}(?= )")

# "Abd" (servant of) is glued to the next word in as many ways as there are spellings, the article in between.
_GLUED_SERVANT = re.compile(r"abd[aeou](?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z))(?P<of>[a-z]{3,})")


def _servant_of(word: str) -> tuple[str, ...]:
    """Find "Abdulbaset" as two words, "Abdullah" as one: the only such name that is never parted."""
    if re.fullmatch(r"abd[aeou]l?lah?", word):
        return ("abdallah",)
    if re.fullmatch(r"abd[aeou]l", word):
        return ("abd",)
    match = _GLUED_SERVANT.fullmatch(word)
    return ("abd", match["of"]) if match else (word,)


def is_lone(tokens: tuple[str, ...]) -> bool:
    """Return True for the words of one name: "Abdul Rahman" is a given name or a surname, like "Rahman"."""
    return len(tokens) - tokens.count("abd") <= 1


@lru_cache(maxsize=REMEMBERED)
def organisation_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a body's name that tell: "the", "of" and legal forms off, spellings levelled."""
    plain = f" {normalise(name)} "
    plain = re.sub(
        r" ((?:[a-z0-9] )+[a-z0-9]) (?![a-z0-9] )", lambda m: f" {m.group(1).replace(' ', '')} ", plain
    )
    for form in sorted(_read_as("legal_forms"), key=len, reverse=True):
        plain = plain.replace(f" {form} ", " ")
    for word, level in _read_as("same_word").items():
        plain = plain.replace(f" {word} ", f" {level} ")
    found = tuple(word for word in plain.split() if word not in listed("little"))
    return found or tuple(normalise(name).split())


def legal_form(name: str) -> str | None:
    """Return the family of legal forms a name bears ("llc", "jsc"), None without one."""
    plain = f" {normalise(name)} "
    for form in sorted(_read_as("legal_forms"), key=len, reverse=True):
        if f" {form} " in plain:
            return _read_as("legal_forms")[form]
    return None


@lru_cache(maxsize=REMEMBERED)
def looks_like_body(name: str) -> bool:
    """Return True for a name with a legal form, a general noun of bodies, "of" or a figure: no person's."""
    words = normalise(name).split()
    telling = listed("generic") | listed("body_nouns") | {"of", "for", "and", "&"}
    return legal_form(name) is not None or any(word in telling or word.isdigit() for word in words)


@lru_cache(maxsize=REMEMBERED)
def skeleton(word: str) -> str:
    """Return the consonants of a word as they sound: "siedi", "sidi" and "seedy" are all "sd".

    A leading vowel is kept as "a". Two words of one skeleton are only candidates; `compare` decides.
    """
    sounds = normalise(word).replace(" ", "")
    opens = "a" if sounds[:1] in set("aeiou") else ""
    for spelling, sound in _SOUNDS:
        sounds = sounds.replace(spelling, sound)
    sounds = re.sub(r"c(?=[^c]|$)", "c", sounds)
    bare = _VOWELS.sub("", sounds).replace("h", "")
    return opens + re.sub(r"(.)\1+", r"\1", bare)


# Vowels that one sound is written with: Arabic has three, Russian drops the difference where a vowel is unstressed.
_VOWEL_CLASSES = ("ae", "eiy", "ouw")


@lru_cache(maxsize=REMEMBERED)
def _vowel_runs(word: str) -> tuple[str, ...]:
    """Return the vowels before, between and behind the consonants: ("", "a", "a", "") of "hassan"."""
    sounds = re.sub(r"(.)\1+", r"\1", normalise(word).replace(" ", ""))
    for spelling, sound in _SOUNDS:
        if "w" not in spelling:
            sounds = sounds.replace(spelling, sound)
    return tuple(re.split(r"[^aeiouyw]", re.sub(r"h(?=[^aeiouyw]|$)", "", sounds)))


def vowels_agree(a: str, b: str) -> bool:
    """Return False for two words of as many consonants whose vowels cannot be spellings of each other.

    "hassan" and "hussein", "danny" and "don" share their consonants alone. A vowel may be left out.
    """
    left, right = _vowel_runs(a), _vowel_runs(b)
    return len(left) != len(right) or all(map(_same_vowels, left, right))


def _same_vowels(a: str, b: str) -> bool:
    return not a or not b or any(set(a) & set(each) and set(b) & set(each) for each in _VOWEL_CLASSES)


def given_name(word: str) -> str:
    """Return a given name in its full form ("bill" is "william"); any other word as it is."""
    return _read_as("given_names").get(word, word)


def two_given_names(a: str, b: str) -> bool:
    """Return True for two words that are known as different given names ("hassan" and "hussein")."""
    rows = _read_as("given_names")
    return a in rows and b in rows and rows[a] != rows[b]


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What a name is looked up by: `exact` finds the same name, `blocks` its possible variants."""

    exact: str
    blocks: tuple[str, ...]


def person_keys(name: str) -> NameKeys:
    """Keys of a person: every word may be the surname, pairs of words find those whose words are all common.

    A given name is looked up in its full form; the glued skeleton catches other splits ("Abu Bakr", "Abubakr").
    """
    tokens = person_tokens(name)
    words = [skeleton(given_name(token)) for token in tokens if len(token) > 1]
    glued = "".join(words)
    pairs = ("+".join(sorted(pair)) for pair in combinations(words, 2))
    blocks = dict.fromkeys([*(word for word in words if len(word) > 1), *pairs, f"={glued}"])
    return NameKeys(" ".join(tokens), tuple(blocks))


def organisation_keys(name: str) -> NameKeys:
    """Keys of a body: its telling words by skeleton, so that spelling and order do not matter."""
    tokens = organisation_tokens(name)
    telling = [
        token for token in tokens if token not in listed("generic") and len(token) >= _SHORTEST_TELLING
    ] or list(tokens)
    return NameKeys(" ".join(sorted(tokens)), tuple(dict.fromkeys(skeleton(token) for token in telling)))


def is_acronym(name: str) -> bool:
    """Return True for a name of capitals alone ("SNC"), which means different bodies in different texts."""
    letters = name.replace(".", "").replace("-", "")
    return 1 < len(letters) <= _LONGEST_ACRONYM and letters.isupper() and letters.isalpha()


_BARE_MINISTRY = re.compile(r"(?:the )?(?:\w+ )?(?:and \w+ )?ministry|ministry of \w+(?: affairs)?")


def is_bare_ministry(name: str) -> bool:
    """Return True for "Foreign Ministry" without a state: every state has one."""
    plain = normalise(name)
    return _BARE_MINISTRY.fullmatch(plain) is not None
