"""Articles, the evidence for each of their fields, and how their pages were read."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from articles.clean.article import DateInterval, Precision
from articles.models.outlet import Outlet
from articles.models.page import StoredPage
from articles.models.ruling import Ruling, Verdict

# Base-32 characters, 60 bits: a clash among ten million pages is a 1 in 20,000 chance.
PERMANENT_ID_LENGTH = 12


class Status(models.TextChoices):
    """Where an article stands; only hidden ones are kept from readers."""

    NEW = "new", "new"
    NEEDS_REVIEW = "needs_review", "needs review"
    PUBLISHED = "published", "published"
    HIDDEN = "hidden", "hidden"


VISIBLE = (Status.NEW, Status.NEEDS_REVIEW, Status.PUBLISHED)

# From 0 to 1: a published date that the machine is less sure of is shown as doubtful and waits for a curator.
DOUBTFUL_BELOW = 0.6
# A date within longer than the longest month is asked about too, however sure the machine is of the interval.
WIDE = timedelta(days=31)

PRECISIONS = [(name, name) for name in ("day", "month", "year", "interval", "unknown")]


# The fields that a person can rule on, in the order in which a page shows them.
INTERVALS = ("published", "updated")
LISTS = ("authors", "source_credits")
RULED_FIELDS = (
    "headline",
    "subtitle",
    "authors",
    "outlet",
    "published",
    "updated",
    "dateline",
    "section",
    "source_credits",
    "language",
    "body",
    "status",
)


def permanent_id_for(sha256: str) -> str:
    """Return the id that an article keeps for good: the same page gets the same one in any archive."""
    return base64.b32encode(bytes.fromhex(sha256)).decode("ascii").lower()[:PERMANENT_ID_LENGTH]


def text_hash_of(body: str) -> str:
    """Return the SHA-256 of a body without case, punctuation and white space: equal for exact copies."""
    from articles.resolve.copies.shingles import text_hash  # waits: its package brings the whole resolver

    return text_hash(body)


# Orders what hangs on an article, such as a quote, by publication: the newest first, undated last in every database.
BY_NEWEST_ARTICLE = F("article__published_to").desc(nulls_last=True)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Verbs for lists of articles."""

    def visible(self) -> ArticleQuerySet:
        """Leave out what curators hid."""
        return self.filter(status__in=VISIBLE)

    def dated(self) -> ArticleQuerySet:
        """Keep articles with a known publication interval."""
        return self.filter(published_from__isnull=False, published_to__isnull=False)

    def undated(self) -> ArticleQuerySet:
        """Keep articles whose publication date nothing in the page tells."""
        return self.filter(Q(published_from__isnull=True) | Q(published_to__isnull=True))

    def newest_first(self) -> ArticleQuerySet:
        """Order by publication, undated ones last, the newest arrival first among equals."""
        return self.order_by(models.F("published_to").desc(nulls_last=True), "-pk")

    def not_ruled_on(self, field: str) -> ArticleQuerySet:
        """Leave out articles of which a person has ruled what this field is."""
        ruled = Ruling.objects.standing().filter(verdict=Verdict.FIELD, field=field, page=OuterRef("page"))
        return self.filter(~Exists(ruled))

    def of_doubtful_date(self) -> ArticleQuerySet:
        """Keep those whose date the machine doubts or knows to no month, and no person has ruled on.

        What is quite undated is left out: there is nothing to accept.
        """
        doubted = FieldEvidence.objects.filter(
            article=OuterRef("pk"), field="published", confidence__lt=DOUBTFUL_BELOW
        )
        open_at_an_end = Q(published_from=None) | Q(published_to=None)
        wide = open_at_an_end | Q(published_to__gt=F("published_from") + WIDE)
        some_date = self.visible().exclude(published_from=None, published_to=None)
        return some_date.filter(wide | Exists(doubted)).not_ruled_on("published")

    def of_unknown_outlet(self) -> ArticleQuerySet:
        """Keep those of which neither the machine nor a person says where they appeared."""
        return self.visible().filter(outlet=None).not_ruled_on("outlet")

    def with_missing_parts(self) -> ArticleQuerySet:
        """Keep pages of longer articles whose other pages are not all here, and on which no person ruled.

        Where a page does not say of how many it is, one other page is enough.
        """
        from articles.models.story import PartLink  # waits: its file needs this one

        links = PartLink.objects.filter(Q(left=OuterRef("pk")) | Q(right=OuterRef("pk"))).order_by()
        other = Case(When(left=OuterRef("pk"), then="right__page_number"), default="left__page_number")
        here = links.values(one=Value(1)).annotate(number=Count(other, distinct=True)).values("number")
        parts = self.visible().filter(page_number__isnull=False)
        parts = parts.annotate(other_parts=Coalesce(Subquery(here), 0))
        missing = Q(page_count=None, other_parts=0) | Q(page_count__gt=F("other_parts") + 1)
        return parts.filter(missing).not_ruled_on("status")

    def with_card_data(self) -> ArticleQuerySet:
        """Fetch in three queries whatever a result list shows of each article."""
        from articles.models.actor import Mention

        mentions = Mention.objects.filter(actor__hidden=False).select_related("actor").order_by("start")
        return (
            self.select_related("outlet")
            .defer("body")
            .prefetch_related(Prefetch("mentions", queryset=mentions, to_attr="card_mentions"))
        )


