"""The pages of stories in a real browser: no fault that axe finds, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from articles.models import Article
from articles.views.story import compare_url
from tests.browser.archive import BODY
from tests.browser.test_accessibility import violations, wider_than_the_screen
from tests.ingest.texts import linked

LONG = " ".join(f"On day {day} the ferry left its berth at noon and came back at dusk." for day in range(9))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_they_are_accessible_and_fit(open_page: Callable[..., Page], *, phone: bool, dark: bool) -> None:
    text = f"{BODY} {LONG}"
    one = linked(f"{text} Nobody slept.", headline="Talks resume", outlet="Northline Wire")
    other = linked(
        f"A new opening. {text.replace('Karrin', 'Vessa')}",
        headline="Envoy back at the harbour, and says so at " + "length " * 20,
        outlet="Karrin Daily",
        published=date(2012, 5, 15),
        source_credits=["Northline Wire"],
    )
    page = open_page(phone=phone, dark=dark)
    story = Article.objects.get(pk=one.pk).story
    assert story is not None
    for address in ("/stories/", story.get_absolute_url(), compare_url(one, other)):
        page.goto(address)
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert violations(page) == [], address
        assert wider_than_the_screen(page) == 0, address
