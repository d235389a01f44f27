"""Read the pages of a web archive file (WARC), as crawlers and browsers write it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from articles.capture.moment import moment_of
from articles.capture.page import MediaType, RawPage, Refusal

# What of a WARC is a page: pictures, scripts, requests and redirects are not, and are passed over unsaid.
PAGE_TYPES: dict[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
FOUND = "200"

# Takes (content, name, media_type, url, captured_at): what `readers.page_from_bytes` does with them.
MakePage = Callable[[bytes, str, MediaType, str | None, datetime | None], RawPage | Refusal]


def read_warc(path: Path, *, name: str, make_page: MakePage, longest: int) -> Iterator[RawPage | Refusal]:
    """Read every page of a .warc or .warc.gz file called `name`; `longest` is how many bytes of one are unpacked.

    A page is a record of type response (with status 200) or resource that holds HTML or plain text.
    A damaged file gives the pages before the damage, then a refusal that says where it was.
    """
    number = 0
    with path.open("rb") as file:
        records = iter(ArchiveIterator(file))
        while True:
            try:
                record = _next(records)
                if record is None:
                    return
                number += 1
                page = _page_of(record, f"{name}:{number}", make_page=make_page, longest=longest)
            except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
                yield Refusal(
                    f"{name}:{number + 1}",
                    f"The web archive is damaged here ({error}); what comes behind cannot be read.",
                    "Fetch the file again, or mend it with “warcio recompress”.",
                )
                return
            if page is not None:
                yield page


def _next(records: Iterator[Any]) -> Any:
    """Return the next record, None at the end. Raises ArchiveLoadFailed where warcio stumbles over a damaged one."""
    try:
        return next(records, None)
    except AttributeError as error:  # it asks how the address of a response begins, also where there is none
        raise ArchiveLoadFailed("a record has no address") from error


def _page_of(record: Any, name: str, *, make_page: MakePage, longest: int) -> RawPage | Refusal | None:
    """Return the page that a record holds; None when it holds something else."""
    headers = record.http_headers
    if record.rec_type == "response":
        if headers is None or headers.get_statuscode() != FOUND:
            return None
        kind = headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    media_type = PAGE_TYPES.get(kind.partition(";")[0].strip().lower())
    if media_type is None:
        return None
    content = record.content_stream().read(longest + 1)
    url = record.rec_headers.get_header("WARC-Target-URI")
    return make_page(content, name, media_type, url, _moment(record.rec_headers.get_header("WARC-Date")))


def _moment(written: str | None) -> datetime | None:
    """Return the time of capture; one that cannot be read is unknown, which harms nothing."""
    try:
        return moment_of(written) if written else None
    except ValueError:
        return None
