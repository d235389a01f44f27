"""Keyboard, pages without JavaScript, and what a page loads."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.archive import make_archive


def test_the_first_tab_skips_to_the_content(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")

    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_can_be_seen_wherever_it_goes(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


def test_a_search_and_back_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/help/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("truce / day 3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    first = page.locator(".hit h2 a").first
    first.focus()
    page.keyboard.press("Enter")
    back = page.locator(".trail a").first
    expect(back).to_contain_text("Back to the results")
    back.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=truce"))


def test_everything_works_without_javascript(open_page: Callable[..., Page]) -> None:
    make_archive()
    for phone in (False, True):
        page = open_page(phone=phone, javascript=False)
        page.goto("/")
        page.get_by_label("Search the archive").fill("truce")
        page.get_by_role("button", name="Search").click()
        if phone:
            page.locator("summary", has_text="Narrow the results").click()
        page.locator('[data-facet="year"][data-value="2012"]').click()
        expect(page.locator(".total b")).to_have_text("13 articles")
        page.locator(".hit h2 a").first.click()
        expect(page.locator("mark").first).to_have_text("truce")


def test_hits_are_stepped_through_without_javascript(open_page: Callable[..., Page]) -> None:
    make_archive()
    for phone in (False, True):
        page = open_page(phone=phone, javascript=False)
        page.goto("/search/?q=truce+harbour")
        page.locator(".hit h2 a").first.click()
        page.get_by_role("link", name="4 hits here").click()
        steps = page.locator(".steps:visible")
        for number in (1, 2, 3, 4, 1):
            expect(steps).to_contain_text(f"hit {number} of 4")
            expect(page.locator(f"#hit-{number}")).to_be_in_viewport()
            steps.get_by_role("link", name="Next").click()
        expect(page).to_have_url(re.compile("#hit-2$"))


def test_keys_step_through_hits_and_results_and_back_leads_to_the_place(
    open_page: Callable[..., Page],
) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce+harbour&size=10&page=2")
    page.locator("#result-20 h2 a").click()
    page.wait_for_url("**/articles/**")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("#hit-1$"))
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("#hit-1$"))
    page.keyboard.press("j")
    expect(page.locator(".result-steps")).to_contain_text("Result 21 of 26")
    expect(page).to_have_url(re.compile("page=3&at=21$"))
    page.keyboard.press("k")
    expect(page.locator(".result-steps")).to_contain_text("Result 20 of 26")
    page.locator(".trail a").first.click()
    expect(page).to_have_url(re.compile(r"page=2#result-20$"))
    expect(page.locator("#result-20")).to_be_in_viewport()


def test_dates_are_narrowed_with_the_form(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    page.get_by_label("from").fill("2012-06")
    page.get_by_label("to", exact=True).fill("2012")
    page.get_by_role("button", name="Show these dates").click()

    expect(page.locator(".total")).to_contain_text(
        "7 articles of 26 in the archive; 12 more match but carry no date."
    )
    page.get_by_role("link", name="Show them").click()
    expect(page.locator(".total b")).to_have_text("12 articles")


def test_a_month_of_the_chart_is_a_click(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    page.locator(".chart a", has_text="July 2012").click()

    expect(page.locator(".total b")).to_have_text("1 article")
    expect(page.locator(".chart .chosen")).to_have_count(1)


def test_a_result_page_is_light(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("/search/?q=truce", wait_until="networkidle")

    assert len(loaded) <= 15
    assert not any("latin-ext" in address for address in loaded)
    assert page.evaluate("document.fonts.check('600 20px \"Dateline Serif\"')")
