"""Rulings on the fields of an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from articles.ingest import RULED_TEXTS, ArchiveDirectory, Reading, read, regroup_after_ruling, write_reading
from articles.ingest.stories import take_turns
from articles.models import Article, PendingIndex, Ruling
from articles.models.article import RULED_FIELDS, Status
from articles.models.ruling import Verdict
from articles.search.pending import schedule

Person = User | AnonymousUser

BEING_MADE_ANEW = "This article is being made anew. Nothing of yours was saved. Open it again in a moment."


class ChangedMeanwhile(Exception):  # noqa: N818  # it is no error, and its name is what it says
    """Somebody changed the article after the form was opened; its text tells who, what and what to do."""


def rule_fields(
    article: Article,
    changes: Mapping[str, Any],
    *,
    by: Person,
    reason: str = "",
    seen_version: int | None = None,
    confirming: bool = False,
) -> list[Ruling]:
    """Set fields of an article as a person ruled, in one transaction, and return the rulings.

    `changes` maps names of RULED_FIELDS to values in their JSON form (`Article.field_value`).
    `seen_version` is the version the person had before them: raises ChangedMeanwhile when the
    article has moved on since. With `confirming` a field that has its value already is ruled on too, so that
    no later reading changes it. A new headline, subtitle or body has its actors found anew.
    """
    unknown = set(changes) - set(RULED_FIELDS)
    if unknown:
        raise ValueError(f"No person can rule on {', '.join(sorted(unknown))}.")
    reading = _reading_with(article, changes) if set(changes) & set(RULED_TEXTS) else None
    with transaction.atomic():
        take_turns()
        current = Article.objects.select_for_update().select_related("page").filter(pk=article.pk).first()
        if current is None:
            raise ChangedMeanwhile(BEING_MADE_ANEW)
        if seen_version is not None and current.version != seen_version:
            raise ChangedMeanwhile(_who_changed(current))
        rulings = [
            Ruling.objects.create(
                verdict=Verdict.FIELD,
                page=current.page,
                field=field,
                value=value,
                before=current.field_value(field),
                reason=reason,
                made_by=by if by.is_authenticated else None,
                made_by_name=str(by),
            )
            for field, value in changes.items()
            if confirming or current.field_value(field) != value
        ]
        if rulings:
            _apply(current, {ruling.field: ruling.value for ruling in rulings}, reading)
    return rulings


def undo(ruling: Ruling, *, by: Person) -> bool:
    """Take a ruling on a field back: what was ruled before it holds again, else what the machine found.

    False, and nothing is changed, when it was taken back before. While the article is being made anew nothing is
    written: it comes back as the rulings that stand by then say.
    1. What holds without the ruling, and for a text who is named in it, which takes long. 2. That again once nobody
    else is changing the article, when somebody did meanwhile. 3. The ruling, the article and the note to the index.
    """
    if ruling.verdict != Verdict.FIELD or ruling.page is None:
        raise ValueError("Only rulings on fields are undone here.")
    while True:
        article = Article.objects.filter(page=ruling.page).select_related("page").first()
        if article is None:
            return Ruling.objects.take_back(ruling, by=by)
        value = _without(ruling, article)  # 1.
        reading = _reading_with(article, {ruling.field: value}) if ruling.field in RULED_TEXTS else None
        with transaction.atomic():
            take_turns()
            current = Article.objects.select_for_update().select_related("page").filter(pk=article.pk).first()
            if current is None or current.version != article.version:  # 2.
                continue
            if not Ruling.objects.take_back(ruling, by=by):
                return False
            _apply(current, {ruling.field: value}, reading)  # 3.
            return True


def _without(ruling: Ruling, article: Article) -> Any:
    """Return the value that a field has without a ruling on it."""
    others = Ruling.objects.on_fields_of(article.page).filter(field=ruling.field).exclude(pk=ruling.pk)
    last = others.last()
    return last.value if last else _machine_value(article, ruling.field)


def _apply(article: Article, values: Mapping[str, Any], reading: Reading | None) -> None:
    """Write values into an article that is locked, and tell the index."""
    article.version += 1
    if reading is not None:
        write_reading(article, reading, ArchiveDirectory())
    else:
        for field, value in values.items():
            article.set_field(field, value)
        article.save()
        regroup_after_ruling(article)
        PendingIndex.objects.queue([article.pk])
    schedule()


def _reading_with(article: Article, changes: Mapping[str, Any]) -> Reading:
    """Read the page again with the texts that stand after these changes."""
    ruled = {
        ruling.field: ruling.value
        for ruling in Ruling.objects.on_fields_of(article.page).filter(field__in=RULED_TEXTS)
    }
    ruled.update({field: value for field, value in changes.items() if field in RULED_TEXTS})
    return read(
        article.page.as_raw_page(), ruled={field: text for field, text in ruled.items() if text is not None}
    )


def _machine_value(article: Article, field: str) -> Any:
    """Return what the machine found for a field; status goes back to new."""
    if field == "status":
        return Status.NEW.value
    if field == "body":
        return None  # read again from the page
    evidence = article.evidence.filter(field=field).first()
    return evidence.value if evidence else None


def _who_changed(article: Article) -> str:
    last = Ruling.objects.filter(page=article.page).order_by("-made_at", "-pk").first()
    who = f"{last.made_by_name} ({last.field})" if last else "the machine"
    return (
        f"This article was changed by {who} while you had it open. "
        "Nothing of yours was saved. Reload the page, look at what changed, and make your change again."
    )
