"""A change of many articles in a real browser: watched, taken back, without scripts, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import curate
from articles.curate import bulk
from articles.ingest import beside
from articles.ingest.jobs import run_waiting
from articles.models import Article, Batch
from articles.search.pending import drain
from tests.browser.test_accessibility import faults_of
from tests.browser.test_queue import sign_in
from tests.factories import make_article


@pytest.fixture
def talks(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    # A process of its own would open the archive of this checkout.
    monkeypatch.setattr(beside.ProcessBackend, "_start", lambda *_: None)
    User.objects.create_superuser("curator", password="a password for tests")  # noqa: S106
    return [
        make_article(headline=f"Harbour talks, day {day}", outlet="The Meridian Post") for day in range(3)
    ]


@pytest.mark.parametrize("javascript", [True, False])
def test_all_results_are_tagged_and_the_tag_taken_back(
    open_page: Callable[..., Page], talks: list[Article], *, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    drain()
    sign_in(page)
    page.goto("/search/?q=talks")
    page.get_by_role("link", name="Change all these 3 articles…").click()
    page.get_by_label("Put under a tag").check()
    page.get_by_label("Name of the tag").fill("Ceasefire")
    page.get_by_label("Why").fill("They are about it.")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_text("3 articles would change.")).to_be_visible()
    page.get_by_role("button", name="Change these 3").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    if javascript:
        first = page.get_by_role("link", name="Harbour talks, day 0")
        first.focus()
        with page.expect_response(lambda answer: "hx-request" in answer.request.headers):
            pass
        page.wait_for_timeout(100)  # for the swap of what came
        expect(first).to_be_focused()
    assert [job.state for job in run_waiting()] == ["done"]
    expect(page.get_by_text("Done: 3 of 3 articles")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Take the whole change back").click()
    assert [job.state for job in run_waiting()] == ["done"]
    expect(page.get_by_text("Taken back as far as it stood")).to_be_visible(timeout=15_000)
    assert not talks[0].page.tags.exists()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_its_pages_are_accessible_and_fit(
    open_page: Callable[..., Page], talks: list[Article], *, phone: bool, dark: bool
) -> None:
    page = open_page(phone=phone, dark=dark)
    drain()
    curator = User.objects.get()
    curate.shelves.begin_collection("The harbour years", by=curator)
    curate.rule_fields(talks[0], {"outlet": "Vessa Herald"}, by=curator)
    numbers = [article.pk for article in talks]
    begun = bulk.prepare(numbers, Batch.Action.OUTLET, value="Karrin Daily", by=curator, query="?q=talks")
    bulk.finish_now(bulk.begin(begun, by=curator, here=True))
    plan = bulk.prepare(numbers, Batch.Action.HIDE, by=curator, query="?q=talks")
    sign_in(page)
    addresses = (
        "/search/?q=talks",
        "/desk/many/",
        "/desk/many/new/?q=talks",
        plan.get_absolute_url(),
        begun.get_absolute_url(),
        f"{begun.get_absolute_url()}?state=ruled",
    )
    faults = {address: found for address in addresses if (found := faults_of(page, address))}
    assert faults == {}, faults
