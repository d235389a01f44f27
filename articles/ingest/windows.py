"""Pages taken a few at a time, so that what is costly to start is started once for all of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

from articles.capture import RawPage, Refusal
from articles.ingest.reading import ReadAhead, read_ahead
from articles.models import Article

logger = logging.getLogger(__name__)

# Pages read together. The tagger takes two thirds of the time an article for 16 of 400 words, and hardly less for
# more (benchmarks/bench_mentions.py).
PAGES_TOGETHER = 16
# Bytes of a window; a page that goes beyond it is its last one. Reading takes some hundred times a page's size.
LARGEST_WINDOW = 500_000


def windows(pages: Iterable[RawPage | Refusal]) -> Iterator[list[RawPage | Refusal]]:
    """Give the pages in their order, some together. When getting one fails, those before it are given first."""
    window: list[RawPage | Refusal] = []
    size = 0
    try:
        for page in pages:
            window.append(page)
            size += 0 if isinstance(page, Refusal) else len(page.content)
            if len(window) >= PAGES_TOGETHER or size >= LARGEST_WINDOW:
                yield window
                window, size = [], 0
    except Exception:
        if window:
            yield window
        raise
    if window:
        yield window


def look_ahead(window: Sequence[RawPage | Refusal]) -> Mapping[str, ReadAhead]:
    """Read the pages of a window that the archive does not have, by their SHA-256.

    Nothing when there is but one, which gains nothing, or when one cannot be read: then each is read by itself
    at its turn, and the one that fails is seen to be the one.
    """
    pages = {page.sha256: page for page in window if isinstance(page, RawPage)}
    known = Article.objects.filter(page__sha256__in=list(pages)).values_list("page__sha256", flat=True)
    for sha256 in known:
        del pages[sha256]
    if len(pages) < 2:  # noqa: PLR2004  # "several"
        return {}
    try:
        return dict(zip(pages, read_ahead(list(pages.values())), strict=True))
    except Exception:  # whatever a page does to a reader, the other pages go on
        logger.info("Pages could not be read together; each is read by itself.", exc_info=True)
        return {}
