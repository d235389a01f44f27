"""Grouping anew: which stories the links around some articles make, and what came of that is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from articles.ingest.large_stories import seat
from articles.ingest.neighbourhood import ArticleFacts, Neighbourhood, gather, with_their_stories
from articles.models import Article, PendingIndex, Story
from articles.resolve.copies import Copy, Sameness, StoryGroup, group_stories
from articles.resolve.copies.stories import first_publication

_STRENGTH = {Sameness.EXACT: 0, Sameness.NEAR: 1, Sameness.CONTAINS: 2, Sameness.PARTLY: 3}


def regroup(changed: Sequence[int], *, linked: Iterable[int] = ()) -> None:
    """Bring the stories of articles up to date, and queue for the index whatever changed its story.

    `changed` are the numbers of articles that changed, `linked` those they are or were linked to. The
    result depends on articles, links and rulings alone, not on what came first; only a story's number does.
    1. Gather everything that links could join with them. 2. Group it. 3. Take apart what a person ruled to
    be different. 4. Store what differs. Where there is too much to gather, the changed articles alone are
    seated in the story of their nearest copy.
    """
    seeds = with_their_stories([*changed, *linked])
    around = gather(seeds) if seeds is not None else None  # 1
    if around is None:
        left_behind = [number for article in changed for number in seat(article)]
        around = gather(left_behind)
        if around is None:
            return
    groups = group_stories([facts.dated for facts in around.articles.values()], around.copies)  # 2
    members = [part for group in groups for part in _apart(group, around)]  # 3
    _store(around.articles, members)  # 4


def _apart(group: StoryGroup[int], around: Neighbourhood) -> list[tuple[int, ...]]:
    """Return the group, or the parts into which rulings cut it.

    1. From the strongest link down, join what no ruling keeps apart. 2. Look again whether each part is a
    story by itself: what held it together may have gone to the other side.
    """
    inside = set(group.members)
    rulings = [pair for pair in around.ruled_apart if pair <= inside]
    if not rulings:
        return [group.members]
    copies = [copy for copy in around.copies if {copy.a, copy.b} <= inside]
    part_of = {number: {number} for number in group.members}
    for copy in sorted(copies, key=lambda copy: _strongest_first(copy, around)):  # 1
        joined = part_of[copy.a] | part_of[copy.b]
        if not any(pair <= joined for pair in rulings):
            part_of.update(dict.fromkeys(joined, joined))
    parts = {min(part): part for part in part_of.values()}
    return [
        again.members
        for part in parts.values()
        for again in group_stories(  # 2
            [around.articles[number].dated for number in part],
            [copy for copy in copies if {copy.a, copy.b} <= part],
        )
    ]


def _strongest_first(copy: Copy[int], around: Neighbourhood) -> tuple[int, float, float, list[str]]:
    """Return what links are sorted by; permanent ids decide between equals, whatever came in first."""
    ends = sorted(around.articles[number].permanent_id for number in (copy.a, copy.b))
    return _STRENGTH[copy.sameness], -copy.jaccard, -copy.containment, ends


def _store(articles: dict[int, ArticleFacts], groups: Iterable[Collection[int]]) -> None:
    """Give each group a story, keeping the numbers of those there were; stories that lost all are deleted."""
    unclaimed = {facts.story: None for facts in articles.values() if facts.story is not None}
    stories = {story.pk: story for story in Story.objects.filter(pk__in=unclaimed)} if unclaimed else {}
    alone = set(articles)
    changed: list[int] = []
    for group in sorted(groups, key=lambda group: (-len(group), min(group))):
        alone.difference_update(group)
        story = _claimed(group, articles, stories) or Story.objects.create()
        stories.pop(story.pk, None)
        changed += _move([number for number in group if articles[number].story != story.pk], story)
        _keep_figures(story, [articles[number] for number in group])
    changed += _move([number for number in alone if articles[number].story is not None], None)
    if stories:
        Story.objects.filter(pk__in=stories, articles__isnull=True).delete()
    PendingIndex.objects.queue(changed)


def _claimed(
    group: Collection[int], articles: dict[int, ArticleFacts], stories: dict[int, Story]
) -> Story | None:
    """Return the story to which most of a group belong already, the oldest of several."""
    held = Counter(articles[number].story for number in group)
    free = [(-count, number) for number, count in held.items() if number is not None and number in stories]
    return stories[min(free)[1]] if free else None


def _move(numbers: list[int], story: Story | None) -> list[int]:
    if numbers:
        Article.objects.filter(pk__in=numbers).update(story=story)
    return numbers


def _keep_figures(story: Story, members: Sequence[ArticleFacts]) -> None:
    """Store what a story's list and page show of it; hidden articles do not count and are never the first."""
    shown = [facts for facts in members if facts.visible]
    days: list[date] = [facts.end for facts in shown if facts.end is not None]
    figures = {
        "first_id": first_publication(facts.dated for facts in shown).id if shown else None,
        "article_count": len(shown),
        "outlet_count": len({facts.outlet for facts in shown} - {None}),
        "latest": max(days, default=None),
    }
    if any(getattr(story, name) != value for name, value in figures.items()):
        Story.objects.filter(pk=story.pk).update(**figures)
