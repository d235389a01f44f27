"""What the whole text says about the tagger's labels: one name has one label, and a mere place is one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from articles.mentions.candidates import Candidate
from articles.mentions.lexicons import words
from articles.mentions.places import only_a_place
from articles.mentions.spans import Kind

_VESSEL_BEFORE = re.compile(
    r"\b(?:ship|ferry|vessel|boat|tanker|frigate|steamer|trawler|launch|freighter|destroyer|cruiser|submarine|yacht|schooner|carrier|freighter)\s+$",
    re.IGNORECASE,
)


def agreed(view: str, tagged: Iterable[Candidate], listed: Iterable[Candidate]) -> list[Candidate]:
    """Return the tagger's proposals with their kinds made consistent.

    1. A ship is no actor. 2. A hall or a square is a place. 3. A name tagged several ways takes the label
    most of its places have. 4. A person or body that the text shows to be a place is one. `listed` are the names
    that lists know, the states among them: an address ends in one.
    """
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    places = {one.start for one in listed if one.kind is Kind.STATE or one.reading == "place"}
    for one in tagged:
        by_name[view[one.start : one.end]].append(one)
        if one.reading == "place":
            places.add(one.start)
    return [changed for name, same in by_name.items() for changed in _as_one(view, name, same, places)]


def _as_one(view: str, name: str, same: list[Candidate], places: set[int]) -> list[Candidate]:
    # 1. "the tanker Amity": what was once a ship stays one.
    if any(_VESSEL_BEFORE.search(view, max(0, one.start - 14), one.start) for one in same):
        return [replace(one, kind=None, reading="other", method="vessel") for one in same]
    # 2. "the Old Customs Hall".
    if " " in name and name.rsplit(maxsplit=1)[-1] in words("bodies", "building"):
        return [replace(one, kind=None, reading="place", method="building") for one in same]
    # 3. The label that most of its places have; at a tie the first one stands.
    ranked = Counter((one.kind, one.reading) for one in same).most_common()
    (kind, reading), count = ranked[0]
    if len(ranked) > 1 and count > ranked[1][1]:
        same = [replace(one, kind=kind, reading=reading) for one in same]
    # 4. "in Selmouth", "the port of Selmouth", and nobody of that name ever speaks.
    if kind in (Kind.PERSON, Kind.ORGANISATION) and only_a_place(view, same, places):
        return [replace(one, kind=None, reading="place", method="place") for one in same]
    return same


def extended(view: str, tagged: Iterable[Candidate], blocked: list[Candidate]) -> list[Candidate]:
    """Persons cut short by the tagger, made whole: "Nasr" before "ad-Dhoumi", "Samira" before "Toll"."""
    stop = (
        words("words", "days")
        | words("words", "opening")
        | words("bodies", "ending")
        | words("bodies", "building")
    )
    found: list[Candidate] = []
    for one in tagged:
        longer = one
        match = re.compile(
            r"\s(?:(?:[Aa]l|[Ee]l|[Aa]d|[Aa]s|[Aa]n|[Aa]r|[Aa]sh|[Aa]t|[Aa]z)-[A-Z][\w-]*|[A-ZÀ-ÖØ-Þ][\w-]+)(?![\w-])"
        ).match(view, one.end)
        if one.kind is Kind.PERSON and match and match.group().strip() not in stop:
            wider = replace(one, end=match.end(), confidence=0.7)
            single = " " not in view[one.start : one.end] or "-" in match.group()[:5]
            if single and not any(wider.overlaps(other) for other in blocked):
                longer = wider
        found.append(longer)
    return found


def _part_of_a_title(view: str, one: Candidate) -> bool:
    """Return True for "State" of "Secretary of State" and "Defense" of "Defense Secretary"."""
    surface = view[one.start : one.end]
    if surface != "State" and surface.lower() not in words("bodies", "portfolio"):
        return False
    before = re.search(r"\b(?:[Ss]ecretary|[Mm]inister)\s+(?:of|for)\s+(?:the\s+)?$", view[: one.start][-24:])
    return before is not None or re.compile(r"\s+(?:Secretary|Minister)\b").match(view, one.end) is not None


def without_listed_parts(
    tagged: Iterable[Candidate], listed: Iterable[Candidate], view: str
) -> list[Candidate]:
    """Tagged names without what a list knows better.

    A body that glues two names is dropped ("Observer Mission for the League of Coastal States"); a person
    that begins with a state loses it ("for Syria Kofi Annan").
    """
    known = list(listed)
    tagged = [one for one in tagged if not _part_of_a_title(view, one)]
    whole = [c for c in known if c.kind is Kind.ORGANISATION and " " in view[c.start : c.end]]
    states = {c.start: c.end for c in known if c.kind is Kind.STATE or c.method == "place"}
    kept: list[Candidate] = []
    for one in tagged:
        if (
            one.kind is Kind.PERSON
            and one.start in states
            and view[states[one.start] : one.end].count(" ") > 1
        ):
            kept.append(replace(one, start=states[one.start] + 1))
            continue
        inside = [
            c
            for c in whole
            if one.start <= c.start and c.end <= one.end and (c.start, c.end) != (one.start, one.end)
        ]
        glued = len(inside) > 1 or any(
            re.match(r"\s+(?:for|and|in|at|to)\s", view[c.end : one.end]) for c in inside
        )
        if one.kind is not Kind.ORGANISATION or not glued:
            kept.append(one)
    return kept
