"""Files damaged at random: whatever a reader meets, it gives pages and refusals and never breaks off."""

from __future__ import annotations

import gzip
import json
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from articles.capture import Limits, RawPage, Refusal, read_paths

TEXT = "Harbour talks resume. The envoy went back to the table on Monday.\n" * 8
# Files of each kind: of so many zips some 20, of so many web archives some 10 once broke the reader.
DAMAGED = 400


def a_zip() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "é.html", "folder/c.txt"):
            archive.writestr(name, TEXT)
        archive.writestr("d.jsonl", some_records())
        archive.writestr("e.txt", TEXT, zipfile.ZIP_BZIP2)
        archive.writestr("f.txt", TEXT, zipfile.ZIP_LZMA)
    return file.getvalue()


def some_records() -> bytes:
    record = {"id": 1, "text": TEXT, "url": "https://herald.example/1", "captured_at": "2012-07-02T10:00:00Z"}
    return json.dumps(record).encode() + b"\n"


def a_web_archive() -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{TEXT}</p>".encode()
    head = [
        "WARC/1.0",
        "WARC-Type: response",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>",
        "WARC-Target-URI: https://herald.example/1",
        "WARC-Date: 2012-07-02T10:00:00Z",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    ]
    return ("\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n") * 3


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return content with a byte or a few changed, taken out or put in."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(made))
        what = chance.random()
        if what < 0.7:
            made[at] = chance.choice((0, 255, made[at] ^ 1 << chance.randrange(8)))
        elif what < 0.85:
            del made[at : at + chance.randrange(1, 30)]
        else:
            made[at:at] = chance.randbytes(chance.randrange(1, 9))
    return bytes(made)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", a_zip),
        ("a.warc", a_web_archive),
        ("a.warc.gz", lambda: gzip.compress(a_web_archive())),
        ("a.jsonl", some_records),
    ],
)
def test_no_damage_breaks_a_reader(tmp_path: Path, name: str, content: Callable[[], bytes]) -> None:
    path, whole, chance = tmp_path / name, content(), random.Random(20120702)
    for _ in range(DAMAGED):
        path.write_bytes(damaged(whole, chance))
        for page in read_paths([path], limits=Limits(page=100_000)):
            assert isinstance(page, RawPage | Refusal)
