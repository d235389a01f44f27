"""Rules that every template keeps, and the front-end files that came from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_compiles_and_holds_no_inline_style_or_script(template: Path) -> None:
    get_template(str(template.relative_to(ROOT / "templates")))
    text = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    # JSON-LD is data, which no browser runs; it has no other form than a script element.
    scripts = re.findall(r"<script[^>]*>", text)
    assert all("src=" in tag or tag == '<script type="application/ld+json">' for tag in scripts)
    assert "|safe" not in text
    assert "autoescape" not in text


def test_stylesheets_and_scripts_ask_no_other_host() -> None:
    for file in [*(ROOT / "static" / "css").glob("*.css"), *(ROOT / "static" / "js").glob("*.js")]:
        assert "//" not in re.sub(
            r"^\s*//.*$|/\*.*?\*/", "", file.read_text(), flags=re.MULTILINE | re.DOTALL
        )


def tool(name: str) -> ModuleType:
    """Load a script of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    return tool("vendor")


def test_vendored_files_are_the_pinned_ones(vendor: ModuleType) -> None:
    assert vendor.check() == []
    assert vendor.main(["--check"]) == 0


def test_a_changed_or_missing_file_is_named(vendor: ModuleType, tmp_path: Path) -> None:
    package = vendor.PACKAGES[0]
    folder = tmp_path / package.folder
    folder.mkdir()
    (folder / package.files[0].name).write_bytes(b"something else")
    found = "\n".join(vendor.check(vendor=tmp_path))

    assert "common.woff2 is not the pinned file" in found
    assert "rest.woff2 is missing" in found
    assert "VENDORED.md is out of date" in found


def test_the_serif_is_light_and_its_licence_is_there() -> None:
    folder = ROOT / "static" / "vendor" / "dateline-serif"

    assert (folder / "common.woff2").stat().st_size < 20_000
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENCE.txt").read_text()


def test_no_common_letter_asks_for_the_second_part_of_the_serif() -> None:
    """tokens.css says which letters fetch it, tools/slim_font.py which letters it has."""
    fonts = tool("slim_font")
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text()
    [ranges] = re.findall(r"unicode-range: ([^;]+);", tokens)
    fetching: set[str] = set()
    for one in ranges.replace("U+", "").split(","):
        first, _, last = one.strip().partition("-")
        fetching |= set(map(chr, range(int(first, 16), int(last or first, 16) + 1)))

    assert not fetching & fonts.COMMON
    assert fetching >= fonts.LATIN - fonts.COMMON
    assert set("ÇelikMüllerĐorđevićŁukaszŐzÜğİşȘtefanŽižek„“«»") <= fonts.COMMON
