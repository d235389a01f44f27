"""Actors, the spellings they go by, their roles, and where they are mentioned and quoted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.text import slugify

from articles.models.article import VISIBLE, Article


class Kind(models.TextChoices):
    """The same four kinds as `articles.mentions.spans.Kind`."""

    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    STATE = "state", "state"
    MEDIA = "media", "media"


class Origin(models.TextChoices):
    """Who said so. What a person said outranks the rest."""

    MACHINE = "machine", "found by the machine"
    AUTHORITY = "authority", "authority file"
    PERSON = "person", "a curator"


class ActorQuerySet(models.QuerySet["Actor"]):
    """Verbs for lists of actors."""

    def shown(self) -> ActorQuerySet:
        """Leave out what a curator ruled not to be an actor, and actors merged into another."""
        return self.filter(hidden=False, merged_into__isnull=True)

    def with_counts(self) -> ActorQuerySet:
        """Add `article_count`, `mention_count`, `first_seen`, `last_seen` over the visible articles."""
        visible = Q(mentions__article__status__in=VISIBLE)
        return self.annotate(
            article_count=Count("mentions__article", filter=visible, distinct=True),
            mention_count=Count("mentions", filter=visible),
            first_seen=Min("mentions__article__published_from", filter=visible),
            last_seen=Max("mentions__article__published_to", filter=visible),
        )

    def most_mentioned(self) -> ActorQuerySet:
        """Order by the number of articles that name them."""
        counted: models.QuerySet[Any] = self.shown().with_counts()  # the counts are unknown to the plugin
        return counted.filter(article_count__gt=0).order_by("-article_count", "name")  # type: ignore[return-value]


class Actor(models.Model):
    """A person, organisation, state or cited news medium, under one canonical name.

    `authority` is the name in the authority files when they know it. A merged actor keeps its row
    and points to the one it was merged into, so that the merge can be undone.
    """

    name = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, db_index=True)
    authority = models.CharField(max_length=300, blank=True)
    hidden = models.BooleanField(default=False, help_text="A curator ruled that this is not an actor.")
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "authority"], condition=~Q(authority=""), name="one_actor_per_authority_entry"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.pk, slugify(self.name) or "actor"])

    @property
    def facet_key(self) -> str:
        """The opaque value under which the search index knows this actor."""
        return f"actor:{self.pk}"


class Alias(models.Model):
    """A spelling under which an actor was seen or is known."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    surface = models.CharField(max_length=300)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.MACHINE)

    class Meta:
        ordering = ["surface"]
        verbose_name_plural = "aliases"
        constraints = [models.UniqueConstraint(fields=["actor", "surface"], name="alias_once_per_actor")]

    def __str__(self) -> str:
        return self.surface


class Role(models.Model):
    """An office or description of an actor: seen in an article, or known with its days in office."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    phrase = models.CharField(max_length=300, help_text="As written: Russian Deputy Foreign Minister.")
    title = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    held_from = models.DateField(null=True, blank=True)
    held_to = models.DateField(null=True, blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.MACHINE)

    class Meta:
        ordering = ["held_from", "pk"]

    def __str__(self) -> str:
        return self.phrase


class Mention(models.Model):
    """One name in one article. Offsets count characters in the text of its zone.

    `zone` is body, headline, subtitle, source or caption; `zone_index` says which caption.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="mentions")
    zone = models.CharField(max_length=20)
    zone_index = models.PositiveSmallIntegerField(default=0)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    method = models.CharField(max_length=80)
    confidence = models.FloatField(help_text="From 0 to 1.")
    score = models.FloatField(help_text="How sure the join to this actor is, from 0 to 1.")
    reason = models.TextField(help_text="Why this mention is this actor.")

    class Meta:
        ordering = ["article", "zone", "zone_index", "start"]
        indexes = [
            models.Index(fields=["article", "zone", "start"]),
            models.Index(fields=["actor", "article"]),
        ]

    def __str__(self) -> str:
        return self.surface


class Quote(models.Model):
    """Quoted words in a body, without their marks, with the speaker when one could be named."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    speaker = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, blank=True, related_name="quotes"
    )
    speaker_text = models.CharField(max_length=300, blank=True)
    cue = models.CharField(max_length=80, blank=True)
    via = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["article", "start"]

    def __str__(self) -> str:
        return self.text
