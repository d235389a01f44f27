"""The wall between the pure steps and the stored ones, tried in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest

FORBIDDEN = ("django", "haystack", "archive")


@pytest.mark.parametrize("package", ["capture", "clean", "mentions.find", "resolve.article", "search.syntax"])
def test_a_pure_package_is_imported_without_django(package: str) -> None:
    script = f"import sys, articles.{package}\nprint([name for name in {FORBIDDEN} if name in sys.modules])\n"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
