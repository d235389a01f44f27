"""“Not the same story” is a ruling: it holds against every link, survives every re-run, and is undone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import pytest
from django.contrib.auth.models import User

from articles.curate import separate_articles, undo_separation
from articles.ingest import large_stories, link_copies, neighbourhood, relink
from articles.models import Article, DuplicateLink, PendingIndex, Ruling, Story
from tests.factories import make_actor, make_article
from tests.ingest.texts import invented, linked

pytestmark = pytest.mark.django_db


def stories(articles: Iterable[Article]) -> list[int | None]:
    return [Article.objects.get(pk=article.pk).story_id for article in articles]


def test_two_copies_ruled_apart_are_no_story_and_keep_their_link(curator: User) -> None:
    one, other = linked(invented(1)), linked(invented(1))
    PendingIndex.objects.all().delete()
    ruling = separate_articles(other, one, by=curator, reason="A form letter.")
    assert (ruling.verdict, ruling.kind, ruling.made_by_name) == ("different", "article", "lena")
    assert [ruling.left, ruling.right] == sorted([one.permanent_id, other.permanent_id])
    assert stories([one, other]) == [None, None]
    assert not Story.objects.exists()
    assert DuplicateLink.objects.count() == 1
    assert set(PendingIndex.objects.values_list("article_id", flat=True)) == {one.pk, other.pk}


def test_it_survives_a_rerun_and_is_undone(curator: User) -> None:
    one, other = linked(invented(1)), linked(invented(1))
    ruling = separate_articles(one, other, by=curator)
    list(relink())
    assert stories([one, other]) == [None, None]
    undo_separation(ruling, by=curator)
    first, second = stories([one, other])
    assert first == second is not None
    undo_separation(ruling, by=curator)
    ruling.refresh_from_db()
    assert (ruling.undone_by, ruling.undone_by_name) == (curator, "lena")


def test_it_outlives_its_articles(curator: User) -> None:
    one, other = linked(invented(1)), linked(invented(1))
    separate_articles(one, other, by=curator)
    page, permanent_id = other.page, other.permanent_id
    other.delete()
    again = make_article(body=invented(1), page=page)
    link_copies(again)
    assert again.permanent_id == permanent_id
    assert stories([one, again]) == [None, None]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_others_go_with_the_nearer_one_whatever_came_first(curator: User, order: tuple[int, ...]) -> None:
    text = invented(1)
    bodies = [text, f"{text} {invented(2, length=10)}", f"{text} {invented(3, length=30)}"]
    bodies.append(f"{bodies[2]} {invented(4, length=5)}")
    made: dict[int, Article] = {place: linked(bodies[place]) for place in order}
    assert len(set(stories(made.values()))) == 1
    separate_articles(made[1], made[2], by=curator)
    found = dict(zip(range(4), stories(made[place] for place in range(4)), strict=True))
    assert found[2] == found[3] is not None
    assert found[1] != found[2]
    assert found[0] == found[1] is not None
    list(relink())
    assert found == dict(zip(range(4), stories(made[place] for place in range(4)), strict=True))


def test_the_same_ruling_twice_is_one(curator: User) -> None:
    one, other = linked(invented(1)), linked(invented(1))
    assert separate_articles(one, other, by=curator) == separate_articles(other, one, by=curator)
    assert Ruling.objects.count() == 1


def test_an_article_is_not_separated_from_itself(curator: User) -> None:
    one = linked(invented(1))
    with pytest.raises(ValueError, match="from itself"):
        separate_articles(one, one, by=curator)


def test_other_rulings_are_not_undone_here(curator: User) -> None:
    other = Ruling.objects.create(
        verdict="different", kind="person", left=make_actor().name, right="K. Annan"
    )
    with pytest.raises(ValueError, match="different stories"):
        undo_separation(other, by=curator)


def test_it_holds_in_a_story_too_large_to_be_grouped_anew(
    curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (neighbourhood, large_stories):
        monkeypatch.setattr(module, "MOST_REGROUPED", 4)
    articles = [linked(invented(1)) for _ in range(8)]
    separate_articles(articles[0], articles[5], by=curator)
    found = stories(articles)
    assert found[0] != found[5]
    assert Story.objects.get(pk=found[1]).article_count == 7
    link_copies(Article.objects.get(pk=articles[0].pk))
    link_copies(Article.objects.get(pk=articles[5].pk))
    assert len(set(stories([articles[0], articles[5]]))) == 2
