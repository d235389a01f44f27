"""The step's one door: a page in, a clean article out."""

from __future__ import annotations

from articles.capture.page import RawPage
from articles.clean.article import CleanArticle
from articles.clean.dated import builtin_facts, with_dates
from articles.clean.dating import Facts
from articles.clean.outlet_memory import OutletMemory
from articles.clean.outlet_rules import OutletRules, builtin_rules
from articles.clean.text_page import clean_text


def clean_page(
    page: RawPage,
    *,
    rules: OutletRules | None = None,
    memory: OutletMemory | None = None,
    facts: Facts | None = None,
) -> CleanArticle:
    """What a page holds once the page around it is taken away.

    1. rules: those given, else the ones that come with Dateline (read once);
    2. cleaner: by media type, plain text through our own line labels, HTML through trafilatura;
    3. dates: what the body says of its own date, by `facts`, else by those that come with Dateline.

    Any text gives an article, if need be one without paragraphs; nothing is raised for what a page says.
    The same page, rules and memory always give the same article. `memory` holds the lines of other pages of the
    outlet (`outlet_memory.remember`); HTML does not need it.
    """
    # 1. Rules.
    known = rules if rules is not None else builtin_rules()
    # 2. Cleaner.
    if page.media_type == "text/html":
        # Waits until here: its libraries take 10 MB, which no reader needs.
        from articles.clean.html_page import clean_html

        article = clean_html(page, rules=known)
    else:
        article = clean_text(page, rules=known, memory=memory)
    # 3. Dates.
    captured = page.captured_at.date() if page.captured_at else None
    return with_dates(article, facts=facts if facts is not None else builtin_facts(), captured=captured)
