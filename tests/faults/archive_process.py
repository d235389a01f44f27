"""Start the project's own commands and server on a throwaway archive, as real processes."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of an archive in `data_dir`, without what the caller's shell says of archives."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DATABASE_"))
    }
    kept.pop("PYTHONDEVMODE", None)
    return {
        **kept,
        "ARCHIVE_DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "archive.settings.prod",
        "OMP_NUM_THREADS": "1",
    }


def manage(
    data_dir: Path, *arguments: str, check: bool = True, **options: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; with `check`, a failing one fails the test with its output."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment(data_dir),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        **options,
    )
    assert not check or done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
    return done


@contextlib.contextmanager
def served(data_dir: Path, *, workers: int) -> Iterator[str]:
    """Serve an archive with gunicorn on a free loopback port; gives its base address."""
    server, base = start_server(data_dir, workers=workers)
    try:
        yield base
    finally:
        server.terminate()
        server.wait(timeout=60)


def start_server(data_dir: Path, *, workers: int) -> tuple[subprocess.Popen[bytes], str]:
    """Start gunicorn on a free loopback port; give the process and its base address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "archive.wsgi", "--bind", f"127.0.0.1:{port}"]
    log = data_dir / "gunicorn.log"
    with log.open("a") as output:
        server = subprocess.Popen(
            [*command, "--workers", str(workers), "--timeout", "120", "--no-control-socket"],
            env=environment(data_dir),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    base = f"http://127.0.0.1:{port}"
    _wait_until_it_answers(base, server, log)
    return server, base


def _wait_until_it_answers(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{base}/health/", timeout=5):  # noqa: S310  # loopback only
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)  # the server is another process; there is nothing to wait on but its answer
    raise AssertionError(log.read_text())
