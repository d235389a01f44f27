"""Actors from the TOML form of `fixtures/authority/`; its tables and keys: `articles/mentions/authority.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.mentions.authority import Authority, AuthorityError, parse_authority
from articles.mentions.spans import Kind
from articles.resolve.authority_files.entry import AuthorityEntry, Office, Problem, distinct_names

_AT_LINE = re.compile(r"\(at line (\d+)")
_NAMED = re.compile(r'\b(?:name|holder)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|\'([^\']*)\')')


def read_toml(content: bytes, *, name: str) -> Iterator[AuthorityEntry | Problem]:
    """Read one TOML file; `name` is how messages call it.

    A table with a mistake is left out with a Problem, the rest is read; a file that is no TOML gives one
    Problem. Lines are where the actor is first named, 1 when that cannot be told.
    """
    refused: list[AuthorityError] = []
    try:
        text = content.decode("utf-8-sig")
        known = parse_authority(text, name=name, refuse=refused.append)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        yield Problem(line, "a character is not UTF-8", "save the file as UTF-8")
        return
    except AuthorityError as error:
        at = _AT_LINE.search(str(error))
        what, _, cure = str(error).rpartition("; ")
        yield Problem(int(at[1]) if at else 1, what, cure)
        return
    lines = _lines_of(text)
    for refusal in refused:
        what, _, cure = str(refusal).rpartition("; ")
        named = re.search(r"\((.*)\)", what)
        yield Problem(lines.get(named[1], 1) if named else 1, what or cure, cure)
    yield from _entries(known, lines)


def _lines_of(text: str) -> dict[str, int]:
    """Return the first line that names each actor: tomllib itself keeps no lines."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for match in _NAMED.finditer(line):
            lines.setdefault(match[1] or match[2] or "", number)
    return lines


def _entries(known: Authority, lines: dict[str, int]) -> Iterator[AuthorityEntry]:
    source = "; ".join(said for _, said in known.sources)
    listed = [
        *((state.name, Kind.STATE) for state in known.states),
        *((body.name, body.kind) for body in known.bodies),
        *((person.name, Kind.PERSON) for person in known.persons),
    ]
    # Somebody may stand in the file by an office alone.
    persons = {name for name, kind in listed if kind is Kind.PERSON}
    others = {name for name, kind in listed if kind is not Kind.PERSON}
    holders = (office.holder for office in known.offices)
    listed += [(name, Kind.PERSON) for name in dict.fromkeys(holders) if name not in persons | others]
    for name, kind in dict.fromkeys(listed):
        held = known.offices_of(name) if kind is Kind.PERSON or name not in persons else ()
        yield AuthorityEntry(
            name=name,
            kind=kind,
            variants=distinct_names(name, list(known.names_of(name, kind))),
            offices=tuple(dict.fromkeys(Office(o.title, o.of, o.start, o.end) for o in held)),
            source=source,
            line=lines.get(name, 1),
        )
