"""Cleaning a plain-text page."""

from __future__ import annotations

from articles.capture.page import RawPage
from articles.clean.article import CleanArticle
from articles.clean.assemble import build_article
from articles.clean.labels import label_blocks
from articles.clean.lines import read_lines
from articles.clean.outlet_rules import OutletRules, find_outlet
from articles.clean.prose import score_prose
from articles.clean.reading import PageReading, block_keys
from articles.clean.stretch import choose_body
from articles.clean.wrapping import join_wrapped

METHOD = "text 1"


def clean_text(page: RawPage, *, rules: OutletRules) -> CleanArticle:
    """What a page of plain text holds.

    1. lines: split, white space made plain, raw line numbers kept;
    2. blocks: hard-wrapped lines joined;
    3. outlet: from the address and from wording, so that its own rules can help;
    4. reading: what each block says by itself;
    5. prose: how much each block reads as the story's;
    6. body: the stretch with the most prose;
    7. labels: every block gets one, with a reason;
    8. fields: headline to dates, from the labelled blocks;
    9. article: everything put together, every input line labelled.
    """
    # 1.-2. Lines and blocks.
    lines = read_lines(page.text)
    blocks = join_wrapped(lines)
    # 3. Outlet.
    outlet = find_outlet(blocks, block_keys(blocks), page.url, rules)
    # 4. Reading.
    reading = PageReading(
        blocks,
        rules=rules,
        rule=rules.named(outlet.value) if outlet.value else None,
        marks=rules.marks_for(outlet.value),
    )
    # 5.-6. Prose and body.
    scores = score_prose(reading)
    body = choose_body(reading, scores)
    # 7. Labels.
    labelling = label_blocks(reading, scores, body)
    # 8.-9. Fields and article.
    return build_article(page, lines, labelling, outlet=outlet, method=METHOD)
