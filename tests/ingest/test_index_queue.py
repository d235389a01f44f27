"""Whatever moves an article into another story, or out of one, queues it for the index."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.curate import rule_fields, separate_articles, undo_separation
from articles.ingest import large_stories, link_copies, neighbourhood, relink
from articles.models import Article, PendingIndex, Ruling
from articles.models.ruling import Verdict
from tests.ingest.texts import DAY, fresh, invented, linked

STEPS = 25
BASES = [invented(seed, length=80) for seed in range(3)]
pytestmark = pytest.mark.django_db


def text(chance: random.Random) -> str:
    """A copy of one of three texts, longer, shortened, or together with another; or a text of its own."""
    base, own = chance.choice(BASES), invented(chance.randrange(100, 900), length=chance.choice([5, 40, 150]))
    shapes = [
        base,
        f"{base} {own}",
        f"{base} {chance.choice(BASES)}",
        f"{' '.join(base.split()[:40])} {own}",
        own,
    ]
    return chance.choice(shapes)


def day(chance: random.Random) -> Any:
    return chance.choice([None, DAY + timedelta(days=chance.randrange(12))])


def change(chance: random.Random, user: User) -> None:
    """Do one of the things that regroup articles."""
    articles = list(Article.objects.order_by("pk"))
    what = chance.choice(["new", "new", "apart", "undo", "date", "body", "outlet", "hide", "relink"])
    if what == "new" or len(articles) < 3:
        linked(
            text(chance), published=day(chance), outlet=chance.choice(["Vessa Herald", "Karrin Daily", None])
        )
        return
    article = chance.choice(articles)
    if what == "apart":
        mates = [each for each in articles if each.story_id == article.story_id and each != article]
        separate_articles(
            article, chance.choice(mates or [each for each in articles if each != article]), by=user
        )
    elif what == "undo":
        for ruling in Ruling.objects.standing().filter(verdict=Verdict.DIFFERENT)[:1]:
            undo_separation(ruling, by=user)
    elif what == "date":
        iso = (found := day(chance)) and found.isoformat()
        value = {"from": iso, "to": iso, "precision": "day" if iso else "unknown"}
        rule_fields(article, {"published": value}, by=user)
    elif what == "body":
        article.body = text(chance)
        article.save()
        link_copies(fresh(article))
    elif what == "relink":
        list(relink())
    else:
        changes = {"outlet": {"outlet": "Ansa Courier"}, "hide": {"status": "hidden"}}[what]
        rule_fields(article, changes, by=user)


@pytest.mark.parametrize(("seed", "most"), [(0, 200), (1, 200), (2, 6), (3, 6)])
def test_all_that_moved_is_queued(seed: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (neighbourhood, large_stories):
        monkeypatch.setattr(module, "MOST_REGROUPED", most)
    chance = random.Random(seed)  # nothing here is secret
    user = User.objects.create_user("lena", is_staff=True)
    moves = 0
    for _ in range(STEPS):
        before = dict(Article.objects.values_list("pk", "story"))
        PendingIndex.objects.all().delete()
        change(chance, user)
        moved = {pk for pk, story in Article.objects.values_list("pk", "story") if before.get(pk) != story}
        assert moved <= set(PendingIndex.objects.values_list("article_id", flat=True))
        moves += len(moved)
    assert moves
