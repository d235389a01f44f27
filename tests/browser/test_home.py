"""The first page: ready to type in, and a chart whose bars lead to what they count."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.archive import make_archive
from tests.browser.pictures import keep_picture
from tests.browser.test_accessibility import wider_than_the_screen


def test_one_can_type_at_once_where_there_are_keys(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/")
    page.keyboard.type("truce")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=truce*")


def test_focus_is_left_alone_on_a_phone_and_where_a_place_is_asked_for(
    open_page: Callable[..., Page],
) -> None:
    make_archive()
    for page, address in ((open_page(phone=True, touch=True), "/"), (open_page(), "/#newest")):
        page.goto(address)

        expect(page.get_by_label("Search the archive")).not_to_be_focused()


def test_back_to_the_page_stays_where_one_was(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page()
    page.goto("/")
    page.locator(".card h3 a").last.click()
    page.wait_for_url("**/articles/**")
    page.go_back()

    expect(page.get_by_label("Search the archive")).not_to_be_focused()


def test_a_bar_of_an_outlet_leads_to_its_articles_of_the_month(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page(javascript=False)
    page.goto("/")
    bar = page.locator(".coverage .row a", has_text="Vessa Herald, July 2012: 1")
    bar.click()

    expect(page.locator(".total b")).to_have_text("1 article")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_it_fits_and_its_picture_is_kept(open_page: Callable[..., Page], *, phone: bool, dark: bool) -> None:
    make_archive()
    page = open_page(phone=phone, dark=dark)
    page.goto("/")
    for summary in page.locator("summary").all():
        summary.click()

    assert wider_than_the_screen(page) == 0
    name = f"home-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    assert keep_picture(page, name).stat().st_size
