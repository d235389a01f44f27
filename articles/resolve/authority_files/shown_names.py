"""Names as people write them, from dictionaries that hold them in capitals with underscores."""

from __future__ import annotations

import re

from articles.mentions.person_names import PARTICLES
from articles.resolve.authority_files.cameo import listed

_LONGEST_ACRONYM = 5  # letters; a body's longer name in one word is a word
_LONGEST_OF_STATES = 3  # letters: "UAE", "USA"; "IRAN" is a word
_VOWEL = re.compile(r"[AEIOUYÀ-Ý]")
_PREFIX = re.compile(r"^(Mc(?=\w{4})|[OD]')(\w)")


def plain_name(raw: str) -> str:
    """Return a dictionary's phrase with spaces for underscores, stray marks at its ends off."""
    name = " ".join(raw.replace("_", " ").split())
    # "(ACTING" and "(1ST TIME" hang open behind names; a bracket that closes is part of a body's name.
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")]
    if name.count(")") > name.count("("):
        name = name.replace(")", " ")
    return name.strip(' ,;:*"`')


def shown_name(name: str, *, person: bool, acronyms: bool = True) -> str:
    """Return a name in capitals as people write it: "MOAZ AL-JUHN" gives "Moaz al-Juhn".

    A name that has small letters already is left as it is. A short one-word name of a body stays in
    capitals, unless it can be no acronym (`acronyms` False: of five letters only three or fewer may be one).
    """
    if name != name.upper():
        return name
    words = name.split()
    longest = 0 if person else _LONGEST_ACRONYM if acronyms else _LONGEST_OF_STATES
    if len(words) == 1 and len(name.replace(".", "").replace("-", "")) <= longest:
        return name
    return " ".join(_word(word, first=at == 0, person=person) for at, word in enumerate(words))


def _word(word: str, *, first: bool, person: bool) -> str:
    bare = word.strip("().,")
    if not person and (bare in listed("capitals") or (len(bare) > 1 and not _VOWEL.search(bare))):
        return word
    if re.fullmatch(r"[IVX]{2,}", bare) and not first:
        return word  # "Elizabeth II"
    initials = re.fullmatch(r"(?:[A-ZÀ-Ý]\.)+[A-ZÀ-Ý]?", word)
    if initials or (not person and not first and re.fullmatch(r"\([A-ZÀ-Ý-]{2,6}\)", word)):
        return word  # one word in brackets behind a body's name is its acronym
    if not first and bare.lower() in (PARTICLES if person else listed("small")):
        return word.lower()
    return "-".join(_part(part, last=at > 0, first=first) for at, part in enumerate(word.split("-")))


def _part(part: str, *, last: bool, first: bool) -> str:
    small = part.lower()
    # "al-Assad", "ul-Haq": the article in front of a hyphen is small unless it opens the name.
    if not last and not first and small in PARTICLES:
        return small
    capital = re.sub(r"^(\W*)(\w)", lambda m: m[1] + m[2].upper(), small)
    return _PREFIX.sub(lambda m: m[1] + m[2].upper(), capital)
