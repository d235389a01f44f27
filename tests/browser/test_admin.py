"""The admin in the archive's colours: read in light and dark, and wide enough for its lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from articles.curate import rule_fields
from tests.browser.test_accessibility import faults_of
from tests.browser.test_queue import sign_in
from tests.factories import make_article

LONG = "The Evening Gazette and Commercial Advertiser of Greater Vessa and the Eastern Harbour Districts"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_admin_is_accessible_and_its_lists_fit(
    open_page: Callable[..., Page], db: None, *, dark: bool
) -> None:
    curator = User.objects.create_superuser("curator", password="a password for tests")  # noqa: S106
    article = make_article(headline=f"{'Talks at the harbour ' * 8}", published=date(2012, 5, 4), outlet=LONG)
    make_article(headline="Talks", language="en")
    rule_fields(article, {"dateline": "Karrin"}, by=curator)
    page = open_page(dark=dark)
    sign_in(page)
    lists = [f"/admin/articles/{name}/" for name in ("article", "outlet", "ruling", "batch")]
    faults = {address: found for address in ("/admin/", *lists) if (found := faults_of(page, address))}
    assert faults == {}, faults
    page.goto(lists[0])
    hidden = page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.results'))")
    assert hidden == 0  # every column is in sight
