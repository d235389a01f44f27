"""Charts in a browser: drawn, worked by pointer and keyboard, taken away as pictures."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.archive import make_archive

Open = Callable[..., Page]
PNG = b"\x89PNG\r\n\x1a\n"


def size_of_png(path: Path) -> tuple[int, int]:
    """Return width and height as the file itself gives them."""
    begin = path.read_bytes()[:24]
    assert begin[:8] == PNG
    width, height = struct.unpack(">II", begin[16:])
    return width, height


def png_of(page: Page) -> Path:
    """Press the button that draws a PNG, and return the file."""
    with page.expect_download() as arriving:
        page.get_by_role("button", name="PNG").first.click()
    assert arriving.value.suggested_filename.endswith(".png")
    return Path(arriving.value.path())


@pytest.mark.parametrize("address", ["/search/?q=truce", "/search/compare/?q=truce&q=harbour", "/"])
def test_a_chart_is_taken_away_as_a_png(open_page: Open, address: str) -> None:
    make_archive()
    page = open_page()
    page.goto(address)
    width, height = size_of_png(png_of(page))

    assert width == 1920, "twice the width of the SVG file"
    assert height > 300


def test_without_scripts_the_svg_remains(open_page: Open) -> None:
    make_archive()
    page = open_page(javascript=False)
    page.goto("/search/?q=truce")

    assert page.get_by_role("button", name="PNG").count() == 0
    with page.expect_download() as arriving:
        page.get_by_role("link", name="SVG").click()
    assert arriving.value.suggested_filename == "months.svg"
