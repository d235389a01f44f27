#!/usr/bin/env python3
"""Bring front-end files into `static/vendor/`, pinned by version and hash: the only door for them.

    tools/vendor.py           fetch what is missing or changed, with npm's ordinary client
    tools/vendor.py --check   compare the files in the tree with the pins, without any network

To move to a newer version: change `version` below and run it; it stops at the first file whose hash
is not the pinned one and prints the new hash, for a person to look at the file and pin it.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "static" / "vendor"
RECORD = "VENDORED.md"


@dataclass(frozen=True, slots=True)
class Vendored:
    """One file of a package: its path there, its name here, and the SHA-256 of its bytes.

    `slim` is None for a file that is copied as it is; of a font it says whether the common characters are
    kept, or the others.
    """

    source: str
    name: str
    sha256: str
    slim: bool | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """One package of the npm registry, the folder it is kept in, and what it is for."""

    name: str
    version: str
    licence: str
    folder: str
    purpose: str
    files: tuple[Vendored, ...]


PACKAGES = (
    Package(
        name="source-serif",
        version="4.5.1",
        licence="OFL-1.1",
        folder="dateline-serif",
        purpose="The serif that headlines and articles are set in: Source Serif 4, cut down by "
        "`tools/slim_font.py` to the weights and letters that pages use, and so under another name. A browser "
        "fetches the second file only for a page that has its letters.",
        files=(
            Vendored(
                source="VAR/SourceSerif4Variable-Roman.ttf",
                name="common.woff2",
                sha256="083b7cd04ff623ff4c69d41ee880fefbd392363325ea181c3375d3e417c627f9",
                slim=True,
            ),
            Vendored(
                source="VAR/SourceSerif4Variable-Roman.ttf",
                name="rest.woff2",
                sha256="fab88e1972bcdcc27436dadb545af533350ecb79d561f29a04c60307e51abdaf",
                slim=False,
            ),
            Vendored(
                source="LICENSE.md",
                name="LICENCE.txt",
                sha256="c21d7293d87b6d7ab1d0229a2f55b77f33a7613a6a4e66f6693d68d7d8d09464",
            ),
        ),
    ),
    Package(
        name="htmx.org",
        version="2.0.11",
        licence="0BSD",
        folder="htmx",
        purpose="Swaps a part of a page for what the server answers. Every page works without it.",
        files=(
            Vendored(
                source="dist/htmx.min.js",
                name="htmx.min.js",
                sha256="d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
            ),
            Vendored(
                source="LICENSE",
                name="LICENCE.txt",
                sha256="d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
            ),
        ),
    ),
    Package(
        name="cytoscape",
        version="3.34.4",
        licence="MIT",
        folder="cytoscape",
        purpose="Draws the network of actors, on its page alone; the table and the drawing made by the server "
        "stay without it.",
        files=(
            Vendored(
                source="dist/cytoscape.esm.min.mjs",
                name="cytoscape.esm.min.mjs",
                sha256="0d7e373a706f0f01d6fb7a6ccf04988c01307cee1c2f9bcc7b068e9f6b431e3f",
            ),
            Vendored(
                source="LICENSE",
                name="LICENCE.txt",
                sha256="eb319c6e6f233607f71e8e2f450391751883cfc0eeb3ca7ef574c13d1d9c2203",
            ),
        ),
    ),
)


class VendorError(Exception):
    """A vendored file is missing or is not the pinned one; the message says which and what to do."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults(package: Package, *, vendor: Path = VENDOR) -> list[str]:
    """Say which files of the package are missing from the tree, or are not the pinned ones."""
    found = []
    for file in package.files:
        path = vendor / package.folder / file.name
        if not path.exists():
            found.append(f"{package.folder}/{file.name} is missing.")
        elif digest(path) != file.sha256:
            found.append(f"{package.folder}/{file.name} is not the pinned file, but {digest(path)}.")
    return found


def fetch(package: Package, *, vendor: Path = VENDOR) -> None:
    """Get a package with `npm pack` and copy its pinned files into the tree.

    1. Fetch the archive; npm itself checks it against the registry's digest.
    2. Compare every file with its pin, before any is copied.
    3. Copy them.
    """
    with tempfile.TemporaryDirectory() as scratch:
        # 1. The archive's name is npm's business; it is the only one in the folder.
        wanted = f"{package.name}@{package.version}"
        command = ["npm", "pack", "--silent", "--pack-destination", scratch, wanted]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        archive = next(Path(scratch).glob("*.tgz"))
        with tarfile.open(archive) as tar:
            tar.extractall(scratch, filter="data")
        # 2.
        for file in package.files:
            found = digest(_ready(file, Path(scratch, "package")))
            if found != file.sha256:
                raise VendorError(
                    f"{wanted}: {file.source} has SHA-256 {found}, pinned is {file.sha256}. "
                    f"Look at the file; if it is right, pin the new hash in {Path(__file__).name}."
                )
        # 3.
        folder = vendor / package.folder
        folder.mkdir(parents=True, exist_ok=True)
        for file in package.files:
            shutil.copyfile(_ready(file, Path(scratch, "package")), folder / file.name)


def _ready(file: Vendored, package: Path) -> Path:
    """Return where a file lies that can be copied: in the unpacked package, or beside it once it is slim."""
    if file.slim is None:
        return package / file.source
    from slim_font import slim

    made = package.parent / file.name
    if not made.exists():
        slim(package / file.source, made, family="Dateline Serif", common=file.slim)
    return made


def record() -> str:
    """Return the text of VENDORED.md: every vendored file with its package, version, licence and hash."""
    parts = [
        "# Vendored files",
        "",
        "Written by `tools/vendor.py`; do not edit these files or this list by hand.",
    ]
    for package in PACKAGES:
        parts += ["", f"## {package.name} {package.version}", ""]
        parts += [f"{package.purpose} Licence: {package.licence}.", ""]
        parts += ["| file | in the package | SHA-256 |", "|---|---|---|"]
        for file in package.files:
            parts.append(f"| `{package.folder}/{file.name}` | `{file.source}` | `{file.sha256}` |")
    return "\n".join(parts) + "\n"


def check(*, vendor: Path = VENDOR) -> list[str]:
    """Return everything in the tree that does not agree with the pins; empty when all is well."""
    found = [fault for package in PACKAGES for fault in faults(package, vendor=vendor)]
    written = vendor / RECORD
    if not written.exists() or written.read_text(encoding="utf-8") != record():
        found.append(f"{RECORD} is out of date.")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the script; return its exit status."""
    parser = argparse.ArgumentParser(description="Vendor front-end files, pinned by version and hash.")
    parser.add_argument("--check", action="store_true", help="only compare the tree with the pins")
    options = parser.parse_args(arguments)
    if not options.check:
        try:
            for package in PACKAGES:
                if faults(package):
                    fetch(package)
        except VendorError as error:
            print(error, file=sys.stderr)
            return 1
        (VENDOR / RECORD).write_text(record(), encoding="utf-8")
    found = check()
    for fault in found:
        print(f"{fault} Run tools/vendor.py.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
