"""FACETS: the one list of facets that index, request, form, API and docs read.

A facet is a field of the index whose values are opaque keys such as "outlet:3" or "actor:12": the
parameter's name, a colon, and the value as it stands in an address. Names are looked up later, so that
renaming an outlet or an actor needs no new index. The four actor facets share the parameter `actor`,
since a curator may correct an actor's kind and the address must still lead to the same actor; who is quoted
has a parameter of its own. Places and agencies have no number, and go by their folded names: "place:new-york".

In an address a facet is repeatable, may carry a readable tail, and is excluded by a minus:
`?outlet=3-the-moscow-times&outlet=5&actor=-12-kofi-annan&month=undated`. Values of one facet widen the
result (OR), different facets narrow it (AND), people and organisations being different facets.

Every article has exactly one year and one month: the one its publication interval lies in, `doubtful`
when the interval runs over several, `undated` when nothing tells. So the counts add up to the total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from articles.resolve.names import normalise

UNDATED = "undated"
DOUBTFUL = "doubtful"
NO_OUTLET = "none"
NO_LANGUAGE = "unknown"

ValueOrder = Literal["count", "newest"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet.

    `name` is also the field of the index, `parameter` what addresses call it. `values` is the pattern of
    its values there. `order` sorts the values of a list, `limit` is how many it shows unless all are
    asked for. `special` labels the values that are no names, in the order they take at the end of a list.
    `numbered` values stand for rows, of outlets, actors and shelves, and carry a readable tail in addresses. Readers
    who are no curators see nothing of a facet `for_curators`.
    """

    name: str
    parameter: str
    label: str
    values: re.Pattern[str]
    order: ValueOrder = "count"
    limit: int = 10
    special: tuple[tuple[str, str], ...] = ()
    numbered: bool = False
    for_curators: bool = False

    def key(self, value: str) -> str:
        """Return the index key of a value."""
        return f"{self.parameter}:{value}"


NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # as many digits as a database's big integer surely holds
FOLDED = re.compile(r"[a-z0-9&]+(?:-[a-z0-9&]+)*")  # as `folded_value` writes a name
DATE_SPECIALS = ((DOUBTFUL, "date in doubt"), (UNDATED, "undated"))

FACETS = (
    Facet(
        "outlet",
        "outlet",
        "Outlet",
        re.compile(rf"{NUMBER.pattern}|{NO_OUTLET}"),
        special=((NO_OUTLET, "unknown outlet"),),
        numbered=True,
    ),
    Facet("person", "actor", "People", NUMBER, numbered=True),
    Facet("organisation", "actor", "Organisations", NUMBER, numbered=True),
    Facet("state", "actor", "States", NUMBER, numbered=True),
    Facet("media", "actor", "Media cited", NUMBER, numbered=True),
    Facet("speaker", "speaker", "Quoted", NUMBER, numbered=True),
    Facet("place", "place", "Places", FOLDED),
    Facet(
        "year", "year", "Year", re.compile(rf"[0-9]{{4}}|{DOUBTFUL}|{UNDATED}"), "newest", 20, DATE_SPECIALS
    ),
    Facet(
        "month",
        "month",
        "Month",
        re.compile(rf"[0-9]{{4}}-(?:0[1-9]|1[0-2])|{DOUBTFUL}|{UNDATED}"),
        "newest",
        12,
        DATE_SPECIALS,
    ),
    Facet(
        "language",
        "language",
        "Language",
        re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?|unknown"),
        special=((NO_LANGUAGE, "unknown language"),),
    ),
    Facet("source", "source", "Parts from", FOLDED),
    Facet("tag", "tag", "Tags", NUMBER, numbered=True),
    Facet("collection", "collection", "Collections", NUMBER, numbered=True),
    Facet("status", "status", "Status", re.compile("new|needs_review|published|hidden"), for_curators=True),
)

BY_NAME = {facet.name: facet for facet in FACETS}
PARAMETERS = tuple(dict.fromkeys(facet.parameter for facet in FACETS))
ACTOR_FACETS = tuple(facet for facet in FACETS if facet.parameter == "actor")
NUMBERED = frozenset(facet.parameter for facet in FACETS if facet.numbered)
OF_ACTORS = frozenset(("actor", "speaker"))  # the parameters whose numbers are those of actors

# Fields of keys that are no facets: which spellings of which actors an article uses, and what `is:` and `has:`
# ask for.
# `mentioned` says how often an article names an actor, which results can be sorted by.
SPELLING = "spelling"
MENTIONED = "mentioned"
# What is named more often counts as so often: no article is about its subject more than that.
MOST_MENTIONS = 50
TRAIT = "trait"
SPEAKER = "speaker"


def folded_value(name: str) -> str:
    """Return the value of what goes by its name: "agence-france-presse"; "" for a name without a letter."""
    return "-".join(normalise(name).split())


def facets_for(*, curator: bool) -> tuple[Facet, ...]:
    """Return the facets that a reader sees."""
    return tuple(facet for facet in FACETS if curator or not facet.for_curators)


def spelling_key(actor: int, surface: str) -> str:
    """Return the index key of an actor's spelling; case, accents and hyphens make no other spelling.

    "spelling:12-kofi-annan" is how an address writes it, less the field's name.
    """
    return f"{SPELLING}:{actor}-{'-'.join(normalise(surface).split()) or 'x'}"


def mentioned_key(actor: int, times: int) -> str:
    """Return the index key of an actor that an article names so many times."""
    return f"{MENTIONED}:{actor}:{min(times, MOST_MENTIONS)}"


def trait_key(name: str, value: str) -> tuple[str, str]:
    """Return the field and the key that `is:`, `has:` and `lang:` ask for, with what they are asked for."""
    if name == "lang":
        return "language", BY_NAME["language"].key(value)
    if value in (UNDATED, DOUBTFUL):
        return "month", BY_NAME["month"].key(value)
    return ("status", f"status:{value}") if value == "hidden" else (TRAIT, f"{name}:{value}")


def story_key(article: int, story: int | None) -> str:
    """Return the index key of an article's story; one that nobody else tells is a story by itself."""
    return f"article:{article}" if story is None else f"story:{story}"


def facets_of(parameter: str) -> tuple[Facet, ...]:
    """Return the facets that an address's parameter may mean: one, or the four actor facets."""
    return tuple(facet for facet in FACETS if facet.parameter == parameter)


def year_and_month_of(first: date | None, last: date | None) -> tuple[str, str]:
    """Return the year's and the month's value of a publication interval; half-known ones count as undated."""
    if first is None or last is None:
        return UNDATED, UNDATED
    year = f"{first.year:04}" if first.year == last.year else DOUBTFUL
    month = f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else DOUBTFUL
    return year, month
