"""The real pages and the demo pages, through the whole pipeline, searched and narrowed by clicks alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "fixtures" / "pages"
SCREENSHOT = ROOT / "docs" / "images" / "search.png"

pytestmark = pytest.mark.slow


def total(page: Page) -> int:
    """Return the number of articles that the page says it found."""
    return total_of(page.content())


def total_of(html: str) -> int:
    """Return the number of articles that a page's HTML says it found."""
    found = re.search(r'class="total"[^>]*><b>([\d,]+) article', html)
    assert found
    return int(found[1].replace(",", ""))


def open_sheet(page: Page) -> None:
    """Show the facets where a phone folds them away."""
    summary = page.locator(".sheet > summary")
    if summary.is_visible() and not page.locator(".sheet-body").is_visible():
        summary.click()


@contextmanager
def narrowed(page: Page, facet: str, label: str) -> Iterator[None]:
    """Click a value of a facet, see what its count promised, and click it away at the end."""
    before = page.url, total(page)
    open_sheet(page)
    value = page.locator(f'[data-facet="{facet}"]').filter(has_text=re.compile(rf"^{re.escape(label)}"))
    key = value.get_attribute("data-value")
    promised = int(value.locator("xpath=following-sibling::*[@class='count']").inner_text())
    value.click()
    chosen = page.locator(f'[data-facet="{facet}"][data-value="{key}"][aria-current="true"]')
    expect(chosen).to_be_attached()

    assert total(page) == promised, (facet, label)
    yield
    open_sheet(page)
    chosen.click()
    expect(page).to_have_url(before[0])
    assert total(page) == before[1]


def counts_that_lie(page: Page) -> list[str]:
    """Follow every value that is not chosen yet, and return those that do not show what their count promised."""
    links = page.locator("a[data-facet]:not([aria-current])")
    promised = [
        (
            link.get_attribute("href") or "",
            int(link.locator("xpath=following-sibling::*[@class='count']").inner_text()),
        )
        for link in links.all()
    ]
    assert len(promised) > 20
    lies = []
    for address, number in promised:
        shown = total_of(page.request.get(f"/search/{address}").text())
        if shown != number:
            lies.append(f"{address} promised {number}, shows {shown}")
    return lies


def search_by_hand(page: Page, words: str) -> None:
    """Type words on the first page and send them off."""
    page.goto("/")
    page.get_by_label("Search the archive").fill(words)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=*")


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not beside the clone")
def test_annan_narrowed_by_clicks_alone(open_page: Callable[..., Page]) -> None:
    call_command("ingest", SEEDS, DEMO, verbosity=0)
    for phone in (False, True):
        page = open_page(phone=phone)
        search_by_hand(page, "annan")
        assert total(page) == 3
        with narrowed(page, "outlet", "The Moscow Times"):
            expect(page.locator(".hit")).to_have_count(1)
            with narrowed(page, "year", "2012"):
                # The page states no date; its text tells when it was written.
                expect(page.locator(".hit .line")).to_contain_text("July 2012")
        with narrowed(page, "year", "2012"):
            assert total(page) == 3
        with narrowed(page, "year", "undated"):
            expect(page.locator(".hit")).to_have_count(0)
        with narrowed(page, "person", "Kofi Annan"), narrowed(page, "person", "Sergei Lavrov"):
            shared = page.url
            text = page.locator(".results").inner_text()
        # Back through the browser's history, one click at a time, to where it began.
        page.go_back()
        page.go_back()
        # The address alone is the page: in another browser, with nothing carried over.
        elsewhere = open_page(phone=phone)
        elsewhere.goto(shared)
        assert elsewhere.locator(".results").inner_text() == text


def test_every_count_is_what_the_click_shows(open_page: Callable[..., Page]) -> None:
    call_command("ingest", DEMO, verbosity=0)
    page = open_page()
    for address in ("/search/?q=envoy", "/search/?q=harbour&year=2012&actor=-1&from=2012-02"):
        page.goto(address)

        assert counts_that_lie(page) == []


@pytest.mark.skipif(
    "DATELINE_SCREENSHOT" not in os.environ, reason="DATELINE_SCREENSHOT=1 makes the README's picture"
)
def test_the_picture_in_the_readme(open_page: Callable[..., Page]) -> None:
    call_command("ingest", DEMO, verbosity=0)
    page = open_page()
    search_by_hand(page, "harbour talks")
    open_sheet(page)
    page.locator('[data-facet="year"][data-value="2012"]').click()
    page.evaluate("document.fonts.ready")
    SCREENSHOT.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOT)

    assert SCREENSHOT.stat().st_size > 10_000