class Article(models.Model):
    """One article, cut out of one page. An unknown date is unknown (both ends empty), never today.

    `version` grows with every save; a form that was opened on an older version is told so.
    """

    permanent_id = models.CharField(max_length=PERMANENT_ID_LENGTH, unique=True, editable=False)
    page = models.OneToOneField(
        StoredPage,
        verbose_name="page as it came",
        on_delete=models.PROTECT,
        related_name="article",
        editable=False,
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    headline = models.TextField(blank=True)
    subtitle = models.TextField(blank=True)
    authors = models.JSONField(
        "written by", default=list, blank=True, help_text="Names of the authors, as a list."
    )
    body = models.TextField(blank=True)
    dateline = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    source_credits = models.JSONField(
        "taken from", default=list, blank=True, help_text="Agencies the story was taken from."
    )
    captions = models.JSONField(default=list, blank=True, editable=False)
    page_number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Part of a longer article."
    )
    page_count = models.PositiveSmallIntegerField(null=True, blank=True)
    published_from = models.DateField("published on, or not before", null=True, blank=True, db_index=True)
    published_to = models.DateField("published not after", null=True, blank=True, db_index=True)
    published_precision = models.CharField(
        "how exactly that is known", max_length=10, choices=PRECISIONS, default="unknown"
    )
    updated_from = models.DateField("updated on, or not before", null=True, blank=True)
    updated_to = models.DateField("updated not after", null=True, blank=True)
    updated_precision = models.CharField(
        "how exactly that is known", max_length=10, choices=PRECISIONS, default="unknown"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NEW, db_index=True)
    text_hash = models.CharField(max_length=64, db_index=True, editable=False)
    story = models.ForeignKey(
        "articles.Story", on_delete=models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("taken in on", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("last changed on", auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_from__isnull=True)
                | Q(published_to__isnull=True)
                | Q(published_from__lte=models.F("published_to")),
                name="published_interval_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or f"Article {self.permanent_id}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.permanent_id])

    @property
    def published(self) -> DateInterval:
        """The publication interval; both ends None when unknown."""
        precision: Precision = self.published_precision  # type: ignore[assignment]  # choices are Precision's
        return DateInterval(self.published_from, self.published_to, precision)

    @property
    def partial(self) -> bool:
        """True when the page said that it is one of several."""
        return self.page_number is not None

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs, as cleaning joined them."""
        return self.body.split("\n\n") if self.body else []

    def field_value(self, name: str) -> Any:
        """Return a field in the JSON form in which rulings and evidence keep it."""
        if name == "outlet":
            return self.outlet.name if self.outlet else None
        if name in INTERVALS:
            start, end = getattr(self, f"{name}_from"), getattr(self, f"{name}_to")
            return {
                "from": start.isoformat() if start else None,
                "to": end.isoformat() if end else None,
                "precision": getattr(self, f"{name}_precision"),
            }
        return getattr(self, name) or None

    def set_field(self, name: str, value: Any) -> None:
        """Set a field from its JSON form; a new outlet is made. Raises KeyError on another name."""
        if name not in RULED_FIELDS:
            raise KeyError(name)
        if name == "outlet":
            self.outlet = Outlet.objects.named(value) if value else None
        elif name in INTERVALS:
            value = value or {}
            start, end = value.get("from"), value.get("to")
            setattr(self, f"{name}_from", date.fromisoformat(start) if start else None)
            setattr(self, f"{name}_to", date.fromisoformat(end) if end else None)
            setattr(self, f"{name}_precision", value.get("precision") or "unknown")
        elif name in LISTS:
            setattr(self, name, list(value or []))
        else:
            setattr(self, name, value or "")


class Cleaning(models.Model):
    """How an article's page was read: every line's number, label and reason, as the cleaner gave them.

    `lines` is a list of [number, label, reason]; `paragraphs` a list of [start in body, [line numbers]].
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="cleaning")
    method = models.CharField(max_length=80)
    lines = models.JSONField(default=list)
    paragraphs = models.JSONField(default=list)
    cleaned_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.method} on {self.article_id}"


class FieldEvidence(models.Model):
    """What supports one field of one article, as the machine saw it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="evidence")
    field = models.CharField("field", max_length=40)
    value = models.JSONField("what was found", null=True)
    method = models.CharField("found by", max_length=80)
    confidence = models.FloatField("how sure", help_text="From 0 to 1.")
    lines = models.JSONField(
        "lines of the page", default=list, help_text="Line numbers of the page, counted from 1."
    )
    note = models.TextField("why", blank=True)
    witnesses = models.JSONField(
        default=list, help_text="For a date: the sentences that speak for it, and those set aside."
    )

    class Meta:
        ordering = ["article", "field"]
        constraints = [models.UniqueConstraint(fields=["article", "field"], name="one_evidence_per_field")]

    def __str__(self) -> str:
        return f"{self.field}: {self.method}"


class DateMention(models.Model):
    """A time that a body names, with its offsets in characters and the days it means, where that is known."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="date_mentions")
    surface = models.CharField(max_length=300)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    relative = models.BooleanField(help_text="Reckoned from the day of publication.")

    class Meta:
        ordering = ["article", "start"]
        indexes = [models.Index(fields=["first_day", "last_day"])]

    def __str__(self) -> str:
        return self.surface
