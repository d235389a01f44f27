"""What the search index holds of an article. Haystack dictates this module's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from haystack import indexes

from articles.models import Actor, Article, DateMention, Mention, Quote
from articles.models.article import ArticleQuerySet
from articles.resolve.places import places_of_dateline
from articles.search.event_keys import EVENT, keys_spoken_of
from articles.search.facets import (
    ACTOR_FACETS,
    BY_NAME,
    MENTIONED,
    NO_LANGUAGE,
    NO_OUTLET,
    SPEAKER,
    SPELLING,
    TRAIT,
    folded_value,
    mentioned_key,
    spelling_key,
    story_key,
    trait_key,
    year_and_month_of,
)

# Between texts and names that stand side by side: no phrase runs across a blank line.
APART = "\n\n"


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """One article as a document. Facet fields hold keys (see `articles.search.facets`), never names.

    Whoever renames an outlet, an actor, a tag or a collection, or changes what an actor is, queues its articles.
    """

    text = indexes.CharField(document=True)
    headline = indexes.CharField()
    subtitle = indexes.CharField(model_attr="subtitle")
    author = indexes.CharField()
    outlet_name = indexes.CharField()
    actor_name = indexes.CharField()
    outlet = indexes.MultiValueField()
    person = indexes.MultiValueField()
    organisation = indexes.MultiValueField()
    state = indexes.MultiValueField()
    media = indexes.MultiValueField()
    speaker_name = indexes.CharField()
    quote = indexes.CharField()
    source_name = indexes.CharField()
    place_name = indexes.CharField()
    tag_name = indexes.CharField()
    collection_name = indexes.CharField()
    place = indexes.MultiValueField()
    tag = indexes.MultiValueField()
    collection = indexes.MultiValueField()
    source = indexes.MultiValueField()
    spelling = indexes.MultiValueField()
    mentioned = indexes.MultiValueField()
    speaker = indexes.MultiValueField()
    trait = indexes.MultiValueField()
    event = indexes.MultiValueField()
    year = indexes.MultiValueField()
    month = indexes.MultiValueField()
    language = indexes.MultiValueField()
    status = indexes.MultiValueField()
    story = indexes.CharField()
    version = indexes.IntegerField(model_attr="version")
    first_day = indexes.IntegerField()
    last_day = indexes.IntegerField()
    word_count = indexes.IntegerField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> ArticleQuerySet:  # noqa: ARG002  # Haystack's
        """Return all articles, hidden ones too, with what a document is made of, in nine queries."""
        quotes = Prefetch("quotes", Quote.objects.select_related("speaker").order_by("pk"))
        days = Prefetch("date_mentions", DateMention.objects.order_by("pk"))
        mentions = Prefetch("mentions", Mention.objects.select_related("actor").order_by("pk"))
        return (
            Article.objects.select_related("outlet", "page")
            .defer("page__compressed")
            .prefetch_related(
                mentions,
                quotes,
                days,
                "place_mentions",
                "page__tags",
                "page__collections",
                "mentions__actor__aliases",
                "mentions__actor__merged__aliases",
            )
            .order_by("pk")
        )

    def prepare(self, obj: Article) -> dict[str, Any]:
        """Add to the fields below what several of them share: the actors by kind."""
        data: dict[str, Any] = super().prepare(obj)
        actors = actors_of(obj.mentions.all())
        for facet in ACTOR_FACETS:
            data[facet.name] = [actor.facet_key for actor in actors if actor.kind == facet.name]
        names = {actor.name for actor in actors}
        for actor in actors:
            names.update(alias.surface for one in (actor, *actor.merged.all()) for alias in one.aliases.all())
        data[SPELLING] = spellings_of(obj.mentions.all())
        data[MENTIONED] = mentioned_in(obj.mentions.all())
        data["actor_name"] = APART.join(sorted(names))
        first, last = known_interval(obj)
        data["first_day"] = first.toordinal() if first else 0
        data["last_day"] = last.toordinal() if last else 0
        year, month = year_and_month_of(first, last)
        data["year"], data["month"] = [BY_NAME["year"].key(year)], [BY_NAME["month"].key(month)]
        quotes = list(obj.quotes.all())
        speakers = speakers_of(quotes)
        data[SPEAKER] = [BY_NAME[SPEAKER].key(str(actor.pk)) for actor in speakers]
        names = {*(actor.name for actor in speakers), *(quote.speaker_text for quote in quotes)}
        data["speaker_name"] = APART.join(sorted(names - {""}))
        data["quote"] = APART.join(quote.text for quote in quotes)
        data[TRAIT] = traits_of(obj, quoted=bool(quotes))
        data["place"], data["place_name"] = places_of(obj)
        for shelf, shelves in (("tag", obj.page.tags.all()), ("collection", obj.page.collections.all())):
            data[shelf] = [BY_NAME[shelf].key(str(one.pk)) for one in shelves]
            data[f"{shelf}_name"] = APART.join(one.name for one in shelves)
        data[EVENT] = days_spoken_of(obj.date_mentions.all())
        return data

    def prepare_word_count(self, obj: Article) -> int:
        return len(obj.body.split())

    def prepare_source_name(self, obj: Article) -> str:
        return APART.join(obj.source_credits)

    def prepare_source(self, obj: Article) -> list[str]:
        values = filter(None, dict.fromkeys(map(folded_value, obj.source_credits)))
        return [BY_NAME["source"].key(value) for value in values]

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
    """Return the distinct actors that mentions stand for, without those that curators hid."""
    found = {mention.actor_id: mention.actor for mention in mentions if not mention.actor.hidden}
    return list(found.values())


def spellings_of(mentions: Iterable[Mention]) -> list[str]:
    """Return the keys of the spellings that the mentions use for their actors, each once, in order."""
    shown = (mention for mention in mentions if not mention.actor.hidden)
    return list(dict.fromkeys(spelling_key(mention.actor_id, mention.surface) for mention in shown))


def mentioned_in(mentions: Iterable[Mention]) -> list[str]:
    """Return the keys of how often the mentions name each actor."""
    times = Counter(mention.actor_id for mention in mentions if not mention.actor.hidden)
    return [mentioned_key(actor, number) for actor, number in times.items()]


def speakers_of(quotes: Iterable[Quote]) -> list[Actor]:
    """Return the distinct actors that are quoted, without those that curators hid."""
    spoken = (quote.speaker for quote in quotes)
    return list(dict.fromkeys(actor for actor in spoken if actor is not None and not actor.hidden))


def places_of(article: Article) -> tuple[list[str], str]:
    """Return the keys of the places that an article names or was written in, and their names as text.

    The names are the dateline, and each place as the article spells it and as it is folded: a state goes by its
    main name there.
    """
    named = {place.place_id: place.label for place in article.place_mentions.all()}
    keys = dict.fromkeys((*places_of_dateline(article.dateline), *named))
    texts = [article.dateline, *named.values(), *(key.replace("-", " ") for key in named)]
    return [BY_NAME["place"].key(key) for key in keys], APART.join(filter(None, texts))


def days_spoken_of(mentions: Iterable[DateMention]) -> list[str]:
    """Return the keys of the days that mentioned times mean, each once; a time without days has none."""
    known = {(one.first_day, one.last_day) for one in mentions}
    keys = (keys_spoken_of(first, last) for first, last in known if first and last)
    return sorted(frozenset().union(*keys))


def traits_of(article: Article, *, quoted: bool) -> list[str]:
    """Return the keys of what `is:` and `has:` ask for; dates and visibility have keys of their own."""
    held = {
        ("is", "partial"): article.partial,
        ("has", "duplicates"): article.story_id is not None,
        ("has", "quotes"): quoted,
        ("has", "captions"): bool(article.captions),
    }
    return [trait_key(*trait)[1] for trait, has in held.items() if has]


def known_interval(article: Article) -> tuple[date | None, date | None]:
    """Return the publication's first and last day; an article with one end unknown counts as undated."""
    if article.published_from is None or article.published_to is None:
        return None, None
    return article.published_from, article.published_to
