"""Actors as files that the readers here take back whole: a table, and FollowTheMoney entities.

Both take AuthorityEntry records whose `source` is the actor's key, the same in every export.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from articles.mentions.spans import Kind
from articles.resolve.authority_files.csv_form import COLUMNS
from articles.resolve.authority_files.entry import AuthorityEntry, Office
from articles.resolve.authority_files.ftm import ONLY_NAMED
from articles.resolve.names import is_acronym
from articles.resolve.register import is_telling

SCHEMATA: Mapping[Kind, str] = {
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.MEDIA: "Organization",
    Kind.STATE: "PublicBody",
}
KEYWORDS: Mapping[Kind, str] = {Kind.STATE: "state", Kind.MEDIA: "media"}
_PREFIX = "dateline-"


def key_of(*parts: str) -> str:
    """Return an id made of what never changes of a thing: the same parts always give the same id."""
    return f"{_PREFIX}{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:40]}"


def csv_lines(entries: Iterable[AuthorityEntry]) -> Iterator[str]:
    """Give the lines of a table: a row an office, or one row for an actor without any."""
    yield _row(COLUMNS)
    for entry in entries:
        # No way of writing a list keeps a name that holds its separator; such a name is written with a comma.
        variants = "; ".join(name.replace(";", ",") for name in entry.variants)
        for number, office in enumerate(entry.offices or (Office("", ""),)):
            yield _row(
                (
                    entry.name,
                    entry.kind.value,
                    variants if number == 0 else "",
                    office.title,
                    office.of,
                    office.start or "",
                    office.end or "",
                    "",
                    entry.source,
                )
            )


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def ftm_lines(entries: Sequence[AuthorityEntry], *, country_of: Callable[[str], str | None]) -> Iterator[str]:
    """Give FollowTheMoney entities, one JSON object a line.

    Actors are Person, Organization and PublicBody (states); offices of persons are Position and Occupancy,
    those of bodies Membership. Whose an office is but no actor of the export, is an Organization with the
    keyword "only named". `country_of` returns the ISO 3166-1 alpha-2 code of a state's name.
    """
    bodies = Counter(entry.name for entry in entries if entry.kind is not Kind.PERSON)
    owners = {e.name: e.source for e in entries if e.kind is not Kind.PERSON and bodies[e.name] == 1}
    written: set[str] = set()
    for entry in entries:
        yield entity(entry.source, SCHEMATA[entry.kind], _properties(entry, country_of))
        for office in entry.offices:
            for line in _office(entry, office, owners):
                # A position and whose it is are the same line wherever they are needed.
                if line not in written:
                    written.add(line)
                    yield line


def entity(key: str, schema: str, properties: Mapping[str, Iterable[str]]) -> str:
    """Return one entity as a line; empty properties are left out."""
    said = {name: [value for value in values if value] for name, values in properties.items()}
    record: dict[str, Any] = {
        "id": key,
        "schema": schema,
        "properties": {name: values for name, values in said.items() if values},
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _properties(entry: AuthorityEntry, country_of: Callable[[str], str | None]) -> dict[str, list[str]]:
    telling = [name for name in entry.variants if is_telling(name, entry.kind) and not is_acronym(name)]
    code = country_of(entry.name) if entry.kind is Kind.STATE else None
    loose = (
        [office.title for office in entry.offices if not office.of] if entry.kind is not Kind.PERSON else []
    )
    return {
        "name": [entry.name],
        "alias": telling,
        # A surname or an acronym alone means others too.
        "weakAlias": [name for name in entry.variants if name not in telling],
        "keywords": [KEYWORDS[entry.kind]] if entry.kind in KEYWORDS else [],
        "country": [code.lower()] if code else [],
        "classification": loose,
    }


def _office(entry: AuthorityEntry, office: Office, owners: Mapping[str, str]) -> Iterator[str]:
    owner = owners.get(office.of) or (key_of("only named", office.of) if office.of else "")
    if office.of and office.of not in owners:
        yield entity(owner, "Organization", {"name": [office.of], "keywords": [ONLY_NAMED]})
    days = {"startDate": [office.start or ""], "endDate": [office.end or ""]}
    own = key_of("office", entry.source, office.title, office.of, office.start or "", office.end or "")
    if entry.kind is not Kind.PERSON:
        if owner:
            sides = {"member": [entry.source], "organization": [owner], "role": [office.title]}
            yield entity(own, "Membership", {**sides, **days})
        return
    position = key_of("position", office.title, office.of)
    name = f"{office.title} of {office.of}" if office.of else office.title
    short = office.title if office.of else ""
    yield entity(position, "Position", {"name": [name], "alias": [short], "organization": [owner]})
    yield entity(own, "Occupancy", {"holder": [entry.source], "post": [position], **days})
