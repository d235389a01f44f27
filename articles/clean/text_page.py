"""Cleaning a plain-text page."""

from __future__ import annotations

from articles.capture.page import RawPage
from articles.clean.article import CleanArticle
from articles.clean.assemble import build_article
from articles.clean.labels import label_blocks
from articles.clean.line_model import LineModel, builtin_model
from articles.clean.lines import read_lines
from articles.clean.outlet_memory import OutletMemory, remembered_lines
from articles.clean.outlet_rules import OutletRules, find_outlet
from articles.clean.prose import score_prose
from articles.clean.reading import PageReading, block_keys
from articles.clean.stretch import choose_body
from articles.clean.wrapping import join_wrapped

METHOD = "text 2"


def clean_text(
    page: RawPage, *, rules: OutletRules, memory: OutletMemory | None = None, model: LineModel | None = None
) -> CleanArticle:
    """What a page of plain text holds.

    `memory` knows the lines of the outlet's other pages; `model` is the line model, the one that comes with
    Dateline unless another is given.

    1. lines: split, white space made plain, raw line numbers kept;
    2. blocks: hard-wrapped lines joined;
    3. outlet: from the address and from wording, so that its own rules can help;
    4. reading: what each block says by itself;
    5. prose: how much each block reads as the story's;
    6. body: the stretch with the most prose;
    7. labels: every block gets one, with a reason, lines of the outlet's other pages first;
    8. fields: headline to dates, from the labelled blocks;
    9. article: everything put together, every input line labelled.
    """
    # 1.-2. Lines and blocks.
    lines = read_lines(page.text)
    blocks = join_wrapped(lines)
    # 3. Outlet.
    keys = block_keys(blocks)
    outlet = find_outlet(blocks, keys, page.url, rules)
    # 4. Reading.
    reading = PageReading(
        blocks,
        rules=rules,
        rule=rules.named(outlet.value) if outlet.value else None,
        marks=rules.marks_for(outlet.value),
        keys=keys,
    )
    # 5.-6. Prose and body.
    known = model or builtin_model()
    scores = score_prose(reading, model=known)
    body = choose_body(reading, scores)
    # 7. Labels.
    remembered = remembered_lines(reading, body, memory) if memory else {}
    labelling = label_blocks(reading, scores, body, remembered=remembered, fields=known.fields)
    # 8.-9. Fields and article.
    return build_article(page, lines, labelling, outlet=outlet, method=METHOD)
