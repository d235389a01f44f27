"""What the embedded engine reads of its files does not stay in the memory of the process."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.search.engines.whoosh import WhooshBackend
from articles.search.facets import FACETS
from tests.engines.contract.asking import ask
from tests.engines.documents import document

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps").exists(), reason="only Linux tells which pages are mapped"
)
MANY = 2000  # documents: a list of all takes two pages of 4 kB, and none of those stands beside its term
READ_LAST = FACETS[-1].name


@pytest.fixture
def engine(tmp_path: Path) -> WhooshBackend:
    engine = WhooshBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)
    carried = {READ_LAST: [f"{READ_LAST}:all"]}
    engine.write(
        document(number, f"The treaty talks. A peace plan {number % 100} of the council.", **carried)
        for number in range(1, MANY + 1)
    )
    return engine


def test_neither_what_is_read_at_the_start_stays_nor_what_is_searched(engine: WhooshBackend) -> None:
    engine.warm()
    assert in_memory(engine) == {".trm": 0, ".pst": 0}

    for typed in (
        "treaty",
        "tre*",
        '"peace plan"',
        "t?lk*",
        "counsil~1",
        "sentence:(treaty talks)",
        "atleast2:the",
    ):
        assert ask(engine, typed).total == MANY
        assert in_memory(engine) == {".trm": 0, ".pst": 0}, typed


def in_memory(engine: WhooshBackend) -> dict[str, int]:
    """Return for the files of terms and of postings how many kB of them are mapped and in memory."""
    folder = re.escape(str(engine.store.place.current()))
    mapped = re.findall(
        rf"{folder}/\S+(\.trm|\.pst)\nSize:.*?\nRss:\s+(\d+) kB",
        Path("/proc/self/smaps").read_text(),
        re.DOTALL,
    )
    return {kind: sum(int(kilobytes) for its, kilobytes in mapped if its == kind) for kind, _ in mapped}
