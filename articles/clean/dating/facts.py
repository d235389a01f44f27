"""Dated facts as data: events, names, states of affairs, running totals, feasts, beginnings, offices.

A TOML file has a `source` line that says where its facts come from, and any of these tables::

    words    name = "one|other"            lists that cues use as $name
    event    id  on  label  cues  source  lasting   a day: told as past, the text is of that day or later
    name     id  since  label  cues        in use since a day
    condition id  from  to  label  cues     told as current, the text is from between
    total    about  figure  first  until  by
    feast    name  from  to
    anchor   id  on  label  subject  nouns a beginning that texts count from
    office   holder  title  variants  of  from  to  unique
    person   name  aliases                 further names of the holders

Dates are EDTF texts or TOML dates; ".." or none is an open end. Other tables are passed over, so that the
files of actors can be read too. No fact is ever the date of an article of the archive.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from articles.clean.article import DateInterval
from articles.clean.dating.cues import CueBook, CueError
from articles.clean.dating.edtf import EdtfError, from_edtf

# Where the repository keeps the facts that are used when nobody names others.
AUTHORITY = Path(__file__).resolve().parents[3] / "fixtures" / "authority"


class FactsError(ValueError):
    """A file of facts that cannot be read; the message names the file, the row and what to change."""


@dataclass(frozen=True, slots=True)
class DatedFact:
    """An event, name or condition: `when` is its day, its first day on, or its first and last day.

    A `lasting` event only began that day and is spoken of as going on: a weekday beside it is not its own.
    """

    id: str
    kind: str
    when: DateInterval
    label: str
    cues: tuple[str, ...]
    source: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A running count: `when` runs from about its first report to when the next figure replaced it."""

    about: str
    figure: int
    when: DateInterval
    source: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast of one year."""

    name: str
    when: DateInterval


@dataclass(frozen=True, slots=True)
class Anchor:
    """A beginning that texts count from; `subject` and `nouns` are alternatives with "|"."""

    id: str
    when: DateInterval
    label: str
    subject: str
    nouns: str


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """One term of an office, with every name under which its holder is written."""

    holder: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    of: str
    when: DateInterval
    unique: bool


# Compared by identity: to hash every row once a page took longer than to read the page.
@dataclass(frozen=True, eq=False)
class Facts:
    """All facts of the files read. `sources` maps a file's name to its source line."""

    dated: tuple[DatedFact, ...] = ()
    totals: tuple[Total, ...] = ()
    feasts: tuple[Feast, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    offices: tuple[OfficeTerm, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, DatedFact]:
        """The events, names and states by their id."""
        return {fact.id: fact for fact in self.dated}

    @cached_property
    def book(self) -> CueBook:
        """The cues of the events, names and states, compiled once."""
        return CueBook(((fact.id, cue) for fact in self.dated for cue in fact.cues), dict(self.lists))

    @cached_property
    def anchor_book(self) -> CueBook:
        """What texts count from, as cues filed under the anchor's id."""
        return CueBook(((anchor.id, f"{anchor.nouns} & {anchor.subject}") for anchor in self.anchors), {})

    @cached_property
    def anchor_by_id(self) -> Mapping[str, Anchor]:
        """The anchors by their id."""
        return {anchor.id: anchor for anchor in self.anchors}


def load_facts(*paths: Path) -> Facts:
    """Read TOML files, or every *.toml below a directory; without paths, the repository's own.

    Raises FactsError for a file without a source line, a row without what it needs, an id given twice,
    a date that cannot be read, or a cue that cannot be compiled.
    """
    files: list[Path] = []
    for path in paths or (AUTHORITY,):
        files.extend(sorted(path.rglob("*.toml")) if path.is_dir() else [path])
    tables = [(file, _open(file)) for file in files]
    aliases = {
        row["name"]: tuple(row.get("aliases", ()))
        for _, data in tables
        for row in data.get("person", [])
        if row.get("name")
    }
    facts = Facts(
        dated=tuple(
            _dated(file, kind, row) for file, data in tables for kind in _DATES for row in data.get(kind, [])
        ),
        totals=tuple(
            _total(file, row, data["source"]) for file, data in tables for row in data.get("total", [])
        ),
        feasts=tuple(
            Feast(_need(file, row, "name"), _span(file, row))
            for file, data in tables
            for row in data.get("feast", [])
        ),
        anchors=tuple(_anchor(file, row) for file, data in tables for row in data.get("anchor", [])),
        offices=tuple(_office(file, row, aliases) for file, data in tables for row in data.get("office", [])),
        lists=tuple((name, text) for _, data in tables for name, text in data.get("words", {}).items()),
        sources=tuple((file.name, data["source"]) for file, data in tables),
    )
    _check(facts)
    return facts


_DATES = {"event": "on", "name": "since", "condition": "from"}


def _open(file: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FactsError(
            f"{file}: cannot be read as TOML ({error}); mend the file or leave it out"
        ) from error
    if not isinstance(data.get("source"), str) or not data["source"].strip():
        raise FactsError(f'{file}: has no source line; add source = "where these facts come from"')
    return data


def _check(facts: Facts) -> None:
    seen: set[tuple[str, str]] = set()
    for fact in facts.dated:
        if (fact.kind, fact.id) in seen:
            raise FactsError(f"the {fact.kind} {fact.id!r} stands twice; give one of them another id")
        seen.add((fact.kind, fact.id))
    try:
        _ = facts.book, facts.anchor_book
    except CueError as error:
        raise FactsError(str(error)) from error


def _need(file: Path, row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if value in (None, "", []):
        raise FactsError(f"{file}: a row ({row.get('id') or row.get('name') or row}) lacks {key!r}; add it")
    return value.isoformat() if isinstance(value, date) else str(value)


def _edge(file: Path, row: Mapping[str, Any], key: str) -> DateInterval | None:
    value = row.get(key)
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    if text in ("", ".."):
        return None
    try:
        return from_edtf(text)
    except EdtfError as error:
        raise FactsError(f"{file}: {row.get('id') or row.get('name') or row}: {key!r}: {error}") from error


def _span(file: Path, row: Mapping[str, Any], first: str = "from", last: str = "to") -> DateInterval:
    start, end = _edge(file, row, first), _edge(file, row, last)
    try:
        return DateInterval(start.start if start else None, end.end if end else None, "interval")
    except ValueError as error:
        raise FactsError(f"{file}: {row.get('id') or row}: {error}") from error


def _dated(file: Path, kind: str, row: Mapping[str, Any]) -> DatedFact:
    key = _DATES[kind]
    _need(file, row, key)
    when = _edge(file, row, key) if kind == "event" else _span(file, row, key)
    if when is None:
        raise FactsError(f"{file}: {row.get('id')}: {key!r} is open; an {kind} needs a date")
    # Events and states may share a word for what happened, so ids are unique within their kind only.
    name = f"{kind}:{_need(file, row, 'id')}"
    _need(file, row, "cues")
    lasting = bool(row.get("lasting", False))
    return DatedFact(
        name, kind, when, _need(file, row, "label"), tuple(row["cues"]), _need(file, row, "source"), lasting
    )


def _total(file: Path, row: Mapping[str, Any], source: str) -> Total:
    for key in ("about", "figure", "first", "until"):
        _need(file, row, key)
    return Total(
        row["about"], int(row["figure"]), _span(file, row, "first", "until"), row.get("by") or source
    )


def _anchor(file: Path, row: Mapping[str, Any]) -> Anchor:
    when = _edge(file, row, "on")
    if when is None:
        raise FactsError(f"{file}: {row.get('id')}: an anchor needs its day; add 'on'")
    texts: Iterable[str] = (_need(file, row, key) for key in ("label", "subject", "nouns"))
    return Anchor(_need(file, row, "id"), when, *texts)


def _office(file: Path, row: Mapping[str, Any], aliases: Mapping[str, tuple[str, ...]]) -> OfficeTerm:
    holder = _need(file, row, "holder")
    # Beside a title a surname is enough: "President Sarkozy".
    names = dict.fromkeys((holder, *aliases.get(holder, ()), holder.split()[-1]))
    titles = dict.fromkeys((_need(file, row, "title"), *row.get("variants", ())))
    return OfficeTerm(
        holder,
        tuple(names),
        tuple(titles),
        _need(file, row, "of"),
        _span(file, row),
        bool(row.get("unique", True)),
    )
