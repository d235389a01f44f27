"""Rulings on stories: two articles that are not the same one, whatever text they share."""

from __future__ import annotations

from django.db import transaction

from articles.curate.articles import Person
from articles.ingest.neighbourhood import ARTICLES
from articles.ingest.regroup import regroup
from articles.ingest.stories import take_turns
from articles.models import Article, Ruling
from articles.models.ruling import Verdict
from articles.search.pending import schedule


def separate_articles(one: Article, other: Article, *, by: Person, reason: str = "") -> Ruling:
    """Rule that two articles are not the same story, and group those around them anew.

    What else is in their story goes with the one whose text it is nearer to. The ruling names both by
    permanent id: it outlives every re-run and holds in any archive. A ruling that stands already is
    returned as it is. Raises ValueError when both are one article.
    """
    if one.pk == other.pk:
        raise ValueError("An article cannot be separated from itself: choose two.")
    left, right = sorted((one.permanent_id, other.permanent_id))
    with transaction.atomic():
        take_turns()
        ruling, made = Ruling.objects.standing().get_or_create(
            verdict=Verdict.DIFFERENT,
            kind=ARTICLES,
            left=left,
            right=right,
            undone_at=None,
            defaults={
                "reason": reason,
                "made_by": by if by.is_authenticated else None,
                "made_by_name": str(by),
            },
        )
        if made:
            regroup([one.pk, other.pk])
    schedule()
    return ruling


def undo_separation(ruling: Ruling, *, by: Person) -> None:
    """Take back that two articles are different stories; their texts alone decide again.

    Undoing twice changes nothing. Raises ValueError when the ruling is none on two articles.
    """
    if ruling.verdict != Verdict.DIFFERENT or ruling.kind != ARTICLES:
        raise ValueError("Only rulings that two articles are different stories are undone here.")
    with transaction.atomic():
        take_turns()
        if Ruling.objects.take_back(ruling, by=by):
            pair = Article.objects.filter(permanent_id__in=(ruling.left, ruling.right))
            regroup(list(pair.values_list("pk", flat=True)))
    schedule()
