"""Pages travel compressed to a browser that says it can unpack them, and as they are to any other."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from whitenoise.compress import Compressor

from articles.search.pending import drain
from tests.search.archive import make_archive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
UNPACKS = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def twenty_results() -> str:
    make_archive(45, seed=2)
    drain()
    return "/search/?q=annan+OR+plan&size=20"


def test_a_result_page_is_a_fifth_of_itself(client: Client, twenty_results: str) -> None:
    packed = client.get(twenty_results, headers=UNPACKS)
    plain = client.get(twenty_results)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) * 5 < len(plain.content)
    assert "Content-Encoding" not in plain
    assert b'class="hit' in gzip.decompress(packed.content)


def test_an_export_is_packed_as_it_is_sent(client: Client, twenty_results: str) -> None:
    address = f"{twenty_results.replace('/search/', '/search/export/')}&format=csv"
    packed = client.get(address, headers=UNPACKS)
    assert packed.streaming
    whole = gzip.decompress(b"".join(packed.streaming_content))  # type: ignore[attr-defined]
    assert whole == b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


def test_scripts_are_kept_as_brotli_too() -> None:
    """Whitenoise leaves Brotli out without a word when its package is missing."""
    script = finders.find("vendor/htmx/htmx.min.js")
    assert script
    raw = Path(script).read_bytes()
    compressor = Compressor(quiet=True)
    assert compressor.use_brotli
    assert len(compressor.compress_brotli(raw)) < len(gzip.compress(raw)) < len(raw)
