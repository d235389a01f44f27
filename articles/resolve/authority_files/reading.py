"""Which form an actor file has, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from articles.resolve.authority_files.csv_form import decoded, read_csv
from articles.resolve.authority_files.entry import AuthorityEntry, Problem
from articles.resolve.authority_files.ftm import read_ftm
from articles.resolve.authority_files.petrarch import read_petrarch
from articles.resolve.authority_files.toml_form import read_toml


class Format(StrEnum):
    """The forms of actor files."""

    TOML = "toml"
    CSV = "csv"
    FTM = "ftm"
    PETRARCH = "petrarch"


FORMATS = tuple(form.value for form in Format)
_ENDINGS = {
    "toml": Format.TOML,
    "csv": Format.CSV,
    "tsv": Format.CSV,
    "json": Format.FTM,
    "jsonl": Format.FTM,
    "ijson": Format.FTM,
    "ftm": Format.FTM,
    "actors": Format.PETRARCH,
}
_HEADER = re.compile(
    r"[^\n]*\bname\b[^\n]*[,;\t][^\n]*\bkind\b|[^\n]*\bkind\b[^\n]*[,;\t][^\n]*\bname\b", re.IGNORECASE
)
_CODES = re.compile(r"^[^\n]*\[[A-Z]{3}[A-Z0-9]*[^\]\n]*\]", re.MULTILINE)


def guess_format(content: bytes, *, name: str = "") -> Format | None:
    """Return the form of a file by its name's ending, else by what stands in it; None when neither tells."""
    ending = name.lower().rpartition(".")[2]
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    head = decoded(content[:65536]).lstrip()
    if head.startswith("{"):
        return Format.FTM
    if _HEADER.match(head):
        return Format.CSV
    if re.search(r"^\s*source\s*=\s*[\"']", head, re.MULTILINE):
        return Format.TOML
    return Format.PETRARCH if _CODES.search(head) else None


def read_actor_file(content: bytes, *, form: Format, name: str) -> Iterator[AuthorityEntry | Problem]:
    """Read one file of actors; `name` is how messages call it. Never raises on what the file says."""
    if form is Format.TOML:
        return read_toml(content, name=name)
    if form is Format.CSV:
        return read_csv(content)
    if form is Format.FTM:
        return read_ftm(content.splitlines())
    return read_petrarch(content)
