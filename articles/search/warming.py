"""Reading the index before the first reader asks, so that nobody waits for what is read once."""

from __future__ import annotations

import logging

from articles.search.engines.ask import SearchUnavailable
from articles.search.run import backend

logger = logging.getLogger(__name__)


def warm() -> None:
    """Read what every search of this process will need: a second at 20,000 articles, some five at 100,000.

    Each server process does it while it starts. An index that cannot be read is logged and keeps no server from
    starting: readers of other pages are served, and searching says what is wrong.
    """
    try:
        backend().warm()
    except SearchUnavailable as error:
        logger.warning("Searching is not ready: %s", error)
