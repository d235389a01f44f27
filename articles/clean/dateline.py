"""The dateline: "MOSCOW, July 2 (Reuters) -" at the beginning of a story.

The place and agency are read; the words stay in the paragraph, as the outlet printed them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.clean.dates import DateOrder, FoundDate, find_dates
from articles.clean.press_names import PressNames
from articles.clean.wrapping import Block

# Characters in which a dateline must end.
LONGEST = 90
# Parts of a place ("PORT LOUIS, Mauritius") and letters of one in capitals; shorter ones are initials.
MOST_PLACES, SHORTEST_PLACE = 3, 3

_DASH = re.compile(r"\s*(?:[-–—]{1,2})\s+|\s+(?:[-–—]{1,2})\s*|(?<=\))\s*:\s+")
_PLACE = re.compile(r"^[^\W\d_][\w.'’-]*(?:[ /][^\W\d_][\w.'’-]*){0,4}$")
_AGENCY = re.compile(r"\(([^()]{2,30})\)\s*$|\b([A-Z][\w.-]*(?: [A-Z][\w.-]*)?)$")
_MONTH_DAY = re.compile(r"^[^\W\d_]{3,9}\.?\s+\d{1,2}$|^\d{1,2}\s+[^\W\d_]{3,9}\.?$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`text` as it stands without its dash, the place in it, the agency, and a full date if it has one."""

    text: str
    place: str
    agency: str | None
    day: FoundDate | None
    lines: tuple[int, ...]


def read_dateline(block: Block, press: PressNames, *, order: DateOrder | None = None) -> Dateline | None:
    """The dateline with which a paragraph begins; None when it begins otherwise."""
    head = block.text[: LONGEST + 4]
    dash = _DASH.search(head)
    text = head[: dash.start()].strip() if dash else ""
    if not text or len(text) > LONGEST:
        return None
    found = find_dates(text, order=order)
    bare = text
    for item in reversed(found):
        bare = f"{bare[: item.start]}{bare[item.end :]}"
    agency = _trailing_agency(bare, press)
    if agency:
        bare = bare[: agency.start()]
    parts = [part.strip(" ()") for part in bare.split(",") if part.strip(" ()")]
    places = [part for part in parts if not _MONTH_DAY.match(part)]
    if (
        not places
        or not all(_PLACE.match(part) and part[0].isupper() for part in places)
        or len(places) > MOST_PLACES
    ):
        return None
    # Without a date or an agency only a place in capitals is told from "However - " and the like.
    if not (places[0].isupper() and len(places[0]) >= SHORTEST_PLACE) and not (
        agency or found or len(parts) > len(places)
    ):
        return None
    return Dateline(
        text,
        ", ".join(places),
        press.name(agency.group(1) or agency.group(2)) if agency else None,
        found[0] if found else None,
        block.lines,
    )


def _trailing_agency(text: str, press: PressNames) -> re.Match[str] | None:
    match = _AGENCY.search(text)
    return match if match and press.name(match.group(1) or match.group(2)) else None
