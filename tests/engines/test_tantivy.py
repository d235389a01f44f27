"""The engine for large archives keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.search.engines.tantivy import TantivyBackend
from tests.engines.contract import EngineContract


class TestTantivy(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> TantivyBackend:
        return TantivyBackend("default", PATH=str(tmp_path / "index"), SILENTLY_FAIL=False)
