"""What a page of results weighs on the wire, served and compressed as in production; and that nothing on it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect

from tests.browser.pictures import keep_picture

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
LIGHT = 60_000  # bytes on the wire, response headers included, images not

# As browsers reckon CLS: what moves within half a second of a click was asked for.
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def traffic_of(page: Page) -> dict[str, int]:
    """Begin to count what a page loads: the bytes of each address, as they came over the wire."""
    bytes_of: dict[str, int] = {}
    addresses: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        bytes_of[addresses[event["requestId"]]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)
    return bytes_of


@pytest.fixture
def served(
    settings: Any, tmp_path: Path, expected_faults: list[str], transactional_db: None
) -> Iterator[str]:
    """Serve the archive as production does, its files hashed and compressed; return its address."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "archive.static_files.PublishedFiles"},
    }
    call_command("collectstatic", verbosity=0)
    thread = LiveServerThread("127.0.0.1", static_handler=lambda handler: handler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    address = f"http://127.0.0.1:{thread.port}"
    expected_faults.append(address)  # it is another than that of the usual live server
    yield address
    thread.terminate()


# Names of the demonstration pages, as they would be written in languages with more letters than English.
ACCENTED = {
    "Tessedin": "Țeşsedin",
    "Brekk": "Břękk",
    "Osanna": "Øsaña",
    "Karrin": "Kärrín",
    "Vessa": "Věśša",
    "Meridian": "Méridiañ",
    "Selmouth": "Šelmoùth",
    "Harbour": "Hârbour",
    "Juhn": "Đühn",
    "Veld": "Łveld",
    "Marko": "Márkő",
    "Hessek": "Ğesseç",
}


@pytest.fixture
def demo_with_accents(tmp_path: Path) -> Path:
    """Return a folder with the demonstration pages that are plain text, with ACCENTED names."""
    folder = tmp_path / "accented"
    folder.mkdir()
    for page in sorted(DEMO.glob("*.txt")):
        text = page.read_text()
        for plain, accented in ACCENTED.items():
            text = text.replace(plain, accented)
        (folder / page.name).write_text(text)
    return folder


def weighed(page: Page, address: str) -> dict[str, int]:
    """Open a page of twenty results, see that it is light and still, and return what it loaded."""
    bytes_of = traffic_of(page)
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="networkidle")
    expect(page.locator(".hit")).to_have_count(20)
    heavy = {loaded: size for loaded, size in bytes_of.items() if "/img/" not in loaded}
    most = sorted(heavy.items(), key=lambda pair: -pair[1])

    print(f"{sum(heavy.values()):,} bytes", *most, sep="\n")
    assert sum(heavy.values()) <= LIGHT, most
    assert round(page.evaluate("window.shifts"), 3) == 0
    return bytes_of


def test_a_page_of_results_is_light_and_still(open_page: Callable[..., Page], served: str) -> None:
    call_command("ingest", DEMO, verbosity=0)
    for phone in (False, True):
        page = open_page(phone=phone)
        bytes_of = weighed(page, f"{served}/search/?q=harbour")

        assert all(address.startswith(served) for address in bytes_of)
        page.evaluate("window.sameDocument = true")
        page.get_by_role("link", name="oldest").click()
        expect(page).to_have_url(f"{served}/search/?q=harbour&sort=oldest")
        assert page.evaluate("window.sameDocument")  # the scripts are there, and work
        page.mouse.wheel(0, 2000)
        assert round(page.evaluate("window.shifts"), 3) == 0
        keep_picture(page, f"weighed-plain-{'phone' if phone else 'desktop'}")
    weighed(open_page(), f"{served}/search/")


def test_names_with_accents_weigh_no_more_than_a_page_may(
    open_page: Callable[..., Page], served: str, demo_with_accents: Path
) -> None:
    call_command("ingest", demo_with_accents, verbosity=0)
    for phone in (False, True):
        page = open_page(phone=phone)
        bytes_of = weighed(page, f"{served}/search/?q=hârbour")
        keep_picture(page, f"weighed-accents-{'phone' if phone else 'desktop'}")

        set_in_serif = "".join(page.locator(".hit h2, .hit .snippet").all_inner_texts())
        assert len({letter for letter in set_in_serif if letter.isalpha() and ord(letter) > 0xBF}) > 10
        assert sum("/dateline-serif/" in address for address in bytes_of) == 1
