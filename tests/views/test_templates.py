"""Rules that every template keeps, and the front-end files that came from elsewhere."""

from __future__ import annotations

import importlib.util
import re
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


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "tools" / "vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    import sys

    sys.modules["vendor"] = module
    spec.loader.exec_module(module)
    return module


def test_vendored_files_are_the_pinned_ones(vendor: ModuleType) -> None:
    assert vendor.check() == []
    assert vendor.main(["--check"]) == 0


def test_a_changed_or_missing_file_is_named(vendor: ModuleType, tmp_path: Path) -> None:
    package = vendor.PACKAGES[0]
    folder = tmp_path / package.folder
    folder.mkdir()
    (folder / package.files[0].name).write_bytes(b"something else")
    found = "\n".join(vendor.check(vendor=tmp_path))

    assert "plain.woff2 is not the pinned file" in found
    assert "latin-ext.woff2 is missing" in found
    assert "VENDORED.md is out of date" in found


def test_the_serif_is_light_and_its_licence_is_there() -> None:
    folder = ROOT / "static" / "vendor" / "dateline-serif"

    assert (folder / "plain.woff2").stat().st_size < 20_000
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENCE.txt").read_text()
