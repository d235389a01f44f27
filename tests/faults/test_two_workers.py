"""A hundred saves in the admin from two clients at once, while searches run, on two gunicorn workers."""

from __future__ import annotations

import json
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.archive_process import ROOT, manage, served
from tests.faults.client import Answer, Client

SAVES_EACH = 50
PAGES = sorted((ROOT / "fixtures" / "pages").glob("0[1-5]_*"))
FORM = "article_form"


def rows(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data_dir / "archive.sqlite3") as database:
        return database.execute(query).fetchall()


def save(client: Client, path: str, changes: dict[str, str]) -> Answer:
    """Open the form, change some fields, save; open it again when somebody else was quicker."""
    while True:
        values = [(name, changes.get(name, value)) for name, value in client.form(path, FORM)]
        answer = client.post(path, values)
        assert answer.status == 302, (answer.status, answer.text[:2000])
        if answer.location != path:
            return answer


@pytest.mark.slow
def test_a_hundred_saves_from_two_clients_lose_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    manage(archive, "prepare", "--no-demo")
    manage(archive, "ingest", *map(str, PAGES))
    password = (archive / "curator-password.txt").read_text().strip()
    paths = [
        f"/admin/articles/article/{pk}/change/" for (pk,) in rows(archive, "select id from articles_article")
    ]
    assert len(paths) == len(PAGES)
    done = threading.Event()

    def curator(name: str, field: str) -> int:
        client = Client(base)
        client.sign_in("curator", password)
        for number in range(SAVES_EACH):
            # Both work through the same articles, so that they meet.
            save(client, paths[number % len(paths)], {field: f"{name} {number}", "reason": name})
        return SAVES_EACH

    def reader() -> int:
        client, searches = Client(base), 0
        while not done.is_set():
            answer = client.get("/search/?q=harbour")
            assert answer.status == 200, answer.text[:2000]
            searches += 1
        return searches

    with served(archive, workers=2) as base, ThreadPoolExecutor(3) as people:
        reading = people.submit(reader)
        try:
            curators = [
                people.submit(curator, "first", "dateline"),
                people.submit(curator, "second", "section"),
            ]
            assert [each.result() for each in curators] == [SAVES_EACH, SAVES_EACH]
        finally:
            done.set()
        assert reading.result() > 0

    # Every save is in the ledger, and the last one of each client on each article stands.
    for field, name in (("dateline", "first"), ("section", "second")):
        ruled = [
            json.loads(str(value))
            for (value,) in rows(
                archive, f"select value from articles_ruling where field = '{field}' order by id"
            )
        ]
        assert ruled == [f"{name} {number}" for number in range(SAVES_EACH)]
        standing = {value for (value,) in rows(archive, f"select {field} from articles_article")}
        assert standing == {f"{name} {number}" for number in range(SAVES_EACH - len(PAGES), SAVES_EACH)}
    assert rows(archive, "select count(*) from articles_pendingindex") == [(0,)]
    assert "nothing to repair" in manage(archive, "sync_index").stdout.lower()
