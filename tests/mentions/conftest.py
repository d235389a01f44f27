"""One finder for all tests: the packaged model takes a second to load."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.mentions import Authority, MentionFinder, load_authority, load_finder

WORLD = """
source = "made up for these tests"

[[state]]
name = "Marovia"
capital = "Tessarine"
demonyms = ["Marovian"]

[[state]]
name = "Ostrana"
capital = "Vell"
demonyms = ["Ostranian"]

[[seat]]
name = "Larch House"
of = "Marovia"

[[media]]
name = "Corvid Wire"
acronyms = ["CW"]
country = "Marovia"

[[media]]
name = "The Tessarine Times"
credit_only = ["TT"]

[[organisation]]
name = "Lake League"
acronyms = ["LL"]

[[organisation]]
name = "Lake League Assembly"
part_of = "Lake League"

[[person]]
name = "Ivo Karstan"
aliases = ["Ivo al-Karstan", "Karstan"]

[[office]]
holder = "Ivo Karstan"
title = "foreign minister"
of = "Marovia"
from = 2012-03-01
to = "2013-05"
"""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    path: Path = tmp_path_factory.mktemp("authority") / "world.toml"
    path.write_text(WORLD, encoding="utf-8")
    return load_authority(path)


@pytest.fixture(scope="session")
def finder(world: Authority) -> MentionFinder:
    return load_finder(authority=world)


@pytest.fixture(scope="session")
def archive_finder() -> MentionFinder:
    """Return the finder as the archive uses it, with the repository's own authority files."""
    return load_finder()
