"""The places that one article names: every spelling of a place under one key. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.mentions.authority import Authority
from articles.mentions.spans import PlaceSpan
from articles.resolve.names import normalise

LONGEST_KEY = 80  # characters; the tagger's longest places have some 50
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that an article names.

    `label` is what it is called: a state by its main name, all others as the article spells them most. `spans`
    are in the order of the zones and of their texts.
    """

    key: str
    label: str
    spans: tuple[PlaceSpan, ...]


def place_key(name: str) -> str:
    """Return the key of a place, "new-york"; case, accents, hyphens and "the" make no other place. "" for none."""
    return "-".join(normalise(_bare(name)).split())[:LONGEST_KEY].rstrip("-")


def places_named(spans: Iterable[PlaceSpan], authority: Authority) -> tuple[NamedPlace, ...]:
    """Return the places that spans name, in the order in which they first appear."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    found: dict[str, list[PlaceSpan]] = defaultdict(list)
    for span in spans:
        written = _bare(span.surface)
        name = authority.state_called(written) or written
        if key := place_key(name):
            names[key][name] += 1
            found[key].append(span)
    return tuple(NamedPlace(key, most_written(names[key]), tuple(found[key])) for key in found)


def most_written(spellings: Counter[str]) -> str:
    """Return the most frequent spelling; of equals the one with more small letters, then the first by name."""
    return min(spellings, key=lambda name: (-spellings[name], sum(map(str.isupper, name)), name))


def places_of_dateline(dateline: str) -> tuple[str, ...]:
    """Return the keys of the places of a dateline: two of "BEIRUT/DAMASCUS" and of "PORT LOUIS, Mauritius"."""
    return tuple(filter(None, dict.fromkeys(map(place_key, re.split(r"[,/;]", dateline)))))


def _bare(name: str) -> str:
    return _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(name.split())))
