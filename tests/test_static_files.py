"""Publishing static files: our own lose their comments and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive.static_files import without_comments

STATIC = Path(__file__).resolve().parents[1] / "static"


@pytest.mark.parametrize(
    "file", sorted([*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]), ids=lambda one: one.name
)
def test_only_comments_and_indents_are_taken_out(file: Path) -> None:
    text = file.read_text()
    lean = without_comments(f"{file.parent.name}/{file.name}", text)
    left = {line.strip() for line in text.splitlines()} - {line.strip() for line in lean.splitlines()}

    assert 0 < len(lean) < len(text)
    assert "/*" not in lean
    # A comment of CSS runs over lines; what is left out of a script begins as a comment does.
    assert file.suffix == ".css" or all(line.startswith("//") or not line for line in left)


def test_what_is_published_is_what_was_written(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "archive.static_files.PublishedFiles"},
    }
    call_command("collectstatic", verbosity=0)
    published = [*tmp_path.glob("css/layout.*css"), *tmp_path.glob("js/keys.*js")]

    assert len(published) == 4  # each under its name, and under that with its hash
    for file in published:
        folder, name = file.parent.name, file.name.split(".")[0] + file.suffix
        written = (STATIC / folder / name).read_text()
        assert file.read_text() == without_comments(f"{folder}/{name}", written)


def test_texts_and_addresses_that_look_like_comments_stay() -> None:
    assert (
        without_comments("js/a.js", '// Why.\nconst at = "http://x"; // here\n')
        == 'const at = "http://x"; // here\n'
    )
    assert without_comments("css/a.css", "/* Why. */\na { color: red; }\n") == "a { color: red; }\n"
    assert without_comments("vendor/b.css", "/* Licence */") == "/* Licence */"
