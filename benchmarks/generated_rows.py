"""A generated archive as rows of a database, with the numbers that its documents have.

    store(GeneratedArchive(2_000))

For a database without outlets, actors and articles. Names are not noted for the resolver and nothing is queued
for the index: rebuild it, or write the documents.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from itertools import islice

from django.db import transaction
from django.utils.text import slugify

from articles.models import Actor, Alias, Article, Mention, Outlet, Quote, StoredPage, Story
from articles.models.article import permanent_id_for, text_hash_of
from benchmarks.generated_archive import GeneratedArchive, GeneratedArticle, Said

BATCH = 500  # articles stored at a time


@transaction.atomic
def store(archive: GeneratedArchive) -> None:
    """Store outlets, actors, stories and articles with their pages, mentions and quotes."""
    Outlet.objects.bulk_create(
        Outlet(pk=number, name=name, slug=slugify(f"{number} {name}"))
        for number, name in enumerate(archive.outlets, 1)
    )
    Actor.objects.bulk_create(
        Actor(pk=each.number, name=each.name, kind=each.kind, machine_name=each.name, machine_kind=each.kind)
        for each in archive.actors
    )
    Alias.objects.bulk_create(Alias(actor_id=each.number, surface=each.name) for each in archive.actors)
    articles = archive.articles()
    while batch := list(islice(articles, BATCH)):
        _store(batch)


def _store(batch: list[GeneratedArticle]) -> None:
    Story.objects.bulk_create(
        [Story(pk=each.story) for each in batch if each.story is not None], ignore_conflicts=True
    )
    pages = [_page(each) for each in batch]
    StoredPage.objects.bulk_create(pages)
    Article.objects.bulk_create(_article(each, page.sha256) for each, page in zip(batch, pages, strict=True))
    Mention.objects.bulk_create(mention for each in batch for mention in _mentions(each))
    Quote.objects.bulk_create(_quote(each, said) for each in batch for said in each.quotes)


def _page(article: GeneratedArticle) -> StoredPage:
    """Return a page that says only which one it is: the texts of an archive stand in its articles."""
    content = f"Page {article.number}".encode()
    return StoredPage(
        pk=article.number,
        sha256=hashlib.sha256(content).hexdigest(),
        compressed=zlib.compress(content),
        size=len(content),
        media_type="text/plain",
        charset="utf-8",
        name=f"page-{article.number}.txt",
    )


def _article(article: GeneratedArticle, sha256: str) -> Article:
    return Article(
        pk=article.number,
        page_id=article.number,
        permanent_id=permanent_id_for(sha256),
        outlet_id=article.outlet,
        headline=article.headline,
        authors=[article.author] if article.author else [],
        body=article.body,
        text_hash=text_hash_of(article.body),
        dateline=article.place,
        language=article.language,
        source_credits=[article.credit] if article.credit else [],
        page_number=article.page_number,
        published_from=article.first,
        published_to=article.last,
        published_precision=article.precision,
        status=article.status,
        story_id=article.story,
    )


def _mentions(article: GeneratedArticle) -> Iterable[Mention]:
    for named in article.named:
        yield Mention(
            article_id=article.number,
            actor_id=named.actor.number,
            machine_actor_id=named.actor.number,
            local_name=named.actor.name,
            zone="body",
            start=named.start,
            end=named.end,
            surface=named.surface,
            method="generated",
            confidence=1.0,
            score=1.0,
            reason="It was generated so.",
        )


def _quote(article: GeneratedArticle, said: Said) -> Quote:
    return Quote(
        article_id=article.number,
        start=said.start,
        end=said.end,
        text=said.text,
        speaker_id=said.speaker.number,
        speaker_text=said.speaker.name,
    )
