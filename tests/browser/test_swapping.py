"""The results are swapped by htmx: addresses, Back and Forward, focus, what is told, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from articles.search.engines.ask import SearchUnavailable
from tests.browser.archive import make_archive


@pytest.fixture
def results(open_page: Callable[..., Page]) -> Page:
    """The page of results on a desktop, marked so that a new document is told from a swap."""
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    page.evaluate("window.sameDocument = true")
    return page


def stayed(page: Page) -> bool:
    """Tell whether the document is the one that was opened first."""
    return bool(page.evaluate("window.sameDocument === true"))


def value(page: Page, facet: str, label: str) -> Locator:
    """Return the value of a facet, to be chosen or taken away."""
    return page.locator(f'[data-facet="{facet}"]').filter(has_text=re.compile(f"^{label}"))


def test_a_facet_a_chip_an_order_and_a_page_swap_the_results(results: Page) -> None:
    value(results, "outlet", "Vessa Herald").click()
    expect(results.locator(".total b")).to_have_text("6 articles")
    expect(results).to_have_url(re.compile(r"/search/\?q=truce&outlet=\d+-vessa-herald$"))
    results.get_by_role("link", name="Take away Vessa Herald").click()
    expect(results.locator(".total b")).to_have_text("26 articles")
    expect(results).to_have_url(re.compile(r"/search/\?q=truce$"))
    results.get_by_role("link", name="oldest").click()
    expect(results).to_have_url(re.compile(r"sort=oldest$"))
    expect(results.locator(".hit time").first).to_have_text("14 January 2012")
    results.get_by_role("link", name="Next ›").click()
    expect(results).to_have_url(re.compile(r"sort=oldest&page=2$"))
    expect(results.locator(".hit h2 a").first).to_be_focused()
    expect(results.locator("#told")).to_contain_text("Page 2 of 2")
    results.locator(".chart a", has_text="July 2012").click()
    expect(results.locator(".total b")).to_have_text("1 article")

    assert stayed(results)


def test_the_form_is_swapped_with_its_filters_title_and_words(results: Page) -> None:
    value(results, "year", "2012").click()
    expect(results.locator(".total b")).to_have_text("13 articles")
    results.get_by_label("Search the archive").fill("harbour -unheard")
    results.keyboard.press("Enter")
    expect(results).to_have_url(re.compile(r"/search/\?q=harbour\+-unheard&year=2012$"))
    expect(results).to_have_title(re.compile("^harbour -unheard · Search"))
    expect(results.locator("#told")).to_contain_text("13 articles of 26 in the archive")
    expect(results.locator("#count")).to_be_focused()
    results.get_by_role("link", name="Take away without unheard").click()
    expect(results.locator("#q")).to_have_value("harbour")
    results.get_by_label("from").fill("2012-06")
    results.get_by_role("button", name="Show these dates").click()
    expect(results).to_have_url(re.compile(r"q=harbour&year=2012&from=2012-06$"))
    expect(results.locator(".total b")).to_have_text("7 articles")

    assert stayed(results)


def test_back_and_forward_find_the_results_the_place_and_the_focus(results: Page) -> None:
    results.evaluate("scrollTo(0, 400)")
    value(results, "outlet", "Vessa Herald").focus()
    before = results.evaluate("scrollY")
    results.keyboard.press("Enter")
    expect(results.locator(".total b")).to_have_text("6 articles")
    expect(value(results, "outlet", "Vessa Herald")).to_be_focused()
    results.get_by_role("link", name="oldest").click()
    expect(results).to_have_url(re.compile("sort=oldest"))
    results.go_back()
    expect(results).to_have_url(re.compile(r"vessa-herald$"))
    expect(results.locator(".sorting [aria-current]").filter(has_text="best match")).to_be_visible()
    results.go_back()
    expect(results.locator(".total b")).to_have_text("26 articles")
    expect(results).to_have_url(re.compile(r"/search/\?q=truce$"))
    expect(value(results, "outlet", "Vessa Herald")).to_be_focused()
    assert results.evaluate("scrollY") == before
    results.go_forward()
    expect(results.locator(".total b")).to_have_text("6 articles")
    expect(results.locator("#searchbox input[name=outlet]")).to_be_attached()
    assert stayed(results)


def test_back_from_an_article_shows_the_whole_page(results: Page) -> None:
    value(results, "outlet", "Vessa Herald").click()
    expect(results.locator(".total b")).to_have_text("6 articles")
    results.locator(".hit h2 a").first.click()
    expect(results.locator("article h1")).to_be_visible()
    results.go_back()
    expect(results.locator(".total b")).to_have_text("6 articles")
    expect(results.locator(".masthead")).to_be_visible()


def test_trouble_is_told_in_words_and_the_results_stay(results: Page, expected_faults: list[str]) -> None:
    expected_faults += ["status of 503", "Error Code 503", "ERR_FAILED", "htmx:"]
    told = results.get_by_role("alert")
    fault = SearchUnavailable("The index is gone.", "Build it again.")
    with patch("articles.search.run.backend", side_effect=fault):
        value(results, "outlet", "Vessa Herald").click()
        expect(told).to_contain_text("The search cannot answer now.")
    expect(results.locator(".total b")).to_have_text("26 articles")
    results.route("**/search/?*outlet=*", lambda route: route.abort())
    value(results, "outlet", "Vessa Herald").click()
    expect(told).to_contain_text("The archive cannot be reached.")
    expect(results).to_have_url(re.compile(r"/search/\?q=truce$"))
    results.unroute_all()
    told.get_by_role("link", name="Try again").click()
    expect(results.locator(".total b")).to_have_text("6 articles")
    expect(told).to_have_text("")


def test_a_slow_archive_is_told_of_and_the_last_click_wins(results: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    results.clock.install()
    results.route("**/search/?*outlet=*", hold)
    value(results, "outlet", "Vessa Herald").click()
    expect(results.locator("#found")).to_have_attribute("aria-busy", "true")
    results.clock.fast_forward(5000)
    expect(results.get_by_role("alert")).to_have_text("The archive is still searching.")
    value(results, "year", "2012").click()
    results.clock.resume()
    expect(results.locator(".total b")).to_have_text("13 articles")
    expect(results.get_by_role("alert")).to_have_text("")
    expect(results.locator("#found")).not_to_have_attribute("aria-busy", "true")
    for route in held:
        route.abort()
    expect(results).to_have_url(re.compile(r"q=truce&year=2012$"))


def test_a_sheet_stays_open_on_a_phone(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page(phone=True)
    page.goto("/search/?q=truce")
    page.locator("summary", has_text="Narrow the results").click()
    value(page, "year", "2012").click()
    expect(page.locator(".total b")).to_have_text("13 articles")
    expect(value(page, "year", "2012")).to_be_visible()
    expect(value(page, "year", "2012")).to_be_focused()


@pytest.mark.parametrize("held", ["Shift", "Control"])
def test_a_click_for_another_window_is_the_browsers(results: Page, held: str) -> None:
    with results.context.expect_page() as opened:
        value(results, "year", "2012").click(modifiers=[held])  # type: ignore[list-item]
    expect(opened.value).to_have_url(re.compile("year=2012"))
    expect(results).to_have_url(re.compile(r"/search/\?q=truce$"))
