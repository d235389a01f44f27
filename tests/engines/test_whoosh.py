"""The embedded engine keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.search.engines.whoosh import WhooshBackend
from tests.engines.contract import EngineContract


class TestWhoosh(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> WhooshBackend:
        return WhooshBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)
