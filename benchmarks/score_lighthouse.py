"""Score the pages of a running archive with Lighthouse: speed, accessibility, good practice, what search engines need.

    make run                                                   # in another terminal
    .venv/bin/python benchmarks/score_lighthouse.py [--address http://127.0.0.1:8000/]

Home, a search, the first article found and an actor in it, each as a phone (Lighthouse's slow one) and as a desktop
sees them. Lighthouse comes from npm at the version named here, and drives the browser that the tests drive. Prints
one JSON line a page with its four scores (0 to 100), the bytes that came over the wire and the layout shift; ends
with status 1 when a score is below the floor.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

LIGHTHOUSE = "lighthouse@13.5.0"
PARTS = ("performance", "accessibility", "best-practices", "seo")
FLOOR = 95  # of 100, for each part
DEVICES = {"phone": (), "desktop": ("--preset=desktop",)}


def brought(address: str) -> Any:
    """Return what the archive's API answers at an address."""
    if urlsplit(address).hostname not in {"127.0.0.1", "localhost", "::1"}:
        sys.exit("Only an archive on this machine is measured: start one with `make run`.")
    with urlopen(address) as answer:  # noqa: S310  # the line above holds it to this machine
        return json.load(answer)


def pages(address: str) -> dict[str, str]:
    """Return the addresses to score, by name. The archive must hold an article that names an actor."""
    for hit in brought(urljoin(address, "api/search?q=&size=100"))["hits"]:
        article = urljoin(address, urlsplit(hit["url"]).path)
        named = brought(urljoin(address, f"api/articles/{hit['article']}"))["actors"]
        if named:
            return {
                "home": address,
                "search": urljoin(address, "search/?q="),
                "article": article,
                "actor": urljoin(address, f"actors/{named[0]['id']}/"),
            }
    sys.exit(f"No article at {address} names an actor: take pages in first.")


def scored(page: str, *, device: str) -> dict[str, Any]:
    """Run Lighthouse on a page and return what it found."""
    browser = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser or not shutil.which("npx"):
        sys.exit("Lighthouse needs npm and a Chromium: apt-get install npm chromium")
    run = subprocess.run(
        [
            "npx",
            "--yes",
            LIGHTHOUSE,
            page,
            "--quiet",
            "--output=json",
            "--chrome-flags=--headless=new --no-sandbox",
            *DEVICES[device],
        ],
        env=os.environ | {"CHROME_PATH": browser},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(f"Lighthouse gave up on {page}: {run.stderr.strip()}")
    report = json.loads(run.stdout)
    return {
        **{part: round(100 * report["categories"][part]["score"]) for part in PARTS},
        "bytes": round(report["audits"]["total-byte-weight"]["numericValue"]),
        "layout_shift": round(report["audits"]["cumulative-layout-shift"]["numericValue"], 4),
    }


def main() -> int:
    """Print a line for each page and device; 1 when one is below the floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--address", default="http://127.0.0.1:8000/")
    below = False
    for name, page in pages(parser.parse_args().address).items():
        for device in DEVICES:
            found = scored(page, device=device)
            print(json.dumps({"page": name, "device": device, **found}), flush=True)
            below |= any(found[part] < FLOOR for part in PARTS)
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
