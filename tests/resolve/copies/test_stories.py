"""Stories, their first publication, and what the demonstration archive must show."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.resolve.copies import Copy, CopyIndex, DatedArticle, Sameness, StoryGroup, group_stories
from articles.resolve.copies.stories import first_publication

GOLD = Path(__file__).resolve().parents[3] / "fixtures" / "gold"


def article(identity: str, start: str | None = None, end: str | None = None) -> DatedArticle[str]:
    first = date.fromisoformat(start) if start else None
    return DatedArticle(identity, first, date.fromisoformat(end) if end else first)


def link(pair: str, sameness: Sameness = Sameness.NEAR, *, inner: str | None = None) -> Copy[str]:
    return Copy(pair[0], pair[1], 0.4, 0.7, sameness, inner)


def members(groups: tuple[StoryGroup[str], ...]) -> set[str]:
    return {"".join(sorted(group.members)) for group in groups}


class TestGrouping:
    def test_links_join_and_who_has_none_stays_alone(self) -> None:
        articles = [article(each) for each in "abcdef"]
        assert members(group_stories(articles, [link("ab"), link("bc"), link("ef", Sameness.EXACT)])) == {
            "abc",
            "ef",
        }

    def test_near_copies_join_however_far_apart(self) -> None:
        articles = [article("a", "2012-05-14"), article("b", "2016-05-14")]
        assert members(group_stories(articles, [link("ab")])) == {"ab"}

    @pytest.mark.parametrize(
        ("first", "second", "held", "partly"),
        [
            ("2012-05-14", "2012-05-21", True, True),
            ("2012-05-14", "2012-05-22", False, False),
            ("2012-05-14", None, True, False),
            (None, None, True, False),
        ],
    )
    def test_weak_links_ask_for_the_dates(
        self, first: str | None, second: str | None, *, held: bool, partly: bool
    ) -> None:
        articles = [article("a", first), article("b", second)]
        assert bool(group_stories(articles, [link("ab", Sameness.CONTAINS, inner="a")])) is held
        assert bool(group_stories(articles, [link("ab", Sameness.PARTLY)])) is partly

    def test_background_that_one_outlet_repeats_makes_no_story(self) -> None:
        day = date(2012, 5, 14)
        same, other = (
            DatedArticle(each, day, day, outlet) for each, outlet in (("b", "Northline"), ("c", "Herald"))
        )
        articles = [DatedArticle("a", day, day, "Northline"), same, other]
        assert members(
            group_stories(articles, [link("ab", Sameness.PARTLY), link("ac", Sameness.PARTLY)])
        ) == {"ac"}
        assert members(group_stories(articles, [link("ab", Sameness.CONTAINS, inner="a")])) == {"ab"}

    def test_the_gap_of_two_intervals_is_the_least_that_can_be(self) -> None:
        articles = [article("a", "2012-05-01", "2012-05-31"), DatedArticle("b", date(2012, 6, 5), None)]
        assert members(group_stories(articles, [link("ab", Sameness.PARTLY)])) == {"ab"}

    def test_a_roundup_does_not_make_one_story_of_the_many_it_holds(self) -> None:
        articles = [article(each, "2012-05-14") for each in "abcr"]
        held = [link(f"{each}r", Sameness.CONTAINS, inner=each) for each in "abc"]
        assert not group_stories(articles, held)
        assert members(group_stories(articles, [*held, link("ab")])) == {"ab"}

    def test_an_edition_that_holds_two_earlier_ones_is_their_story(self) -> None:
        articles = [article(each, "2012-05-14") for each in "abr"]
        held = [link(f"{each}r", Sameness.CONTAINS, inner=each) for each in "ab"]
        assert members(group_stories(articles, [*held, link("ab", Sameness.PARTLY)])) == {"abr"}

    def test_links_to_articles_that_are_not_given_are_left_out(self) -> None:
        assert not group_stories([article("a")], [link("ab")])

    @given(st.randoms(use_true_random=False))
    def test_the_order_changes_nothing(self, chance: random.Random) -> None:
        names = "abcdefgh"
        pairs = [(left, right) for left in names for right in names if left < right and chance.random() < 0.2]
        links = [link(left + right, chance.choice(list(Sameness)), inner=left) for left, right in pairs]
        articles = [article(each, f"2012-05-{chance.randint(1, 28):02}") for each in names]
        wanted = members(group_stories(articles, links))
        chance.shuffle(links)
        chance.shuffle(articles)
        assert members(group_stories(articles, links)) == wanted


class TestFirstPublication:
    def test_the_one_before_all_others(self) -> None:
        first = first_publication(
            [article("b", "2012-05-15"), article("a", "2012-05-14"), article("c", "2012-05-15", "2012-06-01")]
        )
        assert (first.id, first.candidates, first.certain) == ("a", ("a",), True)
        assert first.reason == "It was published by 2012-05-14, every other dated one later."

    def test_overlapping_intervals_do_not_decide(self) -> None:
        first = first_publication(
            [article("a", "2012-05-14"), article("b", "2012-05-01", "2012-05-31"), article("c", "2012-06-01")]
        )
        assert (first.id, first.candidates, first.certain) == (None, ("a", "b"), False)

    def test_an_article_without_a_date_leaves_doubt(self) -> None:
        first = first_publication([article("a", "2012-05-14"), article("b", "2012-05-15"), article("c")])
        assert (first.id, first.certain) == ("a", False)
        assert first.reason.endswith("1 without a date may be earlier.")
        assert first_publication([article("a", "2012-05-14"), article("b")]).reason.startswith(
            "It is the only one with a date."
        )

    def test_one_end_is_open_at_the_other(self) -> None:
        not_before = DatedArticle("a", date(2012, 5, 14), None)
        not_after = DatedArticle("b", None, date(2012, 5, 13))
        assert first_publication([not_before, not_after]).id == "b"
        assert first_publication([not_before, article("c", "2012-05-20")]).candidates == ("a", "c")

    def test_no_date_at_all(self) -> None:
        first = first_publication([article("a"), article("b")])
        assert (first.id, first.candidates, first.certain, first.reason) == (
            None,
            (),
            False,
            "None of them is dated.",
        )


def test_the_stories_of_the_demonstration_archive_are_found_and_no_other() -> None:
    index: CopyIndex[str] = CopyIndex()
    articles, copies = [], []
    for file in sorted(GOLD.glob("*.json")):
        if file.name == "archive.json":
            continue
        gold = json.loads(file.read_text())
        published = gold["published"] or {"from": None, "to": None}
        dated = article(file.stem, published["from"], published["to"])
        articles.append(DatedArticle(dated.id, dated.start, dated.end, gold["outlet"]))
        copies.extend(index.add(file.stem, "\n\n".join(gold["paragraphs"])))
    wanted = json.loads((GOLD / "archive.json").read_text())["stories"]
    assert {frozenset(group.members) for group in group_stories(articles, copies)} == {
        frozenset(each) for each in wanted
    }
