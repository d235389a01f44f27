"""Every page, light and dark, on a desktop and a phone: no fault that axe finds, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.archive import make_archive
from tests.factories import make_article

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # the rest is not looked at, and costs seconds
}


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong in a page, one line for each element."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def wider_than_the_screen(page: Page) -> int:
    """Return by how many pixels a page scrolls sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def faults_of(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page, everything on it unfolded."""
    page.goto(address)
    for summary in page.locator("summary:visible").all():
        summary.click()
    found = violations(page)
    if too_wide := wider_than_the_screen(page):
        found.append(f"It is {too_wide} pixels too wide.")
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_is_accessible_and_fits(
    open_page: Callable[..., Page], *, phone: bool, dark: bool
) -> None:
    archive = make_archive()
    page = open_page(phone=phone, dark=dark)
    faults = {
        name: found for name, address in archive.addresses.items() if (found := faults_of(page, address))
    }

    assert faults == {}, faults


def test_an_empty_archive_is_accessible(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")

    assert violations(page) == []


def test_a_headline_without_end_and_a_word_without_end_fit(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    article = archive.article
    article.headline = f"{'very ' * 80}{'Donaudampfschifffahrt' * 8}"
    article.body = f"{'a' * 500}\n\nشكل من أشكال الكلام"
    article.captions = [{"text": "b" * 300, "credit": "c" * 300}]
    article.save()
    make_article(outlet=f"The {'Very ' * 20}Evening Gazette")
    page = open_page(phone=True)
    for address in (
        article.get_absolute_url(),
        f"{article.get_absolute_url()}raw/",
        "/",
        "/search/?q=harbour",
        "/search/compare/?q=harbour",
        "/outlets/",
    ):
        page.goto(address)

        assert wider_than_the_screen(page) == 0, address


def test_text_can_be_twice_as_large(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    page = open_page()
    for name, address in archive.addresses.items():
        page.goto(address)
        # 200 % zoom of a 1,280 pixel window leaves the page 640.
        page.set_viewport_size({"width": 640, "height": 450})

        assert wider_than_the_screen(page) == 0, name
