"""What every search needs is read while a server starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles.search.engines.ask import SearchUnavailable
from articles.search.facets import FACETS
from articles.search.pending import drain
from articles.search.run import backend
from articles.search.warming import warm
from tests.factories import make_article

ROOT = Path(__file__).resolve().parents[2]
INGEST_ALONE = ("trafilatura", "htmldate", "lxml", "charset_normalizer", "spacy", "scipy")
READ = """
import archive.wsgi
from articles.search.engines.backend import _stores
print(*[path for _, path in _stores])
"""


@pytest.mark.usefixtures("index")
def test_a_warm_index_has_read_its_facets_and_its_words():
    make_article(body="The envoys met.")
    drain()
    snapshot = backend().store.snapshot()
    assert not snapshot._facets
    warm()
    assert {facet.name for facet in FACETS} <= snapshot._facets.keys()
    assert snapshot._lexicons["text"]._taken == {segment.name for segment in snapshot.segments}


@pytest.mark.usefixtures("index")
def test_an_index_that_cannot_be_read_is_logged_and_stops_nobody(caplog):
    make_article()
    drain()
    store = backend().store
    [contents] = store.place.current().glob("_MAIN_*.toc")
    contents.write_bytes(b"rubbish")
    store._folder = None
    with pytest.raises(SearchUnavailable):
        backend().warm()
    warm()
    assert "rebuild_index" in caplog.text


def test_those_who_search_load_nothing_that_taking_pages_in_alone_needs():
    script = (
        "import sys, archive.wsgi, archive.urls\n"
        f"print([name for name in {INGEST_ALONE} if name in sys.modules])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings.dev"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_server_process_is_warm_before_it_answers(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "archive.settings.prod",
        "ARCHIVE_DATA_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(tmp_path / "index")]
