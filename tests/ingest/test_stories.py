"""Copies, stories and pages of one article in the database: found, kept, in any order, at a bounded cost."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.capture import RawPage, read_paths
from articles.curate import rule_fields, undo
from articles.ingest import (
    ArchiveDirectory,
    copy_shelf,
    ingest_page,
    link_copies,
    neighbourhood,
    relink,
    reread,
    stories,
)
from articles.models import Article, CopyKey, DuplicateLink, PartLink, PendingIndex, Story
from tests.factories import make_article
from tests.ingest.texts import DAY, fresh, invented, linked

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ARCHIVE = json.loads((FIXTURES / "gold" / "archive.json").read_text())
GOLD = [json.loads(path.read_text()) for path in sorted((FIXTURES / "gold").glob("[0-9]*.json"))]
pytestmark = pytest.mark.django_db


def told(names: dict[int, str]) -> set[frozenset[str]]:
    """Return the stories as sets of names."""
    groups: dict[int, set[str]] = {}
    for number, story in Article.objects.filter(story__isnull=False).values_list("pk", "story"):
        groups.setdefault(story, set()).add(names[number])
    return {frozenset(group) for group in groups.values()}


class TestDemonstrationPages:
    def names(self) -> set[str]:
        return {
            name
            for group in [*ARCHIVE["stories"], *ARCHIVE["pages"], *ARCHIVE["same_event"][:1]]
            for name in group
        }

    def test_pages_that_come_in_make_the_stories_of_the_gold(self) -> None:
        directory = ArchiveDirectory()
        names = {}
        for name in sorted(self.names(), reverse=True):
            [raw] = read_paths([FIXTURES / "pages" / name])
            assert isinstance(raw, RawPage)
            names[ingest_page(raw, directory).article_id or 0] = name
        assert told(names) == {frozenset(group) for group in ARCHIVE["stories"]}
        pairs = [{names[link.left_id], names[link.right_id]} for link in PartLink.objects.all()]
        assert pairs == [set(group) for group in ARCHIVE["pages"]]
        assert Story.objects.in_several_outlets().count() == 3

    @pytest.mark.parametrize("seed", range(3))
    def test_of_all_articles_in_any_order(self, seed: int) -> None:
        records = list(GOLD)
        random.Random(seed).shuffle(records)  # nothing here is secret
        names = {}
        for record in records:
            published = record["published"] or {"from": None, "to": None, "precision": "unknown"}
            article = make_article(
                headline=record["headline"],
                body="\n\n".join(record["paragraphs"]),
                outlet=record["outlet"],
                authors=record["authors"],
                published_from=published["from"] and date.fromisoformat(published["from"]),
                published_to=published["to"] and date.fromisoformat(published["to"]),
                published_precision=published["precision"],
                page_number=(record["page_marker"] or {}).get("page"),
                page_count=(record["page_marker"] or {}).get("of"),
            )
            link_copies(article)
            names[article.pk] = record["file"]
        assert told(names) == {frozenset(group) for group in ARCHIVE["stories"]}
        pairs = [{names[link.left_id], names[link.right_id]} for link in PartLink.objects.all()]
        assert pairs == [set(group) for group in ARCHIVE["pages"]]


class TestLinks:
    def test_a_copy_is_linked_with_what_it_shares(self) -> None:
        short = linked(invented(1, length=60))
        long = linked(f"{invented(2, length=400)} {short.body}")
        link = DuplicateLink.objects.get()
        assert (link.left_id, link.right_id, link.sameness, link.inner_id) == (
            short.pk,
            long.pk,
            "contains",
            short.pk,
        )
        assert link.containment == 1.0
        assert DuplicateLink.objects.between(long, short) == link
        assert fresh(short).story == fresh(long).story == long.story

    def test_doing_it_again_changes_nothing(self) -> None:
        articles = [linked(f"{invented(1)} {invented(seed, length=9)}") for seed in range(2, 6)]
        before = [
            list(model.objects.order_by("pk").values()) for model in (DuplicateLink, CopyKey, Story, Article)
        ]
        PendingIndex.objects.all().delete()
        for article in articles:
            link_copies(fresh(article))
        assert before == [
            list(model.objects.order_by("pk").values()) for model in (DuplicateLink, CopyKey, Story, Article)
        ]
        assert not PendingIndex.objects.exists()

    def test_a_new_text_leaves_the_story_and_those_that_stay_are_grouped_anew(self) -> None:
        first, bridge, last = (linked(invented(1)), linked(invented(1)), linked(invented(1)))
        assert {fresh(each).story_id for each in (first, bridge, last)} == {first.pk and bridge.story_id}
        PendingIndex.objects.all().delete()
        bridge.body = "Gone."
        bridge.save()
        link_copies(bridge)
        assert (bridge.story, CopyKey.objects.of(bridge.pk)) == (None, set())
        assert fresh(first).story == fresh(last).story
        assert Story.objects.get().article_count == 2
        assert set(PendingIndex.objects.values_list("article_id", flat=True)) == {bridge.pk}
        last.body = invented(7)
        last.save()
        link_copies(last)
        assert not Story.objects.exists()
        assert not DuplicateLink.objects.exists()
        assert fresh(first).story is None

    def test_every_article_whose_story_changed_is_queued(self) -> None:
        first = linked(invented(1))
        PendingIndex.objects.all().delete()
        second = make_article(body=invented(1))
        PendingIndex.objects.all().delete()
        link_copies(second)
        assert set(PendingIndex.objects.values_list("article_id", flat=True)) == {first.pk, second.pk}

    def test_texts_too_short_or_unlike_are_in_no_story(self) -> None:
        for body in ("", "", "Photo: Lena Orsk", "Photo: Lena Orsk", invented(1), invented(2)):
            linked(body)
        assert not Story.objects.exists()

    def test_a_deleted_article_takes_its_keys_and_links_along(self) -> None:
        first, second = linked(invented(1)), linked(invented(1))
        second.delete()
        assert not DuplicateLink.objects.exists()
        assert set(CopyKey.objects.values_list("article_id", flat=True)) == {first.pk}
        assert list(relink()) == [first.pk]
        assert not Story.objects.exists()


class TestFirst:
    def test_the_earliest_interval_is_the_first_and_overlapping_ones_do_not_decide(self) -> None:
        later = linked(invented(1), published=date(2012, 5, 16), outlet="Karrin Daily")
        first = linked(invented(1), published=DAY, outlet="Northline Wire")
        story = Story.objects.get()
        assert (story.first, story.article_count, story.outlet_count) == (first, 2, 2)
        assert story.latest == later.published_to
        linked(invented(1), published=(date(2012, 5, 1), date(2012, 5, 31)), precision="month")
        assert Story.objects.get().first is None

    def test_a_date_ruling_regroups_and_undoing_it_goes_back(self, django_user_model: type[User]) -> None:
        first, second = linked(invented(1)), linked(invented(1), published=date(2012, 5, 15))
        curator = django_user_model.objects.create_user("lena")
        earlier = {"from": "2012-05-01", "to": "2012-05-01", "precision": "day"}
        [ruling] = rule_fields(second, {"published": earlier}, by=curator)
        assert Story.objects.get().first == second
        [hidden] = rule_fields(fresh(second), {"status": "hidden"}, by=curator)
        story = Story.objects.get()
        assert (story.first, story.article_count) == (first, 1)
        assert fresh(second).story == story, "hidden articles stay linked"
        undo(hidden, by=curator)
        assert Story.objects.get().first == second
        assert ruling.before["from"] == "2012-05-15"

    def test_dates_far_apart_end_the_story_of_two_weak_copies(self, django_user_model: type[User]) -> None:
        inner = linked(invented(1, length=60))
        linked(f"{invented(2)} {inner.body}")
        assert Story.objects.count() == 1
        curator = django_user_model.objects.create_user("lena")
        for day, number_of_stories in (("2002-05-01", 0), ("2012-05-15", 1)):
            value = {"from": day, "to": day, "precision": "day"}
            rule_fields(fresh(inner), {"published": value}, by=curator)
            assert Story.objects.count() == number_of_stories


class TestReread:
    def test_a_reread_and_a_ruled_body_regroup(self, django_user_model: type[User]) -> None:
        directory, curator = ArchiveDirectory(), django_user_model.objects.create_user("lena")
        numbers = []
        for name in ("02_harbour_talks_northline.txt", "43_talks_resume_ansa_courier.txt"):
            [raw] = read_paths([FIXTURES / "pages" / name])
            assert isinstance(raw, RawPage)
            numbers.append(ingest_page(raw, directory).article_id)
        articles = [Article.objects.get(pk=number) for number in numbers]
        story = Story.objects.get()
        reread(articles[0])
        assert Story.objects.get() == story == fresh(articles[0]).story
        [ruling] = rule_fields(fresh(articles[0]), {"body": "Nothing of it."}, by=curator)
        assert not Story.objects.exists()
        undo(ruling, by=curator)
        assert fresh(articles[0]).story == fresh(articles[1]).story is not None


class TestCost:
    def queries(self, act: Callable[[], object]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            act()
        return len(seen)

    def test_an_article_without_copies_takes_few_queries_in_any_archive(self) -> None:
        for seed in range(100, 120):
            linked(invented(seed))
        article = make_article(body=invented(1))
        turn = 1 if connection.vendor == "postgresql" else 0  # it is asked for a lock of its own
        assert self.queries(lambda: link_copies(article)) <= 10 + turn

    def test_nor_does_one_with_many_copies_take_more_for_each(self) -> None:
        for _ in range(5):
            linked(invented(1))
        sixth = make_article(body=invented(1))
        few = self.queries(lambda: link_copies(sixth))
        for _ in range(30):
            linked(invented(1))
        many = make_article(body=invented(1))
        assert self.queries(lambda: link_copies(many)) <= few + 2
        assert few <= 25

    def test_a_key_has_a_bounded_number_of_bearers_and_links_are_bounded_too(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stories, "MOST_LINKS", 4)
        monkeypatch.setattr(copy_shelf, "MOST_BEARERS", 6)
        articles = [linked(invented(1)) for _ in range(15)]
        bearers = CopyKey.objects.bearers(CopyKey.objects.of(articles[0].pk))
        assert {len(each) for each in bearers.values()} == {6}
        assert DuplicateLink.objects.count() <= 15 * 4
        assert len({fresh(each).story_id for each in articles}) == 1
        links = DuplicateLink.objects.count()
        link_copies(fresh(articles[0]))
        link_copies(fresh(articles[-1]))
        assert DuplicateLink.objects.count() == links

    def test_a_long_text_has_a_bounded_number_of_keys(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(copy_shelf, "MOST_KEYS", 50)
        first, second = linked(invented(1, length=3000)), linked(invented(1, length=3000))
        assert CopyKey.objects.filter(article=first).count() == 50
        assert fresh(first).story == second.story is not None

    def test_a_footer_in_every_page_makes_no_copies(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(copy_shelf, "COMMON", 64)
        footer = invented(0, length=40)
        for seed in range(1, 90):
            linked(f"{invented(seed)} {footer}")
        assert not DuplicateLink.objects.exists()


class TestLargeStories:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from articles.ingest import large_stories

        for module in (neighbourhood, large_stories, stories):
            monkeypatch.setattr(module, "MOST_REGROUPED", 5)

    def test_what_comes_on_top_is_seated_one_by_one(self) -> None:
        articles = [
            linked(invented(1), published=date(2012, 5, day), outlet=f"Outlet {day % 3}")
            for day in range(9, 1, -1)
        ]
        story = Story.objects.get()
        assert {fresh(each).story for each in articles} == {story}
        assert (story.article_count, story.outlet_count, story.latest) == (8, 3, date(2012, 5, 9))
        assert story.first == articles[-1]

    def test_one_that_becomes_another_text_leaves_and_is_no_longer_counted(self) -> None:
        articles = [linked(invented(1)) for _ in range(8)]
        articles[3].body = invented(2)
        articles[3].save()
        link_copies(articles[3])
        assert articles[3].story is None
        assert Story.objects.get().article_count == 7
        articles[3].body = invented(1)
        articles[3].save()
        link_copies(articles[3])
        assert articles[3].story == Story.objects.get()
        assert Story.objects.get().article_count == 8
        list(relink())
        assert Story.objects.get().article_count == 8


def test_it_rolls_back_with_its_transaction() -> None:
    first = linked(invented(1))
    second = make_article(body=invented(1))
    with transaction.atomic():
        link_copies(second)
        transaction.set_rollback(True)
    assert not Story.objects.exists()
    assert set(CopyKey.objects.values_list("article_id", flat=True)) == {first.pk}
