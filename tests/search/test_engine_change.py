"""Changing the engine changes no address, no saved search and no result: a setting, a rebuild, and all is as before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from haystack import connections
from haystack.query import SearchQuerySet

from archive.settings.search import haystack_connections
from articles import checks
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import backend, run
from articles.search.shapes import page_as_data
from articles.search.sync import compare
from tests.factories import make_article
from tests.search.archive import make_archive

pytestmark = pytest.mark.usefixtures("index")

ADDRESSES = (
    "",
    "q=annan&size=100",
    "q=annan+-truce&size=100",
    "q=%22peace+plan%22+OR+cease*&count=stories&sort=newest",
    "q=sentence:(annan+peace)&sort=oldest",
    "q=U.N.+envoy&mode=any&sort=newest",
    "q=harbor~+date:2012&month=undated",
    "q=title:truce&outlet=-none&page=2&size=10&sort=newest",
    "year=2012&language=en&from=2012-03&sort=oldest",
)


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Any]:
    """Give what moves the archive to another engine, whose index then is empty."""
    before = connections.connections_info["default"]

    def move(url: str) -> None:
        connections.connections_info["default"] = haystack_connections(url, data_dir=tmp_path)["default"]
        connections.reload("default")

    yield move
    connections.connections_info["default"] = before
    connections.reload("default")


def pages() -> list[dict[str, Any]]:
    """Return what the addresses show, without scores and without the places that scores decide."""
    shown = []
    for address in ADDRESSES:
        page = page_as_data(run(SearchRequest.from_query_string(address)))
        for hit in page["hits"]:
            del hit["score"]
        if "sort=" not in address:
            for hit in page["hits"]:
                del hit["number"], hit["url"]
            page["hits"].sort(key=lambda hit: hit["article"])
        shown.append(page)
    return shown


def test_the_same_addresses_show_the_same(moved: Any) -> None:
    make_archive(60, seed=3, stories=4)
    drain()
    before = pages()
    moved("tantivy://other")
    call_command("rebuild_index", "--noinput", verbosity=0)

    assert pages() == before
    assert not compare()


def test_an_archive_is_kept_up_to_date_on_the_other_engine(moved: Any) -> None:
    moved("tantivy://other")
    article = make_article(headline="Peace plan", body="Annan spoke in the harbour.")
    drain()

    assert [int(one.pk) for one in SearchQuerySet().filter(content="harbour")] == [article.pk]
    assert SearchQuerySet().filter(content="spoke").highlight()[0].highlighted["text"] == [
        "Annan <mark>spoke</mark> in the harbour."
    ]
    assert SearchQuerySet().filter(content="nobody").count() == 0

    call_command("sync_index", verbosity=0)
    assert not compare()
    backend().remove(f"articles.article.{article.pk}")
    assert backend().versions() == {}


def test_the_same_folder_for_another_engine_asks_for_a_rebuild(moved: Any, tmp_path: Path) -> None:
    make_article(headline="Peace plan")
    for url in ("whoosh://index", "tantivy://index", "whoosh://index"):
        moved(url)
        if (tmp_path / "index" / "current").exists():
            [warning] = checks.check_index()
            assert "for another engine" in warning.msg
            assert warning.hint == "Run `manage.py rebuild_index`."
        call_command("rebuild_index", "--noinput", verbosity=0)
        assert list(checks.check_index()) == []
        assert len(backend().versions()) == 1
