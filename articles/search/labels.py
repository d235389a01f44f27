"""Names for the index's keys, looked up in one query for each kind of thing that has names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.dates import MONTHS
from django.utils.text import slugify

from articles.models import Actor, Alias, Outlet, Place, Status, Tag
from articles.models import Collection as ArticleCollection
from articles.models.actor import Kind
from articles.search.facets import BY_NAME, FACETS, OF_ACTORS, folded_value

SPECIALS = {facet.key(value): label for facet in FACETS for value, label in facet.special}
SPECIALS |= {BY_NAME["status"].key(status.value): str(status.label) for status in Status}
# Letters of an agency that nothing else is known of: "afp" is AFP, "northline" is Northline.
LONGEST_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Label:
    """What a key is called, and the readable tail that its address carries."""

    text: str
    tail: str = ""


def labels_for(keys: Iterable[str]) -> dict[str, Label]:
    """Return the label of every key; one whose row is gone is called by its number, or as it is folded."""
    wanted = set(keys)
    labels = {key: Label(SPECIALS.get(key) or _plain(key)) for key in wanted}
    values: dict[str, set[str]] = defaultdict(set)
    for key in wanted - SPECIALS.keys():
        parameter, _, value = key.partition(":")
        values[parameter].add(value)
    found = {
        **_outlets(values["outlet"]),
        **_actors({parameter: values[parameter] for parameter in OF_ACTORS}),
        **_places(values["place"]),
        **_agencies(values["source"]),
        **_shelves("tag", Tag, values["tag"]),
        **_shelves("collection", ArticleCollection, values["collection"]),
    }
    return {**labels, **found}


def _outlets(numbers: Collection[str]) -> dict[str, Label]:
    rows = Outlet.objects.filter(pk__in=numbers).values_list("pk", "name", "slug") if numbers else ()
    return {f"outlet:{pk}": Label(name, slug) for pk, name, slug in rows}


def _actors(numbers: Mapping[str, Collection[str]]) -> dict[str, Label]:
    """Return the actors behind the numbers of each parameter."""
    wanted = set().union(*numbers.values())
    rows = Actor.objects.filter(pk__in=wanted).values_list("pk", "name") if wanted else ()
    return {
        f"{parameter}:{pk}": Label(name, slugify(name))
        for pk, name in rows
        for parameter, asked in numbers.items()
        if str(pk) in asked
    }


def _places(keys: Collection[str]) -> dict[str, Label]:
    rows = Place.objects.filter(key__in=keys).values_list("key", "label") if keys else ()
    return {f"place:{key}": Label(label) for key, label in rows}


def _agencies(values: Collection[str]) -> dict[str, Label]:
    """Return the agencies that the archive knows as actors, under any of their spellings."""
    folded = [value.replace("-", " ") for value in values]
    known = Alias.objects.filter(folded__in=folded, actor__kind=Kind.MEDIA) if values else ()
    return {f"source:{folded_value(alias.surface)}": Label(alias.surface) for alias in known}


def _shelves(
    parameter: str, model: type[Tag | ArticleCollection], numbers: Collection[str]
) -> dict[str, Label]:
    rows = model.objects.filter(pk__in=numbers).values_list("pk", "name", "slug") if numbers else ()
    return {f"{parameter}:{pk}": Label(name, slug) for pk, name, slug in rows}


def _plain(key: str) -> str:
    parameter, _, value = key.partition(":")
    if parameter == "month":
        year, _, month = value.partition("-")
        return f"{MONTHS[int(month)]} {year}"
    if parameter == "language":
        return str(LANG_INFO.get(value, {}).get("name", value))
    if parameter in ("outlet", "tag", "collection", *OF_ACTORS):
        return f"{'actor' if parameter in OF_ACTORS else parameter} {value}, not in this archive"
    if parameter == "source" and len(value) <= LONGEST_ACRONYM:
        return value.upper()
    if parameter in ("place", "source"):
        return value.replace("-", " ").title()
    return value
