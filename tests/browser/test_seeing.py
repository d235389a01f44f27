"""Charts in a browser: drawn, worked by pointer and keyboard, taken away as pictures."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from articles.search.pending import drain
from tests.browser.archive import make_archive
from tests.browser.pictures import keep_picture
from tests.factories import make_actor, make_article, make_mention

Open = Callable[..., Page]
PAGES = {
    "months": "/search/?q=truce",
    "comparison": "/search/compare/?q=truce&q=harbour",
    "network": "/search/network/?q=truce",
    "timeline": "/search/timeline/?q=truce&in=2012",
    "coverage": "/",
}
PNG = b"\x89PNG\r\n\x1a\n"


def size_of_png(path: Path) -> tuple[int, int]:
    """Return width and height as the file itself gives them."""
    begin = path.read_bytes()[:24]
    assert begin[:8] == PNG
    width, height = struct.unpack(">II", begin[16:])
    return width, height


def png_of(page: Page) -> Path:
    """Press the button that draws a PNG, and return the file."""
    with page.expect_download() as arriving:
        page.get_by_role("button", name="PNG").first.click()
    assert arriving.value.suggested_filename.endswith(".png")
    return Path(arriving.value.path())


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_chart_is_taken_away_as_a_png(open_page: Open, address: str) -> None:
    make_archive()
    page = open_page()
    page.goto(address)
    width, height = size_of_png(png_of(page))

    assert width == 1920, "twice the width of the SVG file"
    assert height > 300


def test_a_chart_that_came_with_new_results_is_taken_away_too(open_page: Open) -> None:
    make_archive()
    page = open_page()
    page.goto("/search/?q=truce")
    page.get_by_role("link", name="years", exact=True).click()
    page.wait_for_url("**bars=years**")

    assert size_of_png(png_of(page))[0] == 1920
    with page.expect_response("**/search/months.svg**") as answer:
        png_of(page)
    assert "bars=years" in answer.value.url


def test_without_scripts_the_svg_remains(open_page: Open) -> None:
    make_archive()
    page = open_page(javascript=False)
    page.goto("/search/?q=truce")

    assert page.get_by_role("button", name="PNG").count() == 0
    with page.expect_download() as arriving:
        page.get_by_role("link", name="SVG").click()
    assert arriving.value.suggested_filename == "months.svg"


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_timeline_is_walked_by_keyboard_and_without_scripts(open_page: Open, *, phone: bool) -> None:
    make_archive()
    page = open_page(phone=phone, javascript=False)
    page.goto("/search/?q=truce")
    page.get_by_role("link", name="Timeline").press("Enter")
    for words in ("2012", "March 2012", "14 March 2012"):
        page.get_by_role("link", name=words, exact=True).press("Enter")

    assert page.url.endswith("/search/?q=truce&from=2012-03-14&to=2012-03-14")
    page.go_back()
    assert page.locator("h1").inner_text() == "Timeline, March 2012"
    page.get_by_role("link", name="February 2012").press("Enter")
    assert page.locator("h1").inner_text() == "Timeline, February 2012"


def make_archive_of_long_names() -> None:
    """Add an article that names thirty bodies."""
    article = make_article(body="A truce of many.")
    for number in range(30):
        make_mention(article, make_actor(f"Harbour Commission of Karrin {number}", "organisation"))
    drain()


@pytest.fixture
def network(open_page: Open) -> Callable[..., Page]:
    """Return a function that opens the network of a small archive, drawn by the script."""
    make_archive()

    def opened(**how: bool) -> Page:
        page = open_page(**how)
        page.goto("/search/network/?q=truce")
        page.wait_for_selector(".stage canvas", state="attached")
        return page

    return opened


# Cytoscape keeps its object at the element that it draws on.
PLACE = """([kind]) => {
  const stage = document.querySelector(".stage");
  const box = stage.getBoundingClientRect();
  const one = stage._cyreg.cy.elements(kind)[0];
  const [from, to] = one.isNode() ? [one, one] : [one.source(), one.target()];
  const [start, end] = [from.renderedPosition(), to.renderedPosition()];
  // Not in the middle, where two lines may cross.
  const at = {x: start.x + 0.35 * (end.x - start.x), y: start.y + 0.35 * (end.y - start.y)};
  return {x: box.left + at.x, y: box.top + at.y, href: one.data("href")};
}"""
# After a scroll the browser tells the page of it in its next frame.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SLACK = 6  # pixels: an outline around the letters may touch
ZOOM = "document.querySelector('.stage')._cyreg.cy.zoom()"


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["node", "edge"])
def test_a_click_opens_the_actor_or_the_two(network: Callable[..., Page], kind: str, *, phone: bool) -> None:
    page = network(phone=phone)
    page.locator(".stage").scroll_into_view_if_needed()
    page.evaluate(TWO_FRAMES)
    place = page.evaluate(PLACE, [kind])
    page.mouse.click(place["x"], place["y"])
    page.wait_for_url(f"**{place['href']}")

    assert ("/with/" in page.url) == (kind == "edge")


def test_the_network_is_zoomed_by_buttons_and_not_by_the_wheel_alone(network: Callable[..., Page]) -> None:
    page = network()
    first = page.evaluate(ZOOM)
    page.locator(".stage").hover()
    page.mouse.wheel(0, 100)
    assert page.evaluate(ZOOM) == first
    page.get_by_role("button", name="Closer").click()
    assert page.evaluate(ZOOM) > first
    page.get_by_role("button", name="Farther").press("Enter")
    page.get_by_role("button", name="Farther").press("Enter")
    assert page.evaluate(ZOOM) < first
    page.get_by_role("button", name="All of it").click()
    assert page.evaluate(ZOOM) == first


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_whole_network_is_on_the_stage(network: Callable[..., Page], *, phone: bool) -> None:
    left, top, right, bottom = network(phone=phone).evaluate("""() => {
      const cy = document.querySelector(".stage")._cyreg.cy;
      const box = cy.elements().renderedBoundingBox();
      return [box.x1, box.y1, cy.width() - box.x2, cy.height() - box.y2];
    }""")

    assert min(left, top, right, bottom) >= 0


def test_names_on_the_stage_neither_meet_nor_are_cut_off(network: Callable[..., Page]) -> None:
    make_archive_of_long_names()
    page = network(phone=True)
    boxes = page.evaluate("""() => {
      const cy = document.querySelector(".stage")._cyreg.cy;
      const shown = cy.nodes().not(".nameless");
      return {all: cy.nodes().length, width: cy.width(), names: shown.map((node) => {
        const box = node.renderedBoundingBox({includeNodes: false, includeEdges: false});
        return [box.x1, box.x2, box.y1, box.y2];
      })};
    }""")

    assert 3 < len(boxes["names"]) < boxes["all"]
    for number, (left, right, top, bottom) in enumerate(boxes["names"]):
        assert -SLACK <= left <= right <= boxes["width"] + SLACK
        for other in boxes["names"][:number]:
            across = min(right, other[1]) - max(left, other[0])
            down = min(bottom, other[3]) - max(top, other[2])
            assert min(across, down) < SLACK


def test_the_network_is_the_same_every_time(network: Callable[..., Page]) -> None:
    places = "document.querySelector('.stage')._cyreg.cy.nodes().map((one) => one.position())"
    assert network().evaluate(places) == network().evaluate(places)


def test_by_keyboard_the_table_leads_on_and_shows_in_the_network(network: Callable[..., Page]) -> None:
    page = network()
    link = page.locator("table.pairs tbody tr:first-child td.number a")
    link.focus()
    meant = "document.querySelector('.stage')._cyreg.cy.edges('.meant').length"
    assert page.evaluate(meant) == 1
    link.press("Enter")
    page.wait_for_url("**/with/**")


def test_the_network_stays_without_scripts(open_page: Open) -> None:
    make_archive()
    page = open_page(javascript=False)
    page.goto("/search/network/?q=truce")
    page.get_by_label("Named together in so many articles").fill("27")
    page.get_by_role("button", name="Draw").click()
    assert "No two actors are named in 27 articles" in page.content()
    page.go_back()
    page.locator(".drawn a[data-pair]").first.click(force=True)

    assert "/with/" in page.url


def test_only_the_networks_page_loads_the_library(open_page: Open) -> None:
    make_archive()
    page = open_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    for address in ("/", "/search/?q=truce", "/search/compare/?q=truce"):
        page.goto(address, wait_until="networkidle")
    assert not [address for address in loaded if "cytoscape" in address]
    page.goto("/search/network/", wait_until="networkidle")
    assert [address for address in loaded if "cytoscape" in address]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_pictures_of_the_pages(open_page: Open, *, phone: bool, dark: bool) -> None:
    make_archive()
    page = open_page(phone=phone, dark=dark)
    for name, address in PAGES.items():
        page.goto(address, wait_until="networkidle")
        picture = keep_picture(
            page, f"{name}-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
        )
        assert size_of_png(picture)[0] == page.viewport_size["width"]  # type: ignore[index]
