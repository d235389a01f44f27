"""Names for the index's keys, looked up in one query for the outlets and one for the actors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.dates import MONTHS
from django.utils.text import slugify

from articles.models import Actor, Outlet
from articles.search.facets import FACETS

SPECIALS = {facet.key(value): label for facet in FACETS for value, label in facet.special}


@dataclass(frozen=True, slots=True)
class Label:
    """What a key is called, and the readable tail that its address carries."""

    text: str
    tail: str = ""


def labels_for(keys: Iterable[str]) -> dict[str, Label]:
    """Return the label of every key; one whose row is gone is called by its number."""
    wanted = set(keys)
    labels = {key: Label(SPECIALS.get(key) or _plain(key)) for key in wanted}
    numbers = {"outlet": [], "actor": []}  # type: dict[str, list[int]]
    for key in wanted - SPECIALS.keys():
        parameter, _, value = key.partition(":")
        if parameter in numbers:
            numbers[parameter].append(int(value))
    if numbers["outlet"]:
        for pk, name, slug in Outlet.objects.filter(pk__in=numbers["outlet"]).values_list(
            "pk", "name", "slug"
        ):
            labels[f"outlet:{pk}"] = Label(name, slug)
    if numbers["actor"]:
        for pk, name in Actor.objects.filter(pk__in=numbers["actor"]).values_list("pk", "name"):
            labels[f"actor:{pk}"] = Label(name, slugify(name))
    return labels


def _plain(key: str) -> str:
    parameter, _, value = key.partition(":")
    if parameter == "month":
        year, _, month = value.partition("-")
        return f"{MONTHS[int(month)]} {year}"
    if parameter == "language":
        return str(LANG_INFO.get(value, {}).get("name", value))
    if parameter in ("outlet", "actor"):
        return f"{parameter} {value}, not in this archive"
    return value
