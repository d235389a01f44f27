"""Shelves: tags and collections, under which curators put articles. They hang on pages, which outlive every re-run."""

from __future__ import annotations

import re
from typing import Any, Self

from anyascii import anyascii
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from articles.models.page import StoredPage

NAME_LENGTH, SLUG_LENGTH = 120, 130
SPACE = re.compile(r"\s+")
VISIBLE_PAGE = Q(pages__article__status__in=["new", "needs_review", "published"])


def slug_of(name: str) -> str:
    """Return the slug of a shelf's name, the same in every archive. Raises ValueError for one without a letter."""
    slug = slugify(anyascii(name))[:SLUG_LENGTH]
    if not slug:
        raise ValueError("Give it a name with at least one letter or figure.")
    return slug


def tidy_name(name: str) -> str:
    """Return a name with single spaces. Raises ValueError for one without a letter, or longer than NAME_LENGTH."""
    name = SPACE.sub(" ", name).strip()
    if len(name) > NAME_LENGTH:
        raise ValueError(f"A name has {NAME_LENGTH} characters at most.")
    slug_of(name)
    return name


class ShelfQuerySet(models.QuerySet[Any]):
    """Verbs for lists of tags, and of collections."""

    def called(self, name: str) -> Any | None:
        """Return the one of that name, whatever its capitals and hyphens, else the one that began with it.

        One query reads all names, which are few: the database cannot tell names but for their capitals and
        hyphens in every script. Raises ValueError for a name without a letter.
        """
        wanted = slug_of(name)
        named = [
            pk for pk, known in self.order_by("pk").values_list("pk", "name") if slug_of(known) == wanted
        ]
        return self.filter(pk=named[0]).first() if named else self.filter(slug=wanted).first()

    def named(self, name: str) -> Any:
        """Return the one that is `called` so; it is made on first sight.

        Raises ValueError for a name without a letter, or a longer one than NAME_LENGTH.
        """
        name = tidy_name(name)
        return self.called(name) or self.get_or_create(slug=slug_of(name), defaults={"name": name})[0]

    def with_article_counts(self) -> Self:
        """Add `article_count`, of the visible articles."""
        return self.annotate(article_count=Count("pages__article", filter=VISIBLE_PAGE, distinct=True))


class Shelf(models.Model):
    """What tags and collections share. `slug` never changes: rulings know the shelf by it."""

    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField("name in addresses", max_length=SLUG_LENGTH, unique=True, editable=False)
    description = models.TextField(blank=True)
    made_at = models.DateTimeField("made on", default=timezone.now, editable=False)

    objects = ShelfQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tag(Shelf):
    """A word of the curators' own for what articles are about."""

    pages = models.ManyToManyField(StoredPage, through="articles.Tagging", related_name="tags")

    def get_absolute_url(self) -> str:
        return f"{reverse('search')}?tag={self.pk}-{self.slug}"


class Tagging(models.Model):
    """A tag on a page. It follows from the rulings, and is written by `articles.ingest.shelves` alone."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    page = models.ForeignKey(StoredPage, on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "page"], name="tag_once_on_a_page")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.page_id}"


class Collection(Shelf):
    """A reading list: articles in an order, each with a remark that readers see. Every curator may add to it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="collections"
    )
    owner_name = models.CharField("begun by", max_length=150, blank=True)
    pages = models.ManyToManyField(StoredPage, through="articles.CollectionEntry", related_name="collections")

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])


class CollectionEntry(models.Model):
    """An article's place in a collection. That it is there follows from the rulings; place and remark do not."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    page = models.ForeignKey(StoredPage, on_delete=models.CASCADE, related_name="collection_entries")
    place = models.PositiveIntegerField(help_text="From 1; gaps say nothing.")
    remark = models.TextField("why it stands here", blank=True)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name_plural = "collection entries"
        constraints = [
            models.UniqueConstraint(fields=["collection", "page"], name="page_once_in_a_collection")
        ]

    def __str__(self) -> str:
        return f"{self.place} in {self.collection_id}"
