"""What a result shows, and the sheet of facets on a phone: looked at with and without JavaScript, pictures kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Story
from articles.search.pending import drain
from tests.browser.archive import make_archive
from tests.browser.pictures import keep_picture
from tests.browser.test_accessibility import violations, wider_than_the_screen
from tests.factories import make_actor, make_article, make_mention


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
def test_on_a_phone_the_first_result_is_in_sight_and_the_chart_a_tap_away(
    open_page: Callable[..., Page], *, javascript: bool
) -> None:
    make_archive()
    page = open_page(phone=True, javascript=javascript)
    page.goto("/search/?q=truce")
    chart = page.locator(".chart")
    expect(page.locator(".hit h2").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".hit .snippet").first).to_be_in_viewport()
    expect(chart).to_be_hidden()
    page.locator("summary", has_text="When they were published").click()
    expect(chart).to_be_in_viewport()
    page.get_by_role("link", name="years", exact=True).click()
    if javascript:
        expect(chart).to_be_visible()  # unfolded, it stays so
    expect(page).to_have_url(re.compile("bars=years|by=year"))
    keep_picture(page, f"chart-phone-{'scripts' if javascript else 'plain'}")
    assert wider_than_the_screen(page) == 0


def test_on_a_wide_screen_the_chart_is_open_without_scripts(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page(javascript=False)
    page.goto("/search/?q=truce")
    expect(page.locator(".chart")).to_be_in_viewport()
    expect(page.locator("summary", has_text="When they were published")).to_be_hidden()


def make_town(actors: int) -> None:
    """Make an article that names many people, the last of them with an accent."""
    article = make_article(headline="A town meets", body="All came.")
    for number in range(actors - 1):
        make_mention(article, make_actor(f"Councillor {number:02}"))
    make_mention(article, make_actor("Žofie Çelik"))
    drain()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])
def test_a_long_facet_is_shown_whole_and_searched_in_any_spelling(
    open_page: Callable[..., Page], *, javascript: bool
) -> None:
    make_town(40)
    page = open_page(javascript=javascript)
    page.goto("/search/?q=town")
    people = page.get_by_role("region", name="People")
    names = people.locator("[data-facet=person], [data-facet=actor]")
    few = names.count()
    more = people.get_by_role("link", name=re.compile("more under People"))
    expect(more).to_have_text(re.compile(rf"^{40 - few} more"))
    more.click()
    expect(names).to_have_count(40)
    expect(more).to_have_count(0)
    if javascript:
        assert violations(page) == []
    page.goto("/search/?q=town")
    people.get_by_role("searchbox").fill("zofie celik")
    people.get_by_role("button", name="Find").click()
    expect(names).to_have_text(["Žofie Çelik"])
    # What is listed is cut down, not what is found.
    expect(page.locator(".total b")).to_have_text("1 article")
    names.first.click()
    expect(page.locator(".chip")).to_have_text([re.compile("town"), re.compile("Žofie Çelik")])
    page.goto("/search/?q=town")
    people.get_by_role("searchbox").fill("nobody")
    people.get_by_role("button", name="Find").click()
    expect(people.get_by_text("Nothing here is called so.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])
def test_versions_of_a_story_are_folded_and_lead_to_all_of_them(
    open_page: Callable[..., Page], *, javascript: bool
) -> None:
    story = Story.objects.create()
    for version in (1, 2, 3):
        make_article(headline=f"The bridge opens, version {version}", story=story)
    make_article(headline="The bridge opens a school")
    drain()
    page = open_page(javascript=javascript)
    page.goto("/search/?q=bridge")
    expect(page.locator(".hit")).to_have_count(4)
    page.get_by_role("link", name="story", exact=True).click()
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.locator(".total")).to_contain_text("2 stories (4 articles)")
    page.get_by_role("link", name="and 2 more versions").click()
    expect(page).to_have_url(re.compile(rf"/stories/{story.pk}|story={story.pk}"))
    for version in (1, 2, 3):
        expect(page.get_by_role("link", name=f"The bridge opens, version {version}").first).to_be_visible()


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
