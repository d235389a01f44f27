"""Settings from the environment, and errors that say how to mend them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from archive.settings import environment
from archive.settings.search import ENGINES, haystack_connections
from articles.search.engines.backend import ArchiveBackend


def test_a_switch_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, value in {"1": True, "Yes": True, "off": False, "": False}.items():
        monkeypatch.setenv("ARCHIVE_X", word)
        assert environment.switch("ARCHIVE_X", default=not value) is value
    monkeypatch.setenv("ARCHIVE_X", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="Set it to 1 or 0"):
        environment.switch("ARCHIVE_X", default=True)


def test_a_number_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_X", "12")
    assert environment.number("ARCHIVE_X", 1) == 12
    monkeypatch.setenv("ARCHIVE_X", "many")
    with pytest.raises(ImproperlyConfigured, match="such as 1"):
        environment.number("ARCHIVE_X", 1)


def test_an_index_is_relative_to_the_data_directory_or_absolute(tmp_path: Path) -> None:
    assert haystack_connections("whoosh://index", data_dir=tmp_path)["default"]["PATH"] == str(
        tmp_path / "index"
    )
    assert haystack_connections("whoosh:///srv/index", data_dir=tmp_path)["default"]["PATH"] == "/srv/index"


def test_an_engine_we_do_not_have_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="whoosh://"):
        haystack_connections("solr://host", data_dir=tmp_path)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_that_can_be_named_is_there(engine: str, tmp_path: Path) -> None:
    options = haystack_connections(f"{engine}://index", data_dir=tmp_path)["default"]
    assert issubclass(import_string(options["ENGINE"]).backend, ArchiveBackend)


def test_haystack_never_fails_silently() -> None:
    assert settings.HAYSTACK_CONNECTIONS["default"]["SILENTLY_FAIL"] is False


@pytest.mark.django_db
def test_sqlite_runs_with_foreign_keys_and_a_long_wait() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("these are SQLite's own settings")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (60_000,)
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
