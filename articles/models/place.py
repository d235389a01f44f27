"""The places that articles name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db import models
from django.db.models import Sum

from articles.models.article import Article
from articles.resolve.places import LONGEST_KEY, most_written

LONGEST_LABEL = 200


class PlaceQuerySet(models.QuerySet["Place"]):
    """Verbs for places."""

    def settle_labels(self, labels: Mapping[str, str]) -> None:
        """Call each place as the archive's articles spell it most.

        `labels` is how an article that is stored already spells places, by their keys; only where it spells one
        otherwise are they counted.
        """
        stored = dict(self.filter(key__in=labels).values_list("key", "label"))
        otherwise = [key for key, label in labels.items() if stored[key] != label]
        for key in otherwise:
            rows = PlaceMention.objects.filter(place=key).order_by().values_list("label")
            written = Counter(dict(rows.annotate(written=Sum("count"))))
            self.filter(key=key).update(label=most_written(written))


class Place(models.Model):
    """A place under its folded name ("new-york"), and what it is called. Mentions of other articles may share it."""

    key = models.CharField(max_length=LONGEST_KEY, primary_key=True)
    label = models.CharField(max_length=LONGEST_LABEL)

    objects = PlaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label


class PlaceMention(models.Model):
    """A place that an article names as a place, and not as an actor ("talks in Moscow").

    `label` is how the article spells it most, `count` how often it names it, and `spots` are where:
    [zone, zone_index, start, end], offsets in characters of the text of the zone, as of a `Mention`.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="place_mentions", db_index=False
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="mentions", db_index=False)
    label = models.CharField(max_length=LONGEST_LABEL)
    count = models.PositiveIntegerField()
    spots = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "place"], name="place_once_per_article"),
        ]
        # From a place to its spellings and how often each was written, without a look at the rows.
        indexes = [models.Index(fields=["place", "label", "count"], name="spellings_of_a_place")]

    def __str__(self) -> str:
        return f"{self.label} in article {self.article_id}"
