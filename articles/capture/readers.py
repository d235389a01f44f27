"""Read pages from files, folders, JSON Lines, zip and web archives, one at a time.

Every reader gives a `RawPage` for a page that was taken and a `Refusal` for one that was not,
in the order in which they stand; a bad page never stops the good ones after it.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from articles.capture.decode import UndecodableError, detect_charset
from articles.capture.moment import moment_of
from articles.capture.page import MediaType, RawPage, Refusal
from articles.capture.warc import read_warc

MEBIBYTE = 1024 * 1024
MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
JSON_LINES = {".jsonl", ".ndjson"}
WEB_ARCHIVES = (".warc", ".warc.gz")
ACCEPTED = "Dateline reads .txt, .html, .jsonl, .warc and .zip files."

RECORD_FORM = 'Each line is a JSON object such as {"id": "1", "text": "…", "url": "https://…"}.'

# A control character that no text file holds: more than this share of them means a binary file.
CONTROL_SHARE = 0.01
# JSON writes a character of one byte in up to six ("\\u00e9"), and the record has a few fields more.
RECORD_FACTOR = 7
WITHOUT_CONTROLS = dict.fromkeys(frozenset(range(32)) - {9, 10, 12, 13, 27})


# "http://…" alone on the line, or behind a word that says what it is.
ADDRESS_LINE = re.compile(
    r"(?:(?:url|source|link|address)\s*[:=]\s*)?<?(https?://[^\s<>\"]+)>?", re.IGNORECASE
)
# A zero byte as JSON writes it; a backslash of the text is written twice.
ZERO_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
LONGEST_SHOWN = 60  # characters of a value that a refusal shows
LONGEST_ADDRESS = 2000  # characters; what StoredPage keeps, and what browsers accept

# What zipfile raises where a zip's list of files is damaged, names included, or of a version it does not know.
LIST_ERRORS = (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError)
# What it and the decompressors below it raise on a damaged file, and on a method they do not know.
UNPACKING_ERRORS = (*LIST_ERRORS, OSError, EOFError, RuntimeError, zlib.error, lzma.LZMAError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. Sizes are in bytes; `ratio` is unpacked size over packed size of a zip entry.

    Text shrinks to a third or a tenth, repeated menus to a fiftieth; a bomb shrinks to a thousandth.
    """

    page: int = 10 * MEBIBYTE
    entries: int = 100_000
    unpacked: int = 4096 * MEBIBYTE
    ratio: int = 200


DEFAULT_LIMITS = Limits()


def read_paths(paths: Iterable[Path], *, limits: Limits = DEFAULT_LIMITS) -> Iterator[RawPage | Refusal]:
    """Read every page under these files and folders; folders in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from _read_folder(path, limits)
        elif path.is_file():
            yield from _read_file(path, limits)
        else:
            yield Refusal(
                written(path), "There is no such file or folder.", "Check the spelling of the path."
            )


def page_from_bytes(
    content: bytes,
    *,
    name: str,
    media_type: MediaType,
    url: str | None = None,
    captured_at: datetime | None = None,
    source_id: Any = None,
    limits: Limits = DEFAULT_LIMITS,
) -> RawPage | Refusal:
    """Check one page and find its encoding; an address that no browser would take is left out."""
    if not content.strip():
        return Refusal(name, "The page is empty.", "Fetch the page again; nothing was saved in it.")
    if len(content) > limits.page:
        return Refusal(
            name,
            f"The page has {len(content) / MEBIBYTE:.1f} MB; the limit is {limits.page / MEBIBYTE:.0f} MB.",
            "Split it, or raise the limit with ARCHIVE_PAGE_LIMIT (in bytes).",
        )
    try:
        charset = detect_charset(content, html=media_type == "text/html")
    except UndecodableError as error:
        return Refusal(
            name,
            f"The page cannot be read as text: {error}.",
            "If it is a PDF, an image or a Word file, convert it to text first; otherwise save it as UTF-8.",
        )
    if url is None and media_type == "text/plain":
        url = address_on_top(content.decode(charset))
    if url is not None and (len(url) > LONGEST_ADDRESS or not url.isprintable()):
        url = None
    page = RawPage(
        content=content,
        media_type=media_type,
        charset=charset,
        name=name,
        url=url,
        captured_at=captured_at,
        source_id=source_id,
    )
    text = page.text
    if len(text) - len(text.translate(WITHOUT_CONTROLS)) > CONTROL_SHARE * len(text):
        return Refusal(name, "The page is a binary file, not text.", ACCEPTED)
    return page


def written(path: Path) -> str:
    """Return a path as text that can be stored; bytes of a name that are no UTF-8 stand as their number."""
    return os.fsencode(path).decode(errors="backslashreplace")


def address_on_top(text: str) -> str | None:
    """Return the page's own address when its first line is one, as some scrapers write it, else None."""
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0]
    found = ADDRESS_LINE.fullmatch(first.strip()) if len(first) <= LONGEST_ADDRESS else None
    return found.group(1) if found else None


