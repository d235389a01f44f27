"""What the search index holds of an article. Haystack dictates this module's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from haystack import indexes

from articles.models import Actor, Article, Mention
from articles.models.article import ArticleQuerySet
from articles.search.facets import ACTOR_FACETS, BY_NAME, NO_LANGUAGE, NO_OUTLET, story_key, year_and_month_of

# Between texts and names that stand side by side: no phrase runs across a blank line.
APART = "\n\n"


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """One article as a document. Facet fields hold keys (see `articles.search.facets`), never names.

    Whoever renames an outlet, or an actor, or changes what an actor is, queues its articles.
    """

    text = indexes.CharField(document=True)
    headline = indexes.CharField()
    author = indexes.CharField()
    outlet_name = indexes.CharField()
    actor_name = indexes.CharField()
    outlet = indexes.MultiValueField()
    person = indexes.MultiValueField()
    organisation = indexes.MultiValueField()
    state = indexes.MultiValueField()
    media = indexes.MultiValueField()
    year = indexes.MultiValueField()
    month = indexes.MultiValueField()
    language = indexes.MultiValueField()
    status = indexes.MultiValueField()
    story = indexes.CharField()
    version = indexes.IntegerField(model_attr="version")
    first_day = indexes.IntegerField()
    last_day = indexes.IntegerField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> ArticleQuerySet:  # noqa: ARG002  # Haystack's
        """Return all articles, hidden ones too, with what a document is made of, in four queries."""
        actors = Prefetch("mentions", Mention.objects.select_related("actor__merged_into").order_by("pk"))
        return (
            Article.objects.select_related("outlet")
            .prefetch_related(actors, "mentions__actor__aliases")
            .order_by("pk")
        )

    def prepare(self, obj: Article) -> dict[str, Any]:
        """Add to the fields below what several of them share: the actors by kind."""
        data: dict[str, Any] = super().prepare(obj)
        actors = actors_of(obj.mentions.all())
        for facet in ACTOR_FACETS:
            data[facet.name] = [actor.facet_key for actor in actors if actor.kind == facet.name]
        spellings = {alias.surface for mention in obj.mentions.all() for alias in mention.actor.aliases.all()}
        spellings.update(actor.name for actor in actors)
        data["actor_name"] = APART.join(sorted(spellings))
        first, last = known_interval(obj)
        data["first_day"] = first.toordinal() if first else 0
        data["last_day"] = last.toordinal() if last else 0
        year, month = year_and_month_of(first, last)
        data["year"], data["month"] = [BY_NAME["year"].key(year)], [BY_NAME["month"].key(month)]
        return data

    def prepare_text(self, obj: Article) -> str:
        captions = [caption["text"] for caption in obj.captions]
        return APART.join(part for part in (obj.headline, obj.subtitle, obj.body, *captions) if part)

    def prepare_headline(self, obj: Article) -> str:
        return obj.headline

    def prepare_author(self, obj: Article) -> str:
        return APART.join(obj.authors)

    def prepare_outlet_name(self, obj: Article) -> str:
        return obj.outlet.name if obj.outlet else ""

    def prepare_outlet(self, obj: Article) -> list[str]:
        return [BY_NAME["outlet"].key(str(obj.outlet_id) if obj.outlet_id else NO_OUTLET)]

    def prepare_language(self, obj: Article) -> list[str]:
        code = obj.language.lower()
        facet = BY_NAME["language"]
        return [facet.key(code if facet.values.fullmatch(code) else NO_LANGUAGE)]

    def prepare_status(self, obj: Article) -> list[str]:
        return [f"status:{obj.status}"]

    def prepare_story(self, obj: Article) -> str:
        return story_key(obj.pk, obj.story_id)


def actors_of(mentions: Iterable[Mention]) -> list[Actor]:
    """Return the distinct actors that mentions stand for: merged ones as what they became, no hidden ones."""
    found: dict[int, Actor] = {}
    for mention in mentions:
        actor = mention.actor
        seen = {actor.pk}
        while actor.merged_into is not None and actor.merged_into_id not in seen:
            actor = actor.merged_into
            seen.add(actor.pk)
        if not actor.hidden:
            found.setdefault(actor.pk, actor)
    return list(found.values())


def known_interval(article: Article) -> tuple[date | None, date | None]:
    """Return the publication's first and last day; an article with one end unknown counts as undated."""
    if article.published_from is None or article.published_to is None:
        return None, None
    return article.published_from, article.published_to
