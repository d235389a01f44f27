"""The article's page: switches for its marks, evidence beside its fields, and what is printed of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.archive import make_archive
from tests.browser.pictures import keep_picture
from tests.browser.test_accessibility import faults_of

UNDERLINE = "element => getComputedStyle(element).textDecorationLine"
BACKGROUND = "element => getComputedStyle(element).backgroundColor"
CLEAR = "rgba(0, 0, 0, 0)"


def height(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_each_kind_of_mark_is_switched_off_by_itself(
    open_page: Callable[..., Page], *, phone: bool, javascript: bool
) -> None:
    archive = make_archive()
    page = open_page(phone=phone, javascript=javascript)
    page.goto(f"{archive.article.get_absolute_url()}?q=truce")
    person, state = page.locator(".text .actor.person").first, page.locator(".text .actor.state").first
    quote, hit = page.locator(".text q").first, page.locator(".text mark").first
    page.get_by_text("Marks", exact=True).click()
    page.get_by_label("people").uncheck()

    assert person.evaluate(UNDERLINE) == "none"
    assert state.evaluate(UNDERLINE) == "underline"
    page.get_by_label("quotes").uncheck()
    page.get_by_label("search hits").uncheck()
    assert quote.evaluate(BACKGROUND) == hit.evaluate(BACKGROUND) == CLEAR


def test_which_marks_are_off_is_remembered_in_the_browser_alone(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    page = open_page()
    page.goto(archive.article.get_absolute_url())
    page.get_by_text("Marks", exact=True).click()
    page.get_by_label("people").uncheck()
    page.goto(f"{archive.article.get_absolute_url()}?q=truce")

    expect(page.locator("#mark-person")).not_to_be_checked()
    expect(page.locator("#mark-state")).to_be_checked()
    assert page.context.cookies() == []


def test_evidence_comes_up_beside_its_field_and_nothing_moves(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    page = open_page()
    page.goto(archive.article.get_absolute_url())
    evidence = page.locator(".field", has_text="Written by").locator(".why")
    before = height(page), page.locator("#cite").bounding_box()
    expect(evidence).not_to_be_visible()
    summary = page.locator(".field", has_text="Written by").locator("summary")
    summary.hover()

    expect(evidence).to_be_visible()
    assert (height(page), page.locator("#cite").bounding_box()) == before
    # The pointer may go over to it, to follow its links.
    evidence.get_by_role("link", name="Line 4").hover()
    expect(evidence).to_be_visible()
    page.keyboard.press("Escape")
    expect(evidence).not_to_be_visible()
    page.mouse.move(5, 5)
    summary.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(evidence).to_be_visible()


def test_evidence_is_a_tap_away_without_scripts(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    page = open_page(phone=True, touch=True, javascript=False)
    page.goto(archive.article.get_absolute_url())
    field = page.locator(".field", has_text="Written by")
    field.locator("summary").tap()

    expect(field.locator(".why")).to_be_visible()
    field.get_by_role("link", name="Line 4").tap()
    page.wait_for_url("**/raw/#L4")


def test_a_line_of_text_is_about_66_characters(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    archive.article.body = "The envoys met at the harbour and the truce held for one more day. " * 30
    archive.article.save()
    page = open_page()
    # A typeface that comes late is left for the next page, so that nothing moves: on a busy machine this is the second.
    page.goto(archive.article.get_absolute_url())
    page.evaluate("document.fonts.ready")
    page.reload()
    page.evaluate("document.fonts.ready")
    lines = page.evaluate(
        """() => {
          const range = document.createRange();
          const paragraph = document.querySelector("#p1");
          range.selectNodeContents(paragraph);
          const size = parseFloat(getComputedStyle(paragraph).lineHeight);
          return paragraph.getBoundingClientRect().height / size;
        }"""
    )

    assert 60 <= len(archive.article.body) / lines <= 72


def test_on_paper_stand_text_evidence_and_citation_alone(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    archive = make_archive()
    page = open_page()
    page.goto(f"{archive.article.get_absolute_url()}?q=truce")
    page.emulate_media(media="print")

    expect(page.locator(".filed")).to_contain_text(archive.article.page.sha256)
    expect(page.locator(".filed")).to_contain_text(archive.article.get_absolute_url())
    for shown in (".text p", ".field .why", ".story h1", ".filed"):
        expect(page.locator(shown).first).to_be_visible()
    assert (
        page.locator(".field .why").first.evaluate("element => getComputedStyle(element).position")
        == "static"
    )
    for left_out in (".masthead", ".foot", ".trail", ".marks", ".evidence summary", ".text .said"):
        assert page.locator(f"{left_out}:visible").count() == 0, left_out
    assert page.pdf(path=tmp_path / "article.pdf", prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_it_is_accessible_with_everything_unfolded_and_its_picture_is_kept(
    open_page: Callable[..., Page], *, phone: bool, dark: bool
) -> None:
    archive = make_archive()
    page = open_page(phone=phone, dark=dark)

    assert faults_of(page, f"{archive.article.get_absolute_url()}?q=truce+harbour&at=2") == []
    name = f"article-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    assert keep_picture(page, name).stat().st_size
