"""The five real pages and their hand-made gold, which stay outside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = SHARED / "seeds"
GOLD = SHARED / "gold" / "seeds.json"

needs_seeds = pytest.mark.skipif(
    not GOLD.exists(), reason="../shared/seeds is not beside the clone: the real pages cannot be measured"
)


def gold() -> dict[str, Any]:
    """Return the gold as it stands; empty when it is not there, so that collecting tests works without it."""
    return json.loads(GOLD.read_text()) if GOLD.exists() else {"articles": [], "clusters": {}}


def normalised(text: str) -> str:
    """White space as the gold says: NBSP is a space, runs are one space."""
    return " ".join(text.replace("\u00a0", " ").split())


def page_line(file: str, number: int) -> str:
    """Return a line of a seed, counted from 1, normalised."""
    return normalised((SEEDS / file).read_text(encoding="utf-8").splitlines()[number - 1])
