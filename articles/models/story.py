"""Stories: articles that tell the same text, the links that prove it, and pages of one article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from articles.models.article import VISIBLE, Article
from articles.models.ruling import ON_ARTICLES, Ruling


class StoryQuerySet(models.QuerySet["Story"]):
    """Verbs for lists of stories."""

    def shown(self) -> StoryQuerySet:
        """Leave out stories of which readers see fewer than two articles."""
        return self.filter(article_count__gte=2)

    def in_several_outlets(self) -> StoryQuerySet:
        """Keep the stories that two outlets or more carried."""
        return self.shown().filter(outlet_count__gte=2)

    def largest_first(self) -> StoryQuerySet:
        """Order by the number of outlets, then of articles, then by day, the latest first."""
        return self.order_by("-outlet_count", "-article_count", F("latest").desc(nulls_last=True), "-pk")

    def latest_first(self) -> StoryQuerySet:
        """Order by the last day on which an article of it came out, undated ones last."""
        return self.order_by(F("latest").desc(nulls_last=True), "-outlet_count", "-article_count", "-pk")


class Story(models.Model):
    """Articles that tell one text. `first` is the earliest publication among them, when the dates decide.

    The figures count what readers see; `articles.ingest.regroup` keeps them, so that the list of stories
    need not read the articles.
    """

    first = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    article_count = models.PositiveIntegerField(default=0)
    outlet_count = models.PositiveIntegerField(default=0)
    latest = models.DateField(null=True, blank=True, help_text="Last day of the latest article.")

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            models.Index(fields=["-outlet_count", "-article_count"], name="largest_stories"),
            models.Index(fields=["-latest"], name="latest_stories"),
        ]

    def __str__(self) -> str:
        return f"Story {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])

    @property
    def facet_key(self) -> str:
        """The opaque value under which the search index knows this story."""
        return f"story:{self.pk}"


# Shares of 5-word shingles, from 0 to 1, between which a person is asked about a pair: a tenth above the least that
# is near (.5), or holds the other (.6), and a tenth below the latter. All that share a part (from .38 on) and were
# joined are asked about: .38 to .58 is where rewritten wire copies and repeated background lie among each other
# (`articles.resolve.copies.overlap`; move these with the thresholds there).
NEAR_IN_DOUBT = 0.6
HELD_IN_DOUBT = 0.7
PARTLY_IN_DOUBT = 0.5


class DuplicateLinkQuerySet(models.QuerySet["DuplicateLink"]):
    """Verbs for lists of links."""

    def touching(self, article_ids: Iterable[int]) -> DuplicateLinkQuerySet:
        """Return the links of which either end is one of these articles."""
        ids = list(article_ids)
        return self.filter(Q(left__in=ids) | Q(right__in=ids))

    def in_doubt(self) -> DuplicateLinkQuerySet:
        """Keep the pairs that share little more than the least that makes one story, or little less.

        Those on which a person ruled are left out, and those of which readers see one at most.
        """
        joined = Q(left__story=F("right__story"))
        near = Q(sameness="near", jaccard__lt=NEAR_IN_DOUBT)
        held = Q(sameness="contains") & (Q(containment__lt=HELD_IN_DOUBT) | ~joined)
        partly = Q(sameness="partly") & (joined | Q(containment__gte=PARTLY_IN_DOUBT))
        ends = (OuterRef("left__permanent_id"), OuterRef("right__permanent_id"))
        pair = Q(left=ends[0], right=ends[1]) | Q(left=ends[1], right=ends[0])
        ruled = Ruling.objects.standing().filter(pair, kind=ON_ARTICLES)
        seen = Q(left__status__in=VISIBLE, right__status__in=VISIBLE)
        return self.filter(seen, near | held | partly).filter(~Exists(ruled))

    def between(self, one: Article, other: Article) -> DuplicateLink | None:
        """Return the link between two articles, if there is one."""
        left, right = sorted((one.pk, other.pk))
        return self.filter(left=left, right=right).first()


class DuplicateLink(models.Model):
    """Two articles that share text. `jaccard` and `containment` are over 5-word shingles, 0 to 1.

    `inner` is the one that the other holds, None when neither does. Of a text that came very often, the
    links to some of the others are kept, enough to join them all.
    """

    class Sameness(models.TextChoices):
        """The same four as `articles.resolve.copies.Sameness`."""

        EXACT = "exact", "the same text"
        NEAR = "near", "nearly the same text"
        CONTAINS = "contains", "one holds the other"
        PARTLY = "partly", "a good part is the same"

    left = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    sameness = models.CharField(max_length=20, choices=Sameness.choices)
    jaccard = models.FloatField()
    containment = models.FloatField()
    inner = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    ruled_same = models.BooleanField(
        "a person says they are one story", default=False, help_text="It follows from the rulings."
    )

    objects = DuplicateLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="one_link_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="link_left_before_right"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"


class PartLinkQuerySet(models.QuerySet["PartLink"]):
    """Verbs for the links between pages of one article."""

    def touching(self, article_ids: Iterable[int]) -> PartLinkQuerySet:
        """Return the links of which either end is one of these articles."""
        ids = list(article_ids)
        return self.filter(Q(left__in=ids) | Q(right__in=ids))

    def among(self, article_ids: Iterable[int]) -> PartLinkQuerySet:
        """Return the links of which both ends are among these articles."""
        ids = list(article_ids)
        return self.filter(left__in=ids, right__in=ids)

    def parts_of(self, article: Article) -> list[Article]:
        """Return the pages of the article that this one is a page of, itself included, in reading order.

        A page that was captured several times is given once: the article itself before others, then the
        earliest capture. Hidden pages are left out. Empty when no other page is known.
        """
        ends = self.touching([article.pk]).values_list("left", "right")
        others = {number for pair in ends for number in pair} - {article.pk}
        found = Article.objects.visible().filter(pk__in=others).select_related("outlet").order_by("pk")
        by_page: dict[Any, Article] = {article.page_number: article}
        for other in found:
            by_page.setdefault(other.page_number, other)
        return [by_page[page] for page in sorted(by_page)] if len(by_page) > 1 else []


class PartLink(models.Model):
    """Two pages of one article that came in several; `reason` is the sentence that says how it is known.

    They tell different parts of one text, so that no copy links them, and no story joins them.
    """

    left = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()

    objects = PartLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="one_part_link_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="part_left_before_right"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} + {self.right_id}"
