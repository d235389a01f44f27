"""Learnt rules out and in, in the TOML form of the built-in ones (`articles/clean/outlets/`)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.clean.outlet_phrases import phrase_key
from articles.ingest.rules import IDENTITY, IDENTITY_LISTS, LISTS, settled
from articles.models import Outlet, Ruling

LINE_LISTS = tuple(LISTS.values())
KNOWN = ("name", *IDENTITY, *LINE_LISTS)
DATE_ORDERS = ("dmy", "mdy")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What an import changes for one outlet: keys with the values that are new, or lines ruled otherwise.

    `kept` are lines of the file that stay as a curator ruled them here.
    """

    outlet: str
    new: Mapping[str, Any]
    kept: tuple[str, ...]


def export_rules(slug: str = "") -> str:
    """Return the learnt rules of one outlet, or of all that have some, as TOML; empty when there are none.

    Raises Outlet.DoesNotExist for a slug that no outlet has.
    """
    outlets = [Outlet.objects.get(slug=slug)] if slug else list(Outlet.objects.exclude(rules_stamp=0))
    tables = [table for table in (_table_of(outlet) for outlet in outlets) if len(table) > 1]
    return "\n".join(_toml(table) for table in tables)


def read_rules_file(path: Path) -> list[dict[str, Any]]:
    """Return the outlets of a rule file as checked tables; none when nothing was taught where it was written.

    Raises ValueError, with what is wrong and the outlet, when the file is no TOML, an outlet has no name, a
    key is not known or a value is of the wrong kind.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path.name} is no TOML file: {error}") from error
    tables = content.get("outlet", [content] if content else [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(f"{path.name}: write [[outlet]], with two brackets, before each outlet.")
    for table in tables:
        _check(table, path.name)
    return tables


def import_rules(tables: list[dict[str, Any]], *, dry_run: bool) -> list[RuleChange]:
    """Add these tables to the outlets' learnt rules, in one transaction, and return what that changes.

    What a curator ruled about a line here holds against the file. Outlets that are not there are made.
    With `dry_run` nothing is written. Articles follow when they are read again (`reclean`).
    """
    with transaction.atomic():
        return [change for change in (_import(table, dry_run=dry_run) for table in tables) if change]


def _import(table: dict[str, Any], *, dry_run: bool) -> RuleChange | None:
    outlet = Outlet.objects.select_for_update().filter(name=table["name"]).first()
    before = outlet.rules if outlet else {}
    imported = _joined(before.get("imported", {}), table)
    rulings = list(Ruling.objects.on_lines_for(outlet)) if outlet else []
    lists = settled(rulings, imported=imported)
    ruled = {phrase_key(ruling.said["line"]): ruling.said["label"] for ruling in rulings}
    kept = tuple(
        phrase
        for label, name in LISTS.items()
        for phrase in table.get(name, ())
        if ruled.get(phrase_key(phrase), label) != label
    )
    new = {
        name: [phrase for phrase in lists[name] if phrase not in before.get(name, ())] for name in LINE_LISTS
    }
    known = before.get("imported", {})
    new |= {key: imported[key] for key in IDENTITY if imported.get(key) != known.get(key)}
    new = {key: value for key, value in new.items() if value not in ([], None)}
    if imported != known and not dry_run:
        (outlet or Outlet.objects.named(table["name"])).set_rules({**lists, "imported": imported})
    return RuleChange(table["name"], new, kept) if new or kept else None


def _joined(imported: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was imported before with a table added; a line changes its list, values are replaced."""
    joined = dict(imported)
    for key in (*IDENTITY_LISTS, *LINE_LISTS):
        values = list(dict.fromkeys((*joined.get(key, ()), *table.get(key, ()))))
        joined |= {key: values} if values else {}
    for key in set(IDENTITY) - set(IDENTITY_LISTS):
        joined |= {key: table[key]} if key in table else {}
    for name, other in zip(LINE_LISTS, reversed(LINE_LISTS), strict=True):
        here = {phrase_key(phrase) for phrase in table.get(name, ())}
        left = [phrase for phrase in joined.get(other, ()) if phrase_key(phrase) not in here]
        joined |= {other: left} if other in joined else {}
    return joined


def _check(table: Any, file: str) -> None:
    name = table.get("name") if isinstance(table, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"{file}: an outlet has no name.")
    for key, value in table.items():
        wanted = _wanted(key)
        if wanted is None:
            raise ValueError(f"{file}: {name} has the key {key}. The known keys are: {', '.join(KNOWN)}.")
        if not _fits(key, value):
            raise ValueError(f"{file}: {name}: {key} must be {wanted}.")
    twice = {phrase_key(line) for line in table.get("chrome", ())} & {
        phrase_key(line) for line in table.get("keep", ())
    }
    if twice:
        raise ValueError(f"{file}: {name}: a line is both chrome and keep: {', '.join(sorted(twice))}.")


def _wanted(key: str) -> str | None:
    """Return what a key's value must be, in words; None for a key that is not known."""
    if key in (*IDENTITY_LISTS, *LINE_LISTS):
        return "a list of texts, none of them without a letter or a figure"
    return {"name": "a text", "date_order": "one of dmy, mdy", "is_agency": "true or false"}.get(key)


def _fits(key: str, value: Any) -> bool:
    if key in (*IDENTITY_LISTS, *LINE_LISTS):
        return isinstance(value, list) and all(isinstance(text, str) and phrase_key(text) for text in value)
    if key == "is_agency":
        return isinstance(value, bool)
    return isinstance(value, str) and (key != "date_order" or value in DATE_ORDERS)


def _table_of(outlet: Outlet) -> dict[str, Any]:
    """Return the table that an outlet's learnt rules make, in the order of the built-in files."""
    imported = outlet.rules.get("imported", {})
    table: dict[str, Any] = {"name": outlet.name}
    table |= {key: imported[key] for key in IDENTITY if imported.get(key)}
    return table | {key: outlet.rules[key] for key in LINE_LISTS if outlet.rules.get(key)}


def _toml(table: Mapping[str, Any]) -> str:
    lines = ["[[outlet]]"]
    for key, value in table.items():
        if isinstance(value, list):
            lines += [f"{key} = [", *(f"  {_text(each)}," for each in value), "]"]
        else:
            lines.append(f"{key} = {str(value).lower() if isinstance(value, bool) else _text(value)}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """Return a TOML string: JSON's form is one, but for the delete character, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
