"""What the pure steps make of a page, with this archive's settings and what people taught it.

The database is only read: the learnt rules and the rulings on the page. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings

from articles.capture import RawPage
from articles.clean import clean_page
from articles.clean.article import CleanArticle, Field, Paragraph
from articles.clean.dated import builtin_facts, states_date, with_archive
from articles.ingest.neighbours import dated_articles
from articles.ingest.outlet_lines import PageLines, lines_of, recall
from articles.ingest.rules import rulings_on
from articles.mentions.authority import Authority, load_authority
from articles.mentions.find import MentionFinder, load_finder
from articles.models.article import permanent_id_for
from articles.resolve.actors import ArticleActors
from articles.resolve.article import actors_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pure steps make of a page; `lines` are what it adds to the memory of its outlet."""

    article: CleanArticle
    actors: ArticleActors
    lines: PageLines | None = None


def authority() -> Authority:
    """Return what the authority files say, read once a process."""
    return _authority(tuple(str(folder) for folder in settings.ARCHIVE_AUTHORITY_DIRS))


@lru_cache(maxsize=4)
def _authority(folders: tuple[str, ...]) -> Authority:
    return load_authority(*folders)


def finder() -> MentionFinder:
    """Return the finder of names; the language model is loaded on the first call."""
    return load_finder(model=settings.ARCHIVE_MODEL or None, authority=authority())


def read(page: RawPage, *, ruled: Mapping[str, str] | None = None) -> Reading:
    """Clean a page with what the archive knows, and find its actors.

    `ruled` holds the texts (headline, subtitle, body) that a person set, in which actors are found; those
    that rulings on this page set when it is not given.

    1. Rulings on the page, and the rules. 2. Cleaning, with what is remembered of its outlet's other pages.
    3. Where it states no date: what the archive holds that is told alike. 4. Actors.
    """
    standing = rulings_on(page.sha256)  # 1
    lines = lines_of(page, standing)  # 2
    memory = recall(lines, sha256=page.sha256) if lines else None
    article = clean_page(page, rules=standing.rules, memory=memory)
    if not states_date(article):
        article = _dated_by_its_like(page, article)  # 3
    texts = standing.texts if ruled is None else ruled
    actors = actors_of(with_ruled_texts(article, texts), finder())  # 4
    return Reading(article=article, actors=actors, lines=lines)


def _dated_by_its_like(page: RawPage, article: CleanArticle) -> CleanArticle:
    alike = dated_articles().alike(article.body, leave_out=permanent_id_for(page.sha256))
    captured = page.captured_at.date() if page.captured_at else None
    return with_archive(article, facts=builtin_facts(), alike=alike, captured=captured)


def with_ruled_texts(article: CleanArticle, ruled: Mapping[str, str]) -> CleanArticle:
    """Return the article with the texts that people set; a ruled body's paragraphs have no page lines."""
    changes: dict[str, Any] = {
        name: Field(ruled[name], "ruling", 1.0) for name in ("headline", "subtitle") if name in ruled
    }
    if "body" in ruled:
        start, paragraphs = 0, []
        for text in ruled["body"].split("\n\n"):
            paragraphs.append(Paragraph(text=text, lines=(), start=start))
            start += len(text) + len("\n\n")
        changes["paragraphs"] = tuple(paragraphs)
    return replace(article, **changes) if changes else article
