"""Measure the page of results: what it costs beside the search in it, and whether a worker's memory stays level.

    .venv/bin/python benchmarks/bench_pages.py --sizes 100000 [--searches 10000] [--engine whoosh]

For each size, on a generated archive in a database of its own:

1. The sixty mixed queries of `generated_queries` as addresses, each page asked for twice in this process and
   measured the second time: CPU milliseconds of the page, of the engine, of all of searching (the engine, the
   articles of the page, their passages, the facets' names), and SQL queries.
2. The same addresses from a gunicorn worker over HTTP, `--searches` of them after one round to settle: the worker's
   resident memory before and after, in MB, and what of it is its own: pages of the index's files come and go.

Prints one JSON line a size.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generated_archive import GeneratedArchive  # noqa: E402  # the path above makes it importable
from benchmarks.generated_queries import BEYOND, OURS, Asked, queries  # noqa: E402

SIZES = (100_000,)
SEARCHES = 10_000
BATCH = 500  # articles of one commit: `articles.search.pending.BATCH`
PATIENCE = 120.0  # seconds that a worker may take to start


def address_of(asked: Asked) -> str:
    """Return the address of a query's page of results."""
    parameters = {"q": asked.written(OURS) or "", "mode": "any" if asked.kind == "any" else "all"}
    if asked.outlet:
        parameters["outlet"] = str(asked.outlet)
    if asked.first and asked.last:
        parameters |= {"from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return f"/search/?{urlencode(parameters)}"


class Stopwatch:
    """CPU time spent in a function, added up over its calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.seconds = 0.0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the function."""
        started = time.process_time()
        try:
            return self.function(*arguments, **named)
        finally:
            self.seconds += time.process_time() - started


def make(archive: GeneratedArchive) -> None:
    """Put the archive into the database and the index that the environment names."""
    from django.core.management import call_command

    from articles.search.run import backend
    from benchmarks.generated_rows import store

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    store(archive)
    documents = archive.documents()
    backend().rebuild(
        lambda _: iter(lambda: list(islice(documents, BATCH)), []), lambda _: [], progress=lambda _: None
    )


def pages(addresses: list[str]) -> dict[str, Any]:
    """Ask for each page twice; return medians and 95th percentiles of the second time."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from articles.search import run as searching
    from articles.search.engines.ask import Ask, Found
    from articles.search.engines.backend import ArchiveBackend
    from articles.views import search as view

    engine, searched = Stopwatch(ArchiveBackend.ask), Stopwatch(searching.run)

    def timed_ask(backend: ArchiveBackend, ask: Ask) -> Found:
        return engine(backend, ask)

    ArchiveBackend.ask = timed_ask
    view.run = searched
    client = Client(headers={"host": "127.0.0.1"})
    taken: dict[str, list[float]] = {"page": [], "search": [], "engine": []}
    statements = []
    for address in addresses:
        client.get(address)
        engine.seconds = searched.seconds = 0.0
        started = time.process_time()
        answer = client.get(address)
        taken["page"].append(1000 * (time.process_time() - started))
        taken["search"].append(1000 * searched.seconds)
        taken["engine"].append(1000 * engine.seconds)
        if answer.status_code != http.client.OK:
            raise SystemExit(f"{address} answered {answer.status_code}.")
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        statements.append(len(captured))
    figures = {f"{name}_median_ms": round(statistics.median(each), 1) for name, each in taken.items()}
    p95 = {f"{name}_p95_ms": round(statistics.quantiles(each, n=20)[-1], 1) for name, each in taken.items()}
    shares = {
        f"{name}_share": round(sum(taken[name]) / sum(taken["page"]), 2) for name in ("search", "engine")
    }
    return figures | p95 | shares | {"sql_queries": sorted(set(statements))}


def worker_memory(addresses: list[str], searches: int) -> dict[str, Any]:
    """Ask a gunicorn worker of its own for so many pages; return its resident memory before and after."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "archive.wsgi",
        "--workers",
        "1",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT)
    try:
        for address in addresses:
            _get(port, address)
        worker = _child_of(server.pid)
        before = _resident_mb(worker)
        for number in range(searches):
            _get(port, addresses[number % len(addresses)])
        after = _resident_mb(worker)
        same = _child_of(server.pid) == worker
    finally:
        server.terminate()
        server.wait()
    told = {f"worker_{name}_mb_before": mb for name, mb in before.items()}
    told |= {f"worker_{name}_mb_after": mb for name, mb in after.items()}
    return {"searches": searches, "same_worker": same} | told


def _get(port: int, address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            if answer.status != http.client.OK:
                raise SystemExit(f"{address} answered {answer.status}.")
            return
        finally:
            connection.close()


def _child_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def _resident_mb(pid: int) -> dict[str, int]:
    """Return the memory of a process: all that is resident, and of it its own, without pages of mapped files."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    held = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
    return {name: round(held[key] / 1024) for name, key in (("resident", "VmRSS"), ("own", "RssAnon"))}


def measure(size: int, searches: int) -> dict[str, Any]:
    """Make the archive and measure its pages."""
    import django

    django.setup()
    archive = GeneratedArchive(size)
    make(archive)
    mixed = [address_of(asked) for asked in queries(archive)]
    found = pages(mixed)
    every = [*mixed, *(address_of(asked) for asked in queries(archive, mix=BEYOND))]
    return {"benchmark": "pages", "articles": size, **found, **worker_memory(every, searches)}


def main() -> None:
    """Measure each size in a process and a data directory of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--searches", type=int, default=SEARCHES, metavar="N")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.searches)), flush=True)
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
            settings = {
                "DJANGO_SETTINGS_MODULE": "archive.settings.prod",
                "ARCHIVE_DATA_DIR": folder,
                "ARCHIVE_SEARCH_URL": f"{options.engine}://index",
            }
            command = [sys.executable, __file__, "--one", str(size), "--searches", str(options.searches)]
            subprocess.run(command, env=os.environ | settings, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
