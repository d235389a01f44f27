"""Outlets: the publishers whose pages the archive holds."""

from __future__ import annotations

import secrets
from typing import Any

from anyascii import anyascii
from django.db import models
from django.db.models import Count, Max, Min, Q, Sum
from django.urls import reverse
from django.utils.text import slugify
from simple_history.models import HistoricalRecords

SLUG_LENGTH = 80
LARGEST_STAMP = 2**31 - 1  # what the column holds; the sum of a million stamps is still a 64-bit number


class OutletQuerySet(models.QuerySet["Outlet"]):
    """Verbs for lists of outlets."""

    def with_coverage(self) -> OutletQuerySet:
        """Add `article_count`, `first_published` and `last_published` over the visible articles."""
        visible = Q(articles__status__in=["new", "needs_review", "published"])
        return self.annotate(
            article_count=Count("articles", filter=visible),
            first_published=Min("articles__published_from", filter=visible),
            last_published=Max("articles__published_to", filter=visible),
        )

    def named(self, name: str) -> Outlet:
        """Return the outlet of that name; it is made on first sight, with a slug of its own."""
        found = self.filter(name=name).first()
        if found:
            return found
        return self.create(name=name, slug=self._free_slug(name))

    def rules_generation(self) -> int:
        """Return a number that is another one whenever the learnt rules of any outlet changed."""
        return self.aggregate(total=Sum("rules_stamp"))["total"] or 0

    def _free_slug(self, name: str) -> str:
        # A name in other letters has those of its sound: two such outlets are told apart, and alike in every archive.
        stem = (slugify(name) or slugify(anyascii(name)))[: SLUG_LENGTH - 6] or "outlet"
        slug, number = stem, 2
        while self.filter(slug=slug).exists():
            slug, number = f"{stem}-{number}", number + 1
        return slug


class Outlet(models.Model):
    """A publisher. `rules` holds what curators taught the cleaner about its pages.

    Its keys are those of a rule file, `chrome` and `keep` being what holds now, by curators' rulings and
    by import; `imported` is the table that was imported. `rules_stamp` is another number after every
    change of it.
    """

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField("name in addresses", max_length=SLUG_LENGTH, unique=True)
    domains = models.JSONField(
        "addresses of its site", default=list, blank=True, help_text="Host names of its site, as a list."
    )
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code of two letters.")
    language = models.CharField(max_length=8, blank=True, help_text="Main language, as an ISO 639 code.")
    rules = models.JSONField(
        "what was learnt of its pages",
        default=dict,
        blank=True,
        help_text="Cleaning rules learnt for this outlet.",
    )
    rules_stamp = models.PositiveIntegerField(default=0, editable=False)

    objects = OutletQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["rules_stamp"])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outlet", args=[self.slug])

    def set_rules(self, rules: dict[str, Any]) -> None:
        """Keep other learnt rules, and let every process know by a stamp that never comes again.

        A random stamp, unlike a counter, is not given twice when a transaction is rolled back.
        """
        self.rules, self.rules_stamp = rules, secrets.randbelow(LARGEST_STAMP) + 1
        self.save(update_fields=["rules", "rules_stamp"])
