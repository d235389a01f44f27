"""Suggestions while a query is typed: by keyboard and pointer, in the middle of a query, on every search box."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.archive import make_archive
from tests.browser.test_accessibility import violations


@pytest.fixture
def home(open_page: Callable[..., Page]) -> Page:
    """The first page, with the caret in its search box."""
    make_archive()
    page = open_page()
    page.goto("/")
    page.locator("#q").focus()
    return page


def test_an_actor_is_chosen_by_keyboard_and_found(home: Page) -> None:
    box, options = home.locator("#q"), home.get_by_role("option")
    box.press_sequentially("harbour tessed")
    expect(options).to_have_text(["Ilmar Tessedin person, 26 articles"])
    expect(box).to_have_attribute("aria-expanded", "true")
    assert violations(home) == []
    home.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    home.keyboard.press("Enter")
    expect(box).to_have_value('harbour actor:"Ilmar Tessedin" ')
    expect(options).to_have_count(0)
    home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search/\?q=harbour\+actor%3A%22Ilmar\+Tessedin%22"))
    expect(home.locator(".total b")).to_have_text("26 articles")


def test_the_words_at_the_caret_are_replaced_and_nothing_else(home: Page) -> None:
    box = home.locator("#q")
    box.fill("(truce OR osanna brek) -harbour")
    box.evaluate("box => box.setSelectionRange(19, 19)")  # in the middle of the second name
    home.keyboard.press("ArrowDown")
    home.get_by_role("option", name="Osanna Brekk").click()
    expect(box).to_have_value('(truce OR actor:"Osanna Brekk") -harbour')
    expect(box).to_be_focused()


def test_fields_lead_to_their_values_and_operators_to_their_place(home: Page) -> None:
    box, options = home.locator("#q"), home.get_by_role("option")
    box.press_sequentially("outl")
    expect(options).to_have_text(["outlet: in the name of the outlet"])
    options.first.click()
    expect(options.filter(has_text="Karrin Daily")).to_be_visible()
    box.press_sequentially("ves")
    expect(options).to_have_text(["Vessa Herald outlet"])
    home.keyboard.press("ArrowUp")
    home.keyboard.press("Enter")
    expect(box).to_have_value('outlet:"Vessa Herald" ')
    box.press_sequentially("sent")
    options.filter(has_text="sentence:()").click()
    box.press_sequentially("truce")
    expect(box).to_have_value('outlet:"Vessa Herald" sentence:(truce)')


def test_escape_closes_the_list_and_keeps_the_words(home: Page) -> None:
    box = home.locator("#q")
    box.press_sequentially("osanna")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("osanna")
    expect(box).to_have_attribute("aria-expanded", "false")
    # Nothing chosen: Enter searches for what was typed.
    home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search/\?q=osanna$"))


def test_a_late_answer_does_not_come_over_a_newer_one(home: Page) -> None:
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    home.route("**/api/suggest?q=osanna", hold)
    box = home.locator("#q")
    box.fill("osanna")
    home.wait_for_timeout(300)
    box.fill("karrin")
    expect(home.get_by_role("option", name="Karrin Daily")).to_be_visible()
    assert len(late) == 1
    late[0].abort()
    expect(home.get_by_role("option", name="Karrin Daily")).to_be_visible()


def test_a_silent_archive_leaves_the_box_as_it_is(home: Page, expected_faults: list[str]) -> None:
    expected_faults.append("ERR_FAILED")
    home.route("**/api/suggest*", lambda route: route.abort())
    home.locator("#q").press_sequentially("osanna")
    home.wait_for_timeout(300)
    home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search/\?q=osanna$"))


def test_an_archive_that_falls_silent_takes_its_list_away(home: Page, expected_faults: list[str]) -> None:
    box = home.locator("#q")
    box.press_sequentially("osanna")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.keyboard.press("ArrowDown")
    expected_faults.append("ERR_FAILED")
    home.route("**/api/suggest*", lambda route: route.abort())
    box.press_sequentially(" b")
    expect(home.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search/\?q=osanna\+b$"))


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_a_box_that_was_swapped_suggests_as_well(
    open_page: Callable[..., Page], *, phone: bool, dark: bool
) -> None:
    make_archive()
    page = open_page(phone=phone, dark=dark)
    page.goto("/search/?q=truce")
    page.get_by_role("link", name="oldest").click()
    expect(page).to_have_url(re.compile("sort=oldest"))
    box = page.locator("#q")
    box.fill("northline")
    expect(page.get_by_role("option", name="Northline Wire")).to_be_in_viewport()
    assert violations(page) == []
    page.get_by_role("option", name="Northline Wire").click()
    expect(box).to_have_value('actor:"Northline Wire" ')


def test_each_search_that_is_compared_has_suggestions(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/compare/?q=harbour")
    second = page.get_by_label("2", exact=True)
    with page.expect_response("**/api/suggest**"):
        second.press_sequentially("tessed")
    options = page.locator(".suggestions").get_by_role("option")
    expect(options).to_have_text(["Ilmar Tessedin person, 26 articles"])
    expect(options.first).to_be_in_viewport()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(second).to_have_value('actor:"Ilmar Tessedin" ')
    page.keyboard.press("Enter")
    expect(page.locator(".legend li")).to_have_count(2)
