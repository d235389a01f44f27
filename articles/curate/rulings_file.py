"""Rulings as lines of JSON: one verdict a line, readable, the same from any archive that has it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from articles.models import Ruling
from articles.models.actor import Kind
from articles.models.article import RULED_FIELDS
from articles.models.ruling import ON_ARTICLES, PAIRS, SHELVING, Verdict
from articles.models.shelf import NAME_LENGTH, slug_of

_PAGE = re.compile(r"[0-9a-f]{64}")
_NAMING = (Verdict.NAME, Verdict.KIND, Verdict.ALIAS)
_ON_SPELLINGS = (Verdict.IS_REALLY, Verdict.NOT_A_NAME)
_LABELS = ("body", "chrome")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A checked line of a file: its number, and the columns of the ruling that it makes.

    `outlet` is the name of a line ruling's outlet, empty for a page alone.
    """

    number: int
    columns: dict[str, Any]
    outlet: str = ""

    @property
    def key(self) -> uuid.UUID:
        """The ruling's key, the same in every archive."""
        found: uuid.UUID = self.columns["key"]
        return found


def export_rulings() -> Iterator[str]:
    """Yield every ruling as a line of JSON, the oldest first, those that were undone too."""
    for ruling in Ruling.objects.in_time_order().select_related("undone_by").iterator(chunk_size=500):
        yield json.dumps(to_json(ruling), ensure_ascii=False)


def to_json(ruling: Ruling) -> dict[str, Any]:
    """Return what a line says of a ruling; what is empty is left out."""
    said: dict[str, Any] = {"id": str(ruling.key), "verdict": ruling.verdict}
    if ruling.verdict == Verdict.FIELD:
        said |= {"page": ruling.on_page, "field": ruling.field, "value": ruling.value}
        said |= {"before": ruling.before}
    elif ruling.verdict == Verdict.LINE:
        said |= {"outlet": ruling.left} if ruling.left else {"page": ruling.on_page}
        said |= {"line": ruling.said["line"], "label": ruling.said["label"]}
        said |= {"number": ruling.said["number"]} if ruling.said.get("number") else {}
        said |= {"page": ruling.on_page} if ruling.on_page else {}
    elif ruling.verdict in SHELVING:
        said |= {"page": ruling.on_page, "shelf": ruling.left, **ruling.said}
    elif ruling.kind == ON_ARTICLES:
        said |= {"articles": [ruling.left, ruling.right]}
    else:
        said |= _sides(ruling)
    said |= {"reason": ruling.reason} if ruling.reason else {}
    said |= {"by": ruling.made_by_name, "at": ruling.made_at.isoformat()}
    if ruling.undone_at:
        who = ruling.undone_by_name or str(ruling.undone_by or "")
        said["undone"] = {"by": who, "at": ruling.undone_at.isoformat()}
    return said


def _sides(ruling: Ruling) -> dict[str, Any]:
    said: dict[str, Any] = {"left": _side(ruling.kind, ruling.left, ruling.left_seen)}
    if ruling.spelling:
        said["spelling"] = ruling.spelling
    if ruling.on_page:
        said["page"] = ruling.on_page
    if ruling.verdict in _NAMING:
        said["text"] = ruling.right
    elif ruling.verdict in PAIRS and not ruling.fresh:
        said["right"] = _side(ruling.right_kind, ruling.right, ruling.right_seen)
    return said


def _side(kind: str, name: str, seen: str) -> dict[str, str]:
    return {"kind": kind, "name": name} | ({"seen": seen} if seen else {})


def read_rulings(lines: Iterable[str]) -> list[FileLine]:
    """Return the checked lines of a file, empty ones left out.

    Raises ValueError with the number of the line and what is wrong with it.
    """
    found = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            said = json.loads(text)
            found.append(_from_json(number, said if isinstance(said, dict) else {}))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            told = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            raise ValueError(f"Line {number} is no ruling: {told}.") from error
    return found


