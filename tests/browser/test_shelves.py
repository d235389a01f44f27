"""Tags, collections and notes in a real browser: without scripts, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import curate
from articles.models import Article, Tag
from tests.browser.test_accessibility import faults_of
from tests.browser.test_queue import sign_in
from tests.factories import make_article


@pytest.fixture
def article(db: None) -> Article:
    User.objects.create_superuser("curator", password="a password for tests")  # noqa: S106
    return make_article(headline="Talks at the harbour", outlet="The Meridian Post")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_article_is_tagged_collected_and_noted_beside_it(
    open_page: Callable[..., Page], article: Article, *, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page)
    page.goto("/collections/")
    page.get_by_label("Name").fill("The harbour years")
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_text("No article is in it yet.")).to_be_visible()
    page.goto(article.get_absolute_url())
    page.get_by_label("A tag").fill("Ceasefire")
    page.get_by_role("button", name="Tag", exact=True).click()
    expect(page.get_by_role("link", name="Ceasefire")).to_be_visible()
    page.get_by_role("button", name="Put in").click()
    page.get_by_label("A note").fill("The caption names her.")
    page.get_by_role("button", name="Keep it").last.click()
    expect(page.locator(".kept-note").get_by_text("The caption names her.").first).to_be_visible()
    page.get_by_role("link", name="The harbour years").click()
    page.get_by_text("Arrange it, write remarks").click()
    page.get_by_label("Why it stands here").fill("Read this first.")
    page.get_by_role("button", name="Keep it so").click()
    expect(page.locator(".remark")).to_have_text("Read this first.")
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Take off Ceasefire").click()
    expect(page.get_by_text("No longer under Ceasefire.")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_their_pages_are_accessible_and_fit(
    open_page: Callable[..., Page], article: Article, *, phone: bool, dark: bool
) -> None:
    curator = User.objects.get()
    reading = curate.shelves.begin_collection("The harbour years", description="To begin with.", by=curator)
    for shelf in (reading, Tag.objects.named("Ceasefire"), Tag.objects.named("Donaudampfschifffahrt" * 5)):
        curate.shelves.put(article.page, shelf, on=True, by=curator)
    note = curate.notes.write(article.page, "Ask the archive.", by=curator)
    curate.notes.word_anew(note, "Ask the city archive.", by=curator)
    page = open_page(phone=phone, dark=dark)
    sign_in(page)
    addresses = ("/tags/", "/collections/", reading.get_absolute_url(), article.get_absolute_url())
    faults = {address: found for address in addresses if (found := faults_of(page, address))}
    assert faults == {}, faults
