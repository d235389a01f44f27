"""Pages travel compressed to a browser that says it can unpack them, and as they are to any other."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory
from whitenoise.compress import Compressor

from archive.packed_pages import MOST_PADDING, PackedPagesMiddleware, pack
from articles.search.pending import drain
from tests.search.archive import make_archive

pytestmark = pytest.mark.django_db
UNPACKS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
ONLY_GZIP = {"Accept-Encoding": "gzip, br;q=0"}


@pytest.fixture
def twenty_results() -> str:
    make_archive(45, seed=2)
    drain()
    return "/search/?q=annan+OR+plan&size=20"


@pytest.mark.parametrize(
    ("asked", "name", "unpack"), [(UNPACKS, "br", brotli.decompress), (ONLY_GZIP, "gzip", gzip.decompress)]
)
def test_a_result_page_is_a_fifth_of_itself(
    client: Client, twenty_results: str, asked: dict[str, str], name: str, unpack: Callable[[bytes], bytes]
) -> None:
    packed = client.get(twenty_results, headers=asked)
    plain = client.get(twenty_results)
    assert packed["Content-Encoding"] == name
    assert int(packed["Content-Length"]) == len(packed.content)
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) * 5 < len(plain.content)
    assert "Content-Encoding" not in plain
    assert b'class="hit' in unpack(packed.content)


def test_brotli_packs_a_page_smaller(client: Client, twenty_results: str) -> None:
    packed = client.get(twenty_results, headers=UNPACKS)
    assert len(packed.content) < len(client.get(twenty_results, headers=ONLY_GZIP).content)


def travelled(response: HttpResponse) -> HttpResponse:
    asked = RequestFactory().get("/", headers=UNPACKS)
    return PackedPagesMiddleware(lambda _: response)(asked)  # type: ignore[return-value]


def test_the_length_of_a_packed_body_varies_by_chance() -> None:
    page = b"The envoy has a plan. " * 100
    bodies = [travelled(HttpResponse(page)).content for _ in range(12)]
    assert len({len(body) for body in bodies}) > 1
    assert {brotli.decompress(body) for body in bodies} == {page}


def test_padding_of_any_length_is_skipped_where_a_page_is_unpacked() -> None:
    page = "L’envoyé a un plan. ".encode() * 20
    packed = [pack(page, padding=padding) for padding in range(1, MOST_PADDING + 1)]
    assert {brotli.decompress(one) for one in packed} == {page}
    shortest = len(packed[0])
    assert [len(one) for one in packed] == list(range(shortest, shortest + MOST_PADDING))


@pytest.mark.parametrize("padding", [0, MOST_PADDING + 1])
def test_padding_that_does_not_fit_its_block_is_refused(padding: int) -> None:
    with pytest.raises(ValueError, match=f"not {padding}"):
        pack(b"page", padding=padding)


def test_what_is_short_or_has_a_tag_travels_as_it_should() -> None:
    assert "Content-Encoding" not in travelled(HttpResponse("short"))
    assert travelled(HttpResponse("long " * 100, headers={"ETag": '"one"'}))["ETag"] == 'W/"one"'
    assert travelled(HttpResponse(b"a" * 300, headers={"Content-Encoding": "gzip"})).content == b"a" * 300


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
