"""Actors, the spellings they go by, their roles, and where they are mentioned and quoted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.text import slugify

from articles.models.article import VISIBLE, Article
from articles.models.name_fields import FoldedField, SoundsField


class Kind(models.TextChoices):
    """The same four kinds as `articles.mentions.spans.Kind`."""

    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    STATE = "state", "state"
    MEDIA = "media", "media"


# How much of the first or last day of a term is known, and how many characters of 2012-07-02 that is.
KNOWN_TO = [("day", "day"), ("month", "month"), ("year", "year")]
KNOWN_CHARACTERS = {"day": 10, "month": 7, "year": 4}


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

    `machine_name`, `machine_kind` and `authority` (the name in the authority files, when they know it) are
    what the machine says. `name`, `kind`, `hidden` and `merged_into` follow from that and from the rulings
    that stand; only `articles.ingest.settle` writes them. A merged actor keeps its row, so that the merge
    can be undone, and points to the one that stands for all that were merged. `made_by` is the key of the
    ruling that split this actor off, empty for those that the machine found.
    `began_lone` says that the machine first knew it by a surname alone.
    """

    name = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, db_index=True)
    machine_name = models.CharField(max_length=300, editable=False)
    machine_kind = models.CharField(max_length=20, choices=Kind.choices, editable=False)
    authority = models.CharField("name in the reference lists", max_length=300, blank=True)
    hidden = models.BooleanField(
        "not an actor", default=False, help_text="A curator ruled that this is not an actor."
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name="the same as",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
    )
    made_by = models.CharField(max_length=32, blank=True, editable=False)
    began_lone = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["machine_name", "machine_kind"], name="actor_by_machine_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["machine_kind", "authority"],
                condition=~Q(authority=""),
                name="one_actor_per_authority_entry",
            ),
            models.UniqueConstraint(
                fields=["made_by"], condition=~Q(made_by=""), name="one_actor_per_ruling"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Save; what the machine says of a new actor is what it is called, unless it is given."""
        if self._state.adding:
            self.machine_name = self.machine_name or self.name
            self.machine_kind = self.machine_kind or self.kind
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.pk, slugify(self.name) or "actor"])

    @property
    def root_id(self) -> int:
        """The number of the actor that this one stands for: the one it was merged into, else itself."""
        return self.merged_into_id or self.pk

    @property
    def facet_key(self) -> str:
        """The opaque value under which the search index knows this actor."""
        return f"actor:{self.pk}"


class ActorContext(models.Model):
    """What an actor was named with (see `articles.resolve.context`), by which namesakes are told apart.

    `words` counts each; the days are the first and the last of the articles that name it. Kept apart
    from the actor, which is read far more often.
    """

    actor = models.OneToOneField(Actor, on_delete=models.CASCADE, primary_key=True, related_name="context")
    words = models.JSONField(default=dict)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"context of {self.actor_id}"


class KeptAliases(models.Manager["Alias"]):
    """The spellings that hold: those that a curator ruled not to be the actor's are left out."""

    def get_queryset(self) -> models.QuerySet[Alias]:
        return super().get_queryset().filter(dropped=False)


class Alias(models.Model):
    """A spelling under which an actor was seen or is known. `objects` are those that hold, `every` all.

    Those of origin "person", and `dropped`, follow from the rulings that stand (`articles.ingest.settle`).

    `folded` and `sounds` are what it is looked up by (see `articles.search.actor_names`); saving and
    bulk_create write them, `QuerySet.update(surface=...)` would not.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    surface = models.CharField("spelling", max_length=300)
    folded = FoldedField(max_length=300, editable=False, db_index=True, default="")
    sounds = SoundsField(max_length=300, editable=False, default="")
    origin = models.CharField("who says so", max_length=20, choices=Origin.choices, default=Origin.MACHINE)
    dropped = models.BooleanField(default=False, editable=False)

    objects = KeptAliases()
    every = models.Manager["Alias"]()

    class Meta:
        ordering = ["surface"]
        verbose_name = "spelling"
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "surface"],
                condition=~Q(origin="person"),
                name="machine_alias_once_per_actor",
            ),
            models.UniqueConstraint(
                fields=["actor", "surface"], condition=Q(origin="person"), name="ruled_alias_once_per_actor"
            ),
        ]

    def __str__(self) -> str:
        return self.surface


class Role(models.Model):
    """An office or description of an actor: seen in an article, or known with its days in office.

    `held_from` is the first and `held_to` the last day on which the term may have begun and ended; the
    precision says how much of it is known: "year" for a term that began in 2011, kept as 1 January 2011.

    A role seen in an article follows the mention it stands beside; one of the authority files stays with
    `machine_actor`, and `actor` is the one that this stands for.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    machine_actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, null=True, related_name="machine_roles", editable=False
    )
    mention = models.ForeignKey(
        "articles.Mention", on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    phrase = models.CharField(
        "role", max_length=300, help_text="As written: Russian Deputy Foreign Minister."
    )
    title = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    held_from = models.DateField("in office from", null=True, blank=True)
    held_from_precision = models.CharField("known to the", max_length=10, choices=KNOWN_TO, default="day")
    held_to = models.DateField("in office to", null=True, blank=True)
    held_to_precision = models.CharField("known to the", max_length=10, choices=KNOWN_TO, default="day")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    origin = models.CharField("who says so", max_length=20, choices=Origin.choices, default=Origin.MACHINE)

    class Meta:
        ordering = ["held_from", "pk"]

    def __str__(self) -> str:
        return self.phrase

    def save(self, **kwargs: Any) -> None:
        """Save; a new role is the machine's of the same actor unless another is given."""
        if self._state.adding and self.machine_actor_id is None:
            self.machine_actor_id = self.actor_id
        super().save(**kwargs)

    @property
    def began(self) -> str:
        """The day, month or year in which the term began, as "2011-05"; empty when it is unknown."""
        return _known_part(self.held_from, self.held_from_precision)

    @property
    def ended(self) -> str:
        """The day, month or year in which the term ended, likewise."""
        return _known_part(self.held_to, self.held_to_precision)


def _known_part(day: date | None, precision: str) -> str:
    return day.isoformat()[: KNOWN_CHARACTERS[precision]] if day else ""


class Mention(models.Model):
    """One name in one article. Offsets count characters in the text of its zone.

    `zone` is body, headline, subtitle, source or caption; `zone_index` says which caption. `machine_actor`
    is the actor that the machine joined it to and `local_name` the best name that its article gives for
    it. `actor` follows from these and the rulings that stand (`articles.ingest.settle`); it is never one
    that was merged into another.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="mentions", db_index=False)
    machine_actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="machine_mentions", editable=False
    )
    local_name = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    zone = models.CharField(max_length=20)
    zone_index = models.PositiveSmallIntegerField(default=0)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300, db_index=True)
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

    def save(self, **kwargs: Any) -> None:
        """Save; the machine joined a new mention to the same actor unless another is given."""
        if self._state.adding and self.machine_actor_id is None:
            self.machine_actor_id = self.actor_id
        super().save(**kwargs)


class Quote(models.Model):
    """Quoted words in a body, without their marks, with the speaker when one could be named.

    `speaker` is the actor of `speaker_mention`, and follows it.
    """

    class Kind(models.TextChoices):
        """Whether the words are the speaker's own."""

        DIRECT = "direct", "direct"
        REPORTED = "reported", "reported"
        MIXED = "mixed", "partly direct"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DIRECT)
    speaker = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, blank=True, related_name="quotes", db_index=False
    )
    speaker_mention = models.ForeignKey(
        Mention, on_delete=models.SET_NULL, null=True, blank=True, related_name="quotes"
    )
    speaker_text = models.CharField(max_length=300, blank=True)
    cue = models.CharField(max_length=80, blank=True)
    via = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["article", "start"]
        indexes = [models.Index(fields=["speaker", "kind", "article"], name="quotes_of_a_speaker")]

    def __str__(self) -> str:
        return self.text
