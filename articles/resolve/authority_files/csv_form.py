"""Actors from a table: one row an office, so an actor with several offices has several rows.

Columns, in any order, by their header: `name`, `kind` (person, organisation, state, media), `variants`
(separated by ";"), `title`, `of`, `from`, `to`, `source`, `id`. Only `name` and `kind` have to be there; a further
row of an actor may leave `kind` empty. Rows of one name and kind are one actor, unless their `id` differs.
Separators are comma, semicolon or tab.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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

COLUMNS = ("name", "kind", "variants", "title", "of", "from", "to", "source", "id")
SEPARATORS = (",", ";", "\t")
# Other words that tables use for our four kinds.
_KINDS = {
    **{kind.value: kind for kind in Kind},
    "organization": Kind.ORGANISATION, "body": Kind.ORGANISATION, "company": Kind.ORGANISATION,
    "people": Kind.PERSON, "individual": Kind.PERSON, "country": Kind.STATE, "medium": Kind.MEDIA,
}  # fmt: skip
_DATE_CURE = "write 2012, 2012-05 or 2012-05-07, or leave the cell empty for an open end"


@dataclass(slots=True)
class _Gathered:
    """What the rows read so far say of one actor."""

    line: int
    variants: list[str] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def read_csv(content: bytes) -> Iterator[AuthorityEntry | Problem]:
    """Read a table; problems come first, then the actors in the order of their first rows.

    Bytes that are not UTF-8 (with or without a mark) are read as Windows-1252, as spreadsheets save them.
    """
    text = decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
    except csv.Error as error:
        yield Problem(1, f"the header cannot be read ({error})", f"begin the file with {','.join(COLUMNS)}")
        return
    if not {"name", "kind"} <= set(header):
        yield Problem(
            1, "the header names no columns name and kind", f"begin the file with {','.join(COLUMNS)}"
        )
        return
    gathered: dict[tuple[str, Kind, str], _Gathered] = {}
    yield from _gather(rows, header, gathered)
    for (name, kind, _), found in gathered.items():
        yield AuthorityEntry(
            name=name,
            kind=kind,
            variants=distinct_names(name, found.variants),
            offices=tuple(dict.fromkeys(found.offices)),
            source="; ".join(dict.fromkeys(found.sources)),
            line=found.line,
        )


def decoded(content: bytes) -> str:
    """Return the text of a table: by its mark, as UTF-8, else as Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(SEPARATORS, key=first.count)


def _gather(
    rows: Iterator[list[str]], header: list[str], gathered: dict[tuple[str, Kind, str], _Gathered]
) -> Iterator[Problem]:
    kinds: dict[str, Kind] = {}
    line = 1
    while True:
        before = line + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            line = before
            yield Problem(before, f"the row cannot be read ({error})", "look for a quotation mark too many")
            continue
        line = rows.line_num  # type: ignore[attr-defined]  # csv.reader has it
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            yield Problem(
                before,
                f"{len(row)} cells under {len(header)} columns",
                "put texts that hold the separator in quotation marks",
            )
            continue
        # Cells without a column hold nothing, or the row was refused above.
        yield from _take(dict(zip(header, row, strict=False)), before, kinds, gathered)


def _take(
    row: Mapping[str, str],
    line: int,
    kinds: dict[str, Kind],
    gathered: dict[tuple[str, Kind, str], _Gathered],
) -> Iterator[Problem]:
    cells = {column: row.get(column, "").strip() for column in COLUMNS}
    if "\n" in cells["name"]:
        yield Problem(line, "the name runs over several lines", "close the quotation mark that opens here")
        return
    name = " ".join(cells["name"].split())
    if not name or len(name) > LONGEST_NAME:
        yield Problem(
            line,
            f"the name is longer than {LONGEST_NAME} characters" if name else "there is no name",
            "write the actor's name in the column name",
        )
        return
    said = cells["kind"].lower()
    kind = _KINDS.get(said) if said else kinds.get(name)
    if kind is None:
        yield Problem(
            line,
            f'"{cells["kind"]}" is no kind of actor' if said else f"{name} has no kind",
            f"write one of {', '.join(_KINDS[k.value].value for k in Kind)}",
        )
        return
    kinds.setdefault(name, kind)
    actor = gathered.setdefault((name, kind, cells["id"]), _Gathered(line))
    actor.variants += cells["variants"].split(";")
    actor.sources += [cells["source"]] if cells["source"] else []
    yield from _office(cells, line, actor)


def _office(cells: Mapping[str, str], line: int, actor: _Gathered) -> Iterator[Problem]:
    if not cells["title"]:
        if cells["from"] or cells["to"]:
            yield Problem(
                line, "there are days in office but no title", "write the office in the column title"
            )
        return
    try:
        start, end = edge_of(cells["from"]), edge_of(cells["to"])
    except EdgeError as error:
        yield Problem(line, f"{error}, the office is left out", _DATE_CURE)
        return
    if runs_backwards(start, end):
        yield Problem(line, f"the office ends ({end}) before it begins ({start})", "change from and to")
        return
    actor.offices.append(Office(cells["title"][:LONGEST_TITLE], cells["of"][:LONGEST_TITLE], start, end))
