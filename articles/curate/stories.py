"""Rulings on stories: two articles that are one, or are not, whatever text they share."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from articles.curate.articles import ChangedMeanwhile, Person
from articles.ingest.neighbourhood import ARTICLES
from articles.ingest.regroup import regroup
from articles.ingest.stories import note_ruled_same, take_turns
from articles.models import Article, DuplicateLink, Ruling
from articles.models.ruling import RulingQuerySet, Verdict
from articles.search.pending import schedule

ON_STORIES = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)


def separate_articles(one: Article, other: Article, *, by: Person, reason: str = "") -> Ruling:
    """Rule that two articles are not the same story, and group those around them anew.

    What else is in their story goes with the one whose text it is nearer to.
    """
    return rule_on_pair(one, other, Verdict.DIFFERENT, by=by, reason=reason)


def rule_on_pair(
    one: Article, other: Article, verdict: Verdict, *, by: Person, reason: str = "", seen: str | None = None
) -> Ruling:
    """Rule that two articles are the same story, different ones, or that it cannot be decided.

    The ruling names both by permanent id: it outlives every re-run and holds in any archive. A ruling that stands
    already is returned as it is, when nobody looks at what was `seen` (`seen_of`). Raises ValueError when both are
    one article, or share no text that would make them one story; ChangedMeanwhile when somebody ruled on the two,
    or their texts changed, since.
    """
    if one.pk == other.pk:
        raise ValueError("An article cannot be separated from itself: choose two.")
    with transaction.atomic():
        take_turns()
        standing = rulings_on_pair(one, other).last()
        if standing is not None and (seen is not None or standing.verdict != verdict):
            raise ChangedMeanwhile(_who_ruled(standing))
        if standing is not None:
            return standing
        current = {article.pk: article for article in Article.objects.filter(pk__in=(one.pk, other.pk))}
        if seen is not None and seen_of(current[one.pk], current[other.pk]) != seen:
            raise ChangedMeanwhile(
                "One of the two was changed while you looked. Nothing was ruled. Look once more."
            )
        if verdict == Verdict.SAME and DuplicateLink.objects.between(one, other) is None:
            raise ValueError("These two share no text that would make them one story.")
        left, right = sorted((one.permanent_id, other.permanent_id))
        ruling = Ruling.objects.create(
            verdict=verdict,
            kind=ARTICLES,
            left=left,
            right=right,
            reason=reason,
            made_by=by if by.is_authenticated else None,
            made_by_name=str(by),
        )
        _follow(ruling)
    schedule()
    return ruling


def undo_separation(ruling: Ruling, *, by: Person) -> bool:
    """Take back what was ruled on two articles; their texts alone decide again.

    False, and nothing is changed, when it was taken back before. Raises ValueError when the ruling is none on two
    articles.
    """
    if ruling.verdict not in ON_STORIES or ruling.kind != ARTICLES:
        raise ValueError("Only rulings that two articles are one story or different stories are undone here.")
    with transaction.atomic():
        take_turns()
        if not Ruling.objects.take_back(ruling, by=by):
            return False
        _follow(ruling)
    schedule()
    return True


def rulings_on_pair(one: Article, other: Article) -> RulingQuerySet:
    """Return the standing rulings on two articles, the last one last."""
    ends = one.permanent_id, other.permanent_id
    pair = Q(left=ends[0], right=ends[1]) | Q(left=ends[1], right=ends[0])
    return Ruling.objects.standing().filter(pair, kind=ARTICLES).order_by("made_at", "pk")


def seen_of(one: Article, other: Article) -> str:
    """Return what tells a pair, as somebody looks at it, from what it is after a change."""
    together = one.story_id is not None and one.story_id == other.story_id
    return f"{one.version} {other.version} {together}"


def _follow(ruling: Ruling) -> None:
    """Group anew those around the two articles of a ruling that was made or taken back."""
    pair = list(Article.objects.filter(permanent_id__in=(ruling.left, ruling.right)).order_by("pk"))
    for article in pair[:1]:
        note_ruled_same(article)  # the link between them is that of both
    if ruling.verdict != Verdict.UNSURE:
        regroup([article.pk for article in pair])


def _who_ruled(ruling: Ruling) -> str:
    words = {
        Verdict.SAME: "are one story",
        Verdict.DIFFERENT: "are different stories",
        Verdict.UNSURE: "cannot be decided",
    }[Verdict(ruling.verdict)]
    return (
        f"{ruling.made_by_name} ruled on {ruling.day} that these two {words}. Nothing of yours was "
        "saved; take that ruling back first when it is wrong."
    )
