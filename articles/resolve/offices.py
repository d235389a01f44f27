"""Who held an office on a day: "foreign minister of Russia" in words, read against the authority files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from articles.mentions.authority import Authority, OfficeFact, fold
from articles.mentions.spans import Kind
from articles.resolve.names import normalise

# Spellings and forms of one title; what stands left is read as what stands right, in this order.
_LEVELLED = (
    ("defense", "defence"),
    ("foreign affairs", "foreign"),
    ("spokeswoman", "spokesman"),
    ("spokesperson", "spokesman"),
    ("chairwoman", "chairman"),
    ("chairperson", "chairman"),
    ("premier", "prime minister"),
)
# "Minister of defence" is the defence minister, "ambassador to the UN" the UN ambassador.
_TURNED = re.compile(
    r"(?:(?P<office>minister|secretary) (?:of|for)|(?P<sent>ambassador|envoy) (?:to|at)) (?:the )?(?P<what>.+)"
)
# Words that say in what way somebody holds an office, not which one.
_MANNERS = frozenset(
    {"special", "joint", "peace", "new", "current", "incumbent", "outgoing", "then", "mr", "mrs"}
)


@dataclass(frozen=True, slots=True)
class OfficeAsked:
    """An office in words: its title, levelled, and the state or body it belongs to by its main name.

    `of` is None when the words name none ("foreign minister", "Kremlin spokesman").
    """

    title: str
    of: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office; `start` and `end` are ISO years, months or days, None is open or unknown."""

    person: str
    title: str
    of: str
    start: str | None
    end: str | None


def parse_office(words: str, authority: Authority) -> OfficeAsked | None:
    """Read an office as people write it; None when no word of a title is left.

    1. "TITLE of BODY": the longest body that the files know. 2. "BODY TITLE" and
    "Russian TITLE": the longest body or demonym in front. 3. A title alone.
    """
    plain = " ".join(words.replace("’", "'").split()).strip(" .,")
    # 1. and 2.
    for title, body in (*_behind(plain), *_in_front(plain)):
        of = _owner(body, authority)
        if of and level_title(title):
            return OfficeAsked(level_title(title), of)
    # 3.
    alone = level_title(plain)
    return OfficeAsked(alone, None) if alone and not alone.startswith("of ") else None


def holders(
    office: OfficeAsked | str, authority: Authority, *, on_day: date | None = None
) -> tuple[Holder, ...]:
    """Return who held an office, on a day or ever, the earliest first.

    Words are read by `parse_office`. 1. A title fits when it is that of the files or one of its variants. 2. When none
    fits, the whole words may be a title ("Kremlin spokesman"). 3. At last words such as "special" are left out
    on both sides ("UN special envoy", "envoy").
    """
    asked = parse_office(office, authority) if isinstance(office, str) else office
    if asked is None:
        return ()
    of_body = [one for one in authority.offices if asked.of is None or one.of == asked.of]
    # 1.
    fits = [one for one in of_body if asked.title in _titles(one)]
    # 2.
    if not fits and isinstance(office, str):
        fits = [one for one in authority.offices if level_title(office) in _titles(one)]
    # 3.
    if not fits:
        bare = _bare(asked.title)
        fits = [one for one in of_body if bare and bare in map(_bare, _titles(one))]
    found = {
        Holder(one.holder, one.title, one.of, one.start, one.end)
        for one in fits
        if on_day is None or one.held_on(on_day)
    }
    return tuple(sorted(found, key=lambda one: (one.start or "", one.person)))


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are one but for their spelling and form."""
    return level_title(one) == level_title(other)


def _behind(words: str) -> Iterator[tuple[str, str]]:
    """Give every cut of "secretary of state of the United States" into title and body, the longest body first."""
    for cut in re.finditer(r"\s(?:of|at)\s(?:the\s)?", words, re.IGNORECASE):
        yield words[: cut.start()], re.sub(r"\s(?:for|on)\s.*$", "", words[cut.end() :])


def _in_front(words: str) -> Iterator[tuple[str, str]]:
    """Give every cut of "Russian deputy foreign minister" into title and body, the longest body first."""
    parts = words.split()
    for cut in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[cut:]), re.sub(r"'s?$", "", " ".join(parts[:cut]))


def _owner(body: str, authority: Authority) -> str | None:
    """Return the main name of the state or body that words name; a capital is none, it stands in no title."""
    asked = fold(body)
    for state in authority.states:
        if asked in map(fold, (state.name, *state.aliases, *state.demonyms)):
            return state.name
    return authority.key_of(body, Kind.ORGANISATION)


def _titles(office: OfficeFact) -> set[str]:
    return {level_title(title) for title in (office.title, *office.variants)}


def level_title(words: str) -> str:
    """Return a title in the one spelling and form that all its variants share: "minister of defense" too."""
    plain = normalise(words)
    plain = re.sub(r"^the ", "", plain)
    turned = _TURNED.fullmatch(plain)
    if turned and turned["what"] != "state":
        plain = f"{turned['what']} {turned['office'] or turned['sent']}"
    # What an envoy is sent about belongs to no title: "joint special envoy for Syria".
    plain = re.sub(r" (?:for|on) .+$", "", plain)
    for written, read in _LEVELLED:
        plain = re.sub(rf"\b{written}\b", read, plain)
    return plain


def _bare(title: str) -> str:
    return " ".join(word for word in title.split() if word not in _MANNERS)
