"""What the pure steps make of a page, with this archive's settings and what people taught it.

The database is only read: the learnt rules and the rulings on the page. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings

from articles.capture import RawPage
from articles.clean import clean_page
from articles.clean.article import CleanArticle, Field, Paragraph
from articles.clean.dated import builtin_facts, states_date, with_archive
from articles.clean.outlet_memory import OutletMemory
from articles.ingest.neighbours import dated_articles
from articles.ingest.outlet_lines import PageLines, lines_of, recall
from articles.ingest.rules import PageRulings, rulings_on
from articles.mentions.authority import Authority, load_authority
from articles.mentions.find import ArticleTexts, MentionFinder, load_finder
from articles.models.article import permanent_id_for
from articles.resolve.actors import ArticleActors
from articles.resolve.article import actors_of_many, asked_of


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


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A page cleaned, and all that the archive told for it; its date is not sought among its like yet."""

    article: CleanArticle
    standing: PageRulings
    lines: PageLines | None
    memory: OutletMemory | None


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """What was read of a page before its turn: `actors` are those of the texts that were `asked` about."""

    cleaned: _Cleaned
    asked: ArticleTexts
    actors: ArticleActors


def read(page: RawPage, *, ruled: Mapping[str, str] | None = None, ahead: ReadAhead | None = None) -> Reading:
    """Clean a page with what the archive knows, and find its actors.

    `ruled` holds the texts (headline, subtitle, body) that a person set, in which actors are found; those
    that rulings on this page set when it is not given. What was read `ahead` saves work and changes nothing: of
    it holds what the archive would still answer alike.

    1. Rulings on the page, and the rules. 2. Cleaning, with what is remembered of its outlet's other pages.
    3. Where it states no date: what the archive holds that is told alike. 4. Actors.
    """
    cleaned = _cleaned(page, ahead.cleaned if ahead else None)  # 1, 2
    article = cleaned.article
    if not states_date(article):
        article = _dated_by_its_like(page, article)  # 3
    shown = with_ruled_texts(article, cleaned.standing.texts if ruled is None else ruled)
    if ahead is not None and ahead.asked == asked_of(shown, finder()):
        actors = ahead.actors
    else:
        [actors] = actors_of_many([shown], finder())  # 4
    return Reading(article=article, actors=actors, lines=cleaned.lines)


def read_ahead(pages: Sequence[RawPage]) -> list[ReadAhead]:
    """Read pages together, in their order, because the tagger takes a third less time for many texts at once."""
    cleaned = [_cleaned(page) for page in pages]
    shown = [with_ruled_texts(each.article, each.standing.texts) for each in cleaned]
    found = actors_of_many(shown, finder())
    return [
        ReadAhead(each, asked_of(article, finder()), actors)
        for each, article, actors in zip(cleaned, shown, found, strict=True)
    ]


def _cleaned(page: RawPage, before: _Cleaned | None = None) -> _Cleaned:
    """Clean a page, or return it as it was cleaned before when the archive tells the same for it."""
    standing = rulings_on(page.sha256)  # 1
    lines = before.lines if before and before.standing == standing else lines_of(page, standing)  # 2
    memory = recall(lines, sha256=page.sha256) if lines else None
    if before and (before.standing, before.memory) == (standing, memory):
        return before
    return _Cleaned(clean_page(page, rules=standing.rules, memory=memory), standing, lines, memory)


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
