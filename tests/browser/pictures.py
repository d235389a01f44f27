"""Pictures of pages, kept in var/pictures/ after a run so that a person can look at them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"


def keep_picture(page: Page, name: str) -> Path:
    """Keep a picture of the whole page as PNG, in place of the last one of that name; return where."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, full_page=True)
    return file
