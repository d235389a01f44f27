"""What changed in an article, as a table for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from articles.ingest.comparison import FieldChange
from articles.ingest.reclean import Recleaned

FIELD_WIDTH, VALUE_WIDTH = 20, 56  # columns; two values and a field fit a terminal of 136
PARAGRAPH_FIELDS = ("paragraphs",)  # where the paragraphs begin: told by body and lines


def change_lines(report: Recleaned) -> Iterator[str]:
    """Return the lines of the table of one article: its id and headline, then a row for each field."""
    yield f"{report.permanent_id}  {report.headline or 'without a headline'}"
    changed = {change.field for change in report.changes}
    for change in report.changes:
        if change.field not in PARAGRAPH_FIELDS and not _told_already(change, changed):
            before, after = _shown(change)
            yield f"  {change.field:<{FIELD_WIDTH}} {_cut(before):<{VALUE_WIDTH}} {_cut(after)}".rstrip()


def _told_already(change: FieldChange, changed: set[str]) -> bool:
    """Say whether a field's own row tells the change: its evidence always changes with it."""
    return change.field.endswith(" evidence") and change.field.removesuffix(" evidence") in changed


def _shown(change: FieldChange) -> tuple[str, str]:
    if change.field == "body":
        return _body(change.before or "", change.after or ""), _body(change.after or "", change.before or "")
    if change.field == "lines":
        return _lines(change.before), _lines(change.after)
    if change.field.endswith(" evidence"):
        return _evidence(change.before), _evidence(change.after)
    return _value(change.before), _value(change.after)


def _body(text: str, other: str) -> str:
    """Return how many words a body has, and where it begins to differ."""
    here, there = text.split("\n\n"), other.split("\n\n")
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    paragraph = here[alike] if alike < len(here) else ""
    return f"{len(text.split())} words: … {paragraph}" if paragraph else f"{len(text.split())} words"


def _lines(lines: dict[str, list[str]]) -> str:
    return ", ".join(f"{number} {label}" for number, (label, _) in lines.items())


def _evidence(evidence: dict[str, Any] | None) -> str:
    return f"{evidence['method']} {evidence['confidence']} {evidence['note']}" if evidence else "none"


def _value(value: Any) -> str:
    if value is None or value in ([], {}):
        return "nothing"
    if isinstance(value, dict) and "precision" in value:
        days = (value["from"], value["to"]) if value["from"] != value["to"] else (value["from"],)
        return " to ".join(day or "open" for day in days) + f" ({value['precision']})"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= VALUE_WIDTH else f"{line[: VALUE_WIDTH - 1]}…"
