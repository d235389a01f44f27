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
from articles.ingest.rules import rulings_on
from articles.mentions.authority import Authority, load_authority
from articles.mentions.find import MentionFinder, load_finder
from articles.resolve.actors import ArticleActors
from articles.resolve.article import actors_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pure steps make of a page."""

    article: CleanArticle
    actors: ArticleActors


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
    """Clean a page with the archive's rules and find its actors.

    `ruled` holds the texts (headline, subtitle, body) that a person set, in which actors are found; those
    that rulings on this page set when it is not given.
    """
    standing = rulings_on(page.sha256)
    article = clean_page(page, rules=standing.rules)
    texts = standing.texts if ruled is None else ruled
    return Reading(article=article, actors=actors_of(with_ruled_texts(article, texts), finder()))


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
