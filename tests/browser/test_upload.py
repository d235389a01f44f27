"""Bringing pages in, in a real browser: files in parts, watched as they are read; and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.ingest import beside
from articles.ingest.jobs import run_waiting
from articles.models import Article, Upload
from tests.browser.test_accessibility import faults_of
from tests.browser.test_queue import sign_in
from tests.ingest.uploaded_pages import page_text, zip_of


@pytest.fixture(autouse=True)
def _no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test run the jobs itself: a process of its own would open the archive of this checkout."""
    monkeypatch.setattr(beside.ProcessBackend, "_start", lambda *_: None)


@pytest.fixture
def curator(db: None) -> None:
    User.objects.create_superuser("curator", password="a password for tests")  # noqa: S106


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """A zip of three good pages and one bad one, and a page by itself."""
    (tmp_path / "week.zip").write_bytes(zip_of(3, 1))
    (tmp_path / "one.txt").write_text(page_text(90))
    return [tmp_path / "week.zip", tmp_path / "one.txt"]


@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize("javascript", [True, False])
def test_files_are_sent_read_and_told_of(
    open_page: Callable[..., Page], pages: list[Path], *, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page)
    page.goto("/desk/uploads/")
    if javascript:
        assert faults_of(page, "/desk/uploads/") == []
    page.get_by_label("Files, or a zip of them").set_input_files(pages)
    page.get_by_role("button", name="Take them in").click()
    page.wait_for_url("**/desk/uploads/*/")
    expect(page.get_by_text("waiting for its turn")).to_be_visible()
    if javascript:
        stop = page.get_by_role("link", name="Stop looking")
        stop.focus()
        with page.expect_response(lambda answer: "hx-request" in answer.request.headers):
            pass
        page.wait_for_timeout(100)  # for the swap of what came
        expect(stop).to_be_focused()
    list(run_waiting())
    # Nothing is pressed: the page looks again by itself.
    expect(page.get_by_text("4 taken in, 1 not taken")).to_be_visible()
    expect(page.get_by_text("The page is empty.")).to_be_visible()
    expect(page.get_by_text("week.zip!pages/bad 0.txt")).to_be_visible()
    page.get_by_role("link", name="4 taken in").click()
    page.get_by_role("link", name="Report 90").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Report 90")
    assert Article.objects.count() == 4


@pytest.mark.usefixtures("curator")
def test_a_folder_is_sent_with_its_paths_and_text_can_be_pasted(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    for number in (1, 2):
        (tmp_path / "week" / str(number)).mkdir(parents=True)
        (tmp_path / "week" / str(number) / "page.txt").write_text(page_text(number))
    page = open_page(phone=True)
    sign_in(page)
    page.goto("/desk/uploads/")
    page.get_by_label("Or a whole folder").set_input_files(tmp_path / "week")
    page.get_by_label("Or the text of one page").fill(page_text(3))
    page.get_by_role("button", name="Take them in").click()
    page.wait_for_url("**/desk/uploads/*/")
    list(run_waiting())
    expect(page.get_by_text("3 taken in", exact=True).first).to_be_visible()
    names = sorted(page.name for page in Upload.objects.get().pages.all())
    assert names == ["pasted text.txt", "week/1/page.txt", "week/2/page.txt"]
    assert faults_of(page, Upload.objects.get().get_absolute_url()) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
