"""What a result shows, and the sheet of facets on a phone: looked at with and without JavaScript, pictures kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.archive import make_archive
from tests.browser.pictures import keep_picture
from tests.browser.test_accessibility import violations, wider_than_the_screen


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])
def test_a_result_says_how_closely_its_date_is_known(
    open_page: Callable[..., Page], *, javascript: bool
) -> None:
    make_archive()
    page = open_page(javascript=javascript)
    for address, words in (
        ("month=2013-04", "April 2013"),
        ("month=doubtful", "between 4 March and 7 May 2012"),
        ("month=undated", "undated"),
        ("month=2012-07", "14 July 2012"),
    ):
        page.goto(f"/search/?q=truce&{address}")
        expect(page.locator(".hit .line").first).to_contain_text(words)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])
def test_the_sheet_on_a_phone_narrows_and_leads_to_the_results(
    open_page: Callable[..., Page], *, javascript: bool
) -> None:
    make_archive()
    page = open_page(phone=True, javascript=javascript)
    page.goto("/search/?q=truce+-unheard")
    sheet = page.locator("summary", has_text="Narrow the results")
    sheet.click()
    done = page.locator(".done a")
    expect(done).to_have_text("Show 26 articles")
    expect(done).to_be_in_viewport()
    page.locator('[data-facet="outlet"]').filter(has_text="Vessa Herald").click()
    if not javascript:
        sheet.click()
    expect(done).to_have_text("Show 6 articles")
    if javascript:
        # Tab stays in the sheet: it comes next in the page.
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.sheet') !== null")
        assert violations(page) == []
    keep_picture(page, f"sheet-phone-{'scripts' if javascript else 'plain'}")
    done.click()
    expect(page.locator("#count")).to_be_in_viewport()
    expect(page.locator(".chip")).to_have_text(
        [re.compile("truce"), re.compile("without unheard"), re.compile("Vessa Herald")]
    )
    expect(page.locator(".chip s")).to_have_text("unheard")
    assert wider_than_the_screen(page) == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_results_and_suggestions_look_right(
    open_page: Callable[..., Page], *, phone: bool, dark: bool
) -> None:
    make_archive()
    page = open_page(phone=phone, dark=dark)
    page.goto("/search/?q=truce+-unheard&year=2012")
    page.locator("#q").fill("osanna")
    expect(page.get_by_role("option").first).to_be_in_viewport()
    name = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    keep_picture(page, f"results-{name}")
    page.keyboard.press("Escape")
    page.locator("h1").click(force=True)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    keep_picture(page, f"keys-{name}")
