"""System checks: a facet without a field, an engine that fails silently, an index that cannot be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from articles import checks
from articles.search.engines.tantivy import TantivyBackend
from articles.search.engines.whoosh import WhooshBackend
from articles.search.facets import FACETS, Facet
from articles.search.run import backend
from tests.engines.documents import document


def ids(messages: object) -> list[str]:
    return [message.id for message in messages]  # type: ignore[attr-defined]


def test_the_archive_has_no_fault(index: None) -> None:
    assert [message for message in run_checks() if (message.id or "").startswith("articles.")] == []


def test_a_facet_needs_a_field_of_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Facet("nowhere", "nowhere", "Nowhere", re.compile(r"\d+"))
    monkeypatch.setattr(checks, "FACETS", (*FACETS, nowhere))

    assert ids(checks.check_facets()) == ["articles.E001"]


def test_every_kind_of_actor_needs_a_facet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "ACTOR_FACETS", ())

    assert ids(checks.check_facets()) == ["articles.E002"]


def test_engines_do_not_fail_silently() -> None:
    with override_settings(HAYSTACK_CONNECTIONS={"default": {"ENGINE": "x"}}):
        assert ids(checks.check_engine()) == ["articles.E003"]


def test_our_commands_stand_before_haystacks() -> None:
    with override_settings(INSTALLED_APPS=["haystack", "articles"]):
        assert ids(checks.check_engine()) == ["articles.W001"]


def test_an_index_of_another_version_is_told(index: None) -> None:
    (Path(backend().path) / "current").write_text("index-0.0-other")
    [warning] = checks.check_index()

    assert "another version" in warning.msg
    assert warning.hint == "Run `manage.py rebuild_index`."


def test_an_archive_that_outgrew_its_engine_is_told_how_to_move(
    index: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend().write([document(number) for number in (1, 2, 3)])
    assert checks_of_the_index() == []
    monkeypatch.setattr(WhooshBackend, "suits_up_to", 3)
    assert checks_of_the_index() == []
    monkeypatch.setattr(WhooshBackend, "suits_up_to", 2)
    [told] = checks.check_index()

    assert told.id == "articles.I001"
    assert "3 articles. Beyond 2 the Tantivy engine" in told.msg
    assert "ARCHIVE_SEARCH_URL=tantivy://tantivy" in told.hint
    assert "manage.py rebuild_index" in told.hint


def test_the_engine_for_large_archives_is_never_outgrown() -> None:
    assert TantivyBackend.suits_up_to is None


def checks_of_the_index() -> list[str]:
    return ids(checks.check_index())
