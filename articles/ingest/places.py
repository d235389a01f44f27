"""Storing the places that an article names."""

from __future__ import annotations

from articles.ingest.reading import authority
from articles.models import Article, Place, PlaceMention
from articles.models.place import LONGEST_LABEL
from articles.resolve.actors import ArticleActors
from articles.resolve.places import places_named


def place_rows(article: Article, found: ArticleActors) -> list[PlaceMention]:
    """Return what is to be stored of the places that were found in an article."""
    return [
        PlaceMention(
            article=article,
            place_id=named.key,
            label=named.label[:LONGEST_LABEL],
            count=len(named.spans),
            spots=[[span.zone, span.zone_index, span.start, span.end] for span in named.spans],
        )
        for named in places_named(found.places, authority())
    ]


def write_places(article: Article, found: ArticleActors) -> None:
    """Replace the places of an article by what was found now. Call it inside the transaction that saved it."""
    article.place_mentions.all().delete()
    rows = place_rows(article, found)
    labels = {row.place_id: row.label for row in rows}
    Place.objects.bulk_create(
        (Place(key=key, label=label) for key, label in labels.items()), ignore_conflicts=True
    )
    PlaceMention.objects.bulk_create(rows)
    Place.objects.settle_labels(labels)
