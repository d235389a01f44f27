"""What an archive remembers of each outlet's pages: lines that many of them have are no part of a story.

The memory grows with every page of plain text; HTML is cleaned by its markup and does without. What a page
is told is the state of the archive when it is read: pages that came later do not change it until it is read
again (`manage.py reclean --outlet SLUG`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from articles.capture import RawPage
from articles.clean import OutletMemory
from articles.clean.outlet_memory import FEWEST_PAGES, line_fingerprints, same_story
from articles.clean.outlet_rules import find_outlet
from articles.clean.reading import block_keys
from articles.ingest.page_lines import page_blocks
from articles.ingest.rules import PageRulings
from articles.models import Article, CountedPage, Outlet, OutletLine

# Lines of one page that count: the least fingerprints, which are the same ones of the same lines on every
# page. News pages have some 100; a page of 10 MB would bring 100,000.
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page of plain text: fingerprints, true for those as long as a paragraph.

    `outlet` is the one that the address, the wording or a person says; None when nothing does.
    """

    fingerprints: Mapping[int, bool]
    outlet: str | None


def lines_of(page: RawPage, standing: PageRulings) -> PageLines | None:
    """Return the lines of a page; None of HTML."""
    if page.media_type == "text/html":
        return None
    blocks = page_blocks(page)
    keys = block_keys(blocks)
    outlet = standing.outlet
    if outlet is None:
        outlet = find_outlet(blocks, keys, page.url, standing.rules).value
    return PageLines(_fewer(line_fingerprints(blocks, keys)), outlet or None)


def recall(lines: PageLines, *, sha256: str) -> OutletMemory | None:
    """Return what the archive knows of these lines from other pages of the outlet; None when it is nothing.

    1. Look the lines up. 2. Leave out the page itself, if it was taken in before, and pages that tell its
    story: what copies share is the story.
    """
    outlet = Outlet.objects.filter(name=lines.outlet).only("pk").first() if lines.outlet else None
    if outlet is None:
        return None
    known = OutletLine.objects.on(outlet.pk, lines.fingerprints)  # 1
    counts = {line: row.pages for line, row in known.items() if row.pages >= FEWEST_PAGES}
    if not counts:
        return None
    apart = _pages_of_its_story(lines.fingerprints, known)  # 2
    itself = CountedPage.objects.filter(article__page__sha256=sha256, outlet=outlet)
    for page in (*itself, *CountedPage.objects.filter(pk__in=apart).exclude(article__page__sha256=sha256)):
        for line in page.fingerprints:
            if line in counts and known[line].first <= page.pk:
                counts[line] -= 1
    return OutletMemory(counts, outlet.name)


def count_page(article: Article, lines: PageLines | None) -> None:
    """Make a page's lines count for its article's outlet, and no longer for the one they counted for.

    Call it inside the transaction that saved the article, when it is this process's turn
    (`articles.ingest.stories.take_turns`). The same again changes nothing. A page that tells the story of one
    that counts does not count.
    """
    counted = CountedPage.objects.filter(article=article).first()
    fresh = CountedPage(article=article, outlet_id=article.outlet_id or 0)
    fresh.keep(lines.fingerprints if lines else {})
    if counted is not None:
        if counted.outlet_id == article.outlet_id and bytes(counted.lines) == fresh.lines:
            return
        OutletLine.objects.count_out(counted)
        counted.delete()
    if lines is None or not lines.fingerprints or article.outlet_id is None:
        return
    known = OutletLine.objects.on(article.outlet_id, lines.fingerprints)
    if not _pages_of_its_story(lines.fingerprints, known):
        fresh.save()
        OutletLine.objects.count_in(fresh)


def move_page(article: Article) -> None:
    """Bring the memory up to date after a ruling on an article's outlet; see `count_page`.

    The lines are read from the page only where it did not count before.
    """
    counted = CountedPage.objects.filter(article=article).first()
    if counted is not None and counted.outlet_id != article.outlet_id:
        is_long = {line: number < counted.long_lines for number, line in enumerate(counted.fingerprints)}
        count_page(article, PageLines(is_long, None))
    elif counted is None and article.outlet_id is not None and article.page.media_type != "text/html":
        blocks = page_blocks(article.page.as_raw_page())
        count_page(article, PageLines(_fewer(line_fingerprints(blocks, block_keys(blocks))), None))


def _pages_of_its_story(lines: Mapping[int, bool], known: Mapping[int, OutletLine]) -> set[int]:
    """Return the numbers of the counted pages that tell the story of a page with these lines."""
    long_lines = [line for line, is_long in lines.items() if is_long]
    holders = {
        line: known[line].first for line in long_lines if line in known and known[line].pages < FEWEST_PAGES
    }
    return same_story(long_lines, holders)


def _fewer(lines: Mapping[int, bool]) -> Mapping[int, bool]:
    if len(lines) <= MOST_LINES:
        return lines
    return {line: lines[line] for line in sorted(lines)[:MOST_LINES]}
