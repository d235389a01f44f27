"""Facts about real actors, kept as data: names, other names, capitals, agencies, offices with dates.

A TOML file says in its `source` line where its facts come from, and holds any of these tables::

    [[state]]         name  code  capital  capital_aliases  demonyms  aliases  metonyms
    [[seat]]          name  of  aliases                 a seat of government that is an actor of its own
    [[media]]         name  aliases  acronyms  credit_only  type  country
    [[organisation]]  name  aliases  acronyms  part_of
    [[person]]        name  aliases
    [[office]]        holder  title  variants  of  from  to  unique

Dates are TOML dates or texts ("2012", "2012-05", "2012-05-07"); ".." or no `to` is an open end.
`note` is allowed everywhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from articles.mentions.spans import Kind

# Where the repository keeps the files that are used when nobody names others.
DEFAULT_AUTHORITY = Path(__file__).resolve().parents[2] / "fixtures" / "authority"

_TEXTS = frozenset({"name", "code", "capital", "type", "country", "part_of", "holder", "title", "of", "note"})
_LISTS = frozenset(
    {"aliases", "capital_aliases", "demonyms", "metonyms", "acronyms", "credit_only", "variants"}
)
_TABLES: Mapping[str, frozenset[str]] = {
    "state": frozenset(
        {"name", "code", "capital", "capital_aliases", "demonyms", "aliases", "metonyms", "note"}
    ),
    "seat": frozenset({"name", "of", "aliases", "note"}),
    "media": frozenset({"name", "aliases", "acronyms", "credit_only", "type", "country", "note"}),
    "organisation": frozenset({"name", "aliases", "acronyms", "part_of", "country", "note"}),
    "person": frozenset({"name", "aliases", "note"}),
    "office": frozenset({"holder", "title", "variants", "of", "from", "to", "unique", "note"}),
}


# Longer words in capitals are shouted, not abbreviated.
_LONGEST_ACRONYM = 8


class AuthorityError(ValueError):
    """An authority file that cannot be read; the message names the file and what to change."""


@dataclass(frozen=True, slots=True)
class StateFact:
    """A state: `capitals` and `metonyms` may stand for its government, `demonyms` are its adjectives."""

    name: str
    code: str | None
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]
    metonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyFact:
    """An organisation, a news outlet or a seat of government.

    `part_of` is the body or the state above it; `credit_only` are names that mean it in a source credit
    alone; `country` is the state an outlet writes in.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    credit_only: tuple[str, ...]
    part_of: str | None
    country: str | None = None
    seat: bool = False


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person; an alias of one word is a surname that means this person when no first name is near."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """Who held an office; `start` and `end` are ISO years, months or days, None is open or unknown."""

    holder: str
    title: str
    variants: tuple[str, ...]
    of: str
    start: str | None
    end: str | None
    unique: bool

    def held_on(self, day: date) -> bool:
        """Return True when `day` lies within the term, both ends included, at the precision of the file."""
        iso = day.isoformat()
        if self.start and iso[: len(self.start)] < self.start:
            return False
        return not (self.end and iso[: len(self.end)] > self.end)


@dataclass(frozen=True)
class Authority:
    """All facts of the files read, in their order. `sources` maps a file's name to its source line."""

    states: tuple[StateFact, ...] = ()
    bodies: tuple[BodyFact, ...] = ()
    persons: tuple[PersonFact, ...] = ()
    offices: tuple[OfficeFact, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _names(self) -> dict[tuple[str, Kind], str | None]:
        # A name that two entries claim means neither: the text has to tell, so it maps to None.
        names: dict[tuple[str, Kind], str | None] = {}
        for name, kind, key in self._claims():
            slot = (fold(name), kind)
            names[slot] = key if names.get(slot, key) == key else None
        return names

    def _claims(self) -> Iterator[tuple[str, Kind, str]]:
        for state in self.states:
            for name in (state.name, *state.aliases, *state.capitals, *state.metonyms):
                yield name, Kind.STATE, state.name
        for body in self.bodies:
            for name in (body.name, *body.aliases, *body.acronyms, *body.credit_only):
                yield name, body.kind, body.name
        for person in self.persons:
            for name in (person.name, *person.aliases):
                yield name, Kind.PERSON, person.name

    def key_of(self, name: str, kind: Kind) -> str | None:
        """Return the main name of the one actor of this kind that `name` means, None when none or several."""
        return self._names.get((fold(name), kind))

    def state_called(self, name: str) -> str | None:
        """Return the main name of the state that `name` itself means; a capital means a town here."""
        return self._states.get(fold(name))

    @cached_property
    def _states(self) -> dict[str, str]:
        return {fold(name): state.name for state in self.states for name in (state.name, *state.aliases)}

    def names_of(self, key: str, kind: Kind) -> tuple[str, ...]:
        """Every name under which the files know the actor `key`, its main name first."""
        return tuple(
            dict.fromkeys([key, *(n for n, k, owner in self._claims() if owner == key and k is kind)])
        )

    def offices_of(self, holder: str, *, on: date | None = None) -> tuple[OfficeFact, ...]:
        """Return the offices of a person, all of them or those held on a day."""
        return tuple(o for o in self.offices if o.holder == holder and (on is None or o.held_on(on)))


def fold(name: str) -> str:
    """Return a name as lookup key: one space, straight apostrophe, no leading "the", no case.

    Names written all in capitals keep their case, so that "US" is never "us".
    """
    plain = " ".join(name.replace("’", "'").split())
    bare = plain[4:] if plain[:4].lower() == "the " else plain
    return bare if bare.isupper() and len(bare) <= _LONGEST_ACRONYM else bare.lower()


def load_authority(*paths: Path | str) -> Authority:
    """Read TOML files, or every *.toml of a directory; without paths, the repository's own.

    Raises AuthorityError for a file without a source line, an unknown table or key, or a missing name.
    """
    files: list[Path] = []
    for path in map(Path, paths or (DEFAULT_AUTHORITY,)):
        files.extend(sorted(path.glob("*.toml")) if path.is_dir() else [path])
    parts = [_read(file) for file in files]
    return Authority(
        states=tuple(fact for part in parts for fact in part.states),
        bodies=tuple(fact for part in parts for fact in part.bodies),
        persons=tuple(fact for part in parts for fact in part.persons),
        offices=tuple(fact for part in parts for fact in part.offices),
        sources=tuple(source for part in parts for source in part.sources),
    )


def _read(path: Path) -> Authority:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorityError(
            f"{path}: cannot be read as TOML ({error}); mend the file or leave it out"
        ) from error
    return parse_authority(text, name=str(path))


def parse_authority(
    text: str, *, name: str, refuse: Callable[[AuthorityError], None] | None = None
) -> Authority:
    """Read the text of one TOML file, which messages call `name`.

    Raises AuthorityError as `load_authority` does. With `refuse`, a table or row with a mistake is given to
    it and left out instead; a text that is no TOML, or that has no source line, still raises.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AuthorityError(
            f"{name}: cannot be read as TOML ({error}); mend the file or leave it out"
        ) from error
    source = data.pop("source", None)
    if not isinstance(source, str) or not source.strip():
        raise AuthorityError(f'{name}: has no source line; add source = "where these facts come from"')
    return _facts(_checked(data, name=name, refuse=refuse), source=(Path(name).name, source))


def _checked(
    data: Mapping[str, Any], *, name: str, refuse: Callable[[AuthorityError], None] | None
) -> dict[str, list[Mapping[str, Any]]]:
    """Return the rows of each known table that are right. Raises AuthorityError unless `refuse` takes it."""
    right: dict[str, list[Mapping[str, Any]]] = {}
    for table, rows in data.items():
        for row in rows if isinstance(rows, list) and table in _TABLES else [rows]:
            try:
                _check_row(name, table, row)
            except AuthorityError as error:
                if refuse is None:
                    raise
                refuse(error)
            else:
                right.setdefault(table, []).append(row)
    return right


def _facts(data: Mapping[str, list[Mapping[str, Any]]], *, source: tuple[str, str]) -> Authority:
    return Authority(
        states=tuple(_state(row) for row in data.get("state", [])),
        bodies=(
            *(_body(row, Kind.ORGANISATION, seat=True) for row in data.get("seat", [])),
            *(_body(row, Kind.MEDIA, seat=False) for row in data.get("media", [])),
            *(_body(row, Kind.ORGANISATION, seat=False) for row in data.get("organisation", [])),
        ),
        persons=tuple(
            PersonFact(row["name"], tuple(row.get("aliases", ()))) for row in data.get("person", [])
        ),
        offices=tuple(_office(row) for row in data.get("office", [])),
        sources=(source,),
    )


def _check_row(path: str, table: str, row: Any) -> None:
    if table not in _TABLES:
        raise AuthorityError(f"{path}: unknown table {table!r}; known are {', '.join(sorted(_TABLES))}")
    if not isinstance(row, dict):
        raise AuthorityError(f"{path}: {table} is no list of tables; write [[{table}]] before each")
    must = {"office": ("holder", "title", "of"), "seat": ("name", "of")}.get(table, ("name",))
    where = f"{path}: a [[{table}]] ({row.get('name') or row.get('holder') or 'without name'})"
    for key in must:
        if not row.get(key):
            raise AuthorityError(f"{where} lacks {key!r}; add it")
    for key, value in row.items():
        if key not in _TABLES[table]:
            raise AuthorityError(
                f"{where} has an unknown key {key!r}; known are {', '.join(sorted(_TABLES[table]))}"
            )
        if key in ("from", "to") and not _is_edge(value):
            raise AuthorityError(
                f'{where}: {key!r} must be a date such as 2012-05-07, "2012-05" or "2012", or ".."'
            )
        listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if (key in _TEXTS and not isinstance(value, str)) or (key in _LISTS and not listed):
            raise AuthorityError(
                f"{where}: {key!r} must be {'a text' if key in _TEXTS else 'a list of texts'}"
            )


def _state(row: Mapping[str, Any]) -> StateFact:
    capital = (row["capital"],) if row.get("capital") else ()
    return StateFact(
        name=row["name"],
        code=row.get("code"),
        capitals=(*capital, *row.get("capital_aliases", ())),
        demonyms=tuple(row.get("demonyms", ())),
        aliases=tuple(row.get("aliases", ())),
        metonyms=tuple(row.get("metonyms", ())),
    )


def _body(row: Mapping[str, Any], kind: Kind, *, seat: bool) -> BodyFact:
    return BodyFact(
        name=row["name"],
        kind=kind,
        aliases=tuple(row.get("aliases", ())),
        acronyms=tuple(row.get("acronyms", ())),
        credit_only=tuple(row.get("credit_only", ())),
        part_of=row.get("of") or row.get("part_of") or None,
        country=row.get("country") or None,
        seat=seat,
    )


def _office(row: Mapping[str, Any]) -> OfficeFact:
    return OfficeFact(
        holder=row["holder"],
        title=row["title"],
        variants=tuple(row.get("variants", ())),
        of=row["of"],
        start=_edge(row.get("from")),
        end=_edge(row.get("to")),
        unique=row.get("unique", True),
    )


def _is_edge(value: object) -> bool:
    return isinstance(value, date) or (
        isinstance(value, str) and re.fullmatch(r"|\.\.|\d{4}(-\d\d){0,2}", value) is not None
    )


def _edge(value: date | str | None) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value in (None, "", "..") else value
