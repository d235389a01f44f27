"""An upload of 500 pages, 20 of them bad, while the server and what reads the pages are killed and started again."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from tests.faults.archive_process import manage, served, start_server
from tests.faults.client import Client
from tests.ingest.uploaded_pages import zip_of

GOOD, BAD = 480, 20
KILLED_AFTER = 100  # pages
PATIENCE = 3000  # looks of 0.2 s at the job; it needs some 300 on a machine with nothing else to do


def one_row(data_dir: Path, query: str) -> tuple[Any, ...]:
    with sqlite3.connect(data_dir / "archive.sqlite3", timeout=60) as database:
        found: tuple[Any, ...] = database.execute(query).fetchone()
    return found


def wait_for(data_dir: Path, condition: str) -> None:
    for _ in range(PATIENCE):
        if one_row(data_dir, f"select count(*) from articles_job where {condition}")[0]:  # our own words
            return
        time.sleep(0.2)  # another process works; its record is all there is to look at
    raise AssertionError((condition, one_row(data_dir, "select * from articles_job")))


@pytest.mark.slow
def test_all_good_pages_are_in_once_and_all_bad_ones_told_of(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    manage(archive, "prepare", "--no-demo")
    server, base = start_server(archive, workers=2)
    curator = Client(base)
    curator.sign_in("curator", (archive / "curator-password.txt").read_text().strip())
    values = curator.form("/desk/uploads/", "upload-form")
    sent = curator.send_file(
        "/desk/uploads/", values, field="pages", name="pages.zip", content=zip_of(GOOD, BAD)
    )
    assert sent.status == 302, sent.text[:2000]

    wait_for(archive, f"done >= {KILLED_AFTER}")
    reader = int(one_row(archive, "select runner from articles_job")[0].rpartition(":")[2])
    os.kill(reader, signal.SIGKILL)
    server.kill()
    server.wait(timeout=60)
    assert one_row(archive, "select done from articles_job")[0] < GOOD + BAD

    manage(archive, "prepare", "--no-demo")  # as `make run` does before it serves
    with served(archive, workers=2) as base:
        wait_for(archive, "state = 'done'")
        html = Client(base).get("/search/?q=harbour").text
        assert "unavailable" not in html
    counts = "select count(*), sum(state = 'new'), sum(state = 'refused'), count(distinct name) from articles_uploadedpage"
    assert one_row(archive, counts) == (GOOD + BAD, GOOD, BAD, GOOD + BAD)
    assert one_row(archive, "select count(*), count(distinct page_id) from articles_article") == (GOOD, GOOD)
    assert one_row(
        archive, "select count(*) from articles_uploadedpage where state = 'refused' and reason = ''"
    ) == (0,)
    assert one_row(archive, "select count(*) from articles_pendingindex") == (0,)
