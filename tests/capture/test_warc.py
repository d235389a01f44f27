"""Reading web archive files; they are written here byte by byte."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.capture import Limits, RawPage, Refusal, read_paths

PAGE = b"<html><head><title>Ferry</title></head><body><p>The ferry left at seven.</p></body></html>"


def write_warc(path: Path, *records: tuple[str, str, str, bytes]) -> Path:
    """Write records of (type, status line, content type, content), each compressed when the name says so."""
    members = []
    for number, (kind, status, content_type, content) in enumerate(records):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() if status else b""
        block = http + content
        head = [
            "WARC/1.0",
            f"WARC-Type: {kind}",
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
            f"WARC-Target-URI: https://herald.example/{number}",
            "WARC-Date: 2012-07-02T10:00:00Z",
            f"Content-Type: {'application/http; msgtype=' + kind if status else content_type}",
            f"Content-Length: {len(block)}",
        ]
        member = "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
        members.append(gzip.compress(member) if path.suffix == ".gz" else member)
    path.write_bytes(b"".join(members))
    return path


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_are_read_with_address_and_time_and_the_rest_is_passed_over(tmp_path: Path, name: str) -> None:
    path = write_warc(
        tmp_path / name,
        ("response", "200 OK", "text/html; charset=utf-8", PAGE),
        ("response", "200 OK", "image/png", b"\x89PNG"),
        ("response", "301 Moved", "text/html", b"<p>Moved</p>"),
        ("request", "GET / HTTP/1.1", "text/html", b""),
        ("resource", "", "text/plain", b"Plain words from the harbour."),
    )
    first, second = read_paths([path])
    assert isinstance(first, RawPage)
    assert isinstance(second, RawPage)
    assert first.content == PAGE
    assert first.url == "https://herald.example/0"
    assert first.captured_at == datetime(2012, 7, 2, 10, tzinfo=UTC)
    assert (first.media_type, second.media_type) == ("text/html", "text/plain")


def test_a_page_over_the_limit_is_refused_and_the_next_one_taken(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        ("response", "200 OK", "text/html", b"<p>" + b"a" * 5000),
        ("response", "200 OK", "text/html", PAGE),
    )
    first, second = read_paths([path], limits=Limits(page=1000))
    assert isinstance(first, Refusal)
    assert isinstance(second, RawPage)


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", *[("response", "200 OK", "text/html", PAGE)] * 3)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3 - 40])
    found = list(read_paths([path]))
    assert isinstance(found[0], RawPage)
    assert all(isinstance(page, RawPage) for page in found[:-1])


def test_what_is_no_web_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"nothing of the kind\n" * 20)
    [refusal] = read_paths([path])
    assert isinstance(refusal, Refusal)
    assert "damaged" in refusal.reason
