"""Rulings: what people decided. They outrank the machine and survive every re-run."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from articles.clean.days_in_words import day_in_words
from articles.models.field_words import field_in_words
from articles.models.outlet import Outlet
from articles.models.page import StoredPage


class Verdict(models.TextChoices):
    """What a person can rule. The words on actors are those of `articles.resolve.verdicts.Word`."""

    FIELD = "field", "this field has this value"
    LINE = "line", "this line is, or is not, the article"
    SAME = "same", "the same"
    DIFFERENT = "different", "different"
    UNSURE = "unsure", "cannot be decided"
    NAME = "name", "this actor is called so"
    KIND = "kind", "this actor is of this kind"
    ALIAS = "alias", "this spelling means this actor"
    IS_REALLY = "is_really", "this spelling is really another actor"
    NOT_A_NAME = "not_a_name", "this spelling names nobody"
    NOT_AN_ACTOR = "not_an_actor", "not an actor"
    TAG = "tag", "this article has this tag, or has it not"
    COLLECTED = "collected", "this article is in this collection, or is not"


# What a ruling on two articles carries as its kind; `left` and `right` are permanent ids, in their order.
ON_ARTICLES = "article"
# Verdicts that put an article on a shelf, which `left` names by its slug: a tag, a collection.
SHELVING = (Verdict.TAG, Verdict.COLLECTED)
# What is said of one page, or of an outlet's lines, and not of actors.
ON_PAGES = (Verdict.FIELD, Verdict.LINE, *SHELVING)
# A ruling's value in a list, in characters: a text or a line is told by its beginning.
LONGEST_TOLD = 80
# Verdicts whose right side is an actor that the archive has; an `is_really` may make its own instead.
PAIRS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.IS_REALLY)


class RulingQuerySet(models.QuerySet["Ruling"]):
    """Verbs for lists of rulings."""

    def standing(self) -> RulingQuerySet:
        """Leave out the ones that were undone."""
        return self.filter(undone_at__isnull=True)

    def on_fields_of(self, page: StoredPage) -> RulingQuerySet:
        """Return the standing field rulings of a page, the oldest first, so that the last one wins."""
        return self.standing().filter(verdict=Verdict.FIELD, page=page).order_by("made_at", "pk")

    def lately(self) -> RulingQuerySet:
        """Return what people ruled one by one, the latest first, with the articles that it is of.

        Rulings on two articles are left out: they name them by their ids alone.
        """
        alone = (
            self.exclude(kind=ON_ARTICLES)
            .filter(batch_item=None)
            .order_by("-made_at", "-pk")
            .select_related("page__article")
        )
        return alone.defer("page__compressed", "page__article__body")

    def on_actors(self) -> RulingQuerySet:
        """Return the rulings that say who is whom; those on pages and articles are left out."""
        return self.exclude(verdict__in=ON_PAGES).exclude(kind=ON_ARTICLES)

    def of_one_verdict(self, ruling: Ruling) -> RulingQuerySet:
        """Return the rulings on actors that one person made at the same moment as this one, with it.

        A verdict on several actors at once gives all its rulings one time, and no two verdicts share theirs.
        """
        return self.on_actors().filter(made_at=ruling.made_at, made_by_name=ruling.made_by_name)

    def waiting(self) -> RulingQuerySet:
        """Return the standing rulings on actors of which a side is not in this archive yet."""
        nobody = Q(left_actor=None) | Q(right_actor=None, verdict__in=PAIRS, fresh=False)
        return self.standing().on_actors().filter(nobody)

    def in_time_order(self) -> RulingQuerySet:
        """Order by when they were made; where that is equal the key decides, the same in every archive."""
        return self.order_by("made_at", "key")

    def on_lines_for(self, outlet: Outlet) -> RulingQuerySet:
        """Return the standing line rulings for an outlet, the oldest first."""
        lines = self.standing().filter(verdict=Verdict.LINE, value__outlet=outlet.pk)
        return lines.order_by("made_at", "pk")

    def on_lines_of(self, page: StoredPage) -> RulingQuerySet:
        """Return the standing line rulings for one page alone, the oldest first."""
        return self.standing().filter(verdict=Verdict.LINE, page=page, left="").order_by("made_at", "pk")

    def take_back(self, ruling: Ruling, *, by: User | AnonymousUser) -> bool:
        """Note who takes a ruling back, and when; False, and nothing is noted, when it was taken back before.

        What follows from it is the caller's to settle, in the same transaction (`articles.curate`).
        """
        return bool(
            self.standing()
            .filter(pk=ruling.pk)
            .update(
                undone_at=timezone.now(),
                undone_by=by if by.is_authenticated else None,
                undone_by_name=str(by),
            )
        )


class Ruling(models.Model):
    """One person's verdict: who, when, why. It is undone by setting `undone_at`, never changed or deleted.

    `key` is the same in every archive that the ruling comes to. A field ruling hangs on the stored page
    (`on_page` is its SHA-256, also where the archive has no such page), which outlives every re-run.

    An actor ruling names its sides so that they can be found again after a reset and in other archives:
    by kind and name, and by a place where the actor was seen, which tells two of one name apart: the
    SHA-256 of a page, or "ruling:" and the key of the ruling that made the actor. `left_actor` and
    `right_actor` are what that came to here, None while it waits. `right` is a name, a kind or a spelling
    in the verdicts that say one of `left`. `spelling` is the one that `is_really` another actor, or
    `not_a_name`, everywhere or on the one page alone; with `fresh` the other actor is made for it.

    A line ruling names the outlet (`left`, empty for its page alone) and holds the line in `value`: {"line":
    phrase, "label": "chrome" or "body", "number": line number on its page, "outlet": its id or null}.

    A ruling on a tag or a collection names it by its slug (`left`) and hangs on the page, as one on a field does.
    `value` is {"on": bool, "name": its name then}, `before` {"on": bool}, with place and remark of an entry;
    `before["entry"]` are those that an entry had when the ruling was taken back.
    """

    key = models.UUIDField("key in every archive", default=uuid.uuid4, unique=True, editable=False)
    verdict = models.CharField("what was ruled", max_length=20, choices=Verdict.choices)
    page = models.ForeignKey(
        StoredPage,
        verbose_name="on the page",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rulings",
    )
    on_page = models.CharField("SHA-256 of the page", max_length=64, blank=True, db_index=True)
    field = models.CharField("field of the article", max_length=40, blank=True)
    value = models.JSONField(null=True, blank=True)
    before = models.JSONField(
        "what it was before", null=True, blank=True, help_text="The value that this ruling replaced."
    )
    kind = models.CharField("kind of actor", max_length=20, blank=True)
    left = models.CharField("about", max_length=300, blank=True)
    left_seen = models.CharField("a page that names it", max_length=64, blank=True)
    right_kind = models.CharField("kind of the other", max_length=20, blank=True)
    right = models.CharField("and", max_length=300, blank=True)
    right_seen = models.CharField("a page that names the other", max_length=64, blank=True)
    spelling = models.CharField("the spelling", max_length=300, blank=True)
    fresh = models.BooleanField(
        "a new actor was made", default=False, help_text="The right side is an actor made for the spelling."
    )
    left_actor = models.ForeignKey(
        "articles.Actor",
        verbose_name="about the actor",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    right_actor = models.ForeignKey(
        "articles.Actor",
        verbose_name="and the actor",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.TextField("why", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="account that ruled",
        on_delete=models.SET_NULL,
        null=True,
        related_name="rulings",
    )
    made_by_name = models.CharField("ruled by", max_length=150, help_text="Kept when the account is deleted.")
    made_at = models.DateTimeField("ruled on", default=timezone.now)
    undone_at = models.DateTimeField("taken back on", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="account that took it back",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    undone_by_name = models.CharField("taken back by", max_length=150, blank=True)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["page", "field"]),
            models.Index(fields=["left"], name="rulings_by_left"),
            models.Index(fields=["right"], name="rulings_by_right"),
            models.Index(fields=["-made_at", "-id"], name="rulings_lately"),
        ]

    def __str__(self) -> str:
        if self.verdict == Verdict.FIELD:
            value = field_in_words(self.field, self.value) or "unknown"
            verb = "are" if isinstance(self.value, list) else "is"
            told = Truncator(" ".join(value.split())).chars(LONGEST_TOLD)
            return f"{self.field.replace('_', ' ')} {verb} {told}"
        if self.verdict == Verdict.LINE:
            told = "the article" if self.said["label"] == "body" else "not the article"
            return f"“{self.said['line'][:LONGEST_TOLD]}” is {told} {f'for {self.left}' if self.left else 'here'}"
        if self.verdict in SHELVING:
            where = "under the tag" if self.verdict == Verdict.TAG else "in the collection"
            return f"it is {'' if self.said['on'] else 'not '}{where} {self.said['name']}"
        return self._sentence()

    def save(self, **kwargs: Any) -> None:
        """Save; the page's SHA-256 is noted beside the page."""
        if self.page is not None and not self.on_page:
            self.on_page = self.page.sha256
        super().save(**kwargs)

    @property
    def day(self) -> str:
        """The day it was made on, where the archive is: "2 July 2012"."""
        return day_in_words(timezone.localdate(self.made_at))

    @property
    def said(self) -> dict[str, Any]:
        """The value of a ruling on a line or a shelf."""
        return dict(self.value or {})

    def _sentence(self) -> str:
        """Return what a ruling on actors or articles says."""
        where = "in one article" if self.on_page else "everywhere"
        whose = f" of {self.left}" if self.left else ""
        sentences = {
            Verdict.SAME: f"{self.left} is the same as {self.right}",
            Verdict.DIFFERENT: f"{self.left} is not {self.right}",
            Verdict.UNSURE: f"whether {self.left} is {self.right} cannot be decided",
            Verdict.NAME: f"{self.left} is called {self.right}",
            Verdict.KIND: f"{self.left} is of the kind {self.right}",
            Verdict.ALIAS: f"“{self.right}” means {self.left}",
            Verdict.IS_REALLY: f"“{self.spelling}”{whose} is really {self.right} {where}",
            Verdict.NOT_A_NAME: f"“{self.spelling}”{whose} names nobody {where}",
            Verdict.NOT_AN_ACTOR: f"{self.left} is no actor",
        }
        return sentences[Verdict(self.verdict)]
