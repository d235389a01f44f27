"""The curators' desk in a real browser: by keyboard alone, without scripts, and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.curate import rule_fields
from articles.ingest import beside
from articles.models import (
    Article,
    DisputedLine,
    DuplicateLink,
    FieldEvidence,
    Job,
    RefusedPage,
    Ruling,
    Upload,
)
from tests.browser.test_accessibility import faults_of
from tests.browser.test_queue import sign_in
from tests.factories import make_article
from tests.ingest.texts import invented, linked


@pytest.fixture
def waiting(db: None) -> Article:
    """Make something of every kind that waits, and return an article whose date is in doubt."""
    User.objects.create_superuser("curator", password="a password for tests")  # noqa: S106
    for number in range(2):
        article = make_article(
            headline=f"Harbour talks, day {number}",
            published=(date(2012, 3, 4), date(2012, 5, 7)),
            precision="interval",
            outlet="The Meridian Post",
        )
        FieldEvidence.objects.create(
            article=article,
            field="published",
            value=article.field_value("published"),
            method="content",
            confidence=0.4,
            note="The talks began after the election of 4 March.",
        )
    make_article(headline="A page of no outlet", published=date(2012, 3, 4), page_number=2, page_count=3)
    RefusedPage.objects.create(name="week.zip!a.txt", reason="The page is empty.", cure="Fetch it again.")
    Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.FAILED, error="No room on the disk.")
    Upload.objects.create(made_by_name="curator")
    DisputedLine.objects.create(
        article=article,
        number=1,
        phrase="page 1",
        text="Page 1",
        says_no="It invites to share or to follow.",
        says_yes="Prose of the story: stands among prose.",
    )
    common = invented(1, length=135)
    for number, outlet in enumerate(("The Meridian Post", "Karrin Daily"), start=2):
        linked(f"{common} {invented(number, length=165)}", outlet=outlet, headline=f"Ferry strike {number}")
    return article


# Words of a list's cells that stand on two lines though each would fit on one.
BROKEN_WORDS = """() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector(".queue"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const word of text.data.matchAll(/[\\p{L}\\d]{2,14}/gu)) {
      if (text.parentElement.closest(".breakable, .hidden-text")) continue;
      const place = document.createRange();
      place.setStart(text, word.index);
      place.setEnd(text, word.index + word[0].length);
      if (new Set([...place.getClientRects()].map((box) => box.top)).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


def press(page: Page, key: str) -> None:
    """Press a key once the page has its scripts, which is what listens."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_dates_are_ruled_on_by_keyboard_and_taken_back(
    open_page: Callable[..., Page], waiting: Article
) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/desk/")
    page.get_by_role("link", name="Doubtful dates").click()
    page.get_by_role("link", name="Go through them").click()
    expect(page.get_by_text("The talks began after the election of 4 March.")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("link", name=waiting.headline)).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("You have been through all")).to_be_visible()
    assert Ruling.objects.standing().get().field == "published"
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert not Ruling.objects.standing().exists()


def test_a_pair_is_ruled_on_by_keyboard_and_taken_back(
    open_page: Callable[..., Page], waiting: Article
) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/desk/")
    page.get_by_role("link", name="Near-duplicates").click()
    page.get_by_role("link", name="Go through them").click()
    expect(page.get_by_role("heading", name="Are these one story?")).to_be_visible()
    press(page, "d")
    expect(page.get_by_text("Nothing waits any more")).to_be_visible()
    assert Ruling.objects.standing().get().verdict == "different"
    press(page, "u")
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert not Ruling.objects.standing().exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_in_the_reason_is_no_verdict(
    open_page: Callable[..., Page], waiting: Article, *, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page)
    for kind in ("copies", "lines", "parts"):
        page.goto(f"/desk/{kind}/next/")
        asked = page.url
        page.get_by_label("Why").fill("They share a source.")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Why")).to_have_value("They share a source.")
        assert page.url == asked
    assert not Ruling.objects.exists()
    if javascript:
        press(page, "k")
        expect(page.get_by_text("Nothing waits any more")).to_be_visible()
        assert Ruling.objects.standing().get().reason == "They share a source."


def test_a_line_is_ruled_on_by_keyboard(
    open_page: Callable[..., Page], waiting: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A process of its own would open the archive of this checkout.
    monkeypatch.setattr(beside.ProcessBackend, "_start", lambda *_: None)
    page = open_page()
    sign_in(page)
    page.goto("/desk/")
    page.get_by_role("link", name="Lines in dispute").click()
    page.get_by_role("link", name="Go through them").click()
    expect(page.get_by_role("heading", name="Does this line belong to the article?")).to_be_visible()
    press(page, "n")
    expect(page.get_by_text("What you put off waits in this list.")).to_be_visible()
    page.get_by_role("link", name="Go through them").click()
    expect(page.get_by_role("heading", name="Does this line belong to the article?")).to_be_visible()
    press(page, "c")
    # The verdict reads the page again, and the first page that a process reads waits for the language model.
    expect(page.get_by_text("Nothing waits any more")).to_be_visible(timeout=60_000)
    assert Ruling.objects.standing().get().said["label"] == "chrome"
    press(page, "u")
    expect(page.get_by_text("Taken back")).to_be_visible(timeout=60_000)


def test_the_desk_is_walked_by_keyboard(open_page: Callable[..., Page], waiting: Article) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/desk/")
    press(page, "j")
    press(page, "j")
    expect(page.get_by_role("link", name="Doubtful dates")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/dates/")
    press(page, "j")
    expect(page.get_by_role("link", name="Harbour talks, day 0")).to_be_focused()
    press(page, "g")
    expect(page.get_by_role("heading", name="Is this the date?")).to_be_visible()
    press(page, "d")
    expect(page.get_by_label("Another date")).to_be_focused()  # which is empty, so that nothing is sent
    page.keyboard.type("2012-04")
    page.keyboard.press("Enter")
    expect(page.get_by_text("published April 2012")).to_be_visible()
    assert Ruling.objects.standing().get().value["precision"] == "month"


def test_lists_of_the_desk_break_no_word_that_fits(open_page: Callable[..., Page], waiting: Article) -> None:
    page = open_page()
    sign_in(page)
    RefusedPage.objects.create(name="deep/" * 40, reason=f"{'It is not text. ' * 12}", cure="Fetch it again.")
    Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.FAILED, error="The disk is full. " * 20)
    make_article(headline="A headline without end " * 15)
    for address in ("/desk/refused/", "/desk/jobs/", "/desk/outlets/", "/desk/dates/"):
        page.goto(address)
        broken = page.evaluate(BROKEN_WORDS)
        assert broken == [], (address, broken)


def test_the_desk_works_without_scripts(open_page: Callable[..., Page], waiting: Article) -> None:
    page = open_page(javascript=False)
    sign_in(page)
    page.goto("/desk/outlets/next/")
    page.get_by_label("Outlet").fill("Karrin Daily")
    page.get_by_role("button", name="It is this outlet").click()
    expect(page.get_by_text("Nothing waits any more")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    page.goto("/desk/jobs/")
    page.get_by_role("button", name="Set aside").click()
    expect(page.get_by_text("No background work has broken off.")).to_be_visible()
    page.goto("/desk/refused/")
    page.get_by_role("button", name="Seen").click()
    expect(page.get_by_text("No refused page waits.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_article_is_corrected_and_the_correction_taken_back(
    open_page: Callable[..., Page], waiting: Article, *, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page)
    page.goto(waiting.get_absolute_url())
    page.get_by_role("link", name="Correct this article").click()
    page.get_by_label("Dateline").fill("Karrin")
    page.get_by_label("Reason").fill("Line 3 says so.")
    page.get_by_role("button", name="Save the corrections").click()
    expect(page.get_by_text("Corrected: dateline.")).to_be_visible()
    page.get_by_role("link", name="Correct this article").click()
    expect(page.get_by_text("Line 3 says so.")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Taken back by curator")).to_be_visible()
    waiting.refresh_from_db()
    assert waiting.dateline == ""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_desk_is_accessible_and_fits(
    open_page: Callable[..., Page], waiting: Article, *, phone: bool, dark: bool
) -> None:
    page = open_page(phone=phone, dark=dark)
    sign_in(page)
    rule_fields(waiting, {"dateline": "Karrin"}, by=User.objects.get(), reason="Line 3 says so.")
    untold = Article.objects.of_unknown_outlet().get()
    addresses = [
        "/desk/",
        "/password/",
        *(f"/desk/{kind}/" for kind in ("refused", "dates", "outlets", "parts", "unfinished", "jobs")),
        "/desk/copies/",
        "/desk/lines/",
        f"/desk/lines/{DisputedLine.objects.get().pk}/",
        f"/desk/copies/{DuplicateLink.objects.in_doubt().get().pk}/",
        f"/desk/dates/{waiting.permanent_id}/",
        f"/desk/outlets/{untold.permanent_id}/",
        f"/desk/parts/{untold.permanent_id}/",
        f"{waiting.get_absolute_url()}edit/",
    ]
    faults = {address: found for address in addresses if (found := faults_of(page, address))}
    assert faults == {}, faults
