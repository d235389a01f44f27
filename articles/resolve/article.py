"""From a cleaned article to its actors: find in every zone, join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from articles.clean.article import Caption, CleanArticle
from articles.mentions.find import ArticleTexts, MentionFinder
from articles.mentions.spans import Mentions, Zone
from articles.resolve.actors import ArticleActors
from articles.resolve.within import join_within


def zone_texts(article: CleanArticle) -> Mapping[Zone, tuple[str, ...]]:
    """Return the texts of each zone that names actors; a span's offsets count in one of them.

    Empty zones are left out. Only "caption" and "source" have more than one text, and a span's `zone_index`
    says which. A caption's photographer is no actor of the story, its agency is a source. An outlet that
    credits itself cites nobody. Nothing else of the page is ever read.
    """
    agencies = [caption.agency for caption in article.captions if caption.agency]
    cited = [name for name in (*article.source_credits.value, *agencies) if name != article.outlet.value]
    texts: dict[Zone, tuple[str, ...]] = {
        "body": (article.body,),
        "headline": (article.headline.value or "",),
        "subtitle": (article.subtitle.value or "",),
        "caption": tuple(_without_credit(caption) for caption in article.captions),
        "source": tuple(dict.fromkeys(cited)),
    }
    return {zone: listed for zone, listed in texts.items() if any(text.strip() for text in listed)}


def _without_credit(caption: Caption) -> str:
    """Return a caption up to the credit at its end, so that offsets still count in the whole of it."""
    at = caption.text.rfind(caption.credit) if caption.credit else -1
    return caption.text[:at] if at > 0 else caption.text


def mentions_of(article: CleanArticle, finder: MentionFinder) -> dict[Zone, Mentions]:
    """Return what is named in each zone; the body is read first, because it explains the headline."""
    return mentions_of_many([article], finder)[0]


def mentions_of_many(articles: Sequence[CleanArticle], finder: MentionFinder) -> list[dict[Zone, Mentions]]:
    """Return what is named in each zone of each article; several together take less time than one by one."""
    found = finder.find_batch([asked_of(article, finder) for article in articles])
    return [{zone: _together(parts) for zone, parts in zones.items()} for zones in found]


def asked_of(article: CleanArticle, finder: MentionFinder) -> ArticleTexts:
    """Return what the finder is asked about an article: two that ask the same have the same actors."""
    return ArticleTexts(zone_texts(article), finder.home_of(article.outlet.value))


def _together(parts: Sequence[Mentions]) -> Mentions:
    """Return the mentions of a zone's texts as one; `zone_index` says in which text a name or a place stands."""
    if len(parts) == 1:
        return parts[0]
    return Mentions(
        names=tuple(replace(name, zone_index=at) for at, part in enumerate(parts) for name in part.names),
        roles=tuple(role for part in parts for role in part.roles),
        quotes=tuple(quote for part in parts for quote in part.quotes),
        places=tuple(replace(place, zone_index=at) for at, part in enumerate(parts) for place in part.places),
        phrases=tuple(phrase for part in parts for phrase in part.phrases),
        reported=tuple(clause for part in parts for clause in part.reported),
    )


def actors_of(article: CleanArticle, finder: MentionFinder) -> ArticleActors:
    """Return the actors of one article, joined over its zones, and the quotes of its body."""
    return actors_of_many([article], finder)[0]


def actors_of_many(articles: Sequence[CleanArticle], finder: MentionFinder) -> list[ArticleActors]:
    """Return the actors of each article, found together."""
    found = mentions_of_many(articles, finder)
    return [join_within(mentions, authority=finder.authority) for mentions in found]


def actors_of_text(text: str, finder: MentionFinder) -> ArticleActors:
    """Return the actors of a text that is a body and nothing more."""
    return join_within({"body": finder.find(text)}, authority=finder.authority)
