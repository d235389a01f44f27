"""The last stage of cleaning: what the body itself says about dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from articles.clean.article import (
    UNKNOWN_DATE,
    CleanArticle,
    DateInterval,
    DateMention,
    Field,
    Witness,
)
from articles.clean.dating import (
    Dating,
    Evidence,
    Facts,
    check_stated,
    date_sentences,
    dates_in_sentences,
    load_facts,
    split_body,
)

# A stated date that the body contradicts is more often the day of a crawl or of an update than right.
CONFIDENCE_WHEN_CONTRADICTED = 0.4


@cache
def builtin_facts() -> Facts:
    """The dated offices and events of the authority files that come with Dateline, read once."""
    return load_facts()


def with_dates(article: CleanArticle, *, facts: Facts, captured: date | None = None) -> CleanArticle:
    """Return the article dated by what it says, where the page states no date.

    1. The evidence of the body. 2. The published date: a stated one stands, and is doubted when the
    body contradicts it; without one, the interval that the body allows. 3. The times the body names,
    reckoned from that date.

    `captured` is a day on which the page was there: an article is not younger than its page.
    """
    sentences = split_body([paragraph.text for paragraph in article.paragraphs])
    stated = article.published.value
    # 1. The evidence.
    dating = date_sentences(sentences, facts=facts, published=stated, not_after=captured)
    # 2. The published date.
    published = _checked(article, dating, captured) if stated.known else _by_content(dating)
    # 3. The times the body names.
    known = published.value if published.value.start and published.value.end else None
    mentions = tuple(
        DateMention(each.text, each.start, each.end, each.interval or UNKNOWN_DATE, each.relative)
        for each in dates_in_sentences(sentences, published=known)
    )
    witnesses = tuple(map(_witness, (*dating.evidence, *dating.set_aside)))
    return replace(article, published=published, witnesses=witnesses, date_mentions=mentions)


def _by_content(dating: Dating) -> Field[DateInterval]:
    if not dating.interval.known:
        return Field(UNKNOWN_DATE, "none", 0.0, note="The page gives no date of its own.")
    return Field(dating.interval, dating.method, dating.confidence, note=dating.summary)


def _checked(article: CleanArticle, dating: Dating, captured: date | None) -> Field[DateInterval]:
    check = check_stated(article.published.value, dating, captured=captured)
    if check.consistent:
        return article.published
    note = f"{article.published.note} Doubtful: {check.reason}".strip()
    confidence = min(article.published.confidence, CONFIDENCE_WHEN_CONTRADICTED)
    return replace(article.published, confidence=confidence, note=note)


def _witness(evidence: Evidence) -> Witness:
    return Witness(
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        window=evidence.window,
        shows=evidence.shows,
        used=evidence.used,
        reason=evidence.reason,
    )
