"""Actors from FollowTheMoney entities, one JSON object a line: `{"id", "schema", "properties": {name: [values]}}`.

Read by the published schema (followthemoney.tech), without the package: decisions/0004. Of its 71 schemata
these are actors or their offices; lines of others (addresses, ownership, documents) are passed over.

1. Things: who there is, under which names.
2. Intervals: who held which position (Occupancy), belonged to, worked for or directed what.
3. Each actor with its offices, in the order of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.mentions.spans import Kind
from articles.resolve.authority_files.entry import (
    LONGEST_NAME,
    LONGEST_TITLE,
    AuthorityEntry,
    EdgeError,
    Office,
    Problem,
    distinct_names,
    edge_of,
    runs_backwards,
)
from articles.resolve.names import looks_like_body

ACTORS = frozenset({"Person", "Organization", "Company", "PublicBody", "LegalEntity", "Country", "Territory"})
STATES = frozenset({"Country", "Territory"})
# Interval -> the property with the holder, the one with the body, and the title when it names no role.
INTERVALS: Mapping[str, tuple[str, str, str]] = {
    "Occupancy": ("holder", "post", ""),
    "Membership": ("member", "organization", "member"),
    "Employment": ("employee", "employer", "employee"),
    "Directorship": ("director", "organization", "director"),
}
NAMES = ("name", "alias", "weakAlias", "previousName")
# Keywords under which our own export marks what the schema does not tell apart.
KEYWORD_KINDS = {"state": Kind.STATE, "media": Kind.MEDIA}
# What our export marks as there for its name alone: it is whose an office is, and no actor of the file.
ONLY_NAMED = "only named"
_DAY = len("2012-05-07")

_Properties = Mapping[str, list[str]]


@dataclass(slots=True)
class _Interval:
    line: int
    schema: str
    properties: _Properties


@dataclass(slots=True)
class _File:
    """What has been read so far; only actors, positions and what joins them are kept."""

    actors: dict[str, AuthorityEntry] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # whose offices are, by id
    positions: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # name, short name, body's id
    intervals: list[_Interval] = field(default_factory=list)


def read_ftm(lines: Iterable[bytes]) -> Iterator[AuthorityEntry | Problem]:
    """Read JSON lines; problems with lines come first, then the actors with their offices."""
    read = _File()
    # 1.
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from _thing(number, line, read)
    # 2.
    offices: dict[str, list[Office]] = {key: list(actor.offices) for key, actor in read.actors.items()}
    for interval in read.intervals:
        yield from _office(interval, read, offices)
    # 3.
    for key, actor in read.actors.items():
        yield AuthorityEntry(
            name=actor.name,
            kind=actor.kind,
            variants=actor.variants,
            offices=tuple(dict.fromkeys(offices.get(key, ()))),
            source=key,
            line=actor.line,
            notes=actor.notes,
        )


def _thing(number: int, line: bytes, read: _File) -> Iterator[Problem]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield Problem(number, f"this is no JSON ({error})", "write one whole JSON object a line")
        return
    if not isinstance(record, dict) or not isinstance(record.get("schema"), str) or not record.get("id"):
        yield Problem(number, "this is no entity", 'write {"id": …, "schema": …, "properties": {…}}')
        return
    schema, key, properties = record["schema"], str(record["id"]), _properties(record.get("properties"))
    if schema in ACTORS:
        entry = _actor(number, schema, key, properties)
        if entry is None:
            yield Problem(number, f"the {schema} {key} has no name", "give its property name a value")
        elif key in read.names:
            yield Problem(number, f"the id {key} stands here again", "keep one entity an id")
        else:
            read.names[key] = entry.name
            if ONLY_NAMED not in properties.get("keywords", ()):
                read.actors[key] = entry
    elif schema == "Position":
        read.positions[key] = (
            _first(properties, "name"),
            _first(properties, "alias"),
            _first(properties, "organization"),
        )
    elif schema in INTERVALS:
        read.intervals.append(_Interval(number, schema, properties))


def _properties(said: Any) -> _Properties:
    """Return the properties as lists of texts, whatever the file wrote: a single value, a number, nested ones."""
    if not isinstance(said, dict):
        return {}
    listed = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    return {
        name: [_text(value) for value in values if _text(value).strip()] for name, values in listed.items()
    }


def _text(value: Any) -> str:
    if isinstance(value, dict):  # nested entities stand for their id
        return str(value.get("id") or "")
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def _first(properties: _Properties, name: str) -> str:
    return next(iter(properties.get(name, ())), "")


def _actor(number: int, schema: str, key: str, properties: _Properties) -> AuthorityEntry | None:
    names = [name for which in NAMES for name in properties.get(which, ())]
    parts = [
        part for which in ("firstName", "secondName", "lastName") for part in properties.get(which, ())[:1]
    ]
    if len(parts) > 1:
        names.append(" ".join(parts))
    fitting = [name for name in names if len(name) <= LONGEST_NAME]
    if not fitting:
        return None
    kind, note = _kind(schema, fitting[0], properties)
    return AuthorityEntry(
        name=fitting[0],
        kind=kind,
        variants=distinct_names(fitting[0], fitting[1:]),
        offices=tuple(Office(said[:LONGEST_TITLE], "") for said in properties.get("classification", ())),
        source=key,
        line=number,
        notes=(note,) if note else (),
    )


def _kind(schema: str, name: str, properties: _Properties) -> tuple[Kind, str]:
    """Return the kind, and what to tell people when it had to be guessed."""
    if schema in STATES:
        return Kind.STATE, ""
    for word in properties.get("keywords", ()):
        if word.lower() in KEYWORD_KINDS:
            return KEYWORD_KINDS[word.lower()], ""
    if schema == "Person":
        return Kind.PERSON, ""
    if schema != "LegalEntity":
        return Kind.ORGANISATION, ""
    personal = any(properties.get(which) for which in ("firstName", "lastName", "birthDate", "nationality"))
    if personal and not looks_like_body(name):
        return Kind.PERSON, "a LegalEntity with what only persons have, read as a person"
    return Kind.ORGANISATION, "a LegalEntity may be a person; read as an organisation"


def _office(interval: _Interval, read: _File, offices: dict[str, list[Office]]) -> Iterator[Problem]:
    holder_property, body_property, plain_title = INTERVALS[interval.schema]
    properties = interval.properties
    dated = any(properties.get(edge) for edge in ("startDate", "endDate", "date"))
    if plain_title and not dated and not properties.get("role"):
        return  # that somebody belonged somewhere, at some time, is no office
    holder, body = _first(properties, holder_property), _first(properties, body_property)
    if holder not in read.actors:
        yield Problem(
            interval.line,
            f"this {interval.schema} is of {holder or 'nobody'}, who is not in the file",
            "add the entity, or leave this line out",
        )
        return
    try:
        start, end = _edge(properties, "startDate", which=min), _edge(properties, "endDate", which=max)
    except EdgeError as error:
        yield Problem(interval.line, f"{error}, the office is left out", "write dates as 2012-05-07")
        return
    if runs_backwards(start, end):
        yield Problem(
            interval.line, f"this ends ({end}) before it begins ({start})", "change startDate and endDate"
        )
        return
    if interval.schema == "Occupancy":
        title, of = _position(body, read)
    else:
        title = _first(properties, "role") or plain_title
        of = read.names.get(body, "")
    if not title:
        yield Problem(
            interval.line,
            f"the position {body or 'of this Occupancy'} is not in the file",
            "add the Position",
        )
        return
    offices.setdefault(holder, []).append(Office(title[:LONGEST_TITLE], of[:LONGEST_TITLE], start, end))


def _edge(properties: _Properties, name: str, *, which: Any) -> str | None:
    """Return the earliest or latest of several dates; times of the day are left off."""
    values = [value.split("T")[0][:_DAY] for value in properties.get(name, ())]
    return edge_of(which(values)) if values else None


def _position(key: str, read: _File) -> tuple[str, str]:
    """Return an office's title and whose it is: "foreign minister of Vessa" with its short name, or its body."""
    name, short, body = read.positions.get(key, ("", "", ""))
    of = read.names.get(body, "")
    if short and name.startswith(f"{short} of "):
        return short, of or name.removeprefix(f"{short} of ")
    return name.removesuffix(f" of {of}") if of else name, of