def _read_folder(folder: Path, limits: Limits) -> Iterator[RawPage | Refusal]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or not path.is_file():
            continue
        yield from _read_file(path, limits)


def _read_file(path: Path, limits: Limits) -> Iterator[RawPage | Refusal]:
    suffix, name = path.suffix.lower(), written(path)
    try:
        if suffix == ".zip":
            yield from _read_zip(path, limits)
        elif path.name.lower().endswith(WEB_ARCHIVES):
            yield from _read_web_archive(path, limits)
        elif suffix in JSON_LINES:
            with path.open("rb") as lines:
                yield from _read_json_lines(lines, name, limits)
        elif suffix in MEDIA_TYPES:
            # One byte past the limit is enough to know that a file is too large.
            with path.open("rb") as file:
                content = file.read(limits.page + 1)
            if len(content) > limits.page:
                yield _too_large(name, path.stat().st_size, limits)
            else:
                yield page_from_bytes(content, name=name, media_type=MEDIA_TYPES[suffix], limits=limits)
        else:
            yield _of_no_kind(name, suffix)
    except OSError as error:
        reason = error.strerror or str(error)
        yield Refusal(name, f"The file cannot be opened: {reason}.", "Check that you may read it.")


def _read_web_archive(path: Path, limits: Limits) -> Iterator[RawPage | Refusal]:
    def make_page(
        content: bytes, name: str, media_type: MediaType, url: str | None, captured_at: datetime | None
    ) -> RawPage | Refusal:
        return page_from_bytes(
            content, name=name, media_type=media_type, url=url, captured_at=captured_at, limits=limits
        )

    yield from read_warc(path, name=written(path), make_page=make_page, longest=limits.page)


def _of_no_kind(name: str, suffix: str) -> Refusal:
    reason = (
        f"Files of the kind “{suffix}” are not read."
        if suffix
        else "Its name has no ending that says what it is."
    )
    return Refusal(name, reason, ACCEPTED)


def _too_large(name: str, size: int, limits: Limits) -> Refusal:
    return Refusal(
        name,
        f"The page has {size / MEBIBYTE:.1f} MB; the limit is {limits.page / MEBIBYTE:.0f} MB.",
        "Split it, or raise the limit with ARCHIVE_PAGE_LIMIT (in bytes).",
    )