def _from_json(number: int, said: dict[str, Any]) -> FileLine:
    verdict = said["verdict"]
    if verdict not in Verdict.values:
        raise ValueError(f"{verdict} is no verdict; the verdicts are {', '.join(Verdict.values)}")
    columns: dict[str, Any] = {
        "key": uuid.UUID(said["id"]),
        "verdict": verdict,
        "reason": _text(said.get("reason", ""), "reason", most=None),
        "made_by_name": _text(said["by"], "by", most=150),
        "made_at": _moment(said["at"]),
        "on_page": _page(said["page"]) if said.get("page") else "",
    }
    if said.get("undone"):
        columns |= {
            "undone_by_name": _text(said["undone"]["by"], "by", most=150),
            "undone_at": _moment(said["undone"]["at"]),
        }
    outlet = _text(said.get("outlet", ""), "outlet") if verdict == Verdict.LINE else ""
    return FileLine(number, columns | _said_of(verdict, said), outlet)


def _said_of(verdict: str, said: dict[str, Any]) -> dict[str, Any]:
    if verdict == Verdict.FIELD:
        if said["field"] not in RULED_FIELDS:
            raise ValueError(f"{said['field']} is no field that a person rules on")
        _page(said["page"])
        return {"field": said["field"], "value": said["value"], "before": said.get("before")}
    if verdict == Verdict.LINE:
        if said["label"] not in _LABELS:
            raise ValueError(f"a line is marked as chrome or body, not as {said['label']}")
        line = {"line": _text(said["line"], "line", most=None), "label": said["label"]}
        return {
            "left": _text(said.get("outlet", ""), "outlet"),
            "value": line | {"number": said.get("number")},
        }
    if verdict in SHELVING:
        return _on_a_shelf(said)
    if "articles" in said:
        left, right = sorted(_text(each, "articles") for each in said["articles"])
        return {"kind": ON_ARTICLES, "left": left, "right": right}
    return _sides_of(verdict, said)


def _on_a_shelf(said: dict[str, Any]) -> dict[str, Any]:
    _page(said["page"])
    if said["on"] is not True and said["on"] is not False:
        raise ValueError("on is true or false")
    name, slug = _text(said["name"], "name", most=NAME_LENGTH), _text(said["shelf"], "shelf")
    if slug != slug_of(slug):
        raise ValueError("shelf is the name of a tag or collection as addresses have it")
    return {"left": slug, "value": {"on": said["on"], "name": name}, "before": {"on": not said["on"]}}


def _sides_of(verdict: str, said: dict[str, Any]) -> dict[str, Any]:
    kind, name, seen = _side_of(said["left"])
    columns: dict[str, Any] = {"kind": kind, "left": name, "left_seen": seen}
    if verdict in _ON_SPELLINGS:
        columns["spelling"] = _text(said["spelling"], "spelling")
        columns["fresh"] = "right" not in said
        columns["right"] = columns["spelling"]
    if verdict in _NAMING:
        columns["right"] = _text(said["text"], "text")
        if verdict == Verdict.KIND and columns["right"] not in Kind.values:
            raise ValueError(f"{columns['right']} is no kind of actor")
    elif verdict in PAIRS and not columns.get("fresh"):
        columns["right_kind"], columns["right"], columns["right_seen"] = _side_of(said["right"])
    return columns


def _side_of(said: dict[str, Any]) -> tuple[str, str, str]:
    if said["kind"] not in Kind.values:
        raise ValueError(f"{said['kind']} is no kind of actor")
    return said["kind"], _text(said["name"], "name"), _text(said.get("seen", ""), "seen", most=64)


def _text(value: Any, name: str, *, most: int | None = 300) -> str:
    if not isinstance(value, str) or (most is not None and len(value) > most):
        raise ValueError(f"{name} must be a text" + (f" of {most} characters at most" if most else ""))
    return value


def _page(value: Any) -> str:
    if not isinstance(value, str) or not _PAGE.fullmatch(value):
        raise ValueError("page must be a SHA-256 in small hexadecimal figures")
    return value


def _moment(value: Any) -> datetime:
    moment = parse_datetime(value)
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"{value} is no moment with a time zone")
    return moment
