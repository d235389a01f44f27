"""Look again at the dates that no page states, with what the archive holds by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from articles.ingest.reclean import Selection
from articles.management.commands import reclean


class Command(reclean.Command):
    """`manage.py redate`: `reclean` for the articles whose page states no date; the same options and report."""

    help = (
        "Read again the pages that state no date: the more dated articles the archive holds, the more it "
        "knows of the others. Stated dates and every ruling are kept. Tells what changed, field by field."
    )

    def selection(self, options: Mapping[str, Any]) -> Selection:
        """Return the undated ones of the articles that the options name."""
        return replace(super().selection(options), undated=True)