def _read_json_lines(lines: IO[bytes], name: str, limits: Limits) -> Iterator[RawPage | Refusal]:
    """Read records of the form {id, text or html, url, captured_at}, one a line."""
    longest = RECORD_FACTOR * limits.page
    number = 0
    while line := lines.readline(longest + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = lines.readline(longest)
            yield Refusal(
                where, f"The line is longer than {longest / MEBIBYTE:.0f} MB.", "Put one page on a line."
            )
        elif line.strip():
            yield _page_from_record(line, where, limits)


def _page_from_record(line: bytes, name: str, limits: Limits) -> RawPage | Refusal:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Refusal(name, f"The line is not JSON ({error}).", RECORD_FORM)
    fault = _fault_of(record)
    if fault:
        return Refusal(name, *fault)
    content, media_type = _content_of(record)
    url = record.get("url")
    return page_from_bytes(
        content.encode(),
        name=name,
        media_type=media_type,
        url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
        captured_at=_moment(record),
        source_id=record.get("id"),
        limits=limits,
    )


def _content_of(record: dict[str, Any]) -> tuple[Any, MediaType]:
    """Return a record's page and what it is: its HTML when there is any, else its text."""
    html = record.get("html")
    return (
        (html, "text/html") if isinstance(html, str) and html.strip() else (record.get("text"), "text/plain")
    )


def _fault_of(record: Any) -> tuple[str, str] | None:
    """Return why a record cannot be taken, and what to do; None when it can."""
    if not isinstance(record, dict):
        return "The line is JSON, but not an object.", RECORD_FORM
    content, _ = _content_of(record)
    if not isinstance(content, str):
        return "The record has neither “text” nor “html”.", RECORD_FORM
    if not _is_whole(content):
        return "The text holds half a character (a lone surrogate).", "Save the record as UTF-8."
    if not _can_be_kept(record.get("id")):
        return "No database keeps the id of the record.", "Write it as a number or a plain text."
    try:
        _moment(record)
    except ValueError:
        shown = json.dumps(record["captured_at"])[:LONGEST_SHOWN]
        return f"captured_at {shown} is not a time.", "Write it as 2012-07-02T14:05:00Z."
    return None


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _moment(record: dict[str, Any]) -> datetime | None:
    """Return when a record was saved. Raises ValueError for what is no time."""
    when = record.get("captured_at")
    return None if when is None else moment_of(str(when))


def _can_be_kept(told: Any) -> bool:
    """Say whether every database keeps an id: not what is no number, a zero byte or half a character."""
    try:
        as_json = json.dumps(told, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return False
    return _is_whole(as_json) and not ZERO_BYTE.search(as_json)


def _read_zip(path: Path, limits: Limits) -> Iterator[RawPage | Refusal]:
    whole = written(path)
    try:
        archive = zipfile.ZipFile(path)
    except LIST_ERRORS:
        yield Refusal(whole, "The zip file is damaged.", "Make it again, or unpack it and add the folder.")
        return
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
        if len(entries) > limits.entries:
            yield Refusal(whole, f"The zip holds {len(entries):,} files.", "Split it into smaller ones.")
            return
        left = limits.unpacked
        for entry in entries:
            name = f"{whole}!{entry.filename}"
            refusal = _refuse_entry(entry, name, limits, left)
            if refusal:
                yield refusal
                continue
            left -= entry.file_size
            yield from _read_entry(archive, entry, name, limits)


def _refuse_entry(entry: zipfile.ZipInfo, name: str, limits: Limits, left: int) -> Refusal | None:
    inside = PurePosixPath(entry.filename.replace("\\", "/"))
    if not inside.parts:
        return Refusal(name, "The file has no name in the zip.", "Make the zip again from the folder itself.")
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        return Refusal(
            name, "The path leads out of the zip file.", "Make the zip again from the folder itself."
        )
    if entry.flag_bits & 0x1:
        return Refusal(name, "The file is locked with a password.", "Unpack it and add the folder.")
    if entry.file_size > limits.ratio * max(entry.compress_size, 1) or entry.file_size > left:
        return Refusal(
            name,
            f"It would unpack from {entry.compress_size:,} to {entry.file_size:,} bytes, as a zip bomb does.",
            "If the file is honest, unpack it yourself and add the folder.",
        )
    return None


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits
) -> Iterator[RawPage | Refusal]:
    suffix = PurePosixPath(entry.filename).suffix.lower()
    try:
        with archive.open(entry) as file:
            if suffix in JSON_LINES:
                yield from _read_json_lines(file, name, limits)
                return
            if suffix not in MEDIA_TYPES:
                yield _of_no_kind(name, suffix)
                return
            # No more than the limit is ever unpacked, whatever the zip's directory says.
            content = file.read(limits.page + 1)
    except UNPACKING_ERRORS as error:
        yield Refusal(name, f"The file cannot be unpacked ({error}).", "Make the zip again.")
        return
    if len(content) > limits.page:
        yield _too_large(name, entry.file_size, limits)
    else:
        yield page_from_bytes(content, name=name, media_type=MEDIA_TYPES[suffix], limits=limits)
