"""An article as plain data: its fields with their evidence, who is in it, who is quoted."""

from __future__ import annotations

from typing import Any

from articles.models import Article, FieldEvidence, Mention, Quote, Ruling
from articles.search.edtf import published_as_edtf


def article_as_data(article: Article) -> dict[str, Any]:
    """Return an article that readers may see; what is not known is null or empty."""
    interval = article.field_value("published")
    return {
        "id": article.permanent_id,
        "url": article.get_absolute_url(),
        "headline": article.headline or None,
        "subtitle": article.subtitle or None,
        "outlet": article.outlet.name if article.outlet else None,
        "authors": article.authors,
        "published": {**interval, "edtf": published_as_edtf([article])[article.pk]},
        "dateline": article.dateline or None,
        "section": article.section or None,
        "language": article.language or None,
        "source_credits": article.source_credits,
        "captions": article.captions,
        "tags": list(article.page.tags.values_list("name", flat=True)),
        "collections": list(article.page.collections.values_list("name", flat=True)),
        "page_number": article.page_number,
        "page_count": article.page_count,
        "body": article.body,
        "actors": _actors(article),
        "quotes": _quotes(article),
        "versions": _versions(article),
        "evidence": _evidence(article),
        "page_url": article.page.url or None,
        "page_sha256": article.page.sha256,
    }


def _actors(article: Article) -> list[dict[str, Any]]:
    named: dict[int, dict[str, Any]] = {}
    for one in Mention.objects.filter(article=article, actor__hidden=False).select_related("actor"):
        actor = named.setdefault(
            one.actor_id,
            {"id": one.actor_id, "name": one.actor.name, "kind": one.actor.kind, "mentions": []},
        )
        actor["mentions"].append((one.zone, one.start, one.end))
    return list(named.values())


def _quotes(article: Article) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "text": one.text,
            "start": one.start,
            "end": one.end,
            "speaker": one.speaker.root_id if one.speaker and not one.speaker.hidden else None,
            "cue": one.cue or None,
            "via": one.via or None,
        }
        for one in Quote.objects.filter(article=article).select_related("speaker")
    ]


def _versions(article: Article) -> list[str]:
    if article.story_id is None:
        return []
    others = Article.objects.visible().filter(story=article.story_id).exclude(pk=article.pk)
    return list(others.order_by("pk").values_list("permanent_id", flat=True))


def _evidence(article: Article) -> list[dict[str, Any]]:
    rulings = {ruling.field: ruling for ruling in Ruling.objects.on_fields_of(article.page)}
    return [
        {
            "field": one.field,
            "value": one.value,
            "method": one.method,
            "confidence": one.confidence,
            "lines": one.lines,
            "note": one.note or None,
            "ruled_by": rulings[one.field].made_by_name if one.field in rulings else None,
            "reason": (rulings[one.field].reason or None) if one.field in rulings else None,
        }
        for one in FieldEvidence.objects.filter(article=article)
    ]
