"""A real browser on a live server. What it complains of (errors, other hosts, blocked content) fails the test."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from articles.search.run import backend

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

# What the browser is waited for at most, in milliseconds: a busy machine is no fault. Nothing waits so long otherwise.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE // 4)

# Without these Chromium looks up its maker's hosts at every start.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the browser once for all tests of this folder."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("There is no Chrome or Chromium here. Run tools/need_browser.")
    # Chromium refuses root its sandbox; the pages it opens here are our own.
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, where Django then refuses to touch the database.
        # The tests do so only between two visits, when nothing of the loop is running.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # Python's development mode would record where each of its steps was made, which takes minutes.
        asyncio.get_running_loop().set_debug(False)
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *rights])
        yield browser
        browser.close()


@pytest.fixture
def expected_faults() -> list[str]:
    """Return a list for parts of what a test makes the browser complain of on purpose."""
    return [
        "status of 404",  # a page that is not there; tests that ask for one say so by its status
        "htmx:sendAbort",  # a request that a later click took the place of is logged by htmx as an error
        "htmx:afterRequest",
    ]


@pytest.fixture
def open_page(
    chromium: Browser, live_server: Any, expected_faults: list[str]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a blank page; addresses are relative to the live server."""
    backend().clear()
    faults: list[str] = []
    contexts = []

    def opened(
        *, phone: bool = False, dark: bool = False, javascript: bool = True, touch: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(live_server.url) else faults.append(request.url),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not any(part in fault for part in expected_faults)] == []
