"""Stories of so many articles that they are not grouped anew: each takes or leaves a seat."""

from __future__ import annotations

from django.db.models import Count, Max, Q

from articles.ingest.neighbourhood import ARTICLES, MOST_REGROUPED, ArticleFacts, facts_of, with_their_stories
from articles.models import Article, DuplicateLink, PendingIndex, Ruling, Story
from articles.models.ruling import Verdict
from articles.resolve.copies import Sameness
from articles.resolve.copies.stories import first_publication

_STRONG = (Sameness.EXACT.value, Sameness.NEAR.value)


def seat(number: int) -> list[int]:
    """Put an article into the story of its nearest copy, or out of all, and queue it for the index.

    Only exact and near copies count here: links that ask for dates, and for what else a text holds, are
    looked at in smaller stories. Returns who stays in a former story that is small enough to be grouped.
    """
    facts = facts_of([number]).get(number)
    if facts is None:
        return []
    story = _story_of_nearest(facts)
    if facts.story == (story.pk if story else None):
        return []
    stay = with_their_stories([number]) if facts.story is not None else None
    _move(facts, story)
    if facts.story is not None:
        recount(facts.story)
    return [each for each in stay or () if each != number]


def recount(number: int) -> None:
    """Count a story anew. It reads all its articles, which `_move` does without for one that comes in."""
    figures = (
        Article.objects.visible()
        .filter(story=number)
        .aggregate(
            article_count=Count("pk"), outlet_count=Count("outlet", distinct=True), latest=Max("published_to")
        )
    )
    Story.objects.filter(pk=number).update(**figures)


def _story_of_nearest(facts: ArticleFacts) -> Story | None:
    """Return the story of the strongest exact or near copy; one is made when that has none yet."""
    links = DuplicateLink.objects.touching([facts.number]).filter(
        Q(sameness__in=_STRONG) | Q(ruled_same=True)
    )
    ends = links.order_by("-jaccard", "left", "right").values_list("left", "right")[:MOST_REGROUPED]
    others = [left if right == facts.number else right for left, right in ends]
    known = facts_of(others)
    apart = _ruled_apart(facts)
    kept_out = {each.story for each in apart.values()}
    for other in (known[each] for each in others if each in known and each not in apart):
        if other.story is None:
            story = Story.objects.create()
            _move(other, story)
            return story
        if other.story not in kept_out:
            return Story.objects.get(pk=other.story)
    return None


def _ruled_apart(facts: ArticleFacts) -> dict[int, ArticleFacts]:
    """Return the articles that a person ruled to be another story than this one."""
    rulings = Ruling.objects.standing().filter(verdict=Verdict.DIFFERENT, kind=ARTICLES)
    own = facts.permanent_id
    ids = {
        *rulings.filter(left=own).values_list("right", flat=True),
        *rulings.filter(right=own).values_list("left", flat=True),
    }
    return facts_of(Article.objects.filter(permanent_id__in=ids).values_list("pk", flat=True)) if ids else {}


def _move(facts: ArticleFacts, story: Story | None) -> None:
    """Move an article into a story, whose figures take it in without reading the others."""
    if story is not None:
        _admit(facts, story)
    Article.objects.filter(pk=facts.number).update(story=story)
    PendingIndex.objects.queue([facts.number])


def _admit(facts: ArticleFacts, story: Story) -> None:
    if not facts.visible:
        return
    others = Article.objects.visible().filter(story=story)
    if facts.outlet is not None and not others.filter(outlet=facts.outlet).exists():
        story.outlet_count += 1
    story.latest = max((day for day in (story.latest, facts.end) if day), default=None)
    # The first of a story lies before every other, so that comparing with it is comparing with all. Where
    # the dates of the others overlap, one more hardly decides: it stays undecided.
    if not story.article_count:
        story.first_id = first_publication([facts.dated]).id
    elif story.first_id is not None:
        first = facts_of([story.first_id]).values()
        story.first_id = first_publication([*(each.dated for each in first), facts.dated]).id
    story.article_count += 1
    story.save()
