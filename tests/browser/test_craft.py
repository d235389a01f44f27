"""What is unlike the usual: other scripts, words and headlines without end, a book of an article, narrow windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.search.pending import drain
from tests.browser.archive import make_archive
from tests.browser.pictures import keep_picture
from tests.browser.test_accessibility import violations, wider_than_the_screen
from tests.factories import make_actor, make_article, make_mentions, make_quote

HEBREW = "השליח Ilmar Tessedin חזר ביום שני אל הנמל ואמר כי ההפוגה ״מחזיקה בשמה״."
GERMAN = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherungsbeitragsrückerstattungsantrag"
NARROW = 320  # CSS pixels: 1,280 at 400 % zoom, which WCAG 1.4.10 asks for

_numbers = count(1)


def made(kind: str) -> Article:
    """Make an article that is unlike the usual in one way."""
    fields: dict[str, object] = {"outlet": "Vessa Herald", "published": date(2012, 7, 2), "language": "en"}
    if kind == "right to left":
        # The first paragraph begins with a foreign name, and runs to the left all the same.
        body = f"Ilmar Tessedin: {HEBREW}\n\n{HEBREW}"
        article = make_article(
            headline="שיחות בנמל",
            subtitle=HEBREW,
            body=body,
            **fields | {"language": "he"},  # type: ignore[arg-type]
        )
        make_quote(article, "מחזיקה בשמה", make_actor("Ilmar Tessedin"))
    elif kind == "long words":
        body = f"Der {GERMAN} wurde {GERMAN} genannt. " * 6
        headline = f"{GERMAN} und {GERMAN}"
        article = make_article(headline=headline, body=body, **fields | {"language": "de"})  # type: ignore[arg-type]
    elif kind == "headline of 400 characters":
        article = make_article(headline=("Talks at the harbour go on " * 16)[:400], **fields)  # type: ignore[arg-type]
    else:
        sentence = "The envoys met at the harbour and Ilmar Tessedin said that the truce held. "
        body = "\n\n".join(f"Paragraph {next(_numbers)}. {sentence * 9}" for _ in range(450))
        article = make_article(headline="The whole protocol", body=body, **fields)  # type: ignore[arg-type]
    make_mentions(article, make_actor("Ilmar Tessedin"))
    drain()
    return article


LONG = "60,000 words"
KINDS = ["right to left", "long words", "headline of 400 characters", LONG]


@pytest.mark.parametrize("kind", KINDS)
def test_unusual_articles_fit_every_window_and_their_pictures_are_kept(
    open_page: Callable[..., Page], kind: str
) -> None:
    article = made(kind)
    address = article.get_absolute_url()
    for width in (1280, 390, NARROW):
        page = open_page(dark=width == NARROW)
        page.set_viewport_size({"width": width, "height": 844})
        places = (address, "/", "/search/?q=harbour+OR+genannt") if width == NARROW else (address,)
        for place in places:
            page.goto(place)

            assert wider_than_the_screen(page) == 0, (place, width)
        page.goto(address)
        if kind != LONG:  # its picture would be as high as a house
            assert keep_picture(page, f"article-{kind.replace(' ', '-')}-{width}").stat().st_size
    assert violations(page) == []


def test_words_run_as_their_language_does(open_page: Callable[..., Page]) -> None:
    article = made("right to left")
    page = open_page()
    page.goto(article.get_absolute_url())
    for element in ("h1", ".standfirst", "#p1", "#p2"):
        shown = page.locator(element)
        assert shown.get_attribute("lang") == "he", element
        assert shown.evaluate("element => getComputedStyle(element).direction") == "rtl", element
    # What the page itself says stays English.
    assert page.locator(".above .line").evaluate("element => getComputedStyle(element).direction") == "ltr"
    for place, element in (
        ("/", ".card h3"),
        ("/search/?q=Tessedin", ".hit h2"),
        ("/search/?q=Tessedin", ".snippet"),
    ):
        page.goto(place)
        assert page.locator(element).first.get_attribute("lang") == "he", element
        assert page.locator(element).first.get_attribute("dir") == "rtl", element
    page.goto(f"{article.get_absolute_url()}raw/")
    expect(page.locator("h1 [dir=rtl]")).to_have_text(article.headline)
    assert page.locator("h1").evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_an_article_of_60_000_words_is_read_in_parts(open_page: Callable[..., Page]) -> None:
    article = made(LONG)
    page = open_page(javascript=False)
    page.goto(f"{article.get_absolute_url()}?q=truce")
    page.locator(".contents summary").click()
    entries = page.locator(".contents li")

    assert 30 <= entries.count() <= 50
    entry = entries.nth(20).locator("a")
    number = entry.get_attribute("href")
    # Parts are laid out when they are first seen. On a busy machine that moves the first jump off its mark; the second,
    # over parts that are laid out, lands.
    entry.click()
    page.wait_for_url(f"**{number}")
    entry.click()
    expect(page.locator(str(number))).to_be_in_viewport()
    # Only what is near the window is laid out.
    shown = "element => element.firstElementChild.checkVisibility({contentVisibilityAuto: true})"
    assert not page.locator(".part").last.evaluate(shown)
    page.locator(".trail").get_by_role("link", name="hits here").click()
    expect(page.locator("#hit-1")).to_be_in_viewport()


def test_every_page_fits_a_window_of_320_pixels(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    page = open_page()
    page.set_viewport_size({"width": NARROW, "height": 640})
    too_wide = {}
    for name, address in archive.addresses.items():
        page.goto(address)
        if pixels := wider_than_the_screen(page):
            too_wide[name] = pixels

    assert too_wide == {}


def test_an_archive_of_none_fits_and_helps(open_page: Callable[..., Page]) -> None:
    page = open_page(dark=True)
    for width in (1280, 390, NARROW):
        page.set_viewport_size({"width": width, "height": 640})
        for address in ("/search/?q=truce", "/actors/", "/outlets/", "/stories/", "/"):
            page.goto(address)

            assert wider_than_the_screen(page) == 0, (address, width)
        keep_picture(page, f"empty-{width}")
    assert violations(page) == []
    expect(page.get_by_role("link", name="how to search", exact=True)).to_be_visible()


def test_nothing_moves_for_whoever_asked_for_it(open_page: Callable[..., Page]) -> None:
    archive = make_archive()
    page = open_page()  # these tests all ask for reduced motion
    for address in ("/", "/search/?q=truce", archive.article.get_absolute_url()):
        page.goto(address)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((element) => {
              const style = getComputedStyle(element);
              return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
                || style.scrollBehavior === "smooth";
            }).length"""
        )

        assert moving == 0, address


def test_a_page_that_is_not_there_has_a_search_box(open_page: Callable[..., Page]) -> None:
    make_archive()
    page = open_page(phone=True, javascript=False)
    page.goto("/articles/nowhere/")
    page.get_by_role("searchbox").fill("truce")
    page.get_by_role("button", name="Search").click()

    expect(page.locator(".total b")).to_have_text("26 articles")
