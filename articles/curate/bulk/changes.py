"""What a batch can do to an article: what it has now, what a person said otherwise, doing it, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from articles.curate.articles import Person, rule_fields, undo
from articles.curate.shelves import put, undo_shelving
from articles.models import Article, Batch, Collection, Ruling, Status, Tag
from articles.models.ruling import Verdict
from articles.models.shelf import slug_of

Action = Batch.Action


class Change(Protocol):
    """A change that is made by a ruling."""

    def before(self, articles: list[Article]) -> dict[int, Any]:
        """Return what each article has now, by its page's number."""

    def is_so(self, before: Any) -> bool:
        """Say whether an article that has this needs no change."""

    def standing(self, pages: Iterable[int]) -> dict[int, Ruling]:
        """Return the ruling that holds now on what is changed, by the page's number; pages without one are left out."""

    def opposes(self, ruling: Ruling) -> bool:
        """Say whether a person said otherwise by this ruling."""

    def make(self, article: Article, *, by: Person, reason: str) -> Ruling | None:
        """Change an article; None when there was nothing to do."""

    def take_back(self, ruling: Ruling, *, by: Person) -> bool:
        """Take the change back."""


@dataclass(frozen=True, slots=True)
class OfField:
    """A field gets a value, both as rulings have them."""

    field: str
    value: Any

    def before(self, articles: list[Article]) -> dict[int, Any]:
        return {article.page_id: article.field_value(self.field) for article in articles}

    def is_so(self, before: Any) -> bool:
        return bool(before == self.value)

    def standing(self, pages: Iterable[int]) -> dict[int, Ruling]:
        rulings = Ruling.objects.standing().filter(
            verdict=Verdict.FIELD, field=self.field, page__in=list(pages)
        )
        return _last_of_each(rulings)

    def opposes(self, ruling: Ruling) -> bool:
        return bool(ruling.value != self.value)

    def make(self, article: Article, *, by: Person, reason: str) -> Ruling | None:
        rulings = rule_fields(article, {self.field: self.value}, by=by, reason=reason)
        return rulings[0] if rulings else None

    def take_back(self, ruling: Ruling, *, by: Person) -> bool:
        return undo(ruling, by=by)


@dataclass(frozen=True, slots=True)
class OfShelf:
    """An article is put on a shelf, or taken off. A tag that is new is made with the first article, not by a plan."""

    model: type[Tag | Collection]
    name: str
    slug: str
    on: bool

    @property
    def verdict(self) -> Verdict:
        """What rulings on such a shelf say."""
        return Verdict.TAG if self.model is Tag else Verdict.COLLECTED

    def before(self, articles: list[Article]) -> dict[int, Any]:
        pages = [article.page_id for article in articles]
        there = set(
            self.model.objects.filter(slug=self.slug, pages__in=pages).values_list("pages", flat=True)
        )
        return {page: {"on": page in there} for page in pages}

    def is_so(self, before: Any) -> bool:
        return bool(before["on"] is self.on)

    def standing(self, pages: Iterable[int]) -> dict[int, Ruling]:
        rulings = Ruling.objects.standing().filter(verdict=self.verdict, left=self.slug)
        return _last_of_each(rulings.filter(page__in=list(pages)))

    def opposes(self, ruling: Ruling) -> bool:
        """Only whoever took an article off says otherwise: all that is on a shelf, a person put there."""
        return self.on and not ruling.said["on"]

    def make(self, article: Article, *, by: Person, reason: str) -> Ruling | None:
        known = self.model.objects.filter(slug=self.slug).first()
        shelf = known or self.model.objects.named(self.name)
        return put(article.page, shelf, on=self.on, by=by, reason=reason)

    def take_back(self, ruling: Ruling, *, by: Person) -> bool:
        return undo_shelving(ruling, by=by)


def change_of(batch: Batch) -> Change | None:
    """Return the change that a batch makes; None when pages are only read again.

    Raises ValueError, with the cure, when what it asks for is not there.
    """
    value = batch.value.strip()
    if batch.action == Action.READ_AGAIN:
        return None
    if batch.action in (Action.HIDE, Action.PUBLISH):
        status = Status.HIDDEN if batch.action == Action.HIDE else Status.PUBLISHED
        return OfField("status", status.value)
    if not value:
        raise ValueError("Say which one: write the name of the outlet or tag, or choose a collection.")
    if batch.action == Action.OUTLET:
        return OfField("outlet", value)
    model = Collection if batch.action == Action.COLLECT else Tag
    on = batch.action != Action.UNTAG
    found = _shelf(model, value, planned=batch.pk is not None)
    if found is not None:
        return OfShelf(model, found.name, found.slug, on=on)
    if batch.action == Action.TAG:
        return OfShelf(Tag, value, slug_of(value), on=True)
    raise ValueError(f"There is no {model._meta.verbose_name} {value}. Choose one that is there.")  # noqa: SLF001  # documented by Django


def lasting_value(batch: Batch, change: Change | None) -> str:
    """Return what a plan keeps as its value, so that it means the same shelf whatever that is called later.

    A name leads to the shelf that began with it for ever; of one that was renamed only the slug does.
    """
    value = batch.value.strip()
    return change.slug if isinstance(change, OfShelf) and slug_of(value) != change.slug else value


def value_now(change: Change, article: Article) -> Any:
    """Return what an article has now, in the form of `Change.before`."""
    return change.before([article])[article.page_id]


def _shelf(model: type[Any], value: str, *, planned: bool) -> Any | None:
    """Return the shelf that is meant: a person writes a tag's name, a plan and the choice of a collection its slug."""
    by_slug = model.objects.filter(slug__in=[value, slug_of(value)]).first()
    if by_slug is not None and (planned or model is Collection):
        return by_slug
    return model.objects.called(value)


def _last_of_each(rulings: Any) -> dict[int, Ruling]:
    return {one.page_id: one for one in rulings.order_by("made_at", "pk")}
