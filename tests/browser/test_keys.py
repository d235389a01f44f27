"""The keyboard from end to end: search, narrow, open, next result, back; and which keys there are."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.archive import make_archive
from tests.browser.test_accessibility import violations


def test_search_narrow_open_next_and_back_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/help/")
    press = page.keyboard.press
    press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("truce / jk")
    expect(page.locator("#q")).to_have_value("truce / jk")
    press("/")
    press("Control+a")
    page.keyboard.type("harbour")
    press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=harbour"))
    # Narrow: Tab to the first outlet.
    for _ in range(40):
        press("Tab")
        if page.evaluate("document.activeElement.dataset.facet") == "outlet":
            break
    press("Enter")
    expect(page).to_have_url(re.compile("&outlet="))
    expect(page.locator("#told")).to_contain_text("of 26 in the archive")
    press("j")
    expect(page.locator("#result-1 h2 a")).to_be_focused()
    press("j")
    press("j")
    press("k")
    expect(page.locator("#result-2 h2 a")).to_be_focused()
    press("Enter")
    page.wait_for_url("**/articles/**")
    expect(page.locator(".result-steps")).to_contain_text("Result 2 of")
    press("]")
    page.wait_for_url("**&at=3")
    expect(page.locator(".result-steps")).to_contain_text("Result 3 of")
    press("[")
    page.wait_for_url("**&at=2")
    press("n")
    expect(page).to_have_url(re.compile("#hit-1$"))
    press("u")
    expect(page).to_have_url(re.compile(r"#result-2$"))
    expect(page.locator("#result-2")).to_be_in_viewport()


def test_pages_of_results_are_turned_and_no_key_works_with_another_held(
    open_page: Callable[..., Page],
) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile("page=2$"))
    page.keyboard.press("j")
    expect(page.locator("#result-22 h2 a")).to_be_focused()
    for held in ("Control", "Alt", "Meta"):
        page.keyboard.press(f"{held}+[")
        page.keyboard.press(f"{held}+k")
    expect(page.locator("#result-22 h2 a")).to_be_focused()
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile(r"\?q=truce$"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_question_mark_shows_the_keys(open_page: Callable[..., Page], *, phone: bool, dark: bool) -> None:
    make_archive()
    page = open_page(phone=phone, dark=dark)
    page.goto("/search/?q=truce")
    page.wait_for_load_state("networkidle")  # some scripts come after the page
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("to the search box, from anywhere")
    assert violations(page) == []
    page.keyboard.press("j")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    keys.get_by_role("button", name="Close").click()
    page.locator("#q").fill("what?")
    page.locator("#q").press("?")
    expect(keys).to_be_hidden()


def test_the_keys_are_told_without_javascript(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page(javascript=False)
    page.goto("/")
    page.get_by_role("link", name="Keys").click()

    expect(page.get_by_role("heading", name="Keys")).to_be_in_viewport()
