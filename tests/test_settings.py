"""Settings from the environment, and errors that say how to mend them."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from archive.settings import environment
from archive.settings.search import ENGINES, haystack_connections
from archive.settings.secret import kept_secret
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


def test_the_secret_key_is_made_once_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    kept = tmp_path / "archive" / "secret_key"
    with ThreadPoolExecutor(8) as threads:
        keys = {each.result() for each in [threads.submit(kept_secret, kept) for _ in range(16)]}
    assert keys == {kept.read_text()}
    assert len(kept.read_text()) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_a_full_disk_leaves_no_key_that_is_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_made: str, _kept: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="No space left"):
        kept_secret(tmp_path / "secret_key")
    assert list(tmp_path.iterdir()) == []


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
