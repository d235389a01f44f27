"""What the documentation promises is there, and what is there is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = sorted(
    {
        name
        for file in (ROOT / "archive" / "settings").glob("*.py")
        for name in re.findall(r"environment\.\w+\(\s*\"(ARCHIVE_\w+)\"", file.read_text())
    }
)
COMMANDS = sorted(file.stem for file in (ROOT / "articles" / "management" / "commands").glob("[!_]*.py"))
FOLDERS = ("archive", "articles", "benchmarks", "docs", "fixtures", "static", "templates", "tests", "tools")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "fixtures" / "README.md"])


def test_there_are_settings_and_commands_to_check() -> None:
    assert "ARCHIVE_DATA_DIR" in SETTINGS
    assert "ingest" in COMMANDS


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "operations.md").read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text()
    assert re.search(rf"(### |`){name}\b", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_is_named_is_there(page: Path) -> None:
    named = re.findall(rf"(?<![/\w])(?:{'|'.join(FOLDERS)})/[\w./-]*\w", page.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("requirements", ["base.txt", "dev.txt"])
def test_no_requirement_names_a_download_address_and_each_has_hashes(requirements: str) -> None:
    text = (ROOT / "requirements" / requirements).read_text()
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9][a-z0-9._-]*(?:\[[^\]]+\])?==\S+(.*)$", text, flags=re.MULTILINE)
    assert len(pins) > 40
    assert all(pin.rstrip().endswith("\\") for pin in pins), "a pin without a hash"
